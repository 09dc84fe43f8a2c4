import MusterDiagnostics
import MusterStore

/// What was corrected, for the snapshot.
package struct Correction: Sendable, Hashable {
    let file: String
    let sheet: String
    let row: Int
    let name: String
    let field: Term
    let isSensitive: Bool
    let from: String
    let to: String
    /// The workbook that said so.
    let by: String
}

/// An answer that had no effect, and why.
package struct IdleAnswer: Sendable, Hashable {
    package let file: String
    package let sheet: String
    package let row: Int
    package let field: String
    package let by: String
    package let reason: Message
}

/// The answers of filled-in question workbooks, by the place that each is about. An answer
/// counts as long as what it corrects still stands there.
struct AnswerBook {
    struct Answer {
        let name: String
        let field: String
        let now: String
        let answer: String
        let by: String
        /// Where the answer itself stands, for its faults.
        let line: Int
    }

    enum Outcome {
        /// Stands in place of what is there.
        case value(String)
        /// What is there is right.
        case confirmed
    }

    struct Key: Hashable {
        let file: String
        let sheet: String
        let row: Int
    }

    /// The headings of a question workbook, which are its contract.
    static let columns = [
        Term("file", "文件"), Term("sheet", "工作表"), Term("row", "行"), Term("person", "姓名"),
        Term("field", "字段"), Term("value", "现在的内容"), Term("question", "问题"),
        Term("correction", "更正"),
    ]
    static let right = ["属实", "无误", "正确", "ok", "right"]
    static let delete = ["删除", "delete"]

    /// Whether an answer is one of these words and no value.
    static func isWord(_ answer: String) -> Bool {
        (right + delete).contains(answer.lowercased())
    }

    /// Fields whose values may not be seen.
    private let sensitive: [Term]
    private var answers: [Key: [(answer: Answer, isUsed: Bool)]] = [:]
    private(set) var idle: [IdleAnswer] = []
    private(set) var corrections: [Correction] = []
    /// The names of the files and sheets that are read now, by place.
    private var names: [RowPlace: Key] = [:]
    private var files: [String] = []
    private var sheets: [[String]] = []

    init(sensitive: [Term]) { self.sensitive = sensitive }

    /// Takes the answers of a workbook; empty ones are none yet.
    /// - Throws: `import.answers` where no sheet of it has the headings.
    mutating func read(_ workbook: SheetFile) throws(Diagnostic) {
        var isOne = false
        for sheet in workbook.sheets {
            guard let (heading, places) = Self.places(sheet) else { continue }
            isOne = true
            for row in (heading + 1)..<max(heading + 1, sheet.rowCount) {
                func text(_ column: Int) -> String {
                    sheet[row, places[column]].written.trimmed
                }
                guard !text(7).isEmpty else { continue }
                let key = Key(file: text(0), sheet: text(1), row: Int(text(2)) ?? 0)
                let answer = Answer(name: text(3), field: text(4), now: text(5), answer: text(7),
                                    by: Mapping.lastName(workbook.path),
                                    line: sheet.number(ofRow: row))
                answers[key, default: []].removeAll { $0.answer.field == answer.field }
                answers[key, default: []].append((answer, false))
            }
        }
        guard isOne else {
            throw Diagnostic("import.answers", Message(
                zh: "\(workbook.path)：不是填好的问题工作簿，没有“文件、工作表、行、字段、更正”这些标题",
                en: "\(workbook.path): no workbook of questions: the headings file, sheet, row, "
                    + "field and correction are missing"),
                hint: Message(zh: "请用导入时生成的“-问题.xlsx”填写后再给 --corrections",
                              en: "fill in the workbook that an import wrote"))
        }
    }

    private static func places(_ sheet: Sheet) -> (row: Int, [Int])? {
        for row in 0..<min(sheet.rowCount, 10) {
            let headings = (0..<sheet.columnCount).map { Words.heading(sheet[row, $0].written) }
            let places = columns.map { term in
                headings.firstIndex { $0 == Words.heading(term.zh) || $0 == Words.heading(term.en) }
            }
            let known = places.compactMap { $0 }
            if known.count == columns.count { return (row, known) }
        }
        return nil
    }

    // MARK: while rows are read

    /// The files that are read, with their sheets.
    mutating func name(_ files: [SheetFile]) {
        self.files = files.map { Mapping.lastName($0.path) }
        sheets = files.map { $0.sheets.map(\.name) }
    }

    private func key(_ place: RowPlace) -> Key {
        Key(file: files[place.file], sheet: sheets[place.file][place.sheet], row: place.row)
    }

    /// What is answered for a field of a row, where what stood there still does.
    mutating func answer(_ place: RowPlace, _ field: Term, now: String) -> Outcome? {
        guard !answers.isEmpty else { return nil }
        let key = key(place)
        guard let index = answers[key]?.firstIndex(where: { field.matches($0.answer.field) }),
              let answer = answers[key]?[index].answer else { return nil }
        answers[key]?[index].isUsed = true
        guard Words.folded(answer.now) == Words.folded(now) else {
            leave(key, answer, Message(zh: "该处内容已与提问时不同，更正未采用",
                                       en: "something else stands there now: not applied"))
            return nil
        }
        let isRight = Self.right.contains(answer.answer.lowercased())
        if !isRight, Words.folded(answer.answer) == Words.folded(now) {
            leave(key, answer, Message(zh: "更正与原内容相同", en: "the answer is what stood there"))
            return nil
        }
        note(key, answer, field, from: now)
        return isRight ? .confirmed : .value(answer.answer)
    }

    /// Whether an answer says that a row belongs elsewhere, or is to go.
    func moves(_ place: RowPlace, _ field: Term?) -> Bool {
        guard !answers.isEmpty else { return false }
        return answers[key(place)]?.contains { one in
            Self.delete.contains(one.answer.answer.lowercased())
                || field?.matches(one.answer.field) == true
                && !Self.right.contains(one.answer.answer.lowercased())
        } == true
    }

    /// Whether an answer says that the row is to go.
    mutating func deletes(_ place: RowPlace) -> Bool {
        guard !answers.isEmpty else { return false }
        let key = key(place)
        guard let index = answers[key]?.firstIndex(where: {
            Self.delete.contains($0.answer.answer.lowercased())
        }), let answer = answers[key]?[index].answer else { return false }
        answers[key]?[index].isUsed = true
        note(key, answer, Term(answer.field), from: answer.now)
        return true
    }

    private mutating func note(_ key: Key, _ answer: Answer, _ field: Term, from: String) {
        corrections.append(Correction(
            file: key.file, sheet: key.sheet, row: key.row, name: answer.name, field: field,
            isSensitive: sensitive.contains { $0.matches(field.zh) }, from: from,
            to: answer.answer, by: answer.by))
    }

    private mutating func leave(_ key: Key, _ answer: Answer, _ reason: Message) {
        idle.append(IdleAnswer(file: key.file, sheet: key.sheet, row: key.row,
                               field: answer.field, by: answer.by, reason: reason))
    }

    /// Answers about rows and fields that are not there.
    mutating func finish() {
        for (key, answers) in answers {
            for (answer, isUsed) in answers where !isUsed {
                leave(key, answer, Message(zh: "找不到这一行或这一字段", en: "no such row or field"))
            }
        }
        answers = [:]
        idle.sort { ($0.by, $0.file, $0.sheet, $0.row, $0.field)
            < ($1.by, $1.file, $1.sheet, $1.row, $1.field) }
    }
}
