/// Exact decimals: whole numbers of a tenth, a hundredth … a millionth.
public enum FixedPoint {
    /// The most digits behind the point.
    public static let mostPlaces = 6

    /// 10^places, for places from 0 to 18.
    public static func unit(_ places: Int) -> Int64 {
        (0..<places).reduce(1) { unit, _ in unit * 10 }
    }

    /// The value as a double: the nearest one while it is below 2⁵³ units.
    public static func double(_ value: Int64, _ places: Int) -> Double {
        Double(value) / Double(unit(places))
    }

    /// Without zeros that say nothing, but one digit behind the point at the least: `59.5`,
    /// `14.0`, `0.25`.
    public static func text(_ value: Int64, _ places: Int) -> String {
        var digits = String(value.magnitude)
        while digits.utf8.count <= places { digits = "0" + digits }
        let point = digits.index(digits.endIndex, offsetBy: -places)
        var fraction = digits[point...]
        while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
        return (value < 0 ? "-" : "") + digits[..<point] + "." + fraction
    }
}
