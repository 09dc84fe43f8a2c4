import MusterValues
import MusterDiagnostics
import MusterStore

/// What a chart shows on one axis, with every text it bears: what all drawings start from.
/// Values of different kinds (rates and people) cannot share an axis, so a chart has a panel
/// for each kind.
struct ChartPanel {
    /// What stands in one place along the axis of categories.
    enum Entry {
        /// The category of that number.
        case category(Int)
        /// So many categories between its neighbours are not drawn.
        case more(Int)
    }

    struct Series {
        let label: String
        /// Nil where there is none, or none that can be drawn.
        let values: [Double?]
        /// As the values are shown, a mark for none.
        let texts: [String]
    }

    /// More series than these cannot be told apart.
    static let mostSeries = 8

    let kind: ChartKind
    let categories: [String]
    let categoryLabel: String
    /// What is measured, in words: the series' labels, or what they all are parts of.
    let measure: String
    let series: [Series]
    /// The value to reach a category; empty without any.
    let targets: [Double?]
    /// The one target of all categories that have one, as it is shown.
    let commonTarget: (value: Double, text: String)?
    let display: Display
    let choice: ChartChoice
    /// Series that are left out because there are too many.
    let seriesLeftOut: Int
    /// Rows left out because they have no rank.
    let unranked: Int
    let language: Language

    var hasTargets: Bool { !targets.isEmpty }

    /// Categories that are drawn.
    var drawn: [Int] { choice.drawn }

    /// What stands along the axis: where others are left out is marked, unless that is at more
    /// than two places.
    var entries: [Entry] {
        let bounds = [-1] + drawn + [categories.count]
        let gaps = zip(bounds, bounds.dropFirst()).map { $1 - $0 - 1 }
        let isMarked = gaps.count { $0 > 0 } <= 2
        var entries: [Entry] = []
        for (place, gap) in gaps.enumerated() {
            if isMarked, gap > 0 { entries.append(.more(gap)) }
            if place < drawn.count { entries.append(.category(drawn[place])) }
        }
        return entries
    }

    /// Every value that is drawn, targets too.
    var drawnValues: [Double] {
        drawn.flatMap { index in
            series.compactMap { $0.values[index] }
                + (hasTargets ? [targets[index]].compactMap { $0 } : [])
        }
    }

    func scale(intervals: Int) -> Scale { Scale(drawnValues, display, intervals: intervals) }

    /// Whether there is anything to draw.
    var isEmpty: Bool {
        !drawn.contains { index in series.contains { $0.values[index] != nil } }
    }

    /// The same values drawn in another way.
    func drawn(as kind: ChartKind) -> ChartPanel { ChartPanel(self, kind: kind) }
}

extension Chart {
    /// The chart axis by axis, in the order in which its series were named.
    func panels(_ presentation: Presentation) -> [ChartPanel] {
        var kinds: [Display] = []
        for one in series where !kinds.contains(one.column.display.axis) {
            kinds.append(one.column.display.axis)
        }
        return kinds.map { kind in
            ChartPanel(self, series.filter { $0.column.display.axis == kind }, presentation)
        }
    }
}

extension ChartPanel {
    fileprivate init(_ chart: Chart, _ chosen: [Chart.Series], _ presentation: Presentation) {
        let rows = Array(chart.categories.indices)
        let category = ShownColumn(chart.category, chart.categories, rows: rows, presentation)
        categoryLabel = category.heading
        categories = rows.map(category.text)
        seriesLeftOut = max(0, chosen.count - Self.mostSeries)
        series = chosen.prefix(Self.mostSeries).map { one in
            let cells = one.values.map { $0.map(Cell.number) ?? .none }
            let targets = chart.targets.map { $0.map(Cell.number) ?? .none }
            let shown = ShownColumn(
                one.column, cells, one.column.goal == nil ? .plain : .against(targets),
                rows: rows, presentation)
            return Series(label: shown.heading, values: one.values.map(Self.drawable),
                          texts: rows.map(shown.text))
        }
        let isSplit = chosen.count > 1 && Set(chosen.map(\.column.name)).count == 1
        let language = presentation.language
        measure = isSplit ? visible(chosen[0].column.name[language])
            : series.map(\.label).joined(separator: language == .zh ? "、" : ", ")
        let axis = chosen.first?.column.display ?? .plain
        display = axis
        let isRate = axis == .percent || !chart.series.contains { $0.column.display == .percent }
        let goals = isRate ? chart.targets.map(Self.drawable) : []
        targets = goals.contains { $0 != nil } ? goals : []
        let different = Set(goals.compactMap { $0 })
        commonTarget = different.count == 1 ? different.first.map { value in
            let column = ResultColumn(name: chart.category.name, display: axis, isNumeric: true)
            let cell = Cell.number(value)
            return (value, ShownColumn(column, [cell], .target, rows: [0], presentation).text(0))
        } : nil
        kind = chart.kind
        unranked = chart.unranked
        choice = Self.choice(kind, categories.count, series, targets)
        self.language = language
    }

    fileprivate init(_ other: ChartPanel, kind: ChartKind) {
        self.kind = kind
        categories = other.categories
        categoryLabel = other.categoryLabel
        measure = other.measure
        series = other.series
        targets = other.targets
        commonTarget = other.commonTarget
        display = other.display
        unranked = other.unranked
        choice = Self.choice(kind, categories.count, series, targets)
        seriesLeftOut = other.seriesLeftOut
        language = other.language
    }

    /// What has a place on a page: neither infinite nor next to it.
    private static func drawable(_ value: Double?) -> Double? {
        guard let value, value.magnitude < 1e300 else { return nil }
        return value
    }

    /// A line has room for any number of points.
    private static func choice(_ kind: ChartKind, _ count: Int, _ series: [Series],
                               _ targets: [Double?]) -> ChartChoice {
        kind == .line ? ChartChoice(all: count) : ChartChoice(of: count, series, targets: targets)
    }
}

extension Display {
    /// Counts and plain numbers share an axis.
    fileprivate var axis: Display { self == .count ? .plain : self }
}
