import MusterPlan
import MusterStore

/// Numbers the combinations of key values in order of first appearance. A key's value becomes a
/// small code; the codes of a row become one number, looked up in an array where that is small
/// enough and in a hash table where it is not. Where it would not fit in 64 bits, a row goes
/// through its keys one by one, each combination of the first ones being a number of its own.
struct GroupIndex: Sendable {
    private var keys: [KeyCoder]
    private var strides: [Int] = []
    private var capacities: [Int] = []
    /// Group by combined code; -1 is unseen. Used while the product of capacities is small.
    private var dense: [Int32] = []
    private var sparse = IntegerTable()
    private var isDense = true
    /// For each key but the first: the number of a combination of the keys before it and the
    /// key's code, to the number of the combination with it. The last's numbers are the groups.
    private var chain: [IntegerTable] = []
    private var links: [Int32] = []
    /// For each key the code of each group.
    private(set) var codes: [[Int32]]
    private(set) var count = 0

    private static let denseLimit = 1 << 22

    init(_ types: [ValueType], sizes: [Int?]) {
        keys = zip(types, sizes).map { KeyCoder($0, size: $1) }
        codes = types.map { _ in [] }
        layOut {}
    }

    /// The group of each row; unseen combinations get a new one, or -1 where `adding` is false.
    mutating func groups(of vectors: [Vector], count rowCount: Int, adding: Bool = true)
        -> [Int32] {
        groups(of: vectors, count: rowCount, adding: adding) {}
    }

    /// The same where there may be many rows: `check` throws once the run is interrupted.
    mutating func groups(of vectors: [Vector], count rowCount: Int, adding: Bool = true,
                         check: () throws -> Void) rethrows -> [Int32] {
        var rowCodes: [[Int32]] = []
        for index in keys.indices {
            try check()
            rowCodes.append(try keys[index].codes(of: vectors[index], adding: adding, check))
        }
        if chain.isEmpty, zip(keys, capacities).contains(where: { $0.capacity > $1 }) {
            try layOut(check)
        }
        try check()
        if !chain.isEmpty { return try lookUpChained(rowCodes, rowCount, adding, check) }
        return isDense ? try lookUpDense(rowCodes, rowCount, adding, check)
            : try lookUpSparse(rowCodes, rowCount, adding, check)
    }

    private mutating func lookUpDense(_ rowCodes: [[Int32]], _ rowCount: Int, _ adding: Bool,
                                      _ check: () throws -> Void) rethrows -> [Int32] {
        // The product of the capacities fits in 32 bits here.
        var combined = [Int32](repeating: 0, count: rowCount)
        for (codes, stride) in zip(rowCodes, strides) {
            Grouping.add(codes, times: Int32(stride), to: &combined)
        }
        if !adding { for codes in rowCodes { Grouping.strike(codes, from: &combined) } }
        var (result, missing) = Grouping.lookUp(combined, in: dense)
        guard adding else { return result }
        for row in missing.lazy.map(Int.init) {
            if row & 0xFFFF == 0 { try check() }
            let place = Int(combined[row])
            if dense[place] < 0 { dense[place] = add(rowCodes, row) }
            result[row] = dense[place]
        }
        return result
    }

    private mutating func lookUpSparse(_ rowCodes: [[Int32]], _ rowCount: Int, _ adding: Bool,
                                       _ check: () throws -> Void) rethrows -> [Int32] {
        var combined = [Int64](repeating: 0, count: rowCount)
        for (codes, stride) in zip(rowCodes, strides) {
            Grouping.add(codes, times: Int64(stride), to: &combined)
        }
        if !adding { for codes in rowCodes { Grouping.strike(codes, from: &combined) } }
        var result = [Int32](repeating: -1, count: rowCount)
        for row in 0..<rowCount where combined[row] >= 0 {
            if row & 0xFFFF == 0 { try check() }
            if let group = sparse[combined[row]] { result[row] = group; continue }
            guard adding else { continue }
            let group = add(rowCodes, row)
            try sparse.set(combined[row], group, check: check)
            result[row] = group
        }
        return result
    }

    private mutating func lookUpChained(_ rowCodes: [[Int32]], _ rowCount: Int, _ adding: Bool,
                                        _ check: () throws -> Void) rethrows -> [Int32] {
        try (0..<rowCount).map { row in
            if row & 0x3FFF == 0 { try check() }
            let known = count
            let group = try link(rowCodes.map { $0[row] }, adding, check)
            if group == Int32(known) { return add(rowCodes, row) }
            return group
        }
    }

    /// The number of a combination of codes; a new one, or -1 where `adding` is false.
    private mutating func link(_ codes: [Int32], _ adding: Bool, _ check: () throws -> Void)
        rethrows -> Int32 {
        guard var number = codes.first, codes.allSatisfy({ $0 >= 0 }) else { return -1 }
        for (place, code) in codes.dropFirst().enumerated() {
            let key = Int64(number) << 32 | Int64(code)
            if let next = chain[place][key] { number = next; continue }
            guard adding else { return -1 }
            number = links[place]
            try chain[place].set(key, number, check: check)
            links[place] += 1
        }
        return number
    }

    private mutating func add(_ rowCodes: [[Int32]], _ row: Int) -> Int32 {
        for key in codes.indices { codes[key].append(rowCodes[key][row]) }
        count += 1
        return Int32(count - 1)
    }

