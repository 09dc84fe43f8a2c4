import MusterValues
import MusterDiagnostics
import MusterStore

/// A column of a result as people read it (table, md): its heading, and its cells' texts.
///
/// - percent `52.3%`, points `+3.2` (the unit stands in the heading), both as `Percentage` rounds
///   them; hours with up to two decimals.
/// - Other doubles in full where all of the column have at most six decimals, else rounded to
///   four. A column has the same number of decimals throughout, so that the points line up.
/// - Digits are never grouped: what is copied must be a number.
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
    let alignsRight: Bool
    /// Holds texts or names: may be shortened where room is short. Numbers and days never are.
    let holdsText: Bool
    let column: ResultColumn
    let cells: [Cell]
    private let measure: Measure
    private let places: Int
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
            all.append(ShownColumn(column, cells, measure, rows: rows, presentation))
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

    /// `rows` are those that will be shown.
    init(_ column: ResultColumn, _ cells: [Cell], _ measure: Measure = .plain, rows: [Int],
         _ presentation: Presentation) {
        self.column = column
        self.cells = cells
        self.measure = measure
        language = presentation.language
        noneMark = column.noneLabel.map { visible($0[presentation.language]) }
            ?? (column.isKey ? (language == .zh ? "（空）" : "(none)")
            : presentation.isUTF8 ? "–" : "-")
        // Periods of which one says more than its number line up from the left.
        alignsRight = column.isNumeric && (column.running == nil || column.running?.0 == Cell.none)
        places = Self.places(of: column.display, cells, rows)
        holdsText = rows.contains { row in
            switch cells[row] {
            case .text, .own, .term: true
            default: false
            }
        }
        var heading = (column.label ?? column.name)[language]
        if column.display == .points {
            heading += Message(zh: "（个百分点）", en: " (points)")[language]
        }
        if let (value, day) = column.running, value == .none {
            heading += Self.until(day, language)
        }
        self.heading = visible(heading)
    }

    /// Whether none in it is a value of its own, and said in words.
    var showsNone: Bool { column.isKey || column.noneLabel != nil }

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
        case .term(let term): return visible(term[language])
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
                return percentage.rounded.text(percentage.places, withPlus: !isShare)
                    + (isShare ? "%" : "")
            }
            return digits.text(decimals(of: digits))
        case .day, .month, .year: return plainText(cell, language)
        }
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
    private static func places(of display: Display, _ cells: [Cell], _ rows: [Int]) -> Int {
        if display == .percent || display == .points { return Percentage.usualPlaces }
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
        let monthAndDay = CivilDay.text(day).suffix(5)
        return Message(zh: "（截至\(monthAndDay)）", en: " (to \(monthAndDay))")[language]
    }
}

extension ResultTable {
    /// One value as a table of the report would show it.
    package func shown(row: Int, column: Int, _ language: Language) -> String {
        // Nobody stops a single row.
        (try? ShownColumn.all(self, rows: [row], Presentation(language)))?[column].text(row) ?? ""
    }
}
