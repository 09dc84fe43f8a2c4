import MusterPlan
import MusterStore

/// Values of one sort key as numbers in sort order: rows in the order of their table (the
/// official order), codes and texts by code point, labels as written; none is last. Hidden texts
/// have no order, which would tell of them: they stay as they come.
struct OrderedValues {
    private enum Keys {
        case whole([Int64])
        case fractions([Double])
    }
    private let keys: Keys
    private let isDescending: Bool

    /// Throws where the run is interrupted.
    init(_ vector: Vector, _ type: ValueType, isDescending: Bool = false, _ run: Run) throws {
        self.isDescending = isDescending
        try run.checkCancelled()
        keys = switch vector {
        case .bool(let v): .whole(v.map { $0 == None.bool ? Int64.max : Int64($0) })
        case .int(let v): .whole(v.map { $0 == None.integer ? Int64.max : $0 })
        case .day(let v): .whole(v.map { $0 == None.day ? Int64.max : Int64($0) })
        case .row(let v): .whole(v.map { $0 < 0 ? Int64.max : Int64($0) })
        case .double(let v): .fractions(v)
        case .text(let codes, _) where type.isSensitive:
            .whole(codes.map { $0 < 0 ? Int64.max : 0 })
        case .text(let codes, let dictionary):
            .whole(try OrderedValues.ranks(codes, dictionary, asWritten: type.keepsOrder, run))
        }
    }

    private static func ranks(_ codes: [Int32], _ dictionary: TextDictionary, asWritten: Bool,
                              _ run: Run) throws -> [Int64] {
        if asWritten { return codes.map { $0 < 0 ? Int64.max : Int64($0) } }
        var isUsed = [Bool](repeating: false, count: dictionary.count)
        for code in codes where code >= 0 { isUsed[Int(code)] = true }
        var step = 0
        var sorted = try isUsed.indices.filter { isUsed[$0] }.map { code in
            try run.checkNow(&step)
            return (code, dictionary[Int32(code)])
        }
        try run.checkCancelled()
        try sorted.sort { a, b in
            try run.checkNow(&step)
            return a.1.utf8.lexicographicallyPrecedes(b.1.utf8)
        }
        var rank = [Int64](repeating: .max, count: dictionary.count)
        for (place, entry) in sorted.enumerated() {
            try run.checkNow(&step)
            rank[entry.0] = Int64(place)
        }
        return codes.map { $0 < 0 ? Int64.max : rank[Int($0)] }
    }

    /// Negative where row `a` comes first, 0 where they tie.
    func compare(_ a: Int, _ b: Int) -> Int {
        switch keys {
        case .whole(let v):
            if v[a] == v[b] { return 0 }
            if v[a] == Int64.max { return 1 }
            if v[b] == Int64.max { return -1 }
            return (v[a] < v[b]) != isDescending ? -1 : 1
        case .fractions(let v):
            if v[a].isNaN || v[b].isNaN { return (v[a].isNaN ? 1 : 0) - (v[b].isNaN ? 1 : 0) }
            if v[a] == v[b] { return 0 }
            return (v[a] < v[b]) != isDescending ? -1 : 1
        }
    }

    /// The given positions in sort order; stable. Throws where the run is interrupted.
    static func sorted(_ positions: [Int32], by keys: [OrderedValues], _ run: Run) throws
        -> [Int32] {
        var step = 0
        var sorted = positions.enumerated().map { (offset: Int32($0), element: $1) }
        try run.checkCancelled()
        try sorted.sort { a, b in
            try run.checkNow(&step)
            for key in keys {
                let order = key.compare(Int(a.element), Int(b.element))
                if order != 0 { return order < 0 }
            }
            return a.offset < b.offset
        }
        return sorted.map(\.element)
    }
}

extension Run {
    /// A column's values in its own order: of the parts of a tree, what belongs to the whole
    /// directly comes behind the others.
    func ordered(_ vector: Vector, _ column: ColumnInfo) throws -> OrderedValues {
        guard let whole = column.whole, case .row(let rows) = vector else {
            return try OrderedValues(vector, column.type, self)
        }
        let own = number(of: whole)
        return try OrderedValues(.row(rows.map { $0 == own && own >= 0 ? Int32.max : $0 }),
                                 column.type, self)
    }

    /// The number that results use for a named row; none where no loaded snapshot has it.
    func number(of name: RowName) -> Int32 {
        union.number(ofKey: name.key, entity: name.entity) ?? None.row
    }
}
