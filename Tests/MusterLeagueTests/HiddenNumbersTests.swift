@testable import MusterLeague
import Testing

/// ID numbers in texts: all invented, of nobody.
@Suite struct HiddenNumbersTests {
    @Test("What has the shape of one is masked", arguments: [
        ("110101199003074518", "*****************8"),
        // An e without a power is a letter.
        ("110101199003074518e", "*****************8e"),
        ("110101199003074518E+", "*****************8E+"),
        ("1.10101199003074E+17", "*.**************E+17"), ("1.1e17", "*.*e17"),
        ("110.1E+15人", "***.*E+15人"),
        // Parts of the names of folders.
        ("/tmp/123E14AC-A182", "/tmp/123E14AC-A182"), ("4E15-7F2", "4E15-7F2"),
        ("1.1e17f", "1.1e17f"),
        // What stands between groups is nothing at the end.
        ("110101900307451-", "**************1-"), ("11010190030745-", "11010190030745-"),
        ("110101 900307 451 ", "****** ****** **1 "),
        ("no. 110101900307451", "no. **************1"), ("1101019003074", "1101019003074"),
    ])
    func masked(_ text: String, _ expected: String) {
        #expect(HiddenNumbers.maskedByShape(text) == expected)
    }

    @Test("Whether the digits can be a person's", arguments: [
        ("110101199003074518", true), ("110101900307451", true), ("110101900332451", false),
        ("110101901207451", true), ("110101199013074518", false),
        // From 1880 to 2099.
        ("110101188001014518", true), ("110101187912314518", false),
        ("110101209912314518", true), ("110101210001014518", false),
        // From 11 to 82.
        ("100101199003074518", false), ("110101199003074518", true), ("820101199003074518", true),
        ("830101199003074518", false), ("990101199003074518", false),
    ])
    func birth(_ text: String, _ expected: Bool) {
        #expect(HiddenNumbers.isOne(text) == expected)
        #expect((HiddenNumbers.maskedByBirth(text) != text) == expected)
    }

    @Test("The day of birth begins with 1880")
    func firstYear() {
        func birth(_ text: String) -> Int32? {
            Array(text.utf8).withUnsafeBufferPointer { IdNumberText($0)?.birth }
        }
        #expect(birth("110101188001014518") != nil)
        #expect(birth("110101187912314518") == nil)
    }

    // With what nobody sees between their digits, or around them, they are ID numbers.
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
