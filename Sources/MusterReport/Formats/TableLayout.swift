import MusterDiagnostics
import MusterStore

/// One table on its way to the terminal: what is shown of it, and how wide each column is.
struct TableLayout {
    private let table: ResultTable
    private let presentation: Presentation
    private let style: TerminalStyle
    /// Rows that are shown, those of `total` apart.
    private let rows: [Int]
    private let totals: [Int]
    private let hiddenRows: Int
    /// Those that find room, from the left, and their widths.
    private let columns: [ShownColumn]
    private let widths: [Int]
    /// The headings of the others.
    private let hiddenColumns: [String]
    private var output = ""

    init(_ table: ResultTable, _ presentation: Presentation) throws(Diagnostic) {
        self.table = table
        self.presentation = presentation
        style = TerminalStyle(presentation)
        let ordinary = (0..<table.rowCount).filter { !table.totalRows.contains($0) }
        // A mark takes a line as well: a single row too many is simply shown.
        let limit = presentation.rowLimit.map { max(0, $0) } ?? ordinary.count
        rows = ordinary.count - 1 > limit ? Array(ordinary.prefix(limit)) : ordinary
        totals = (0..<table.rowCount).filter { table.totalRows.contains($0) }
        hiddenRows = ordinary.count - rows.count
        let shown = rows + totals
        let all = try ShownColumn.all(table, rows: shown, presentation)
        var measures: [ColumnMeasure] = []
        for column in all {
            measures.append(ColumnMeasure(
                values: try column.width(shown, presentation),
                heading: displayWidth(column.heading),
                headingPiece: presentation.breaks.pieces(column.heading)
                    .map { displayWidth($0) }.max() ?? 0,
                canShorten: column.holdsText,
                isSecondary: table.isGrouped && column.isSecondary))
        }
        let fit = ColumnFit(measures, window: presentation.width, screen: presentation.screen)
        widths = fit.widths
        columns = fit.columns.map { all[$0] }
        hiddenColumns = all.indices.filter { !fit.columns.contains($0) }.map { all[$0].heading }
    }

    mutating func render() throws(Diagnostic) -> String {
        let language = presentation.language
        let rule = widths.map { style.rule("─", $0) }.joined(separator: gap)
        addHeadings()
        output += style.faint(rule) + "\n"
        for (number, row) in rows.enumerated() {
            try presentation.row(number, of: rows.count)
            add(table.subtotalRows.contains(row) ? style.bold(line(row)) : line(row))
        }
        if rows.isEmpty, totals.isEmpty, hiddenRows == 0 {
            addNote(Message(zh: "没有行", en: "0 rows"))
        }
        if hiddenRows > 0 {
            let way = Message(zh: "“设置 行数 0”或“导出”可看全部",
                              en: "`set rows N` or `export` shows them")[language]
            addNote(Message(zh: "\(style.cut) 另有 \(hiddenRows) 行（\(way)）",
                            en: "\(style.cut) \(hiddenRows) more rows (\(way))"))
        }
        if !totals.isEmpty {
            output += style.faint(rule) + "\n"
            for row in totals { add(style.bold(line(row))) }
        }
        addHiddenColumns()
        return output
    }

    private var gap: String { String(repeating: " ", count: ColumnFit.gap) }

    private mutating func add(_ line: String) { output += line + "\n" }

    private mutating func addNote(_ text: Message) {
        for line in wrapped(text[presentation.language], to: presentation.width) {
            add(style.faint(line))
        }
    }

    private func line(_ row: Int) -> String {
        joined(widths.indices.map { columns[$0].text(row) })
    }

    /// One line of the table; nothing but its last value ends it.
    private func joined(_ texts: [String]) -> String {
        var line = ""
        for (index, width) in widths.enumerated() {
            let text = columns[index].holdsText
                ? cut(texts[index], to: width) : texts[index]
            let padding = String(repeating: " ", count: max(0, width - displayWidth(text)))
            if index > 0 { line += gap }
            line += columns[index].alignsRight ? padding + text : text + padding
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// Of a masked text what is shown of it stays: it is cut before that.
    private func cut(_ text: String, to width: Int) -> String {
        let shown = text.drop { $0 == "*" }
        let isMasked = text.hasPrefix("**") && !shown.isEmpty
            && displayWidth(String(shown) + style.cut) <= width
        guard isMasked, displayWidth(text) > width else {
            return shortened(text, to: width, mark: style.cut)
        }
        let stars = width - displayWidth(String(shown) + style.cut)
        return style.cut + String(repeating: "*", count: stars) + shown
    }

    /// Headings stand at the foot of their place where some take several lines.
    private mutating func addHeadings() {
        let headings = zip(columns, widths).map { column, width in
            let width = max(1, width)
            return lines(of: presentation.breaks.pieces(column.heading, within: width), width)
        }
        let height = headings.map(\.count).max() ?? 0
        for level in 0..<height {
            let texts = headings.map { lines in
                let index = level - (height - lines.count)
                return index < 0 ? "" : lines[index]
            }
            add(style.bold(joined(texts)))
        }
    }

    private mutating func addHiddenColumns() {
        let hidden = hiddenColumns
        guard !hidden.isEmpty else { return }
        let language = presentation.language
        let names = hidden.joined(separator: language == .zh ? "、" : ", ")
        let mark = style.cut
        addNote(Message(
            zh: "\(mark) 另有 \(hidden.count) 列未显示：\(names)（加宽窗口、“设置 宽度 列数”或“选取”可见）",
            en: "\(mark) \(hidden.count) more \(hidden.count == 1 ? "column" : "columns"): \(names)"
                + " (widen the window, `set width N`, or `select` fewer)"))
    }
}
