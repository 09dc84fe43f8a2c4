import MusterDiagnostics

/// Pieces of a document's markup. Whatever comes from data is text: nothing in it is markup, a
/// field or a control.
enum DOCXText {
    /// A text as it stands between tags and in attributes.
    static func escaped(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in visible(text).unicodeScalars {
            // What XML has no place for.
            clean.append(scalar.value == 0xFFFE || scalar.value == 0xFFFF ? "\u{FFFD}" : scalar)
        }
        return markup(String(clean))
    }

    static func run(_ text: String, _ properties: String = "") -> String {
        let own = properties.isEmpty ? "" : "<w:rPr>\(properties)</w:rPr>"
        return "<w:r>\(own)<w:t xml:space=\"preserve\">\(escaped(text))</w:t></w:r>"
    }

    static let lineBreak = "<w:r><w:br/></w:r>"

    /// - Parameters:
    ///   - runs: as `run` makes them.
    ///   - align: `left`, `center`, `right`; nil for the style's own.
    ///   - keepsNext: stands on the page of what follows.
    static func paragraph(_ style: DOCXStyle, _ runs: String, align: String? = nil,
                          keepsNext: Bool = false) -> String {
        "<w:p><w:pPr><w:pStyle w:val=\"\(style.rawValue)\"/>"
            + (keepsNext ? "<w:keepNext/>" : "")
            + (align.map { "<w:jc w:val=\"\($0)\"/>" } ?? "")
            + "</w:pPr>\(runs)</w:p>\n"
    }
}
