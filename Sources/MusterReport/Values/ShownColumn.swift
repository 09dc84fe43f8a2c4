import MusterValues
import MusterDiagnostics
import MusterStore

/// A column of a result as people read it (table, md): its heading, and its cells' texts.
///
/// - percent `52.3%`, points `+3.2` (the unit stands in the heading), both as `Percentage` rounds
///   them; hours with one decimal, but in lists, where each record's stand as they are.
/// - Other doubles in full where all of the column have at most six decimals, else rounded to
///   four. A column has the same number of decimals throughout, so that the points line up.
/// - Counts and hours of five digits and more are grouped by thousands, and a minus is one
///   (U+2212) where the window has it: both may be typed again as they are shown.
/// - Controls in a text are spelt out (`\n`, `\u{1b}`): data cannot steer a terminal.
struct ShownColumn {
    /// What the numbers of a column have to do with those of another.
    enum Measure {
        case plain
        /// Each has a target, row by row.
        case against([Cell])
        case target
    }

    let heading: String
    /// The same in two, for one of several columns under one value.
    let head: (over: String, own: String)?
    let alignsRight: Bool
    /// Holds texts or names: may be shortened where room is short. Numbers and days never are.
    let holdsText: Bool
    let column: ResultColumn
    let cells: [Cell]
    private let measure: Measure
    private let places: Int
    private let isUTF8: Bool
    private let isForPaper: Bool
    private let language: Language
    private let noneMark: String

    /// All columns of a table.
    static func all(_ table: ResultTable, rows: [Int], _ presentation: Presentation)
        throws(Diagnostic) -> [ShownColumn] {
        let goals = Set(table.columns.compactMap(\.goal))
        var all: [ShownColumn] = []
        for (column, cells) in zip(table.columns, table.cells) {
            let goal = column.goal.flatMap { goal in
                table.columns.firstIndex { $0.name == goal }
            }
            let measure = goal.map { Measure.against(table.cells[$0]) }
                ?? (goals.contains(column.name) ? .target : .plain)
            // Each goes through all rows once more.
            try presentation.advance(0, rows.count)
            all.append(ShownColumn(column, cells, measure, rows: rows, presentation,
                                   isGrouped: table.isGrouped))
        }
        return all
    }

    /// Of the widest of the rows' texts.
    func width(_ rows: [Int], _ presentation: Presentation) throws(Diagnostic) -> Int {
        var widest = 0
        for (number, row) in rows.enumerated() {
            try presentation.row(number, of: rows.count)
            widest = max(widest, displayWidth(text(row)))
        }
        return widest
    }

    /// `rows` are those that will be shown. Figures of groups, unlike a list's, are rounded.
    init(_ column: ResultColumn, _ cells: [Cell], _ measure: Measure = .plain, rows: [Int],
         _ presentation: Presentation, isGrouped: Bool = true) {
        self.column = column
        self.cells = cells
        self.measure = measure
        language = presentation.language
        noneMark = column.noneLabel.map { visible($0[presentation.language]) }
            ?? (column.isKey ? (language == .zh ? "（空）" : "(none)")
            : presentation.isUTF8 ? "–" : "-")
        // Periods of which one says more than its number line up from the left.
        alignsRight = column.isNumeric && (column.running == nil || column.running?.0 == Cell.none)
        isUTF8 = presentation.isUTF8
        places = Self.places(of: column.display, cells, rows, isGrouped: isGrouped)
        holdsText = rows.contains { row in
            switch cells[row] {
            case .text, .own, .term: true
            default: false
            }
        }
        let unit = column.display == .points
            ? Message(zh: "（个百分点）", en: " (points)")[language] : ""
        var until = ""
        if let (value, day) = column.running, value == .none { until = Self.until(day, language) }
        isForPaper = presentation.isForPaper
        func said(_ name: Term) -> String {
            visible(presentation.isForPaper ? inWords(name, presentation.language)
                : name[presentation.language])
        }
        heading = said(column.label ?? column.name) + unit + until
        head = column.head.map { (said($0.over) + until, said($0.own) + unit) }
    }

    /// Whether none in it is a value of its own, and said in words.
    var showsNone: Bool { column.isKey || column.noneLabel != nil }

    /// A number that neither counts nor measures anything, such as a rank.
    var isSecondary: Bool {
        column.isNumeric && !column.isKey && column.display == .plain && column.unit == nil
    }

    /// The cell of a row, as it is shown.
    func text(_ row: Int) -> String {
        let cell = cells[row]
        let text = value(row)
        if let (running, day) = column.running, running == cell, cell != .none {
            return text + Self.until(day, language)
        }
        return text
    }

