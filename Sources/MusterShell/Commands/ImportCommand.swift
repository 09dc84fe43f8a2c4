import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterImport
import MusterLanguage
import MusterPlan

/// `import FILE, … to FOLDER as of DAY …`.
enum ImportCommand: Command {
    static let signature = Signature(Term("import", "导入"), [
        Slot("files", .paths),
        Slot("to", keyword: Term("to", "到"), .path,
             shown: Message(zh: "新快照", en: "SNAPSHOT")),
        Slot("day", keyword: Term("as of", "截至"), .expression,
             shown: Message(zh: "日期", en: "DATE")),
        Slot("tree", keyword: Term("tree", "依据"), .path, required: false,
             shown: Message(zh: "名册或快照", en: "ROSTER|SNAPSHOT")),
        Slot("like", keyword: Term("like", "沿用"), .path, required: false,
             shown: Message(zh: "上次的快照", en: "SNAPSHOT")),
        Slot("mapping", keyword: Term("mapping", "标题对照"), .path, required: false),
        Slot("corrections", keyword: Term("corrections", "更正"), .paths, required: false),
        Slot("questions", keyword: Term("questions", "问题"), .path, required: false),
        Slot("sheet", keyword: Term("sheet", "工作表"), .text, required: false),
        Slot("table", keyword: Term("table", "表"), .name, required: false),
        Slot("mode", .word([Term("tried", "试读")]), required: false),
    ])
    static let summary = Message(
        zh: "把各单位报来的名册（Excel、CSV）导入成快照；逐行交代收下、提问、略过，"
            + "并把问题写成工作簿交回",
        en: "turn rosters (Excel, CSV) into a snapshot; every row is taken, asked about or passed "
            + "over, and the questions go into a workbook")
    static let topics = ["excel", "xlsx", "xls", "csv", "名册", "花名册", "汇总", "roster"]
    static let traits: CommandTraits = .typed
    static let argument: CommandArgument? = .data

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let binder = session.binder(call.source)
        func path(_ label: String) -> String? {
            call.text(label).map { homePath(binder.shownText($0)) }
        }
        var options = ImportOptions()
        options.files = call.paths("files").map { homePath(binder.shownText($0)) }
        options.target = path("to") ?? ""
        options.asOf = try day(call, session)
        options.units = path("tree")
        options.like = path("like")
        options.mapping = path("mapping")
        options.corrections = call.paths("corrections").map { homePath(binder.shownText($0)) }
        options.questions = path("questions")
        options.sheet = call.text("sheet").map { binder.shownText($0) }
        options.table = call.name("table")?.text
        options.isDryRun = call.word("mode") != nil
        options.language = session.preferences.language
        let result = try session.imported(options)
        return result.account(session.preferences.language)
    }

    private static func day(_ call: CommandCall, _ session: Session) throws -> Int32 {
        guard let expression = call.expression("day") else { return 0 }
        guard case (.day(let day), .day)? = try? session.value(of: expression, call.source) else {
            throw Diagnostic("import.day", Message(zh: "“截至”之后应为日期，如 2015-10-31",
                                                   en: "as of takes a day, like 2015-10-31"),
                             at: expression.span)
        }
        return day
    }
}

extension Session {
    /// Carries an import out, its progress shown.
    func imported(_ options: ImportOptions) throws -> ImportResult {
        // The program's own samples are there in whatever folder one is.
        var options = options
        options.files = options.files.map { SharedFiles.sample($0) ?? $0 }
        options.units = options.units.map { SharedFiles.sample($0) ?? $0 }
        options.like = options.like.map { SharedFiles.sample($0) ?? $0 }
        let doing = Message(zh: "导入 \(options.files.count) 个文件",
                            en: "importing \(options.files.count) files")
        return try following(doing) {
            let advance = advance
            guard let importer = Importer(options, environment.domain, isCancelled: isInterrupted,
                                          advance: { try advance($0, $1) }) else {
                throw Diagnostic("import.none", Message(zh: "这类数据不能导入",
                                                        en: "these books import nothing"))
            }
            return try importer.run(files)
        }
    }
}
