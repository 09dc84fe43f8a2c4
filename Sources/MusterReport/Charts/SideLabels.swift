/// What stands to the right of a plot, pushed apart so that nothing overlaps.
struct SideLabels {
    /// What a point before a name takes up.
    static let markWidth = 12.0

    private var labels: [(y: Double, text: String, series: Int?)] = []

    /// The name of a series, with its point before it, or of the target.
    mutating func add(_ text: String, at y: Double, series: Int? = nil) {
        labels.append((y, text, series))
    }

    /// Between the two heights, in the order of their places.
    func draw(_ sheet: inout SVGSheet, _ x: Double, from top: Double, to bottom: Double) {
        let ordered = labels.enumerated().sorted { one, other in
            (one.element.y, one.offset) < (other.element.y, other.offset)
        }.map(\.element)
        var places = ordered.map(\.y)
        for index in places.indices {
            let least = index == 0 ? top : places[index - 1] + SVGSheet.lineHeight
            places[index] = max(places[index], least)
        }
        for index in places.indices.reversed() {
            let most = index == places.count - 1 ? bottom
                : places[index + 1] - SVGSheet.lineHeight
            places[index] = min(places[index], most)
        }
        for (label, y) in zip(ordered, places) {
            if let series = label.series {
                sheet.point(series, x + 4, y)
                sheet.text(label.text, x + Self.markWidth, y + 4, .start, "name")
            } else {
                sheet.text(label.text, x, y + 4, .start, "goal-label")
            }
        }
    }
}
