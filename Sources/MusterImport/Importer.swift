import MusterBinding
import MusterDiagnostics
import MusterFiles
import MusterStore

/// Makes a snapshot of the sheets that people keep.
///
/// Every row of every sheet is taken, asked about or passed over, and counted as such. Nothing is
/// written before all files are read. The same files and options give the same bytes.
package final class Importer {
    let options: ImportOptions
    let domain: Domain
    let form: RosterForm
    let sheets: [ImportSheet]
    private let isCancelled: @Sendable () -> Bool
    /// Called with how much is done, and of how much.
    private let advance: (Int, Int) throws -> Void
    private var rowsPassed = 0

    var files: [SheetFile] = []
    var layouts: [[SheetLayout?]] = []
    var accounts: [[SheetAccount]] = []
    var questions: [Question] = []
    var answers: AnswerBook
    var mapping = Mapping()
    var units = UnitBook(grows: true)
    var people: PersonBook
    var facts: [String: [Fact]] = [:]
    var earlier: Snapshot?
    /// Those of the snapshot that people or units go on from; nil for the usual ones.
    var targets: [ManifestTarget]?
    var known = KnownPeople()
    var notes: [Message] = []
    /// What makes files as a whole unusable: all are found before any is told.
    private var faults: [Diagnostic] = []
    /// By file: the row of the tree that sent it, as far as it is known.
    var senders: [Int?] = []
    /// Files of which no row of the tree is the sender.
    var isMixed: Set<Int> = []

    /// A row of a table that is neither the tree nor persons.
    struct Fact {
        let values: [RosterValue?]
        let extras: [(name: String, value: RosterValue)]
        var person: Int?
        var owner: Int?
        let place: RowPlace
    }

    /// - Returns: nil where the domain imports nothing.
    package init?(_ options: ImportOptions, _ domain: Domain,
                  isCancelled: @escaping @Sendable () -> Bool = { false },
                  advance: @escaping (Int, Int) throws -> Void = { _, _ in }) {
        guard let form = domain.roster, let persons = domain.entity(form.persons),
              let personSheet = form.sheet(form.persons) else { return nil }
        self.options = options
        self.domain = domain
        self.form = form
        self.isCancelled = isCancelled
        self.advance = advance
        sheets = form.sheets.map { ImportSheet($0, form, domain) }
        answers = AnswerBook(sensitive: sheets.flatMap(\.fields).filter(\.isSensitive)
            .map(\.title))
        let sheet = ImportSheet(personSheet, form, domain)
        people = PersonBook(PersonBook.Keys(
            key: sheet.field(persons.keyField ?? "") ?? 0,
            name: sheet.field(persons.labelField ?? "") ?? 0,
            number: sheet.field(form.number), birth: sheet.field(form.birth)), sheet.fields)
    }

    func sheet(_ table: String) -> ImportSheet? { sheets.first { $0.table == table } }

    /// Reads everything and, unless it is only tried, writes snapshot and questions.
    ///
    /// - Throws: what makes a file as a whole unusable, all such faults together
    ///   (`Diagnostics`); what the door of files refuses.
    package func run(_ policy: FilePolicy) throws -> ImportResult {
        var policy = policy
        // What is read is not written over, whatever may be.
        policy.loaded += inputs
        let places = try places(policy)
        try readFiles()
        try readEarlier()
        try findLayouts()
        try takeUnits()
        try growTree()
        try takePeople()
        try takeFacts()
        finishKeys()
        answers.finish()
        settleQuestions()
        if let path = options.writtenMapping {
            try writeAside(try policy.place(path), Array(writtenMapping.utf8), isPrivate: false)
        }
        let result = result
        try write(places, result, policy)
        return result
    }

    private var inputs: [String] {
        options.files + options.corrections
            + [options.units, options.like, options.mapping].compactMap { $0 }
    }

    /// Where the questions go: beside those that were answered, never over them.
    var questionsPath: String {
        let inputs = Set(inputs.compactMap { FileIdentity($0) })
        guard options.questions == nil else { return options.questionsPath }
        var path = options.questionsPath, number = 2
        while let identity = FileIdentity(path), inputs.contains(identity) {
            path = options.questionsPath.dropLast(5) + "-\(number).xlsx"
            number += 1
        }
        return path
    }

    func checkCancelled() throws {
        if isCancelled() { throw Diagnostic.interrupted }
    }

    /// Asked at every row that is gone through: tells how far it is, and whether to go on. Reading
    /// the files is a tenth of the whole; a tree that grows goes through all rows once more.
    func passed(_ row: Int) throws {
        guard row & 0xFF == 0 else { return }
        try checkCancelled()
        let rows = files.flatMap(\.sheets).reduce(1) { $0 + $1.rowCount }
        let all = rows * (units.grows ? 2 : 1)
        rowsPassed += 0x100
        try advance(all + 9 * min(rowsPassed, all), 10 * all)
    }

    // MARK: reading

    private func readFiles() throws {
        for (index, path) in options.files.enumerated() {
            try advance(index, options.files.count * 10)
            do { files.append(try open(path)) } catch let fault as Diagnostic {
                if fault.isCancellation { throw fault }
                faults.append(fault)
            }
        }
        for path in options.corrections {
            do { try answers.read(try open(path)) } catch let fault as Diagnostic {
                if fault.isCancellation { throw fault }
                faults.append(fault)
            }
        }
        if let path = options.mapping {
            mapping = try Mapping(try open(path))
            faults += mapping.lines.compactMap { unknownField($0, path) }
        }
        try advance(options.files.count, options.files.count * 10)
        answers.name(files)
        let twice = Dictionary(grouping: files.map { Mapping.lastName($0.path) }) { $0 }
            .filter { $0.value.count > 1 }.keys.sorted()
        if let name = twice.first {
            throw Diagnostic("import.same-name", Message(
                zh: "有几个文件都叫“\(name)”，问题和更正按文件名对应，无法区分",
                en: "several files are called \"\(name)\", and questions go by the name"),
                hint: Message(zh: "请给其中一个改名，如在前面加上单位名称",
                              en: "give one of them another name, with the unit's before it"))
        }
    }

    /// A field of the mapping that no table has.
    private func unknownField(_ line: Mapping.Line, _ path: String) -> Diagnostic? {
        let name = line.field
        guard !name.isEmpty, !Mapping.left.matches(name),
              !sheets.contains(where: { $0.field(called: name) != nil }) else { return nil }
        let titles = sheets.flatMap { $0.fields.map(\.title) }
        return Diagnostic("import.mapping-field", Message(
            zh: "\(path) 第 \(line.row) 行：没有字段“\(name)”",
            en: "\(path), row \(line.row): there is no field \"\(name)\""),
            hint: suggestion(for: name, among: titles) ?? Message(
                zh: "字段空着，这一列就照原名保留；写“\(Mapping.left.zh)”就不读它",
                en: "leave the field empty and the column keeps its own name; "
                    + "\(Mapping.left.en) leaves it out"))
    }

    func open(_ path: String) throws -> SheetFile {
        try SheetFile.read(path, cancelled: isCancelled)
    }

    private func findLayouts() throws {
        let serials = Set(form.serialHeadings.map(Words.heading))
        let reader = SheetReader(forms: sheets, serials: serials,
                                 lowestLevelWords: form.lowestLevelWords, mapping: mapping,
                                 table: try chosenTable())
        let explanations = Set(form.explanations.map(Words.heading))
        for (index, file) in files.enumerated() {
            var own: [SheetLayout?] = []
            var ownAccounts: [SheetAccount] = []
            let before = faults.count
            for (number, sheet) in file.sheets.enumerated() {
                try checkCancelled()
                var account = SheetAccount(file: file.path, sheet: sheet.name)
                account.hidden = sheet.hiddenRowCount
                var layout: SheetLayout?
                let isChosen = options.sheet.map { Heading.isSame($0, sheet.name) }
                    ?? !explanations.contains(Words.heading(sheet.name))
                if isChosen, sheet.rowCount > 0 {
                    switch reader.layout(sheet, file: file.path) {
                    case .layout(let found): layout = found
                    case .fault(let fault): faults.append(fault)
                    case .noHeading: askAbout(sheet, index, number, &account)
                    }
                }
                if let layout { describe(layout, sheet, &account) }
                own.append(layout)
                ownAccounts.append(account)
            }
            if own.allSatisfy({ $0 == nil }), faults.count == before { faults.append(unread(file)) }
            layouts.append(own)
            accounts.append(ownAccounts)
        }
        senders = files.map { _ in nil }
        guard faults.isEmpty else { throw Diagnostics(faults) }
    }

    private func chosenTable() throws -> String? {
        guard let name = options.table else { return nil }
        if let sheet = form.sheets.first(where: {
            $0.title.matches(name) || $0.table == name || $0.names.contains(name)
        }) { return sheet.table }
        let known = form.sheets.map { "\($0.title.en)（\($0.title.zh)）" }.joined(separator: "、")
        throw Diagnostic("import.table", Message(zh: "没有“\(name)”这种表；可用：\(known)",
                                                 en: "no such table: \(name); one of \(known)"))
    }

    private func describe(_ layout: SheetLayout, _ sheet: Sheet, _ account: inout SheetAccount) {
        account.table = layout.form.title
        account.headingRow = sheet.number(ofRow: layout.headingRow)
        account.extras = layout.columns.compactMap {
            if case .extra(let name) = $0.meaning { name } else { nil }
        }
    }

    /// A sheet without any known heading: its rows are all asked about.
    private func askAbout(_ sheet: Sheet, _ file: Int, _ number: Int,
                          _ account: inout SheetAccount) {
        account.read = sheet.rowCount
        account.asked = sheet.rowCount
        questions.append(Question(
            place: RowPlace(file: file, sheet: number, row: 0), name: "", field: Term("sheet", "整张表"),
            isSensitive: false, value: "", reason: Message(
                zh: "没有认识的标题行，\(sheet.rowCount) 行都没有读；如是名册，请用 --mapping 说明标题",
                en: "no known headings: \(sheet.rowCount) rows were not read; say in a --mapping "
                    + "what they mean"), kind: .notTaken))
    }

    private func unread(_ file: SheetFile) -> Diagnostic {
        if let name = options.sheet {
            do { _ = try file.sheet(called: name) } catch { return error }
        }
        let holds = file.sheets.contains { $0.rowCount > 0 }
        let names = sheets.first { $0.table == form.persons }.map { sheet in
            sheet.fields.prefix(4).map(\.title.zh).joined(separator: "、")
        } ?? ""
        return Diagnostic(holds ? "import.no-heading" : "import.empty", holds
            ? Message(zh: "\(file.path)：没有找到认识的标题行（如 \(names)）",
                      en: "\(file.path): no known headings (such as \(names)) were found")
            : Message(zh: "\(file.path)：里面没有数据；如是图片或截图，无法读取",
                      en: "\(file.path): there is no data in it; pictures cannot be read"),
            hint: Message(zh: "可用 muster template 生成一份空表；或用 --mapping 说明标题的含义",
                          en: "muster template writes an empty roster; a --mapping says what "
                              + "headings mean"))
    }

    /// What was guessed of every heading, to be mended.
    private var writtenMapping: String {
        var written = Mapping()
        var seen: Set<Mapping.Line> = []
        for (file, own) in zip(files, layouts) {
            for (sheet, layout) in zip(file.sheets, own) {
                for column in layout?.columns ?? [] where !column.heading.isEmpty {
                    var line = Mapping.Line(file: Mapping.lastName(file.path), sheet: sheet.name,
                                            heading: column.heading)
                    switch column.meaning {
                    case .field(let field):
                        line.field = layout?.form.fields[field].title[options.language] ?? ""
                    case .left: line.field = Mapping.left[options.language]
                    case .extra: break
                    }
                    if seen.insert(line).inserted { written.lines.append(line) }
                }
            }
        }
        written.lines += mapping.lines.filter { !$0.value.isEmpty }
        return written.text(options.language)
    }
}
