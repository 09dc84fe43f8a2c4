@testable import MusterBinding
import Testing

@Suite struct RateChangeTests {
    @Test("A rate leads back to the whole numbers that it is the quotient of")
    func fractions() {
        for of in [1, 2, 3, 7, 80, 97, 1_000, 4_999, 65_536, 67_108_859] {
            for n in [0, 1, of / 3, of / 2, of - 1, of] where n >= 0 {
                let fraction = RateChange.fraction(Double(n) / Double(of))
                #expect(fraction != nil, "\(n)/\(of)")
                guard let fraction else { continue }
                #expect(fraction.n * Int64(of) == Int64(n) * fraction.of, "\(n)/\(of)")
            }
        }
        #expect(RateChange.fraction(.nan) == nil)
        #expect(RateChange.fraction(.infinity) == nil)
        #expect(RateChange.fraction(0.1234567890123456) == nil)
    }

    @Test("The change of a rate is the one quotient of whole numbers, not a difference of two")
    func changes() {
        #expect(27.0 / 80 - 40.0 / 80 != -0.1625)
        #expect(RateChange.difference(27.0 / 80, 40.0 / 80) == -0.1625)
        #expect(RateChange.difference(1.0 / 3, 1.0 / 3) == 0)
        #expect(RateChange.difference(.nan, 0.5).isNaN)
        for of in 1...60 {
            for base in 1...60 {
                for (n, m) in [(1, 1), (of / 2, base / 3), (of, base - 1), (of - 1, 0)] {
                    let exact = Double(n * base - m * of) / Double(of * base)
                    let change = RateChange.difference(Double(n) / Double(of),
                                                       Double(m) / Double(base))
                    #expect(change == exact, "\(n)/\(of) - \(m)/\(base)")
                }
            }
        }
    }
}
