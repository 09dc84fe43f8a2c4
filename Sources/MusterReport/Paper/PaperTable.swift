import MusterDiagnostics
import MusterStore

/// A table as paper has it, whatever the format: its title, its heads in one row or two, and its
/// rows below the name of their group instead of that name in each of them.
struct PaperTable {
    /// A head, over one column or over several that belong to one value.
    struct Head {
        let text: String
        /// Places in `columns`.
        let span: Range<Int>
        /// 1, or 2 where it stands beside heads of two rows.
        var height = 1
        /// Whether the heads of columns stand below it.
        var isOver = false
    }

    enum Line {
        /// The rows that follow, up to the next group, belong to it.
        case group(String)
        case row(Int)
    }

    let table: ResultTable
    let shown: [ShownColumn]
    /// `表 3`.
    let label: String
    let title: String
    /// What its figures count and measure: `单位：人、小时`; nil where nothing is known of it.
    let unit: String?
    /// The column that names the groups of the rows, where they are in groups.
    let groupColumn: Int?
    /// The table's columns from the left, without the one that its groups are named by.
    let columns: [Int]
    /// Ordinary rows and subtotals; totals come behind them.
    let lines: [Line]
    let totals: [Int]
    /// What stands below it: marks that occur in it, and what they mean.
    let remarks: [String]
    /// By column: total rows whose figure is not the sum of the rows above.
    private let apart: [Int: Set<Int>]

    /// All tables of a report, in order.
    ///
    /// - Parameter isSheet: for a workbook, where readers filter, sort and compute: the groups'
    ///   names stay in their rows, and a cell without a value is empty.
    static func all(_ report: Report, _ presentation: Presentation, isSheet: Bool = false)
        throws(Diagnostic) -> [PaperTable] {
        let presentation = presentation.onPaper
        let titles = report.tableTitles(presentation.language)
        var all: [PaperTable] = []
        for (table, title) in zip(report.tables, titles) {
            let shown = try ShownColumn.all(table, rows: Array(0..<table.rowCount), presentation)
            let label = PaperLabel.table(all.count + 1, presentation.language)
            all.append(try PaperTable(table, shown, label, title, isSheet, presentation))
        }
        return all
    }

    private init(_ table: ResultTable, _ shown: [ShownColumn], _ label: String, _ title: String,
                 _ isSheet: Bool, _ presentation: Presentation) throws(Diagnostic) {
        let language = presentation.language
        self.table = table
        self.shown = shown
        self.label = label
        self.title = title
        let groups = try RowGroups(table, shown, presentation)
        groupColumn = groups?.column
        columns = table.columns.indices.filter { isSheet || $0 != groups?.column }
        totals = (0..<table.rowCount).filter(table.totalRows.contains)
        let rows = (0..<table.rowCount).filter { !table.totalRows.contains($0) }
        lines = try (isSheet ? nil : groups?.lines(rows, presentation)) ?? rows.map(Line.row)
        apart = try table.totalsApart(presentation)
        unit = Self.unit(table, language)
        remarks = Self.remarks(isSheet ? [] : shown, hasApart: !apart.isEmpty, language)
    }

    /// Whether a total's figure is none that the rows above it add up to.
    func isApart(_ row: Int, _ column: Int) -> Bool { apart[column]?.contains(row) == true }

    /// A cell's text, with the mark of a total that is no sum.
    func text(_ row: Int, _ column: Int) -> String {
        shown[column].text(row) + (isApart(row, column) ? "*" : "")
    }

    /// Whether nothing was counted there, which is quieter than a figure.
    func isZero(_ row: Int, _ column: Int) -> Bool {
        switch table.cells[column][row] {
        case .integer(0), .decimal(0, _), .number(0): true
        default: false
        }
    }

    /// Whether it says that a target was missed.
    func isMissed(_ row: Int, _ column: Int) -> Bool {
        table.columns[column].isVerdict && table.cells[column][row] == .bool(false)
    }

