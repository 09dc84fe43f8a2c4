import MusterDiagnostics
import MusterStore

/// A table of a page, or the part of it whose columns find room on a sheet of paper beside the
/// keys, which every part repeats.
struct HTMLTable {
    /// How paper must lie, and how small it must be printed, for a table to fit. What is too
    /// wide for the last of them is set in parts.
    enum Sheet: Int, Comparable, CaseIterable {
        case upright, uprightSmall, across, acrossSmall

        static func < (a: Sheet, b: Sheet) -> Bool { a.rawValue < b.rawValue }

        /// Room on A4 between its margins in widths of a Chinese character, at 9 or 8 points.
        var room: Double {
            switch self {
            case .upright: 56
            case .uprightSmall: 63
            case .across: 84
            case .acrossSmall: 94
            }
        }

        var isAcross: Bool { self >= .across }
        var isSmall: Bool { self == .uprightSmall || self == .acrossSmall }
    }

    let sheet: Sheet
    private let table: ResultTable
    private let shown: [ShownColumn]
    /// The width of the widest value of each.
    private let values: [Int]
    /// One a column of the table, each in lines.
    private let headings: [[String]]
    private let chosen: [Int]
    private let presentation: Presentation
    private var language: Language { presentation.language }
    /// Which part of how many.
    private let part: (number: Int, count: Int)

    /// The table, or its parts.
    static func parts(_ table: ResultTable, _ presentation: Presentation) throws(Diagnostic)
        -> [HTMLTable] {
        let rows = Array(0..<table.rowCount)
        let shown = try ShownColumn.all(table, rows: rows, presentation)
        var values: [Int] = []
        for column in shown { values.append(try column.width(rows, presentation)) }
        var headings: [[String]] = [], widths: [Double] = [], total = 0.0
        // Headings are broken rather than the paper turned, but not more than it takes.
        for (longest, sheet) in [(12, Sheet.uprightSmall), (8, .uprightSmall), (12, .acrossSmall),
                                 (8, .acrossSmall), (6, .acrossSmall)] {
            headings = zip(shown, values).map { headingLines($0, $1, longest: longest) }
            widths = shown.indices.map { leastWidth(shown[$0], values[$0], headings[$0]) }
            total = widths.reduce(0, +)
            if total <= sheet.room { break }
        }
        func part(_ sheet: Sheet, _ columns: [Int], _ number: Int, _ count: Int) -> HTMLTable {
            HTMLTable(sheet: sheet, table: table, shown: shown, values: values,
                      headings: headings, chosen: columns, presentation: presentation,
                      part: (number, count))
        }
        if let sheet = Sheet.allCases.first(where: { total <= $0.room }) {
            return [part(sheet, Array(table.columns.indices), 1, 1)]
        }
        let groups = evenGroups(widths, repeating: heads(table), room: Sheet.acrossSmall.room)
        return groups.enumerated().map { part(.acrossSmall, $1, $0 + 1, groups.count) }
    }

    /// The columns at the left that say what a row is.
    private static func heads(_ table: ResultTable) -> [Int] {
        let keys = Array(table.columns.indices.prefix { table.columns[$0].isKey })
        return keys.isEmpty ? Array(table.columns.indices.prefix(1)) : Array(keys.prefix(3))
    }

    /// As few parts as will do, and those of about one width.
    private static func evenGroups(_ widths: [Double], repeating heads: [Int], room: Double)
        -> [[Int]] {
        var best = groups(widths, repeating: heads, room: room)
        var narrower = room - 2
        while narrower > 20 {
            let next = groups(widths, repeating: heads, room: narrower)
            guard next.count == best.count else { break }
            best = next
            narrower -= 2
        }
        return best
    }

    private static func groups(_ widths: [Double], repeating heads: [Int], room: Double)
        -> [[Int]] {
        let fixed = heads.map { widths[$0] }.reduce(0, +)
        var groups = [heads], used = fixed
        for column in widths.indices where !heads.contains(column) {
            if used + widths[column] > room, groups[groups.count - 1].count > heads.count {
                groups.append(heads)
                used = fixed
            }
            groups[groups.count - 1].append(column)
            used += widths[column]
        }
        return groups
    }

