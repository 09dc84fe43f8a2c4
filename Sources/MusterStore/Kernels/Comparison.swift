import MusterValues

public enum Comparison {
    public static func compare(_ a: [Int32], _ op: ComparisonOperator, _ b: [Int32],
                               none: Int32) -> [UInt8] {
        pairs(a, b, op, isNone: { $0 == none })
    }

    public static func compare(_ a: [Int64], _ op: ComparisonOperator, _ b: [Int64]) -> [UInt8] {
        pairs(a, b, op, isNone: { $0 == None.integer })
    }

    public static func compare(_ a: [Double], _ op: ComparisonOperator, _ b: [Double]) -> [UInt8] {
        pairs(a, b, op, isNone: { $0.isNaN })
    }

    public static func compare(_ a: [UInt8], _ op: ComparisonOperator, _ b: [UInt8]) -> [UInt8] {
        pairs(a, b, op, isNone: { $0 == None.bool })
    }

    public static func compare(_ a: [Int32], _ op: ComparisonOperator, _ b: Int32,
                               none: Int32) -> [UInt8] {
        scalar(a, b, op, isNone: { $0 == none })
    }

    public static func compare(_ a: [Int64], _ op: ComparisonOperator, _ b: Int64) -> [UInt8] {
        scalar(a, b, op, isNone: { $0 == None.integer })
    }

    public static func compare(_ a: [Double], _ op: ComparisonOperator, _ b: Double) -> [UInt8] {
        scalar(a, b, op, isNone: { $0.isNaN })
    }

    /// Days inside the closed range; none is not.
    public static func within(_ days: [Int32], _ range: ClosedRange<Int32>) -> [UInt8] {
        map(days) { ($0 >= range.lowerBound ? 1 : 0) & ($0 <= range.upperBound ? 1 : 0) }
    }

    /// Whether a state that began at `from` and ended at `until` holds at `day`: begun by the
    /// day, and not ended by it. An end before the beginning is no end; an end on the day of
    /// the beginning leaves no day at all.
    public static func inForce(_ from: [Int32], _ until: [Int32], at day: Int32) -> [UInt8] {
        map(from, until) { from, until in
            (from <= day ? 1 : 0) & ((until > day ? 1 : 0) | (until < from ? 1 : 0))
        }
    }

    @inline(__always)
    private static func pairs<T: Comparable>(_ a: [T], _ b: [T], _ op: ComparisonOperator,
                                             isNone: (T) -> Bool) -> [UInt8] {
        switch op {
        case .equal:
            map(a, b) { $0 == $1 && !isNone($0) ? 1 : 0 }
        case .notEqual:
            map(a, b) { $0 == $1 && !isNone($0) ? 0 : 1 }
        case .less: map(a, b) { $0 < $1 && !isNone($0) && !isNone($1) ? 1 : 0 }
        case .lessOrEqual: map(a, b) { $0 <= $1 && !isNone($0) && !isNone($1) ? 1 : 0 }
        case .greater: map(a, b) { $0 > $1 && !isNone($0) && !isNone($1) ? 1 : 0 }
        case .greaterOrEqual: map(a, b) { $0 >= $1 && !isNone($0) && !isNone($1) ? 1 : 0 }
        }
    }

    @inline(__always)
    private static func scalar<T: Comparable>(_ a: [T], _ b: T, _ op: ComparisonOperator,
                                              isNone: (T) -> Bool) -> [UInt8] {
        if isNone(b) {
            switch op {
            case .equal: return map(a) { isNone($0) ? 1 : 0 }
            case .notEqual: return map(a) { isNone($0) ? 0 : 1 }
            default: return [UInt8](repeating: 0, count: a.count)
            }
        }
        switch op {
        case .equal: return map(a) { $0 == b ? 1 : 0 }
        case .notEqual: return map(a) { $0 == b ? 0 : 1 }
        case .less: return map(a) { ($0 < b ? 1 : 0) & (isNone($0) ? 0 : 1) }
        case .lessOrEqual: return map(a) { ($0 <= b ? 1 : 0) & (isNone($0) ? 0 : 1) }
        case .greater: return map(a) { ($0 > b ? 1 : 0) & (isNone($0) ? 0 : 1) }
        case .greaterOrEqual: return map(a) { ($0 >= b ? 1 : 0) & (isNone($0) ? 0 : 1) }
        }
    }
}

@inline(__always)
func map<A, R>(_ a: [A], _ body: (A) -> R) -> [R] {
    [R](unsafeUninitializedCapacity: a.count) { out, count in
        a.withUnsafeBufferPointer { a in
            for index in 0..<a.count { (out.baseAddress! + index).initialize(to: body(a[index])) }
        }
        count = a.count
    }
}

@inline(__always)
func map<A, B, R>(_ a: [A], _ b: [B], _ body: (A, B) -> R) -> [R] {
    precondition(a.count == b.count)
    return [R](unsafeUninitializedCapacity: a.count) { out, count in
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                for index in 0..<a.count {
                    (out.baseAddress! + index).initialize(to: body(a[index], b[index]))
                }
            }
        }
        count = a.count
    }
}
