import MusterBinding
import MusterDiagnostics
import MusterStore

/// One row of a sheet, read.
struct RowReading {
    let place: RowPlace
    var values: [RosterValue?]
    var extras: [(name: String, value: RosterValue)] = []
    /// What is wrong with single values, in the order of the fields.
    var complaints: [(field: Int, value: String, reason: Message, kind: Question.Kind)] = []
    /// Steps of a path into the tree.
    var steps: [(level: Int?, name: String)] = []
    /// What the column says that leads into the tree.
    var whereText = ""
    /// An answer says where: whatever the path says.
    var isAnswered = false
    var isConfirmed: Set<Int> = []

    /// What stands in the sheet about the place in the tree, for questions.
    var shownPlace: String {
        whereText.isEmpty ? steps.map(\.name).joined(separator: "/") : whereText
    }

    func text(_ field: Int?) -> String? {
        guard let field, case .text(let text) = values[field] else { return nil }
        return text
    }

    func day(_ field: Int?) -> Int32? {
        guard let field, case .day(let day) = values[field] else { return nil }
        return day
    }
}

/// Reads the rows of one sheet.
struct RowReader {
    let form: RosterForm
    let layout: SheetLayout
    let sheet: Sheet
    let file: Int
    let sheetIndex: Int
    /// The name that must be there, where the rows have one.
    let nameField: Int?
    /// The field of the rows' own keys, and those by which a person is told without a name.
    let keyField: Int?
    let telling: Set<Int>
    /// The words of a line of totals as they are compared, each with a Han character that stands
    /// in every way of writing it, where it has one.
    let totals: [(word: String, mark: Unicode.Scalar?)]

    /// Places of the rows below the headings.
    var rows: Range<Int> {
        (layout.headingRow + 1)..<max(layout.headingRow + 1, sheet.rowCount)
    }

    enum Result {
        case row(RowReading)
        case passedOver(RowOutcome.Reason)
    }

    func read(_ row: Int, _ answers: inout AnswerBook) -> Result {
        let place = RowPlace(file: file, sheet: sheetIndex, row: sheet.number(ofRow: row))
        if let reason = passedOver(row) { return .passedOver(reason) }
        if answers.deletes(place) { return .passedOver(.deleted) }
        var reading = RowReading(place: place, values: Array(
            repeating: nil, count: layout.form.fields.count))
        for (index, field) in layout.form.fields.enumerated() {
            read(field, index, row, &reading, &answers)
        }
        for column in layout.columns {
            guard case .extra(let name) = column.meaning else { continue }
            let cell = sheet[row, column.index]
            if case .unvalued = cell {
                reading.complaints.append((-1, name, CellReading.noResult, .withoutValue))
            } else if let value = CellReading.own(cell) {
                reading.extras.append((name, value))
            }
        }
        readFlags(row, &reading)
        return .row(reading)
    }

    /// The steps of the row's path into the tree, as far as nobody has answered otherwise; nil
    /// where it is no row of anybody.
    func path(_ row: Int, _ answers: AnswerBook) -> [(level: Int?, name: String)]? {
        let place = RowPlace(file: file, sheet: sheetIndex, row: sheet.number(ofRow: row))
        guard passedOver(row) == nil, !answers.moves(place, placeTitle) else { return nil }
        return layout.form.fields.indices.compactMap { index in
            guard case .level(let level) = layout.form.fields[index].reading else { return nil }
            let name = cell(row, index).written.trimmed
            return name.isEmpty || LooseValue.isBlank(name) ? nil : (level, name)
        }
    }

    private var placeTitle: Term? {
        layout.form.fields.first { if case .place = $0.reading { true } else { false } }?.title
    }

    private func cell(_ row: Int, _ field: Int) -> SheetCell {
        let cell = layout.columnOf[field].map { sheet[row, $0] } ?? .blank
        if case .blank = cell, let value = layout.defaults[field] { return .text(value) }
        if case .text(let text) = cell, text.trimmed.isEmpty,
           let value = layout.defaults[field] { return .text(value) }
        return cell
    }

    private func read(_ field: ImportField, _ index: Int, _ row: Int, _ reading: inout RowReading,
                      _ answers: inout AnswerBook) {
        var cell = cell(row, index)
        if case .flag = field.reading { return }
        switch field.reading {
        case .level(let level):
            let name = cell.written.trimmed
            if !name.isEmpty, !LooseValue.isBlank(name) { reading.steps.append((level, name)) }
            return
        case .place:
            reading.whereText = LooseValue.isBlank(cell.written) ? "" : cell.written.trimmed
            let now = reading.shownPlaceOr(row, self)
            switch answers.answer(reading.place, field.title, now: now) {
            case .value(let text):
                reading.whereText = text
                reading.isAnswered = true
            case .confirmed: reading.isConfirmed.insert(index)
            case nil: break
            }
            return
        default: break
        }
        switch answers.answer(reading.place, field.title, now: cell.written.trimmed) {
        case .value(let text): cell = .text(text)
        case .confirmed: reading.isConfirmed.insert(index)
        case nil: break
        }
        let finding = CellReading.read(cell, field, oddity: form.oddity)
        reading.values[index] = finding.value
        if let (reason, kind) = finding.complaint {
            let isVital = kind == .withoutValue && (field.isRequired || field.hasDefault)
            if kind == .odd, reading.isConfirmed.contains(index) { return }
            reading.complaints.append((index, cell.written.trimmed, reason,
                                       isVital ? .notTaken : kind))
        } else if field.isRequired, field.isStored, finding.value == nil, index != keyField {
            reading.complaints.append((index, "", Message(zh: "没有填\(field.title.zh)",
                                                          en: "\(field.title.en) is missing"),
                                       .notTaken))
        }
    }

