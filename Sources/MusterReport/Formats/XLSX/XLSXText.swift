import MusterDiagnostics

/// A text as a workbook's XML can carry it: without controls but line breaks, and cut to the
/// 32,767 UTF-16 units of a cell, with a mark.
func workbookText(_ text: String) -> String {
    var shown = visibleLines(text)
    func isNoCharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0xFFFE || scalar.value == 0xFFFF
    }
    if shown.unicodeScalars.contains(where: isNoCharacter) {
        var mended = String.UnicodeScalarView()
        for scalar in shown.unicodeScalars {
            mended.append(isNoCharacter(scalar) ? "\u{FFFD}" : scalar)
        }
        shown = String(mended)
    }
    return cut(shown)
}

/// The same for a cell, where `_x0041_` would be read as the character of that number.
package func cellText(_ text: String) -> String {
    let shown = workbookText(text)
    guard shown.utf8.contains(UInt8(ascii: "_")) else { return shown }
    return cut(shown.replacing(/_x(?=[0-9A-Fa-f]{4}_)/, with: "_x005F_x"))
}

private func cut(_ text: String) -> String {
    guard text.utf16.count > 32_767 else { return text }
    var kept = String.UnicodeScalarView()
    var units = 0
    for scalar in text.unicodeScalars {
        units += scalar.value > 0xFFFF ? 2 : 1
        guard units < 32_767 else { break }
        kept.append(scalar)
    }
    return String(kept) + "…"
}
