import MusterDiagnostics
import MusterStore
import MusterValues

extension SheetCell {
    /// As people would write it; empty for nothing.
    var written: String {
        switch self {
        case .blank, .unvalued: ""
        case .text(let text): text
        case .number(_, let written): written
        case .day(let day, _): CivilDay.text(day)
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .error(let text): text
        }
    }
}

/// What a cell said: a value or nothing, and what is wrong with it.
struct CellFinding {
    var value: RosterValue?
    var complaint: (Message, Question.Kind)?

    static let nothing = CellFinding()

    init(_ value: RosterValue? = nil) { self.value = value }

    /// Kept, and listed.
    init(odd value: RosterValue, _ reason: Message) {
        self.value = value
        complaint = (reason, .odd)
    }

    /// Not kept.
    init(wrong reason: Message) { complaint = (reason, .withoutValue) }
}

/// Reads cells as the values of fields.
enum CellReading {
    /// What the cell says for a field whose values stand alone: no row of the tree, no person.
    static func read(_ cell: SheetCell, _ field: ImportField,
                     oddity: (String) -> Message? = { _ in nil }) -> CellFinding {
        switch cell {
        case .unvalued: return CellFinding(wrong: noResult)
        case .error(let text): return CellFinding(wrong: error(text))
        default: break
        }
        let text = cell.written.trimmed
        if text.isEmpty { return .nothing }
        switch field.reading {
        case .number: return number(cell, text, field, oddity)
        case .day(let mayBeMonth): return day(cell, text, mayBeMonth)
        case .name:
            return LooseValue.isBlank(text) ? .nothing : CellFinding(.text(Words.name(text)))
        case .code(let set): return code(text, field, isClosed: set.isClosed)
        case .whole(let range): return whole(text, field, range)
        case .hundredths(let over, let upTo): return hours(text, over, upTo)
        case .bool: return yesNo(text, field)
        case .text, .person, .place, .level:
            return LooseValue.isBlank(text) ? .nothing : plain(cell, text)
        case .flag: return .nothing
        }
    }

    static let noResult = Message(
        zh: "公式没有保存结果；请在表格软件里打开、重新计算并保存",
        en: "a formula whose result the file does not hold: open it, recalculate and save")

    static func error(_ text: String) -> Message {
        Message(zh: "公式出错（\(text)）", en: "a formula's error (\(text))")
    }

    /// A text, or a key that a spreadsheet made a number of.
    private static func plain(_ cell: SheetCell, _ text: String) -> CellFinding {
        if case .number(let value, _) = cell, value.magnitude >= 1e15 {
            return CellFinding(wrong: Message(
                zh: "数字超过 15 位，被表格软件改过，末几位已不可信；请改成文本格式重新填写",
                en: "a number of over 15 digits, the last of which a spreadsheet has changed: "
                    + "type it anew as text"))
        }
        return CellFinding(.text(text))
    }

    // MARK: numbers that one person has

    private static func number(_ cell: SheetCell, _ text: String, _ field: ImportField,
                               _ oddity: (String) -> Message?) -> CellFinding {
        if LooseValue.isBlank(text) { return .nothing }
        let written = Heading.folded(text).uppercased().withoutBlanks.filter { $0 != "-" }
        let isPower = Double(written) != nil && written.contains { "E.".contains($0) }
        // Fifteen digits are all that a spreadsheet's number keeps.
        if isPower || isNumber(cell) && written.utf8.count > 15 {
            return CellFinding(wrong: Message(
                zh: "\(field.title.zh)被表格软件存成了数字，末几位已经丢失；"
                    + "请把单元格改成文本格式，照证件重新填写",
                en: "the \(field.title.en) was stored as a number by a spreadsheet and has lost its "
                    + "last digits: make the cell text and type it anew"))
        }
        guard let odd = oddity(written) else { return CellFinding(.text(written)) }
        return CellFinding(odd: .text(written), odd)
    }

    private static func isNumber(_ cell: SheetCell) -> Bool {
        if case .number = cell { true } else { false }
    }

    // MARK: days

    /// Days of a spreadsheet that nobody formatted: from 1927 to 2100.
    private static let serials = 10_000.0...73_415.0

    private static func day(_ cell: SheetCell, _ text: String, _ mayBeMonth: Bool)
        -> CellFinding {
        if case .day(let day, _) = cell { return within(day, text) }
        if LooseValue.isBlank(text) { return .nothing }
        if let day = LooseValue.day(text) { return within(day, text) }
        if let month = month(text) {
            guard mayBeMonth else {
                return CellFinding(wrong: Message(
                    zh: "“\(shown(text))”只有年月，须写到日",
                    en: "\"\(shown(text))\" is a month: the day is needed"))
            }
            return CellFinding(odd: .day(month), Message(
                zh: "只有年月，按 \(CivilDay.text(month)) 计",
                en: "a month alone: taken as \(CivilDay.text(month))"))
        }
        if case .number(let value, _) = cell, serials.contains(value) {
            // Day 25569 of a spreadsheet is 1970-01-01.
            return within(Int32(value.rounded(.down)) - 25_569, text)
        }
        return CellFinding(wrong: Message(zh: "“\(shown(text))”不是日期，请写成 2015-10-31",
                                          en: "\"\(shown(text))\" is no day: write 2015-10-31"))
    }