    /// The heads, the upper row first; the second is empty where there is one row.
    var heads: [[Head]] {
        guard columns.contains(where: { shown[$0].head != nil }) else {
            return [columns.indices.map {
                Head(text: shown[columns[$0]].heading, span: $0..<$0 + 1)
            }]
        }
        var upper: [Head] = [], lower: [Head] = []
        for (place, column) in columns.enumerated() {
            let own = place..<place + 1
            guard let head = shown[column].head else {
                upper.append(Head(text: shown[column].heading, span: own, height: 2))
                continue
            }
            lower.append(Head(text: head.own, span: own))
            var start = place
            if let last = upper.last, last.isOver, last.text == head.over {
                start = last.span.lowerBound
                upper.removeLast()
            }
            upper.append(Head(text: head.over, span: start..<place + 1, isOver: true))
        }
        return [upper, lower]
    }

    /// A report with more tables than these has a list of them.
    static let mostWithoutList = 5

    /// What stands in place of rows where there are none.
    static func nothing(_ language: Language) -> String {
        Message(zh: "无", en: "none")[language]
    }

    // MARK: what is said of it

    private static func unit(_ table: ResultTable, _ language: Language) -> String? {
        var units: [Term] = []
        // Counts of nobody knows what are no percentages.
        let counts = table.columns.filter { $0.display == .count }
        if !counts.isEmpty, counts.allSatisfy({ $0.unit == nil }) { return nil }
        for column in table.columns {
            let unit = switch column.display {
            case .hours: Term("hours", "小时")
            case .percent: Term("%", "%")
            case .plain, .points, .count, .day: column.unit
            }
            if let unit, !units.contains(unit) { units.append(unit) }
        }
        guard !units.isEmpty else { return nil }
        return Message(zh: "单位：" + units.map(\.zh).joined(separator: "、"),
                       en: "Figures in: " + units.map(\.en).joined(separator: ", "))[language]
    }

    private static func remarks(_ shown: [ShownColumn], hasApart: Bool, _ language: Language)
        -> [String] {
        var remarks: [Message] = []
        let hasNone = shown.contains { column in
            !column.showsNone && column.cells.contains(.none)
        }
        if hasNone {
            remarks.append(Message(zh: "“–”表示没有数据或不适用。",
                                   en: "– : there is no value, or it does not apply."))
        }
        if hasApart {
            remarks.append(Message(zh: "* 按全体另行计算，不等于所列各行之和。",
                                   en: "* Computed over all: not the sum of the rows shown."))
        }
        return remarks.map { $0[language] }
    }
}

extension Report {
    /// What each table is called: as the script says, else by the heading that it stands under,
    /// with its keys where another stands there too.
    package func tableTitles(_ language: Language) -> [String] {
        var heading: (text: String, place: Int)?
        var tables: [(table: ResultTable, heading: (text: String, place: Int)?)] = []
        for (place, block) in blocks.enumerated() {
            switch block {
            case .heading(let text, _): heading = (visible(text[language]), place)
            case .table(let table): tables.append((table, heading))
            case .text, .chart, .notes, .provenance: break
            }
        }
        return tables.map { table, heading in
            if let title = table.title { return visible(title[language]) }
            let keys = subject(table, language)
            guard let heading else { return keys }
            let isAlone = tables.count { $0.heading?.place == heading.place } == 1
            return isAlone ? heading.text
                : heading.text + (language == .zh ? "（\(keys)）" : " (\(keys))")
        }
    }

    /// What a table is about where nobody says it: its keys.
    private func subject(_ table: ResultTable, _ language: Language) -> String {
        let keys = table.columns.filter(\.isKey).map { visible(($0.label ?? $0.name)[language]) }
        guard !keys.isEmpty else { return Message(zh: "明细", en: "List")[language] }
        return Message(zh: "按" + keys.joined(separator: "、"),
                       en: "By " + keys.joined(separator: ", "))[language]
    }
}
