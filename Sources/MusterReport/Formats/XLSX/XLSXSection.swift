import MusterDiagnostics
import MusterStore

/// What stands on one sheet.
struct XLSXSection {
    /// Of the sheet, as it is wished for.
    var name: String
    var blocks: [Report.Block] = []
    /// Whether the report's last figures are on it.
    var isLastWithFigures = false

    var tableCount: Int { tables.count }

    private var tables: [ResultTable] {
        blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    }

    /// More words than these above a table push it out of sight: they get a sheet.
    private static let mostTexts = 8
    /// Sections share a sheet while their tables and pictures take no more rows than a page or
    /// so has, and none of them is longer than this.
    private static let shortTable = 20, fewRows = 48
    /// Tables so different in width would spoil each other's columns.
    private static let similarColumns = 6

    /// A report's sections in order, and what is said under it as a whole. Short ones stand below
    /// each other; a long table has a sheet of its own, with what leads to it.
    static func all(of report: Report, _ language: Language)
        -> (shown: [XLSXSection], provenance: [Report.Block], title: Message?) {
        var sections: [XLSXSection] = []
        var provenance: [Report.Block] = []
        var title: Message?
        for part in parts(of: report.blocks) {
            if case .provenance? = part.first {
                provenance += part
                continue
            }
            var name = Message(zh: "结果", en: "Result")[language]
            if case .heading(let text, let level)? = part.first {
                if level == 1, title == nil { title = text }
                name = shortName(text[language])
            }
            let next = XLSXSection(name: name, blocks: tablesFirst(part))
            if let last = sections.last, last.hasRoom(for: next) {
                // A title alone gives its sheet to what it leads to.
                if last.tables.isEmpty { sections[sections.count - 1].name = name }
                sections[sections.count - 1].blocks += next.blocks
            } else {
                sections.append(next)
            }
        }
        if sections.isEmpty {
            sections.append(XLSXSection(name: Message(zh: "结果", en: "Result")[language]))
        }
        let last = sections.lastIndex { !$0.tables.isEmpty } ?? sections.count - 1
        sections[last].isLastWithFigures = true
        return (sections, provenance, title)
    }

    /// Each heading with what stands below it; what is said of the whole apart.
    private static func parts(of blocks: [Report.Block]) -> [[Report.Block]] {
        var parts: [[Report.Block]] = []
        for block in blocks {
            let begins = switch block {
            case .heading, .provenance: true
            default: false
            }
            if begins || parts.isEmpty { parts.append([]) }
            parts[parts.count - 1].append(block)
        }
        return parts
    }

    /// On a sheet figures come before their picture, which is drawn from their cells.
    private static func tablesFirst(_ blocks: [Report.Block]) -> [Report.Block] {
        var result: [Report.Block] = [], charts: [Report.Block] = []
        var isBehindTable = false
        for block in blocks {
            switch block {
            case .chart: charts.append(block)
            case .table where !isBehindTable: isBehindTable = true; result.append(block)
            case .notes where isBehindTable: result.append(block)
            default:
                if isBehindTable { result += charts; charts = [] }
                if case .table = block { isBehindTable = true } else { isBehindTable = false }
                result.append(block)
            }
        }
        return result + charts
    }

    private func hasRoom(for next: XLSXSection) -> Bool {
        if tables.isEmpty { return textCount <= Self.mostTexts }
        guard !next.tables.isEmpty else { return next.blocks.count <= 3 && rows < Self.fewRows }
        let all = tables + next.tables
        guard all.allSatisfy({ $0.rowCount <= Self.shortTable }),
              rows + next.rows <= Self.fewRows else { return false }
        let widths = all.map(\.columns.count)
        return (widths.max() ?? 0) - (widths.min() ?? 0) <= Self.similarColumns
    }

    private var textCount: Int {
        blocks.count { block in
            switch block {
            case .text, .notes: true
            case .table, .chart, .heading, .provenance: false
            }
        }
    }

    /// About how many rows it takes.
    private var rows: Int {
        blocks.reduce(0) { sum, block in
            switch block {
            case .table(let table): sum + table.rowCount + 4
            case .chart: sum + 18
            case .heading, .text, .notes, .provenance: sum + 1
            }
        }
    }

    /// A heading without what it says in brackets or behind a comma: tabs are narrow.
    private static func shortName(_ heading: String) -> String {
        let name = heading.prefix { !"（(，,：:".contains($0) }
        return name.isEmpty ? heading : String(name)
    }
}

extension Report.Block {
    var isHeading: Bool {
        if case .heading = self { true } else { false }
    }
}
