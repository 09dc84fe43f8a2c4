import MusterValues
import Glibc
import MusterStore

/// A measure from one round number to another, zero always between them, with its ticks.
struct Scale: Sendable {
    let lower: Double
    let upper: Double
    /// Ascending; the first is `lower`, the last `upper`.
    let ticks: [Double]
    /// One a tick, all with the same number of decimals.
    let labels: [String]

    /// Holds all the values, with about so many intervals (at least one). Values are finite and
    /// below 1e300 in magnitude. Percent and points are fractions of one.
    init(_ values: [Double], _ display: Display, intervals: Int) {
        var low = min(0, values.min() ?? 0), high = max(0, values.max() ?? 0)
        if high - low < 1e-290 { (low, high) = (0, 1) }
        let isFraction = display == .percent || display == .points
        let isWhole = !isFraction && values.allSatisfy { $0 == $0.rounded() }
        var step = RoundStep(atLeast: (high - low) / Double(max(1, intervals)))
        if isWhole, step.value < 1 { step = RoundStep(mantissa: 1, exponent: 0) }
        let first = Int((low / step.value).rounded(.down))
        let last = max(first + 1, Int((high / step.value).rounded(.up)))
        ticks = (first...last).map(step.multiple)
        labels = ticks.map { Self.label($0, step, display) }
        (lower, upper) = (ticks.first ?? 0, ticks.last ?? 1)
    }

    /// Where a value stands between the ends, 0…1.
    func fraction(_ value: Double) -> Double {
        min(1, max(0, (value - lower) / (upper - lower)))
    }

    var zero: Double { fraction(0) }

    private static func label(_ tick: Double, _ step: RoundStep, _ display: Display) -> String {
        guard tick.magnitude < 1e15, step.exponent > -12, let digits = DecimalDigits(tick) else {
            return plainText(tick)
        }
        let places = max(0, -step.exponent)
        return switch display {
        case .percent: digits.shifted(2).text(max(0, places - 2)) + "%"
        case .points: digits.shifted(2).text(max(0, places - 2), withPlus: true)
        case .plain, .hours, .count, .day: digits.text(places)
        }
    }
}

/// One, two or five times a power of ten.
private struct RoundStep {
    let mantissa: Int
    let exponent: Int

    init(mantissa: Int, exponent: Int) {
        self.mantissa = mantissa
        self.exponent = exponent
    }

    /// The smallest such step that is no smaller than a positive width, rounding errors aside.
    init(atLeast width: Double) {
        let exponent = Int(log10(width).rounded(.down))
        let fits = [1, 2, 5].first {
            RoundStep(mantissa: $0, exponent: exponent).value >= width * (1 - 1e-9)
        }
        self.init(mantissa: fits ?? 1, exponent: fits == nil ? exponent + 1 : exponent)
    }

    var value: Double { multiple(1) }

    /// Divided by a power of ten rather than multiplied by a fraction, so that three times a
    /// tenth is 0.3.
    func multiple(_ count: Int) -> Double {
        let power = pow(10, Double(abs(exponent)))
        return exponent < 0 ? Double(count * mantissa) / power : Double(count * mantissa) * power
    }
}
