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
    private let paper: PaperTable
    /// The width of the widest value of each.
    private let values: [Int]
    /// One a column of the table, each in lines.
    private let headings: [[String]]
    /// Columns of the table.
    private let chosen: [Int]
    private let presentation: Presentation
    private var language: Language { presentation.language }
    private var shown: [ShownColumn] { paper.shown }
    /// Which part of how many.
    private let part: (number: Int, count: Int)

    /// The table, or its parts.
    static func parts(_ paper: PaperTable, _ presentation: Presentation) throws(Diagnostic)
        -> [HTMLTable] {
        let rows = Array(0..<paper.table.rowCount)
        let shown = paper.shown
        var values: [Int] = []
        for column in shown { values.append(try column.width(rows, presentation)) }
        var headings: [[String]] = [], widths: [Double] = [], total = 0.0
        // Headings are broken rather than the paper turned, but not more than it takes.
        for (longest, sheet) in [(12, Sheet.uprightSmall), (8, .uprightSmall), (12, .acrossSmall),
                                 (8, .acrossSmall), (6, .acrossSmall)] {
            headings = zip(shown, values).map {
                headingLines($0, $1, longest: longest, presentation.breaks)
            }
            widths = shown.indices.map { leastWidth(shown[$0], values[$0], headings[$0]) }
            total = paper.columns.reduce(0) { $0 + widths[$1] }
            if total <= sheet.room { break }
        }
        func part(_ sheet: Sheet, _ columns: [Int], _ number: Int, _ count: Int) -> HTMLTable {
            HTMLTable(sheet: sheet, paper: paper, values: values, headings: headings,
                      chosen: columns, presentation: presentation, part: (number, count))
        }
        if let sheet = Sheet.allCases.first(where: { total <= $0.room }) {
            return [part(sheet, paper.columns, 1, 1)]
        }
        let groups = evenGroups(widths, paper, room: Sheet.acrossSmall.room)
        return groups.enumerated().map { part(.acrossSmall, $1, $0 + 1, groups.count) }
    }

    /// The columns at the left that say what a row is.
    private static func heads(_ paper: PaperTable) -> [Int] {
        let keys = Array(paper.columns.prefix { paper.table.columns[$0].isKey })
        return keys.isEmpty ? Array(paper.columns.prefix(1)) : Array(keys.prefix(3))
    }

    /// As few parts as will do, and those of about one width.
    private static func evenGroups(_ widths: [Double], _ paper: PaperTable, room: Double)
        -> [[Int]] {
        var best = groups(widths, paper, room: room)
        var narrower = room - 2
        while narrower > 20 {
            let next = groups(widths, paper, room: narrower)
            guard next.count == best.count else { break }
            best = next
            narrower -= 2
        }
        return best
    }

    private static func groups(_ widths: [Double], _ paper: PaperTable, room: Double) -> [[Int]] {
        let heads = heads(paper)
        let fixed = heads.map { widths[$0] }.reduce(0, +)
        var groups = [heads], used = fixed
        for column in paper.columns where !heads.contains(column) {
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
    private static func headingLines(_ column: ShownColumn, _ values: Int, longest: Int,
                                     _ breaks: HeadingBreaks) -> [String] {
        let text = column.head?.own ?? column.heading
        let least = breaks.pieces(text, within: max(values, longest))
            .map { displayWidth($0) }.max() ?? 0
        let width = max(values, least, min(8, longest))
        return lines(of: breaks.pieces(text, within: width), width)
    }

    // MARK: markup

    func element(number: Int) throws(Diagnostic) -> String {
        let id = "t\(number)" + (part.count > 1 ? "-\(part.number)" : "")
        var style = sheet.isSmall ? "scroll small" : "scroll"
        if sheet.isAcross { style += " wide" }
        style += paper.table.rowCount <= 16 ? " short" : " long"
        return "<section class=\"table\" id=\"\(id)-s\">\n" + title(id)
            + "<div class=\"\(style)\" role=\"region\" tabindex=\"0\" "
            + "aria-labelledby=\"\(id)\">\n<table aria-labelledby=\"\(id)\">\n" + head + (try rows()) + "</table>\n</div>\n"
            + remarks + "</section>\n"
    }

    /// Above the table: what it is called, at the right what its figures count.
    private func title(_ id: String) -> String {
        let unit = paper.unit.map { "<span class=\"unit\">\(markup($0))</span>" } ?? ""
        return "<div class=\"title\"><span id=\"\(id)\"><b>\(paper.label)</b>\(space)"
            + "\(markup(named))</span>\(unit)</div>\n"
    }

    private var space: String { language == .zh ? "　" : ". " }

    private var named: String {
        guard part.count > 1 else { return paper.title }
        return paper.title + Message(zh: "（第 \(part.number) 部分，共 \(part.count) 部分）",
                                     en: " (part \(part.number) of \(part.count))")[language]
    }

    /// The heads. On paper every page after the first begins with the title once more, which the
    /// title itself covers on the first.
    private var head: String {
        let again = Message(zh: "（续表）", en: " (continued)")[language]
        var text = "<thead>\n<tr class=\"again\" aria-hidden=\"true\">"
            + "<td colspan=\"\(chosen.count)\">\(paper.label)\(space)\(markup(named))\(again)</td></tr>\n"
        for row in paper.heads {
            text += "<tr>" + row.compactMap(cell).joined() + "</tr>\n"
        }
        return text + "</thead>\n"
    }

    /// A head's cell, as far as it is over columns of this part.
    private func cell(_ head: PaperTable.Head) -> String? {
        let columns = head.span.map { paper.columns[$0] }.filter(chosen.contains)
        guard let first = columns.first else { return nil }
        let text = head.isOver ? markup(head.text)
            : headings[first].map(markup).joined(separator: "<br>")
        let span = columns.count > 1 ? " colspan=\"\(columns.count)\"" : ""
        let height = head.height > 1 ? " rowspan=\"\(head.height)\"" : ""
        let scope = head.isOver ? "colgroup" : "col"
        let place = head.isOver ? " class=\"c over\"" : style(first)
        return "<th scope=\"\(scope)\"\(span)\(height)\(place)>\(text)</th>"
    }

    private func rows() throws(Diagnostic) -> String {
        var text = "<tbody>\n"
        for (number, one) in paper.lines.enumerated() {
            try presentation.row(number, of: paper.lines.count)
            switch one {
            case .group(let name):
                text += "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(chosen.count)\">"
                    + "<span>\(markup(name))</span></th></tr>\n"
            case .row(let row): text += line(row)
            }
        }
        if paper.table.rowCount == 0 {
            text += "<tr><td class=\"none\" colspan=\"\(max(1, chosen.count))\">"
                + "\(PaperTable.nothing(language))</td></tr>\n"
        }
        text += "</tbody>\n"
        guard !paper.totals.isEmpty else { return text }
        return text + "<tfoot>\n" + paper.totals.map(line).joined() + "</tfoot>\n"
    }

    private func line(_ row: Int) -> String {
        (paper.table.subtotalRows.contains(row) ? "<tr class=\"subtotal\">" : "<tr>")
            + chosen.enumerated().map { place, column in
            let text = markup(paper.text(row, column))
            let isHead = place == 0 && !shown[column].alignsRight
            guard !isHead else { return "<th scope=\"row\">\(text)</th>" }
            let mark = paper.isMissed(row, column) ? "missed"
                : paper.isZero(row, column) ? "zero" : nil
            return "<td\(style(column, mark))>\(text)</td>"
        }.joined() + "</tr>\n"
    }

    private var remarks: String {
        guard part.number == part.count, !paper.remarks.isEmpty else { return "" }
        return "<p class=\"remarks\">" + paper.remarks.map(markup).joined(separator: "<br>")
            + "</p>\n"
    }

    private func style(_ column: Int, _ mark: String? = nil) -> String {
        let place = shown[column].alignsRight ? "n" : column == chosen.first ? nil
            : !shown[column].holdsText ? "c"
            : values[column] <= Self.shortText ? "s" : nil
        let all = [place, mark].compactMap { $0 }
        return all.isEmpty ? "" : " class=\"\(all.joined(separator: " "))\""
    }
}