    private func value(_ row: Int) -> String {
        let cell = cells[row]
        switch cell {
        case .none: return noneMark
        case .text(let text): return visible(text)
        case .own: return Cell.direct[language]
        case .term(let term): return visible(isForPaper ? inWords(term, language) : term[language])
        case .bool(let value):
            return (value ? Message(zh: "是", en: "yes") : Message(zh: "否", en: "no"))[language]
        case .number(let value) where value.isNaN: return noneMark
        // Written out, they would be zeros over several lines.
        case .number(let value) where column.display == .plain && value != 0
            && value.magnitude < 1e-12:
            return plainText(value)
        case .integer, .decimal, .number:
            guard let digits = Self.digits(cell) else { return plainText(cell, language) }
            if let percentage = percentage(row) {
                let isShare = column.display == .percent
                return signed(percentage.rounded.text(percentage.places, withPlus: !isShare))
                    + (isShare ? "%" : "")
            }
            let text = digits.text(decimals(of: digits))
            return signed(isAmount ? Self.grouped(text) : text)
        case .day, .month, .year: return plainText(cell, language)
        }
    }

    /// How many or how much: unlike a number that only names something, it may be grouped.
    private var isAmount: Bool { column.display == .count || column.display == .hours }

    private func signed(_ text: String) -> String {
        isUTF8 && text.first == "-" ? "−" + text.dropFirst() : text
    }

    /// From this many digits before the point on they are grouped by thousands.
    static let groupedDigits = 5

    private static func grouped(_ text: String) -> String {
        let sign = text.first == "-" ? "-" : ""
        let whole = text.dropFirst(sign.count).prefix { $0 != "." }
        guard whole.count >= groupedDigits else { return text }
        var result = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return sign + result + text.dropFirst(sign.count + whole.count)
    }

    /// Nil where the column shows no percentages, or the row has none.
    func percentage(_ row: Int) -> Percentage? {
        guard let share = Self.digits(cells[row]) else { return nil }
        switch (column.display, measure) {
        case (.percent, .plain): return Percentage(share)
        case (.percent, .against(let targets)):
            return Percentage(share, target: Self.digits(targets[row]))
        case (.percent, .target): return Percentage(target: share)
        case (.points, _): return Percentage(difference: share)
        case (.plain, _), (.hours, _), (.count, _), (.day, _): return nil
        }
    }

    /// Digits behind the point for one number of the column, percentages aside.
    func decimals(of digits: DecimalDigits) -> Int {
        if column.display == .plain, digits.decimals > max(places, 4), digits.point < -1 {
            // Would all but vanish in the column's decimals: keeps three digits of its own.
            return min(digits.decimals, 3 - digits.point)
        }
        return places
    }

    /// Digits behind the point for the whole column.
    private static func places(of display: Display, _ cells: [Cell], _ rows: [Int],
                               isGrouped: Bool) -> Int {
        if display == .percent || display == .points { return Percentage.usualPlaces }
        if display == .hours, isGrouped { return 1 }
        let numbers = rows.compactMap { row -> DecimalDigits? in
            if case .integer = cells[row] { return nil }
            return digits(cells[row])
        }
        let wanted = numbers.map(\.decimals).max() ?? 0
        let limit = display == .hours ? 2 : wanted <= 6 ? 6 : 4
        return numbers.map { $0.rounded(limit).decimals }.max() ?? 0
    }

    static func digits(_ cell: Cell) -> DecimalDigits? {
        switch cell {
        case .integer(let value): DecimalDigits(value)
        case .decimal(let value, let places): DecimalDigits(value, places: places)
        // Beyond 10¹⁵ digits before the point are no longer exact: shown as they are written.
        case .number(let value) where value.magnitude < 1e15: DecimalDigits(value)
        default: nil
        }
    }

    /// Said behind a period that had not ended at the day it was read.
    static func until(_ day: Int32, _ language: Language) -> String {
        let (_, month, own) = CivilDay.parts(day)
        let monthAndDay = CivilDay.text(day).suffix(5)
        return Message(zh: "（截至\(month)月\(own)日）", en: " (to \(monthAndDay))")[language]
    }
}

/// A name as words: an identifier's underscores are spaces.
private func inWords(_ name: Term, _ language: Language) -> String {
    let text = name[language]
    let isIdentifier = text.utf8.contains(UInt8(ascii: "_")) && text.utf8.allSatisfy { byte in
        (97...122).contains(byte) || (48...57).contains(byte) || "_. ".utf8.contains(byte)
    }
    return isIdentifier ? text.replacing("_", with: " ") : text
}

extension ResultTable {
    /// One value as a table of the report would show it.
    package func shown(row: Int, column: Int, _ language: Language) -> String {
        // Nobody stops a single row.
        (try? ShownColumn.all(self, rows: [row], Presentation(language)))?[column].text(row) ?? ""
    }
}
