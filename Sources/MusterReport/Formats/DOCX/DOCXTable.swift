import MusterDiagnostics
import MusterStore

/// A table of a document, or a part of one. Its title, its unit and its heads are rows that come
/// again at the top of every page.
struct DOCXTable {
    private let part: PaperPart
    private let presentation: Presentation
    /// In the document.
    private let number: Int
    /// Of the columns, in twentieths of a point.
    private let widths: [Int]
    private var paper: PaperTable { part.paper }
    private var style: DOCXStyle { part.sheet.isSmall ? .small : .cell }

    /// What figures of totals take more than others, in widths of a Chinese character.
    private static let boldRoom = 0.4
    /// What a line of a head takes with the space beside it. Its letters are bold, and wider
    /// where the face is not to be had.
    private static func headRoom(_ line: String) -> Double {
        line.reduce(1.1) { $0 + (displayWidth(of: $1) == 2 ? 1 : 0.78) }
    }

    /// Rows at the end that stay with what stands below.
    private static let lastRows = 3
    /// Tables of no more rows stand on one page.
    private static let fewRows = 16

    /// The name of the place where a table begins.
    static func mark(_ number: Int) -> String { "table\(number)" }

    init(_ part: PaperPart, _ presentation: Presentation, number: Int) {
        self.part = part
        self.number = number
        self.presentation = presentation
        var needed = part.columns.map { column in
            max(part.widths[column] + Self.boldRoom,
                part.headings[column].map(Self.headRoom).max() ?? 0)
        }
        // What is left over goes to texts that would stand in several lines, then to all.
        let wanted = part.columns.map { part.whole($0) }
        let lacking = zip(wanted, needed).map { max(0, $0 - $1) }
        let spare = max(0, DOCXPaper.rooms(part.sheet) - needed.reduce(0, +))
        let share = min(1, spare / max(0.1, lacking.reduce(0, +)))
        for index in needed.indices { needed[index] += lacking[index] * share }
        let total = needed.reduce(0, +)
        let room = DOCXPaper(isAcross: part.sheet.isAcross).width
        var widths = needed.map { Int($0 / total * Double(room)) }
        widths[widths.count - 1] += room - widths.reduce(0, +)
        self.widths = widths
    }

    /// - Parameter foot: paragraphs that stand on the page of its last rows. They are a row of it
    ///   without rules: LibreOffice keeps rows with rows, and not with what is below the table.
    func element(foot: String) throws(Diagnostic) -> String {
        var text = "<w:tbl><w:tblPr><w:tblW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/>"
            + "<w:jc w:val=\"center\"/><w:tblBorders>"
            + ["top", "left", "bottom", "right", "insideH", "insideV"].map {
                "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
            }.joined()
            + "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
            + "<w:top w:w=\"28\" w:type=\"dxa\"/><w:left w:w=\"74\" w:type=\"dxa\"/>"
            + "<w:bottom w:w=\"28\" w:type=\"dxa\"/><w:right w:w=\"74\" w:type=\"dxa\"/>"
            + "</w:tblCellMar></w:tblPr><w:tblGrid>"
            + widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>\n"
        text += title + heads
        text += try rows(keepsEnd: !foot.isEmpty)
        let remarks = part.number < part.count ? "" : paper.remarks.map {
            DOCXText.paragraph(.note, DOCXText.run($0))
        }.joined()
        if !foot.isEmpty {
            text += row(cell(all, remarks + foot, Self.noRules("left", "bottom", "right")))
        }
        return text + "</w:tbl>\n" + (foot.isEmpty ? remarks : "")
            + DOCXText.paragraph(.gap, "")
    }

    private static func noRules(_ sides: String...) -> String {
        "<w:tcBorders>" + sides.map { "<w:\($0) w:val=\"nil\"/>" }.joined() + "</w:tcBorders>"
    }

    private func row(_ cells: String, isHead: Bool = false) -> String {
        "<w:tr><w:trPr><w:cantSplit/>\(isHead ? "<w:tblHeader/>" : "")</w:trPr>\(cells)</w:tr>\n"
    }