    /// Yes without the day, no beside a day, or neither.
    private func readFlags(_ row: Int, _ reading: inout RowReading) {
        for (index, field) in layout.form.fields.enumerated() {
            guard case .flag(let day) = field.reading, let column = layout.columnOf[index] else {
                continue
            }
            let (says, fault) = CellReading.flag(sheet[row, column])
            let written = layout.columnOf[day].map { sheet[row, $0].written.trimmed } ?? ""
            let title = layout.form.fields[day].title
            if reading.isConfirmed.contains(day) { continue }
            if let fault {
                reading.complaints.append((index, sheet[row, column].written.trimmed, fault,
                                           .withoutValue))
            } else if says == true, reading.values[day] == nil,
                      !reading.complaints.contains(where: { $0.field == day }) {
                reading.complaints.append((day, written, Message(
                    zh: "“\(field.title.zh)”填了是，却没有\(title.zh)，没有计入；请补日期",
                    en: "\(field.title.en) says yes and there is no \(title.en): not counted; "
                        + "give the day"), .withoutValue))
            } else if says == false, reading.values[day] != nil {
                reading.complaints.append((day, written, Message(
                    zh: "“\(field.title.zh)”填了否，却有\(title.zh)；按日期计，如不对请更正",
                    en: "\(field.title.en) says no beside a \(title.en): the day is kept"), .odd))
            }
        }
    }

    // MARK: rows that are none

    private func passedOver(_ row: Int) -> RowOutcome.Reason? {
        var texts: [String] = [], isSerialOnly = true, isSum = false
        let nameColumn = nameField.flatMap { layout.columnOf[$0] }
        for column in 0..<sheet.columnCount {
            let text = sheet[row, column].written.trimmed
            if case .unvalued = sheet[row, column] { isSerialOnly = false }
            guard !text.isEmpty else { continue }
            texts.append(text)
            let meaning = layout.columns.first { $0.index == column }?.meaning
            if meaning != .left || !text.allSatisfy(\.isNumber) { isSerialOnly = false }
            if let nameColumn, column <= nameColumn, isTotal(text) { isSum = true }
        }
        if isSerialOnly { return .blank }
        if isHeading(row) { return .heading }
        guard let nameField else { return isTotal(texts[0]) ? .total : nil }
        if case .unvalued = cell(row, nameField) { return nil }
        let name = cell(row, nameField).written.trimmed
        if form.exampleWords.contains(where: { Words.folded(name).hasPrefix(Words.folded($0)) }) {
            return .example
        }
        if isSum || (name.isEmpty && texts.contains(where: isTotal)) { return .total }
        guard name.isEmpty || LooseValue.isBlank(name) else { return nil }
        return identifies(row) ? nil : .nameless
    }

    private func isTotal(_ text: String) -> Bool {
        // Most texts are told from them by one character.
        let likely = totals.filter { $0.mark.map(text.unicodeScalars.contains) ?? true }
        if likely.isEmpty { return false }
        let word = Words.folded(text)
        return likely.contains { total, _ in
            guard word.hasPrefix(total) else { return false }
            let rest = word.dropFirst(total.count)
            return rest.isEmpty || rest.first.map { ":：(（".contains($0) || $0.isNumber } == true
        }
    }

    private func isHeading(_ row: Int) -> Bool {
        var same = 0, filled = 0
        for column in layout.columns where !column.heading.isEmpty {
            let written = sheet[row, column.index].written
            // Most cells are told from a heading by one character of it.
            if let mark = column.mark, !written.unicodeScalars.contains(mark) {
                if !written.isBlank { filled += 1 }
                continue
            }
            let text = Words.heading(written)
            if text.isEmpty { continue }
            filled += 1
            if text == column.folded { same += 1 }
        }
        return same >= 2 && same * 2 > filled
    }

    /// Whether a row without a name tells of somebody all the same.
    private func identifies(_ row: Int) -> Bool {
        telling.contains { index in
            layout.columnOf[index].map {
                !LooseValue.isBlank(sheet[row, $0].written)
                    && !sheet[row, $0].written.isBlank
            } == true
        }
    }
}

extension RowReading {
    /// What stands there of the place in the tree, before any answer.
    fileprivate func shownPlaceOr(_ row: Int, _ reader: RowReader) -> String {
        if !whereText.isEmpty { return whereText }
        // The levels may stand behind the column in the order of the fields.
        let steps = reader.layout.form.fields.indices.compactMap { index -> String? in
            guard case .level = reader.layout.form.fields[index].reading,
                  let column = reader.layout.columnOf[index] else { return nil }
            let name = reader.sheet[row, column].written.trimmed
            return name.isEmpty || LooseValue.isBlank(name) ? nil : name
        }
        return steps.joined(separator: "/")
    }
}
