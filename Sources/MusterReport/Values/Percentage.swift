/// A share of one as people read it: a percentage, or a difference in percentage points, with one
/// decimal, rounded half away from zero.
///
/// Rounding must not change what the figure says. So what falls short of its target, of 100% or,
/// a difference, of zero, is not rounded up to it, and a percentage that is not zero not down to
/// zero: it stays one unit of its last decimal away. 2999 of 3000 are 99.9%, not 100.0%.
struct Percentage {
    /// Digits behind the point.
    let places: Int
    /// The hundredfold of the share.
    private let value: DecimalDigits
    private let limits: [DecimalDigits]
    private let mayVanish: Bool
    /// In percentage points.
    let isDifference: Bool

    static let usualPlaces = 1

    private init(_ share: DecimalDigits, limits: [DecimalDigits], mayVanish: Bool = true,
                 isDifference: Bool = false, places: Int = usualPlaces) {
        value = share.shifted(2)
        (self.limits, self.mayVanish, self.places) = (limits, mayVanish, places)
        self.isDifference = isDifference
    }

    /// - Parameter target: the share that is due, where there is one.
    init(_ share: DecimalDigits, target: DecimalDigits? = nil) {
        let limits = [DecimalDigits(100)] + (target.map { [$0.shifted(2)] } ?? [])
        self.init(share, limits: limits, mayVanish: false)
    }

    init(difference: DecimalDigits) {
        self.init(difference, limits: [DecimalDigits(0)], isDifference: true)
    }

    /// What is due is shown as it was set, with up to four decimals.
    init(target: DecimalDigits) {
        let decimals = target.shifted(2).rounded(4).decimals
        self.init(target, limits: [], places: max(Self.usualPlaces, decimals))
    }

    /// As it is shown.
    var rounded: DecimalDigits { value.rounded(places, plus: correction(places)) }

    /// Digits behind the point with which plain rounding, as spreadsheets do it, is right.
    var placesForPlainRounding: Int {
        (places...max(places, 12)).first { correction($0) == 0 } ?? places
    }

    /// What has to be added to the last of so many digits.
    private func correction(_ places: Int) -> Int64 {
        let plain = value.rounded(places)
        if !mayVanish, plain.isZero, !value.isZero { return value.isNegative ? -1 : 1 }
        return limits.contains { value < $0 && plain >= $0 } ? -1 : 0
    }
}
