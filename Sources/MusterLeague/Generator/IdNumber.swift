import MusterValues
import MusterStore

/// An identity number of GB 11643-1999: area, birth, sequence (odd for men), check character.
struct IdNumber {
    var area: Int
    var birth: Int32
    var sequence: Int
    /// ASCII: a digit or X.
    var check: UInt8

    init(area: Int, birth: Int32, sequence: Int) {
        self.area = area
        self.birth = birth
        self.sequence = sequence
        check = Self.check(area: area, birth: birth, sequence: sequence)
    }

    /// ISO 7064 MOD 11-2 over the first seventeen digits.
    static func check(area: Int, birth: Int32, sequence: Int) -> UInt8 {
        let (year, month, day) = CivilDay.parts(birth)
        var digits = ((area * 10_000 + year) * 10_000 + month * 100 + day) * 1000 + sequence
        var sum = 0
        // The weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2 are, from the right, powers of 2 mod 11.
        var weight = 2
        for _ in 0..<17 {
            sum += digits % 10 * weight
            digits /= 10
            weight = weight * 2 % 11
        }
        return [0x31, 0x30, 0x58, 0x39, 0x38, 0x37, 0x36, 0x35, 0x34, 0x33, 0x32][sum % 11]
    }
}
