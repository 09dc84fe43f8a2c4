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

    static let sql = FunctionSQL(name) { _, dialect in
        dialect == "spark" ? sparkForm : form
    }

    /// The same steps, one row each; the last row that is left is the fraction.
    private static let form = """
        select coalesce((a.n * b.o - b.n * a.o) / (a.o * b.o), {0} - {1})
        from (values (1)) one(x) left join lateral (\(fraction("{0}"))) a on true
        left join lateral (\(fraction("{1}"))) b on true
        """

    private static func fraction(_ value: String) -> String {
        """
        with recursive f(i, n, o, m, p, r) as (
        select 0, cast(1 as double precision), cast(0 as double precision),
        cast(0 as double precision), cast(1 as double precision), abs({0})
        where abs({0}) < 67108864 and ({0} = 0 or abs({0}) > 1e-9)
        union all
        select i + 1, floor(r) * n + m, floor(r) * o + p, n, o,
        case when r > floor(r) then 1 / (r - floor(r)) end
        from f where i < 40 and n < 67108864 and o < 67108864 and r is not null)
        select sign({0}) * n as n, o from f where i > 0 and n < 67108864 and o < 67108864
        and n / nullif(o, 0) = abs({0}) order by i limit 1
        """.replacing("{0}", with: value)
    }

    /// The same steps, each with what the one before it came to; `d` says that it is the fraction.
    private static let sparkForm: String = {
        let below = "s.n < 67108864D and s.o < 67108864D"
        func fraction(_ value: String) -> String {
            """
            aggregate(sequence(1, 40), named_struct('n', 1D, 'o', 0D, 'm', 0D, 'p', 1D,
            'r', case when abs({0}) < 67108864D and ({0} = 0D or abs({0}) > 1e-9D)
            then abs({0}) end,
            'd', false), (s, i) -> case when s.d or s.r is null then s else named_struct(
            'n', floor(s.r) * s.n + s.m, 'o', floor(s.r) * s.o + s.p, 'm', s.n, 'p', s.o,
            'r', case when s.r > floor(s.r) then 1D / (s.r - floor(s.r)) end,
            'd', (floor(s.r) * s.n + s.m) / (floor(s.r) * s.o + s.p) = abs({0})) end,
            s -> case when s.d and \(below) then array(sign({0}) * s.n, s.o) end)
            """.replacing("{0}", with: value)
        }
        let both = "named_struct('a', \(fraction("{0}")), 'b', \(fraction("{1}")))"
        return "transform(array(\(both)), f -> coalesce((f.a[0] * f.b[1] - f.b[0] * f.a[1]) "
            + "/ (f.a[1] * f.b[1]), {0} - {1}))[0]"
    }()

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
