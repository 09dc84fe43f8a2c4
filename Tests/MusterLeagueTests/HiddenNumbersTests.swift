import Testing
@testable import MusterLeague

/// ID numbers with what nobody sees between their digits, or around them, are ID numbers.
struct HiddenNumbersTests {
    private static let number = "110101199001011237"

    @Test(arguments: ["\u{200B}", "\u{FEFF}", "\u{2060}", "\u{AD}", " ", "\u{3000}"])
    func whatIsNotSeenHidesNothing(_ blank: String) {
        let inside = Self.number.prefix(6) + blank + Self.number.dropFirst(6)
        for text in [Self.number + blank, blank + Self.number, String(inside)] {
            #expect(HiddenNumbers.isOne(text))
            #expect(HiddenNumbers.isIn(text))
            #expect(!HiddenNumbers.maskedByShape(text).contains("199001"))
            #expect(!HiddenNumbers.maskedByBirth(text).contains("199001"))
        }
    }

    @Test func aNumberBesideAnotherIsNoneWithIt() {
        #expect(!HiddenNumbers.isOne("110101\n199001011237 5"))
        #expect(!HiddenNumbers.isOne("12345\u{200B}6789"))
    }
}