    /// - Parameters:
    ///   - places: in the part's columns.
    ///   - more: properties of the cell behind its span.
    private func cell(_ places: Range<Int>, _ paragraphs: String, _ more: String = "") -> String {
        let span = places.count > 1 ? "<w:gridSpan w:val=\"\(places.count)\"/>" : ""
        return "<w:tc><w:tcPr><w:tcW w:w=\"\(widths[places].reduce(0, +))\" w:type=\"dxa\"/>"
            + "\(span)\(more)<w:vAlign w:val=\"center\"/></w:tcPr>\(paragraphs)</w:tc>"
    }

    private var all: Range<Int> { 0..<part.columns.count }

    private var title: String {
        let language = presentation.language
        let named = paper.label + PaperLabel.separator(language) + part.title(language)
        let runs = DOCXText.run(named)
        var text = DOCXText.paragraph(
            .caption, part.number > 1 ? runs : DOCXText.marked(runs, Self.mark(number), number))
        if let unit = paper.unit {
            text += DOCXText.paragraph(.unit, DOCXText.run(unit), keepsNext: true)
        }
        return row(cell(all, text, Self.noRules("top", "left", "right")), isHead: true)
    }

    private var heads: String {
        var text = ""
        let rows = paper.heads
        for (number, heads) in rows.enumerated() {
            var cells: [(place: Int, text: String)] = []
            for head in heads {
                guard let found = part.cell(head),
                      let first = part.columns.firstIndex(of: found.columns[0]) else { continue }
                let merge = head.height > 1 ? "<w:vMerge w:val=\"restart\"/>" : ""
                let runs = found.lines.map { DOCXText.run($0, "<w:b/>") }
                cells.append((first, cell(first..<first + found.columns.count, DOCXText.paragraph(
                    style, runs.joined(separator: DOCXText.lineBreak), align: "center",
                    keepsNext: true), merge)))
            }
            // Below a head of two rows stands the rest of it.
            if number == 1 {
                for head in rows[0] where head.height > 1 {
                    guard let found = part.cell(head),
                          let first = part.columns.firstIndex(of: found.columns[0])
                    else { continue }
                    cells.append((first, cell(first..<first + 1, DOCXText.paragraph(
                        style, "", keepsNext: true), "<w:vMerge/>")))
                }
            }
            let ordered = cells.sorted { $0.place < $1.place }.map(\.text).joined()
            text += row(ordered, isHead: true)
        }
        return text
    }

    private func rows(keepsEnd: Bool) throws(Diagnostic) -> String {
        var text = ""
        let count = paper.lines.count + paper.totals.count
        let isShort = count <= Self.fewRows
        func keeps(_ number: Int) -> Bool {
            // The first row stays with the heads, the last ones with each other.
            (isShort || number >= count - Self.lastRows) && (keepsEnd || number < count - 1)
        }
        for (number, line) in paper.lines.enumerated() {
            try presentation.row(number, of: count)
            switch line {
            case .group(let name):
                let runs = DOCXText.run(name, "<w:b/>")
                text += row(cell(all, DOCXText.paragraph(style, runs, keepsNext: true)))
            case .row(let row): text += self.line(row, keeps(number))
            }
        }
        if paper.table.rowCount == 0 {
            let nothing = DOCXText.run(PaperTable.nothing(presentation.language))
            text += row(cell(all, DOCXText.paragraph(style, nothing, align: "center",
                                                     keepsNext: keepsEnd)))
        }
        for (number, row) in paper.totals.enumerated() {
            text += line(row, keeps(paper.lines.count + number))
        }
        return text
    }

    private func line(_ number: Int, _ keepsNext: Bool) -> String {
        let isTotal = paper.table.totalRows.contains(number)
            || paper.table.subtotalRows.contains(number)
        var cells = ""
        for (place, column) in part.columns.enumerated() {
            let isBold = isTotal || paper.isMissed(number, column)
            let look = (isBold ? "<w:b/>" : "")
                + (paper.isZero(number, column) ? "<w:color w:val=\"767676\"/>" : "")
            let runs = DOCXText.run(paper.text(number, column), look)
            cells += cell(place..<place + 1, DOCXText.paragraph(
                style, runs, align: align(column), keepsNext: keepsNext))
        }
        return row(cells)
    }

    private func align(_ column: Int) -> String? {
        let shown = paper.shown[column]
        return shown.alignsRight ? "right"
            : column == part.columns.first || shown.holdsText ? nil : "center"
    }
}
