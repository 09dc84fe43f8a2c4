import MusterPlan
import Testing
@testable import MusterEngine

/// How keys are written does not tell them apart, where it says nothing.
@Suite("Folded keys")
struct KeyFormTests {
    @Test("Without blanks, in half width and upper case", arguments: [
        ("120105199001011237", "120105199001011237"), ("12010519900101123x", "12010519900101123X"),
        ("１２０１０５ｘ", "120105X"), (" 12 01\u{3000}05 ", "120105"), ("az", "AZ"), ("a", "A"), ("z", "Z"),
        ("{|}~", "{|}~"), ("^_`", "^_`"), ("", ""),
    ])
    func folded(_ text: String, _ key: String) {
        #expect(KeyForm.folded.key(text) == key)
        #expect(KeyForm.folded.key(key) == key)
    }
}
