import MusterDiagnostics

/// A table on a sheet of paper, or the part of it whose columns find room there beside the keys,
/// which every part repeats.
struct PaperPart {
    /// How paper must lie, and how small it must be printed, for a table to fit. What is too
    /// wide for the last of them is set in parts.
    enum Sheet: Int, Comparable, CaseIterable {
        case upright, uprightSmall, across, acrossSmall

        static func < (a: Sheet, b: Sheet) -> Bool { a.rawValue < b.rawValue }

        var isAcross: Bool { self >= .across }
        var isSmall: Bool { self == .uprightSmall || self == .acrossSmall }
    }

    /// Room on a sheet between its margins, in widths of a Chinese character as printed there.
    struct Rooms {
        let upright, uprightSmall, across, acrossSmall: Double

        func callAsFunction(_ sheet: Sheet) -> Double {
            switch sheet {
            case .upright: upright
            case .uprightSmall: uprightSmall
            case .across: across
            case .acrossSmall: acrossSmall
            }
        }
    }

    let paper: PaperTable
    let sheet: Sheet
    /// Columns of the table.
    let columns: [Int]
    /// The width of the widest value of each column of the table.
    let values: [Int]
    /// One a column of the table, each in lines.
    let headings: [[String]]
    /// What each column of the table needs, in widths of a Chinese character.
    let widths: [Double]
    /// Which part of how many.
    let number: Int
    let count: Int

    /// What the table is called, with the part's number where it has several.
    func title(_ language: Language) -> String {
        guard count > 1 else { return paper.title }
        return paper.title + Message(zh: "（第 \(number) 部分，共 \(count) 部分）",
                                     en: " (part \(number) of \(count))")[language]
    }

    /// A head as far as it is over columns of this part: those columns, and its text in lines; nil
    /// where it is over none.
    func cell(_ head: PaperTable.Head) -> (columns: [Int], lines: [String])? {
        let own = head.span.map { paper.columns[$0] }.filter(columns.contains)
        guard let first = own.first else { return nil }
        return (own, head.isOver ? [head.text] : headings[first])
    }

    /// The table, or its parts.
    static func all(_ paper: PaperTable, _ rooms: Rooms, _ presentation: Presentation)
        throws(Diagnostic) -> [PaperPart] {
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
            if total <= rooms(sheet) { break }
        }
        func part(_ sheet: Sheet, _ columns: [Int], _ number: Int, _ count: Int) -> PaperPart {
            PaperPart(paper: paper, sheet: sheet, columns: columns, values: values,
                      headings: headings, widths: widths, number: number, count: count)
        }
        if let sheet = Sheet.allCases.first(where: { total <= rooms($0) }) {
            return [part(sheet, paper.columns, 1, 1)]
        }
        let groups = evenGroups(widths, paper, room: rooms(.acrossSmall))
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
        func add(_ columns: some Collection<Int>) {
            let wanted = columns.reduce(0) { $0 + widths[$1] }
            if used + wanted > room, groups[groups.count - 1].count > heads.count {
                groups.append(heads)
                used = fixed
            }
            groups[groups.count - 1] += columns
            used += wanted
        }
        for columns in together(paper.columns.filter { !heads.contains($0) }, paper) {
            // What stands below one head stays together where a sheet has room for it.
            let isFitting = columns.reduce(fixed) { $0 + widths[$1] } <= room
            if isFitting { add(columns) } else { for column in columns { add([column]) } }
        }
        return groups
    }

    /// Columns next to each other that have a head in common.
    private static func together(_ columns: [Int], _ paper: PaperTable) -> [[Int]] {
        var all: [[Int]] = []
        for column in columns {
            let over = paper.shown[column].head?.over
            if let last = all.last?.last, over != nil, paper.shown[last].head?.over == over {
                all[all.count - 1].append(column)
            } else {
                all.append([column])
            }
        }
        return all
    }

    /// Texts up to this width are never broken: names of people, codes.
    static let shortText = 16

    /// What a column needs with its texts on several lines, in widths of a Chinese character.
    private static func leastWidth(_ column: ShownColumn, _ values: Int, _ heading: [String])
        -> Double {
        let heading = heading.map { displayWidth($0) }.max() ?? 0
        return room(max(column.holdsText ? min(values, shortText) : values, heading))
    }

    /// What texts of that width take with the space beside them, in widths of a Chinese character.
    private static func room(_ width: Int) -> Double { Double(width) * 0.56 + 1.1 }

    /// What a column would take with no value on several lines.
    func whole(_ column: Int) -> Double { max(widths[column], Self.room(values[column])) }

    /// A heading as lines no wider than the values below it, where it can be broken.
    private static func headingLines(_ column: ShownColumn, _ values: Int, longest: Int,
                                     _ breaks: HeadingBreaks) -> [String] {
        let text = column.head?.own ?? column.heading
        let least = breaks.pieces(text, within: max(values, longest))
            .map { displayWidth($0) }.max() ?? 0
        return lines(text, max(values, least, min(8, longest)), breaks)
    }

    /// A heading in lines of about one length, none wider than that where it can be broken.
    static func lines(_ heading: String, _ width: Int, _ breaks: HeadingBreaks) -> [String] {
        MusterReport.lines(of: breaks.pieces(heading, within: width), width)
    }
}
