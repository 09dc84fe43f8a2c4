/// Arithmetic over whole arrays. None gives none; integer results that do not fit in 64 bits
/// give nil, which is an error to the user and never a wrapped figure.
public enum Arithmetic {
    public static func add(_ a: [Int64], _ b: [Int64]) -> [Int64]? {
        checked(a, b) { $0.addingReportingOverflow($1) }
    }

    public static func subtract(_ a: [Int64], _ b: [Int64]) -> [Int64]? {
        checked(a, b) { $0.subtractingReportingOverflow($1) }
    }

    public static func multiply(_ a: [Int64], _ b: [Int64]) -> [Int64]? {
        checked(a, b) { $0.multipliedReportingOverflow(by: $1) }
    }

    /// Remainder with the sign of the dividend; by 0 it is none.
    public static func modulo(_ a: [Int64], _ b: [Int64]) -> [Int64] {
        map(a, b) { x, y in
            x == None.integer || y == None.integer || y == 0 ? None.integer
                : x.remainderReportingOverflow(dividingBy: y).partialValue
        }
    }

    public static func add(_ a: [Double], _ b: [Double]) -> [Double] { map(a, b, +) }
    public static func subtract(_ a: [Double], _ b: [Double]) -> [Double] { map(a, b, -) }
    public static func multiply(_ a: [Double], _ b: [Double]) -> [Double] { map(a, b, *) }

    /// Division by 0 is none.
    public static func divide(_ a: [Double], _ b: [Double]) -> [Double] {
        map(a, b) { $1 == 0 ? None.double : $0 / $1 }
    }

    public static func modulo(_ a: [Double], _ b: [Double]) -> [Double] {
        map(a, b) { $1 == 0 ? None.double : $0.truncatingRemainder(dividingBy: $1) }
    }

    /// Integers as doubles; `scale` 100 for two decimals.
    public static func doubles(_ a: [Int64], scale: Double = 1) -> [Double] {
        map(a) { $0 == None.integer ? None.double : Double($0) / scale }
    }

    /// Integers times a constant, for units of measure; nil on overflow.
    public static func scaled(_ a: [Int64], by factor: Int64) -> [Int64]? {
        checked(a, [Int64](repeating: factor, count: a.count)) {
            $0.multipliedReportingOverflow(by: $1)
        }
    }

    /// Integers times a constant, to be compared with some of that scale: what does not fit is
    /// beyond all of those, and the greatest or least there is.
    public static func clamped(_ a: [Int64], by factor: Int64) -> [Int64] {
        map(a) { value in
            if value == None.integer { return value }
            let (product, overflow) = value.multipliedReportingOverflow(by: factor)
            return overflow ? (value < 0 ? .min + 1 : .max) : max(product, .min + 1)
        }
    }

    @inline(__always)
    private static func checked(
        _ a: [Int64], _ b: [Int64],
        _ body: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) -> [Int64]? {
        var overflowed = false
        let result: [Int64] = map(a, b) { x, y in
            if x == None.integer || y == None.integer { return None.integer }
            let (value, overflow) = body(x, y)
            if overflow || value == None.integer { overflowed = true }
            return value
        }
        return overflowed ? nil : result
    }
}
