import MusterDiagnostics
import MusterStore

/// A table of a page, or the part of it whose columns find room on a sheet of paper beside the
/// keys, which every part repeats.
struct HTMLTable {
    /// Room on A4 at 9 or 8 points.
    static let rooms = PaperPart.Rooms(upright: 56, uprightSmall: 63, across: 84, acrossSmall: 94)

    private let part: PaperPart
    private let presentation: Presentation

    private init(part: PaperPart, presentation: Presentation) {
        self.part = part
        self.presentation = presentation
    }

    var sheet: PaperPart.Sheet { part.sheet }
    private var paper: PaperTable { part.paper }
    private var chosen: [Int] { part.columns }
    private var language: Language { presentation.language }
    private var shown: [ShownColumn] { paper.shown }

    /// The table, or its parts.
    static func parts(_ paper: PaperTable, _ presentation: Presentation) throws(Diagnostic)
        -> [HTMLTable] {
        try PaperPart.all(paper, rooms, presentation).map {
            HTMLTable(part: $0, presentation: presentation)
        }
    }

    // MARK: markup

    /// Where the table of that number begins.
    static func anchor(_ number: Int) -> String { "table-\(number)" }

    /// - Parameter signature: who signs below it. On paper that is its last row, since browsers
    ///   keep rows with rows and not with what is below a table.
    func element(number: Int, signature: String) throws(Diagnostic) -> String {
        let id = "t\(number)" + (part.count > 1 ? "-\(part.number)" : "")
        var style = sheet.isSmall ? "scroll small" : "scroll"
        if sheet.isAcross { style += " wide" }
        style += paper.table.rowCount <= 16 ? " short" : " long"
        let isLast = part.number == part.count
        let foot = isLast ? signature : ""
        let anchor = part.number == 1 ? " id=\"\(Self.anchor(number))\"" : ""
        return "<section class=\"table\(foot.isEmpty ? "" : " signed")\"\(anchor)>\n" + title(id)
            + "<div class=\"\(style)\" role=\"region\" tabindex=\"0\" aria-labelledby=\"\(id)\">\n"
            + "<table aria-labelledby=\"\(id)\">\n" + head + (try rows(foot: foot))
            + "</table>\n</div>\n" + (isLast ? remarks : "") + foot + "</section>\n"
    }

    /// Above the table: what it is called, at the right what its figures count.
    private func title(_ id: String) -> String {
        let unit = paper.unit.map { "<span class=\"unit\">\(markup($0))</span>" } ?? ""
        return "<div class=\"title\"><span id=\"\(id)\"><b>\(paper.label)</b>\(space)"
            + "\(markup(part.title(language)))</span>\(unit)</div>\n"
    }

    private var space: String { PaperLabel.separator(language) }

    /// The heads. On paper every page after the first begins with the title once more, which the
    /// title itself covers on the first.
    private var head: String {
        let again = Message(zh: "（续表）", en: " (continued)")[language]
        var text = "<thead>\n<tr class=\"again\" aria-hidden=\"true\">"
            + "<td colspan=\"\(chosen.count)\">\(paper.label)\(space)"
            + "\(markup(part.title(language)))\(again)</td></tr>\n"
        for row in paper.heads {
            text += "<tr>" + row.compactMap(cell).joined() + "</tr>\n"
        }
        return text + "</thead>\n"
    }

    /// A head's cell, as far as it is over columns of this part.
    private func cell(_ head: PaperTable.Head) -> String? {
        guard let (columns, lines) = part.cell(head) else { return nil }
        let place = head.isOver ? " class=\"c over\"" : style(columns[0])
        let text = lines.map(markup).joined(separator: "<br>")
        let span = columns.count > 1 ? " colspan=\"\(columns.count)\"" : ""
        let height = head.height > 1 ? " rowspan=\"\(head.height)\"" : ""
        let scope = head.isOver ? "colgroup" : "col"
        return "<th scope=\"\(scope)\"\(span)\(height)\(place)>\(text)</th>"
    }

    private func rows(foot: String) throws(Diagnostic) -> String {
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
        var last = paper.totals.map(line).joined()
        if !foot.isEmpty {
            last += "<tr class=\"signing\" aria-hidden=\"true\"><td colspan=\"\(chosen.count)\">\n"
                + remarks + foot + "</td></tr>\n"
        }
        return last.isEmpty ? text : text + "<tfoot>\n" + last + "</tfoot>\n"
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
        guard !paper.remarks.isEmpty else { return "" }
        return "<p class=\"remarks\">" + paper.remarks.map(markup).joined(separator: "<br>")
            + "</p>\n"
    }

    private func style(_ column: Int, _ mark: String? = nil) -> String {
        let place = shown[column].alignsRight ? "n" : column == chosen.first ? nil
            : !shown[column].holdsText ? "c"
            : part.values[column] <= PaperPart.shortText ? "s" : nil
        let all = [place, mark].compactMap { $0 }
        return all.isEmpty ? "" : " class=\"\(all.joined(separator: " "))\""
    }
}
