/// What tells series apart but for their colour: hatches of bars, points and dashes of lines.
enum SVGMarks {
    /// Paths in the colour of the paper over a tile of so many pixels; the first series is plain.
    private static let hatches: [(size: Int, path: String)] = [
        (6, "M-1 7L7 -1M-1 1L1 -1M5 7L7 5"),
        (5, "M0 2.5H5"),
        (6, "M-1 -1L7 7M5 -1L7 1M-1 5L1 7"),
        (5, "M2.5 0V5"),
        (7, "M0 3.5H7M3.5 0V7"),
        (8, "M-1 -1L9 9M-1 9L9 -1"),
        (5, "M1.5 2.5H3.5"),
    ]

    /// Lengths of dashes and gaps; empty for a line without any.
    private static let dashes = ["", "9 3", "2 3", "9 3 2 3", "5 4", "14 4", "9 3 2 3 2 3", "3 6"]

    /// What the bars of a series refer to; the prefix becomes the picture's own.
    static func reference(_ series: Int) -> String { "fill=\"url(#hatch-\(series))\"" }

    static func isHatched(_ series: Int) -> Bool { series > 0 && series <= hatches.count }

    /// The hatches that a picture refers to, by names of its own: those of a picture that is not
    /// shown do not show either.
    static func definitions(in body: String, id: String) -> String {
        let used = hatches.enumerated().filter { body.contains(reference($0.offset + 1)) }
        guard !used.isEmpty else { return "" }
        return "<defs>\n" + used.map { number, hatch in
            "<pattern id=\"\(id)-hatch-\(number + 1)\" width=\"\(hatch.size)\" "
                + "height=\"\(hatch.size)\" patternUnits=\"userSpaceOnUse\">"
                + "<path class=\"hatch\" d=\"\(hatch.path)\"/></pattern>\n"
        }.joined() + "</defs>\n"
    }

    /// The body with references to the picture's own hatches. No text of a reader's can look
    /// like one: its quotes are escaped.
    static func referring(_ body: String, id: String) -> String {
        body.replacing("fill=\"url(#hatch-", with: "fill=\"url(#\(id)-hatch-")
    }

    /// The rules for dashes, after those for colours.
    static var rules: String {
        dashes.enumerated().filter { !$0.element.isEmpty }.map {
            "svg .path.s\($0.offset) { stroke-dasharray: \($0.element); }\n"
        }.joined()
    }
}
