import MusterValues

/// A run of values of one physical type: what expressions are evaluated to, a batch at a time.
/// None is a value in each (see `None`).
public enum Vector: Sendable {
    case bool([UInt8])
    /// Integers, and exact decimals as integers; `None.integer`.
    case int([Int64])
    case double([Double])
    /// Days, months since year 0, years; `None.day`.
    case day([Int32])
    /// Row numbers of a table; `None.row`.
    case row([Int32])
    case text([Int32], TextDictionary)

    public var count: Int {
        switch self {
        case .bool(let v): v.count
        case .int(let v): v.count
        case .double(let v): v.count
        case .day(let v), .row(let v), .text(let v, _): v.count
        }
    }

    public func isNone(_ index: Int) -> Bool {
        switch self {
        case .bool(let v): v[index] == None.bool
        case .int(let v): v[index] == None.integer
        case .double(let v): v[index].isNaN
        case .day(let v): v[index] == None.day
        case .row(let v), .text(let v, _): v[index] < 0
        }
    }

    /// The values at the given positions, in that order; a negative position gives none.
    public func gathered(_ positions: [Int32]) -> Vector {
        switch self {
        case .bool(let v): .bool(gather(v, positions, None.bool))
        case .int(let v): .int(gather(v, positions, None.integer))
        case .double(let v): .double(gather(v, positions, None.double))
        case .day(let v): .day(gather(v, positions, None.day))
        case .row(let v): .row(gather(v, positions, None.row))
        case .text(let v, let d): .text(gather(v, positions, None.code), d)
        }
    }

    /// A vector of the same physical type that holds only none.
    public func nones(_ count: Int) -> Vector {
        gathered([Int32](repeating: -1, count: count))
    }

    public func sliced(_ range: Range<Int>) -> Vector {
        switch self {
        case .bool(let v): .bool(Array(v[range]))
        case .int(let v): .int(Array(v[range]))
        case .double(let v): .double(Array(v[range]))
        case .day(let v): .day(Array(v[range]))
        case .row(let v): .row(Array(v[range]))
        case .text(let v, let d): .text(Array(v[range]), d)
        }
    }

    /// The parts one after the other. All are of one physical type; dictionaries that differ
    /// are united, in order of first appearance.
    public static func concatenated(_ parts: [Vector]) -> Vector? {
        guard let first = parts.first else { return nil }
        if parts.count == 1 { return first }
        switch first {
        case .bool:
            return .bool(joined(parts) { if case .bool(let v) = $0 { v } else { nil } })
        case .int:
            return .int(joined(parts) { if case .int(let v) = $0 { v } else { nil } })
        case .double:
            return .double(joined(parts) { if case .double(let v) = $0 { v } else { nil } })
        case .day:
            return .day(joined(parts) { if case .day(let v) = $0 { v } else { nil } })
        case .row:
            return .row(joined(parts) { if case .row(let v) = $0 { v } else { nil } })
        case .text:
            return concatenatedTexts(parts)
        }
    }

    private static func joined<T>(_ parts: [Vector], _ values: (Vector) -> [T]?) -> [T] {
        var result: [T] = []
        result.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { result.append(contentsOf: values(part) ?? []) }
        return result
    }

    private static func concatenatedTexts(_ parts: [Vector]) -> Vector {
        var union = TextUnion()
        var codes: [Int32] = []
        for case .text(let part, let dictionary) in parts {
            let map = union.codes(of: dictionary)
            codes.reserveCapacity(codes.count + part.count)
            for code in part { codes.append(code < 0 ? None.code : map[Int(code)]) }
        }
        return .text(codes, union.dictionary)
    }
}

/// Several dictionaries made one.
public struct TextUnion: Sendable {
    private var builder = TextBuilder()
    private var maps: [ObjectIdentifier: [Int32]] = [:]
    private var only: TextDictionary?

    public init() {}

    /// For each code of `dictionary`, its code in the union.
    public mutating func codes(of dictionary: TextDictionary) -> [Int32] {
        if let map = maps[ObjectIdentifier(dictionary)] { return map }
        if maps.isEmpty {
            only = dictionary
            let identity = Array(0..<Int32(dictionary.count))
            maps[ObjectIdentifier(dictionary)] = identity
            return identity
        }
        if let first = only {
            // A second dictionary: only now are the first one's texts needed.
            only = nil
            for text in first.texts { _ = builder.code(text) }
        }
        let map = dictionary.texts.map { builder.code($0) }
        maps[ObjectIdentifier(dictionary)] = map
        return map
    }

    public var dictionary: TextDictionary { only ?? builder.dictionary }
}

func gather<T>(_ values: [T], _ positions: [Int32], _ none: T) -> [T] {
    [T](unsafeUninitializedCapacity: positions.count) { out, count in
        values.withUnsafeBufferPointer { values in
            positions.withUnsafeBufferPointer { positions in
                let end = UInt32(clamping: values.count)
                for index in 0..<positions.count {
                    // None is -1. A row that this table does not have (another snapshot's) has
                    // no values either.
                    let position = UInt32(bitPattern: positions[index])
                    (out.baseAddress! + index).initialize(
                        to: position < end ? values[Int(position)] : none)
                }
            }
        }
        count = positions.count
    }
}

extension Column {
    /// The values of consecutive rows.
    public func values(_ range: Range<Int>) -> Vector {
        switch self {
        case .text(let codes, let dictionary): .text(Array(codes[range]), dictionary)
        case .day(let v): .day(Array(v[range]))
        case .integer(let v): .int(Array(v[range]))
        case .hundredths(let v): .int(widened(v[range]))
        case .decimal(let v, _): .int(Array(v[range]))
        case .double(let v): .double(Array(v[range]))
        case .bool(let v): .bool(Array(v[range]))
        case .reference(let v, _): .row(Array(v[range]))
        }
    }

    /// The values of the given rows; none where the row is none.
    public func values(_ rows: [Int32]) -> Vector {
        switch self {
        case .text(let codes, let dictionary): .text(gather(codes, rows, None.code), dictionary)
        case .day(let v): .day(gather(v, rows, None.day))
        case .integer(let v): .int(gather(v, rows, None.integer))
        case .hundredths(let v): .int(widened(gather(v, rows, None.short)[...]))
        case .decimal(let v, _): .int(gather(v, rows, None.integer))
        case .double(let v): .double(gather(v, rows, None.double))
        case .bool(let v): .bool(gather(v, rows, None.bool))
        case .reference(let v, _): .row(gather(v, rows, None.row))
        }
    }

    private func widened(_ values: ArraySlice<Int32>) -> [Int64] {
        values.map { $0 == None.short ? None.integer : Int64($0) }
    }
}
