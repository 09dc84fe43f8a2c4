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

    /// Runs at a place that others refer to.
    static func marked(_ runs: String, _ name: String, _ number: Int) -> String {
        "<w:bookmarkStart w:id=\"\(number)\" w:name=\"\(name)\"/>\(runs)"
            + "<w:bookmarkEnd w:id=\"\(number)\"/>"
    }

    /// At the right margin the page of such a place, which the program that opens it finds out.
    static func pageNumber(ofMark name: String) -> String {
        func part(_ kind: String) -> String { "<w:r><w:fldChar w:fldCharType=\"\(kind)\"" }
        return "<w:r><w:tab/></w:r>\(part("begin")) w:dirty=\"true\"/></w:r>"
            + "<w:r><w:instrText xml:space=\"preserve\"> PAGEREF \(name) \\h </w:instrText></w:r>"
            + "\(part("separate"))/></w:r>\(run(" "))\(part("end"))/></w:r>"
    }

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
