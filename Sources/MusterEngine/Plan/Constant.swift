import MusterStore

/// A single value; its type stands beside it.
package enum Constant: Sendable, Hashable {
    case none
    case bool(Bool)
    /// Integers, and hundredths as integers.
    case int(Int64)
    case double(Double)
    /// Days, months since year 0, years.
    case day(Int32)
    case row(Int32)
    case text(String)

    /// `count` times the value, as the physical type that `type` has.
    func repeated(_ count: Int, as type: ValueType) -> Vector {
        switch self {
        case .bool(let value): .bool([UInt8](repeating: value ? 1 : 0, count: count))
        case .int(let value): .int([Int64](repeating: value, count: count))
        case .double(let value): .double([Double](repeating: value, count: count))
        case .day(let value): .day([Int32](repeating: value, count: count))
        case .row(let value): .row([Int32](repeating: value, count: count))
        case .text(let value):
            .text([Int32](repeating: 0, count: count), TextDictionary([value]))
        case .none: type.nones(count)
        }
    }
}

extension ValueType {
    func nones(_ count: Int) -> Vector {
        switch self {
        case .none, .bool: .bool([UInt8](repeating: None.bool, count: count))
        case .integer, .hundredths: .int([Int64](repeating: None.integer, count: count))
        case .number: .double([Double](repeating: None.double, count: count))
        case .text: .text([Int32](repeating: None.code, count: count), .empty)
        case .day, .month, .year: .day([Int32](repeating: None.day, count: count))
        case .row: .row([Int32](repeating: None.row, count: count))
        }
    }
}

extension Vector {
    /// The value at a position.
    func constant(_ index: Int) -> Constant {
        if isNone(index) { return .none }
        switch self {
        case .bool(let v): return .bool(v[index] == 1)
        case .int(let v): return .int(v[index])
        case .double(let v): return .double(v[index])
        case .day(let v): return .day(v[index])
        case .row(let v): return .row(v[index])
        case .text(let v, let d): return .text(d[v[index]])
        }
    }
}

extension Constant {
    /// Order within one type; texts by code point.
    func precedes(_ other: Constant) -> Bool {
        switch (self, other) {
        case (.int(let a), .int(let b)): a < b
        case (.double(let a), .double(let b)): a < b
        case (.day(let a), .day(let b)), (.row(let a), .row(let b)): a < b
        case (.bool(let a), .bool(let b)): !a && b
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        default: false
        }
    }
}

extension ValueType {
    /// Constants of this type as a vector.
    func vector(_ values: [Constant]) -> Vector {
        switch self {
        case .none, .bool:
            return .bool(values.map { if case .bool(let v) = $0 { v ? 1 : 0 } else { None.bool } })
        case .integer, .hundredths:
            return .int(values.map { if case .int(let v) = $0 { v } else { None.integer } })
        case .number:
            return .double(values.map { if case .double(let v) = $0 { v } else { None.double } })
        case .day, .month, .year:
            return .day(values.map { if case .day(let v) = $0 { v } else { None.day } })
        case .row:
            return .row(values.map { if case .row(let v) = $0 { v } else { None.row } })
        case .text:
            var codes: [Int32] = [], texts: [String] = [], known: [String: Int32] = [:]
            for value in values {
                guard case .text(let text) = value else { codes.append(None.code); continue }
                let code = known[text] ?? Int32(texts.count)
                if known.updateValue(code, forKey: text) == nil { texts.append(text) }
                codes.append(code)
            }
            return .text(codes, TextDictionary(texts))
        }
    }
}
