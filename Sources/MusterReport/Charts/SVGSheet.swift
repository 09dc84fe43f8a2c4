import MusterDiagnostics

/// A picture in SVG that is being drawn, in units of a screen pixel. Colours and fonts come from
/// the style sheet of the page by classes: `s0`… for series, `goal`, `grid`, `axis`, `faint`.
struct SVGSheet {
    enum Anchor: String { case start, middle, end }

    /// A rectangle that a text takes up, for finding room for others.
    struct Box {
        var left, top, right, bottom: Double

        func overlaps(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    static let fontSize = 12.0
    static let lineHeight = 15.0
    /// Series have as many colours and marks.
    static let seriesClasses = 6

    let width: Double
    private(set) var height = 0.0
    private(set) var body = ""
    private(set) var texts: [Box] = []

    init(width: Double) { self.width = width }

    /// What a text takes at most, whatever sans-serif font it is set in.
    static func measure(_ text: String) -> Double {
        text.reduce(0) { sum, character in
            let wide = displayWidth(of: character)
            let share = wide == 2 ? 1.0 : wide == 0 ? 0
                : character.isUppercase || "mwMW%@—–…+".contains(character) ? 0.86 : 0.6
            return sum + share * fontSize
        }
    }

    /// The text as lines that find so much room, as few as will do and of about one length,
    /// broken as in the terminal; words that are longer are cut.
    static func wrapped(_ text: String, to room: Double) -> [String] {
        let lines = filled(text, to: room)
        guard lines.count > 1 else { return lines }
        let least = measure(visible(text)) / Double(lines.count)
        let fitting = stride(from: least, to: room, by: fontSize).lazy.map { filled(text, to: $0) }
        return fitting.first { $0.count == lines.count } ?? lines
    }

    private static func filled(_ text: String, to room: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        func close() {
            while line.last == " " { line.removeLast() }
            lines.append(line)
            line = ""
        }
        for word in words(visible(text)) {
            if !line.isEmpty, measure(line + word) > room { close() }
            for character in word {
                if !line.isEmpty, measure(line + String(character)) > room { close() }
                if !(line.isEmpty && character == " ") { line.append(character) }
            }
        }
        close()
        return lines
    }

    mutating func grow(to bottom: Double) { height = max(height, bottom) }

    static func box(_ text: String, _ x: Double, _ baseline: Double, _ anchor: Anchor) -> Box {
        let wide = measure(text)
        let left = switch anchor {
        case .start: x
        case .middle: x - wide / 2
        case .end: x - wide
        }
        return Box(left: left, top: baseline - fontSize, right: left + wide, bottom: baseline + 3)
    }

    mutating func text(_ text: String, _ x: Double, _ baseline: Double,
                       _ anchor: Anchor = .start, _ style: String? = nil) {
        texts.append(Self.box(text, x, baseline, anchor))
        grow(to: baseline + 4)
        let turn = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        add("text", "x=\"\(number(x))\" y=\"\(number(baseline))\"\(turn)", style, text)
    }

    /// Several lines, the first at that baseline.
    mutating func text(_ lines: [String], _ x: Double, _ baseline: Double,
                       _ anchor: Anchor = .start, _ style: String? = nil) {
        for (index, line) in lines.enumerated() {
            text(line, x, baseline + Double(index) * Self.lineHeight, anchor, style)
        }
    }

    /// Whether a text would stand clear of the edges and of all others.
    func hasRoom(_ text: String, _ x: Double, _ baseline: Double, _ anchor: Anchor) -> Bool {
        let box = Self.box(text, x, baseline, anchor)
        return box.left >= 0 && box.right <= width && box.top >= 0
            && !texts.contains { $0.overlaps(box) }
    }

    mutating func rectangle(_ x: Double, _ y: Double, _ wide: Double, _ high: Double,
                            _ style: String) {
        grow(to: y + high)
        add("rect", "x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(max(0, wide)))\" "
            + "height=\"\(number(max(0, high)))\"", style)
    }

    mutating func line(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ style: String) {
        grow(to: max(y0, y1) + 1)
        add("line", "x1=\"\(number(x0))\" y1=\"\(number(y0))\" x2=\"\(number(x1))\" "
            + "y2=\"\(number(y1))\"", style)
    }

    mutating func path(_ points: [(x: Double, y: Double)], _ style: String) {
        let list = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
        add("polyline", "points=\"\(list)\"", style)
    }

    /// A point of a series, told apart by its form too.
    mutating func point(_ series: Int, _ x: Double, _ y: Double) {
        let style = "s\(series % Self.seriesClasses) point"
        func polygon(_ corners: [(Double, Double)]) {
            let list = corners.map { "\(number(x + $0.0)),\(number(y + $0.1))" }
            add("polygon", "points=\"\(list.joined(separator: " "))\"", style)
        }
        switch series % 4 {
        case 0: add("circle", "cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"3.5\"", style)
        case 1: polygon([(-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)])
        case 2: polygon([(0, -4.2), (4, 3.2), (-4, 3.2)])
        default: polygon([(0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0)])
        }
    }

    private mutating func add(_ name: String, _ attributes: String, _ style: String?,
                              _ text: String? = nil) {
        let style = style.map { " class=\"\($0)\"" } ?? ""
        let end = text.map { ">\(markup($0))</\(name)>" } ?? "/>"
        body += "<\(name) \(attributes)\(style)\(end)\n"
    }

    /// Puts another sheet of the same width on top.
    mutating func absorb(_ other: SVGSheet) {
        body += other.body
        texts += other.texts
        grow(to: other.height)
    }

    /// With one decimal; coordinates lie within a sheet of some thousand pixels.
    private func number(_ value: Double) -> String {
        DecimalDigits((value * 10).rounded() / 10)?.text(1) ?? "0"
    }

    /// The whole element. `id` must be the only one of its kind on the page.
    func element(id: String, style: String, title: String, description: String) -> String {
        let high = number(height + 2), wide = number(width)
        return "<svg class=\"\(style)\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\" "
            + "viewBox=\"0 0 \(wide) \(high)\" width=\"\(wide)\" height=\"\(high)\">\n"
            + "<title id=\"\(id)-t\">\(markup(title))</title>\n"
            + "<desc id=\"\(id)-d\">\(markup(description))</desc>\n\(body)</svg>\n"
    }
}

/// The text as it stands in HTML and SVG, between tags and in attributes.
func markup(_ text: String) -> String {
    guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