    private static func within(_ day: Int32, _ text: String) -> CellFinding {
        let year = CivilDay.year(of: day)
        guard (1900...2199).contains(year) else {
            return CellFinding(wrong: Message(zh: "\(CivilDay.text(day)) 年份不对",
                                              en: "\(CivilDay.text(day)): no such year here"))
        }
        return CellFinding(.day(day))
    }

    /// The first day of a month that stands alone: `2015-06`, `2015.6`, `2015年6月`, `201506`.
    private static func month(_ text: String) -> Int32? {
        let text = Heading.folded(text).withoutBlanks
        var parts = text.split { "-./年月".contains($0) }.map(String.init)
        if parts.count == 1, text.utf8.count == 6 {
            parts = [String(text.prefix(4)), String(text.suffix(2))]
        }
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count <= 2,
              parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
              let year = Int(parts[0]), let month = Int(parts[1]),
              (1900...2199).contains(year) else { return nil }
        return CivilDay.number(year, month, 1)
    }

    // MARK: words and figures

    private static func code(_ text: String, _ field: ImportField, isClosed: Bool) -> CellFinding {
        let word = Words.folded(text)
        if let code = field.words[word] { return CellFinding(.text(code)) }
        if LooseValue.isBlank(text) || ["否", "不是", "没有", "n", "no", "×"].contains(word) {
            return .nothing
        }
        guard isClosed else { return CellFinding(.text(text)) }
        let known = known(field)
        return CellFinding(wrong: Message(
            zh: "“\(shown(text))”不是\(field.title.zh)，可填：\(known)",
            en: "\"\(shown(text))\" is no \(field.title.en): one of \(known)"))
    }

    private static func known(_ field: ImportField) -> String {
        guard case .code(let set) = field.reading else { return "" }
        return set.values.map(\.zh).joined(separator: "、")
    }

    private static func whole(_ text: String, _ field: ImportField, _ range: ClosedRange<Int64>)
        -> CellFinding {
        let word = Words.folded(text)
        if let value = field.words[word].flatMap({ Int64($0) }) {
            return CellFinding(.integer(value))
        }
        if LooseValue.isBlank(text) { return .nothing }
        guard let number = LooseValue.number(text), number.rounded() == number,
              let value = Int64(exactly: number), range.contains(value) else {
            return CellFinding(wrong: Message(
                zh: "“\(shown(text))”应为 \(range.lowerBound) 至 \(range.upperBound) 的整数",
                en: "\"\(shown(text))\" should be a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound)"))
        }
        return CellFinding(.integer(value))
    }

    private static func hours(_ text: String, _ over: Int64, _ upTo: Int64) -> CellFinding {
        if LooseValue.isBlank(text) { return .nothing }
        var bare = Words.folded(text)
        for unit in ["个小时", "小时", "hours", "hour", "h", "时"] where bare.hasSuffix(unit) {
            bare.removeLast(unit.count)
            break
        }
        guard let number = LooseValue.number(bare), number > Double(over), number <= Double(upTo)
        else {
            return CellFinding(wrong: Message(
                zh: "“\(shown(text))”应为大于 \(over)、不超过 \(upTo) 的小时数",
                en: "\"\(shown(text))\" should be hours over \(over) and up to \(upTo)"))
        }
        return CellFinding(.hundredths(Int64((number * 100).rounded())))
    }

    private static func yesNo(_ text: String, _ field: ImportField) -> CellFinding {
        if let value = LooseValue.bool(text) { return CellFinding(.bool(value)) }
        let word = Words.folded(text)
        if word.hasPrefix("已") { return CellFinding(.bool(true)) }
        if word.hasPrefix("未") || word.hasPrefix("没") || word == "不是" {
            return CellFinding(.bool(false))
        }
        if LooseValue.isBlank(text) { return .nothing }
        return CellFinding(wrong: Message(
            zh: "“\(shown(text))”应为 是 或 否", en: "\"\(shown(text))\" should be 是 (yes) or 否 (no)"))
    }

    /// Yes, no, nothing, or what is none of them.
    static func flag(_ cell: SheetCell) -> (Bool?, complaint: Message?) {
        let finding = read(cell, ImportField(name: "", title: Term(""), reading: .bool,
                                             words: [:], isRequired: false, headings: []))
        if case .bool(let value) = finding.value { return (value, nil) }
        return (nil, finding.complaint?.0)
    }

    /// What a cell of a column that is nobody's field holds; nil for nothing.
    static func own(_ cell: SheetCell) -> RosterValue? {
        switch cell {
        case .blank, .unvalued: nil
        case .number(_, let written): .number(written)
        case .day(let day, _): .day(day)
        case .boolean(let value): .bool(value)
        case .text(let text), .error(let text):
            text.trimmed.isEmpty ? nil : .text(text.trimmed)
        }
    }

    static func shown(_ text: String) -> String {
        text.count > 40 ? text.prefix(40) + "…" : text
    }
}
