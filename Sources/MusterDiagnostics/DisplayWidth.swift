import CText

/// How many columns of a terminal a text takes: one definition for tables, prompts and carets.
/// A grapheme is as wide as its widest scalar; East Asian wide and full-width characters take
/// two columns, ambiguous ones one, controls and combining marks none.
package func displayWidth(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text.utf8.count }
    return text.reduce(0) { $0 + displayWidth(of: $1) }
}

/// The columns of one grapheme: 0, 1 or 2.
package func displayWidth(of character: Character) -> Int {
    var widest = 0
    for scalar in character.unicodeScalars {
        if scalar.value == 0xFE0F { return 2 }
        widest = max(widest, Int(muster_scalar_width(scalar.value)))
    }
    return widest
}
