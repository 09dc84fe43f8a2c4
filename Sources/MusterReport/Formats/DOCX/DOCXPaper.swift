/// The paper of a section: A4 with the margins of official documents (GB/T 9704: above 37 mm,
/// below 35, at the left 28, at the right 26), which turn with it. Lengths are twentieths of a
/// point.
struct DOCXPaper {
    let isAcross: Bool

    private static let short = 11_906, long = 16_838
    private static let above = 2_098, below = 1_984, left = 1_587, right = 1_474

    /// Between the margins.
    var width: Int {
        isAcross ? Self.long - Self.above - Self.below : Self.short - Self.left - Self.right
    }

    /// The same in widths of a Chinese character at 10.5 and 9 points, less what bold figures need.
    static let rooms = PaperPart.Rooms(upright: 40, uprightSmall: 46, across: 57, acrossSmall: 66)

    /// The properties of the section that ends here.
    var properties: String {
        let size = isAcross
            ? "w:w=\"\(Self.long)\" w:h=\"\(Self.short)\" w:orient=\"landscape\""
            : "w:w=\"\(Self.short)\" w:h=\"\(Self.long)\""
        let margins = isAcross ? [Self.left, Self.above, Self.right, Self.below]
            : [Self.above, Self.right, Self.below, Self.left]
        let named = zip(["top", "right", "bottom", "left"], margins)
            .map { "w:\($0)=\"\($1)\"" }.joined(separator: " ")
        return "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>"
            + "<w:type w:val=\"nextPage\"/><w:pgSz \(size)/>"
            + "<w:pgMar \(named) w:header=\"851\" w:footer=\"\(isAcross ? 794 : 1_134)\" "
            + "w:gutter=\"0\"/></w:sectPr>"
    }

    /// Ends a section within the document, in as little room as a paragraph can take.
    var end: String {
        "<w:p><w:pPr><w:pStyle w:val=\"\(DOCXStyle.gap.rawValue)\"/>\(properties)</w:pPr></w:p>\n"
    }
}