    /// Chooses strides for the keys' present capacities and enters all groups anew.
    private mutating func layOut(_ check: () throws -> Void) rethrows {
        capacities = keys.map(\.capacity)
        strides = []
        var product = 1
        var fits = true
        for capacity in capacities {
            strides.append(product)
            let (next, overflow) = product.multipliedReportingOverflow(by: max(1, capacity))
            if overflow { fits = false; break }
            product = next
        }
        guard fits else {
            (isDense, dense, sparse) = (false, [], IntegerTable())
            chain = try keys.dropFirst().map { _ in
                try IntegerTable(capacity: count, check: check)
            }
            links = chain.map { _ in 0 }
            for group in 0..<count {
                if group & 0x3FFF == 0 { try check() }
                _ = try link(codes.map { $0[group] }, true, check)
            }
            return
        }
        isDense = product <= GroupIndex.denseLimit
        dense = isDense ? [Int32](repeating: -1, count: product) : []
        sparse = try IntegerTable(capacity: isDense ? 0 : count, check: check)
        for group in 0..<count {
            if group & 0xFFFF == 0 { try check() }
            let combined = zip(codes, strides).reduce(0) { $0 + Int($1.0[group]) * $1.1 }
            if isDense { dense[combined] = Int32(group) } else {
                try sparse.set(Int64(combined), Int32(group), check: check)
            }
        }
    }

    /// The key's value for each group.
    func values(ofKey key: Int) -> Vector { keys[key].values(of: codes[key]) }
}

/// Turns the values of one key into codes 0, 1, 2, … and back.
private struct KeyCoder: Sendable {
    private let type: ValueType
    private(set) var capacity: Int
    // Texts: codes of the first dictionary as they are, others through the union.
    private var union = TextUnion()
    private var textMaps: [ObjectIdentifier: [Int32]] = [:]
    private var dictionaries: [TextDictionary] = []
    // Numbers and days by their bits.
    private var seen = IntegerTable()
    private var order: [Int64] = []

    init(_ type: ValueType, size: Int?) {
        self.type = type
        capacity = type == .bool ? 3 : (size.map { $0 + 1 } ?? 4)
    }

    /// 0 is none for rows and texts; other codes are one more than the row or dictionary code.
    mutating func codes(of vector: Vector, adding: Bool, _ check: () throws -> Void) rethrows
        -> [Int32] {
        switch vector {
        case .bool(let v): v.map { Int32($0) }
        case .row(let v): rows(v)
        case .text(let v, let dictionary): texts(v, dictionary)
        case .day(let v): try numbers(v, adding, check) { Int64($0) }
        case .int(let v): try numbers(v, adding, check) { $0 }
        case .double(let v):
            // All NaN are none, and 0 and -0 are one value.
            try numbers(v, adding, check) {
                Int64(bitPattern: ($0.isNaN ? Double.nan : $0 + 0).bitPattern)
            }
        }
    }

    private mutating func rows(_ rows: [Int32]) -> [Int32] {
        var highest: Int32 = -1
        let codes = rows.map { row -> Int32 in
            highest = max(highest, row)
            return max(row, -1) &+ 1
        }
        while capacity < Int(highest) + 2 { capacity *= 2 }
        return codes
    }

    private mutating func texts(_ codes: [Int32], _ dictionary: TextDictionary) -> [Int32] {
        if dictionaries.isEmpty {
            dictionaries.append(dictionary)
            capacity = max(capacity, dictionary.count + 1)
        }
        // The first dictionary's codes are the union's: most often it is the only one.
        if dictionaries[0] === dictionary { return codes.map { max($0, -1) &+ 1 } }
        let map: [Int32]
        if let known = textMaps[ObjectIdentifier(dictionary)] {
            map = known
        } else {
            if textMaps.isEmpty { _ = union.codes(of: dictionaries[0]) }
            map = union.codes(of: dictionary)
            textMaps[ObjectIdentifier(dictionary)] = map
            dictionaries.append(dictionary)
            let highest = Int(map.max() ?? -1)
            while capacity < highest + 2 { capacity *= 2 }
        }
        return codes.map { $0 < 0 ? 0 : map[Int($0)] + 1 }
    }

    private mutating func numbers<T: Equatable>(
        _ values: [T], _ adding: Bool, _ check: () throws -> Void, _ bits: (T) -> Int64
    ) rethrows -> [Int32] {
        var result = [Int32](repeating: -1, count: values.count)
        var last: Int64?
        var lastCode: Int32 = -1
        try result.withUnsafeMutableBufferPointer { result in
            try values.withUnsafeBufferPointer { values in
                for index in 0..<values.count {
                    if index & 0xFFFF == 0 { try check() }
                    let key = bits(values[index])
                    if key != last {
                        last = key
                        lastCode = try code(key, adding, check)
                    }
                    result[index] = lastCode
                }
            }
        }
        return result
    }

    private mutating func code(_ key: Int64, _ adding: Bool, _ check: () throws -> Void) rethrows
        -> Int32 {
        if let code = seen[key] { return code }
        guard adding else { return -1 }
        let code = Int32(order.count)
        try seen.set(key, code, check: check)
        order.append(key)
        while capacity < order.count { capacity *= 2 }
        return code
    }

    func values(of codes: [Int32]) -> Vector {
        switch type {
        case .none, .bool: .bool(codes.map { UInt8($0) })
        case .row, .tableRow: .row(codes.map { $0 - 1 })
        case .text:
            .text(codes.map { $0 - 1 },
                  textMaps.isEmpty ? dictionaries.first ?? .empty : union.dictionary)
        case .day, .month, .year: .day(codes.map { Int32(order[Int($0)]) })
        case .integer, .decimal: .int(codes.map { order[Int($0)] })
        case .number:
            .double(codes.map { Double(bitPattern: UInt64(bitPattern: order[Int($0)])) })
        }
    }
}