    /// Texts up to this width are never broken: names of people, codes.
    private static let shortText = 16

    /// What a column needs with its texts on several lines, in widths of a Chinese character.
    private static func leastWidth(_ column: ShownColumn, _ values: Int, _ heading: [String])
        -> Double {
        let heading = heading.map { displayWidth($0) }.max() ?? 0
        return Double(max(column.holdsText ? min(values, shortText) : values, heading)) * 0.56 + 1.1
    }

    /// A heading as lines no wider than the values below it, where it can be broken.
    private static func headingLines(_ column: ShownColumn, _ values: Int, longest: Int)
        -> [String] {
        let least = headingPieces(column.heading, within: max(values, longest))
            .map { displayWidth($0) }.max() ?? 0
        let width = max(values, least, min(8, longest))
        return lines(of: headingPieces(column.heading, within: width), width)
    }

    // MARK: markup

    func element(number: Int) throws(Diagnostic) -> String {
        let id = "t\(number)" + (part.count > 1 ? "-\(part.number)" : "")
        var style = sheet.isSmall ? "scroll small" : "scroll"
        if sheet.isAcross { style += " wide" }
        if table.rowCount <= 16 { style += " short" }
        return "<div class=\"\(style)\" role=\"region\" tabindex=\"0\" aria-labelledby=\"\(id)\">\n"
            + "<table>\n" + caption(number, id) + head + (try rows()) + "</table>\n</div>\n"
    }

    private func caption(_ number: Int, _ id: String) -> String {
        let label = Message(zh: "表 \(number)", en: "Table \(number)")[language]
        var text = "<b>\(label)</b>" + (language == .zh ? "　" : ". ") + markup(subject)
        if part.count > 1 {
            text += Message(zh: "（第 \(part.number) 部分，共 \(part.count) 部分）",
                            en: " (part \(part.number) of \(part.count))")[language]
        }
        return "<caption id=\"\(id)\"><span>\(text)</span></caption>\n"
    }

    private var subject: String {
        let keys = shown.indices.filter { table.columns[$0].isKey }.map { shown[$0].heading }
        guard !keys.isEmpty else { return Message(zh: "明细", en: "List")[language] }
        return Message(zh: "按" + keys.joined(separator: "、"),
                       en: "By " + keys.joined(separator: ", "))[language]
    }

    private var head: String {
        "<thead>\n<tr>" + chosen.map { column in
            let heading = headings[column].map(markup).joined(separator: "<br>")
            return "<th scope=\"col\"\(style(column))>\(heading)</th>"
        }.joined() + "</tr>\n</thead>\n"
    }

    private func rows() throws(Diagnostic) -> String {
        let totals = (0..<table.rowCount).filter(table.totalRows.contains)
        let ordinary = (0..<table.rowCount).filter { !table.totalRows.contains($0) }
        var text = "<tbody>\n"
        for (number, row) in ordinary.enumerated() {
            try presentation.row(number, of: ordinary.count)
            text += line(row)
        }
        if table.rowCount == 0 {
            let none = Message(zh: "没有符合条件的行", en: "no rows")[language]
            text += "<tr><td class=\"none\" colspan=\"\(max(1, chosen.count))\">\(none)</td></tr>\n"
        }
        text += "</tbody>\n"
        guard !totals.isEmpty else { return text }
        return text + "<tfoot>\n" + totals.map(line).joined() + "</tfoot>\n"
    }

    private func line(_ row: Int) -> String {
        (table.subtotalRows.contains(row) ? "<tr class=\"subtotal\">" : "<tr>")
            + chosen.enumerated().map { place, column in
            let text = markup(shown[column].text(row))
            let isHead = place == 0 && !shown[column].alignsRight
            return isHead ? "<th scope=\"row\">\(text)</th>" : "<td\(style(column))>\(text)</td>"
        }.joined() + "</tr>\n"
    }

    private func style(_ column: Int) -> String {
        shown[column].alignsRight ? " class=\"n\"" : column == chosen.first ? ""
            : !shown[column].holdsText ? " class=\"c\""
            : values[column] <= Self.shortText ? " class=\"s\"" : ""
    }
}
