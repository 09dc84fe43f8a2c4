import MusterPlan
import MusterStore

/// The difference of two rates, worked out from the whole numbers that they are quotients of:
/// 27/80 − 40/80 is −0.1625, and rounds to −16.3 points wherever it is rounded; the difference of
/// the two doubles would be −0.16249999999999998. None where one of them is.
enum RateChange {
    static let name = "rate_change"

    static let kernel = FunctionKernel(name) { call in
        guard case .double(let now) = call.arguments[0], case .double(let then) = call.arguments[1]
        else { return call.arguments[0] }
        return .double(zip(now, then).map { difference($0, $1) })
    }

    static func difference(_ a: Double, _ b: Double) -> Double {
        guard let (n, of) = fraction(a), let (m, base) = fraction(b) else { return a - b }
        // Below 2⁵³, so the one division rounds correctly.
        return Double(n * base - m * of) / Double(of * base)
    }

    /// The whole numbers below 2²⁶ whose quotient, correctly rounded, a double is; nil where there
    /// are none. Its continued fraction leads to them: no other fraction of such a denominator is
    /// as near.
    static func fraction(_ value: Double) -> (n: Int64, of: Int64)? {
        let limit = Double(1 << 26)
        guard value.magnitude < limit else { return nil }
        var rest = value.magnitude
        var (n, of, lastN, lastOf) = (1.0, 0.0, 0.0, 1.0)
        for _ in 0..<40 {
            let whole = rest.rounded(.down)
            (n, of, lastN, lastOf) = (whole * n + lastN, whole * of + lastOf, n, of)
            guard n < limit, of < limit else { return nil }
            if n / of == value.magnitude {
                return (Int64(value < 0 ? -n : n), Int64(of))
            }
            rest = 1 / (rest - whole)
            guard rest.isFinite else { return nil }
        }
        return nil
    }
}
