import MusterDiagnostics

/// A picture in SVG that is being drawn, in units of a screen pixel. Colours and fonts come from
/// the style sheet of the page by classes: `s0`… for series, `goal`, `halo`, `grid`, `axis`,
/// `faint`.
struct SVGSheet {
    enum Anchor: String { case start, middle, end }

    /// A rectangle that a text takes up, for finding room for others.
    struct Box {
        var left, top, right, bottom: Double

        func overlaps(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    /// From below.
    private enum Layer: CaseIterable { case grid, bars, targets, top }

    /// A straight line, upright or level, that gives way to texts.
    struct Rule {
        let x0, y0, x1, y1: Double
        let style: String
        var isUpright: Bool { x0 == x1 }
    }

    static let fontSize = 12.0
    static let lineHeight = 15.0

    let width: Double
    private(set) var height = 0.0
    private(set) var texts: [Box] = []
    private(set) var paths: [Segment] = []
    private var drawn: [Layer: String] = [:]
    private var rules: [Layer: [Rule]] = [:]
    private var points: [Box] = []

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

    /// Whether a text would stand clear of the edges, of all others, and of lines and points.
    func hasRoom(_ text: String, _ x: Double, _ baseline: Double, _ anchor: Anchor) -> Bool {
        let box = Self.box(text, x, baseline, anchor)
        return box.left >= 0 && box.right <= width && box.top >= 0
            && !texts.contains { $0.overlaps(box) } && !points.contains { $0.overlaps(box) }
            && !paths.contains { $0.crosses(box) }
            && !(rules[.targets] ?? []).contains { Segment($0).crosses(box) }
    }

    /// A bar of a series, told apart by its hatch too.
    mutating func bar(_ series: Int, _ x: Double, _ y: Double, _ wide: Double, _ high: Double) {
        func place(_ inset: Double) -> String {
            "x=\"\(number(x + inset))\" y=\"\(number(y + inset))\" "
                + "width=\"\(number(max(0, wide - 2 * inset)))\" "
                + "height=\"\(number(max(0, high - 2 * inset)))\""
        }
        grow(to: y + high)
        add("rect", place(0), "s\(series)", to: .bars)
        guard SVGMarks.isHatched(series), wide > 3, high > 3 else { return }
        add("rect", "\(place(1)) \(SVGMarks.reference(series))", nil, to: .bars)
    }

    /// Lines of the measure, which give way to texts.
    mutating func grid(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ style: String) {
        grow(to: max(y0, y1) + 1)
        rules[.grid, default: []].append(Rule(x0: x0, y0: y0, x1: x1, y1: y1, style: style))
    }

    /// A target's line over bars, which gives way to texts: one for several categories, or a
    /// `tick` across one.
    mutating func target(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double,
                         isTick: Bool = false) {
        grow(to: max(y0, y1) + 1)
        rules[.targets, default: []].append(
            Rule(x0: x0, y0: y0, x1: x1, y1: y1, style: isTick ? "goal tick" : "goal"))
    }

    mutating func path(_ corners: [(x: Double, y: Double)], _ series: Int) {
        let list = corners.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
        paths += zip(corners, corners.dropFirst()).map {
            Segment(x0: $0.x, y0: $0.y, x1: $1.x, y1: $1.y)
        }
        add("polyline", "points=\"\(list)\"", "s\(series) path")
    }

    /// A point of a series, told apart by its form too.
    mutating func point(_ series: Int, _ x: Double, _ y: Double) {
        let style = "s\(series) point" + (series < 4 ? "" : " hollow")
        points.append(Box(left: x - 4, top: y - 4, right: x + 4, bottom: y + 4))
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
                              _ text: String? = nil, to layer: Layer = .top) {
        drawn[layer, default: ""] += Self.element(name, attributes, style, text)
    }

    private static func element(_ name: String, _ attributes: String, _ style: String?,
                                _ text: String? = nil) -> String {
        let style = style.map { " class=\"\($0)\"" } ?? ""
        let end = text.map { ">\(markup($0))</\(name)>" } ?? "/>"
        return "<\(name) \(attributes)\(style)\(end)\n"
    }

    private var body: String {
        Layer.allCases.map { layer in
            let pieces = (rules[layer] ?? []).flatMap(pieces)
            let rims = layer == .targets ? pieces.map { line($0, style: "halo") } : []
            return (rims + pieces.map { line($0, style: $0.style) }).joined()
                + (drawn[layer] ?? "")
        }.joined()
    }

    private func line(_ rule: Rule, style: String) -> String {
        Self.element("line", "x1=\"\(number(rule.x0))\" y1=\"\(number(rule.y0))\" "
            + "x2=\"\(number(rule.x1))\" y2=\"\(number(rule.y1))\"", style)
    }

    /// What is seen of lines: all but where they give way to texts.
    var lines: [Segment] {
        paths + Layer.allCases.flatMap { (rules[$0] ?? []).flatMap(pieces).map { Segment($0) } }
    }

    private func pieces(_ rule: Rule) -> [Rule] {
        let isUpright = rule.isUpright
        let across = isUpright ? rule.x0 : rule.y0
        let (from, to) = isUpright ? (rule.y0, rule.y1) : (rule.x0, rule.x1)
        let gaps = texts.filter {
            isUpright ? $0.left - 2 < across && across < $0.right + 2
                : $0.top - 1 < across && across < $0.bottom + 1
        }.map { isUpright ? ($0.top - 1, $0.bottom + 1) : ($0.left - 3, $0.right + 3) }
            .sorted { $0.0 < $1.0 }
        var pieces: [Rule] = [], start = from
        func add(_ end: Double) {
            guard end - start >= 2 else { return }
            pieces.append(isUpright
                ? Rule(x0: across, y0: start, x1: across, y1: end, style: rule.style)
                : Rule(x0: start, y0: across, x1: end, y1: across, style: rule.style))
        }
        for gap in gaps where gap.1 > from && gap.0 < to {
            add(gap.0)
            start = max(start, gap.1)
        }
        add(to)
        return pieces
    }

    /// With one decimal; coordinates lie within a sheet of some thousand pixels.
    private func number(_ value: Double) -> String {
        DecimalDigits((value * 10).rounded() / 10)?.text(1) ?? "0"
    }

    /// The whole element. `id` must be the only one of its kind on the page.
    func element(id: String, style: String, title: String, description: String) -> String {
        let high = number(height + 2), wide = number(width)
        let body = self.body
        return "<svg class=\"\(style)\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\" "
            + "viewBox=\"0 0 \(wide) \(high)\" width=\"\(wide)\" height=\"\(high)\">\n"
            + "<title id=\"\(id)-t\">\(markup(title))</title>\n"
            + "<desc id=\"\(id)-d\">\(markup(description))</desc>\n"
            + SVGMarks.definitions(in: body, id: id) + SVGMarks.referring(body, id: id)
            + "</svg>\n"
    }
}
