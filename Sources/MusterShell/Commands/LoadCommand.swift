import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// `load PATH [sheet "NAME"] [as NAME]`.
enum LoadCommand: Command {
    static let signature = Signature(Term("load", "装载"), [
        Slot("path", .path, shown: Message(zh: "文件或文件夹", en: "FILE|FOLDER")),
        Slot("sheet", keyword: Term("sheet", "工作表"), .text, required: false,
             shown: Message(zh: "\"名称\"", en: "\"NAME\"")),
        Slot("name", keyword: Term("as", "为"), .name, required: false),
        Slot("types", keyword: Term("with", "并以"), .typings(TableShape.typeNames),
             required: false),
    ])
    static let summary = Message(
        zh: "装载快照；后加“为 名称”则装载为普通表（.xlsx、.xls、CSV、TSV、JSON、NDJSON），"
            + "“工作表”指明工作簿中的一个，“并以 列 为 类型”指定列的类型",
        en: "load a snapshot; with as NAME a plain table (.xlsx, .xls, CSV, TSV, JSON, NDJSON), "
            + "with sheet one of a workbook, and with COLUMN as TYPE the type of a column")
    static let topics = ["合并", "关联", "join", "merge"]
    static let synonyms = ["open", "打开", "读取"]
    static let traits: CommandTraits = .bringsNames
    static let argument: CommandArgument? = .data

    /// A snapshot is what a lesson brings itself.
    static func isRehearsed(_ arguments: [String: SlotValue]) -> Bool { arguments["name"] != nil }

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let template = call.text("path") else { return [] }
        let path = homePath(session.binder(call.source).shownText(template))
        do {
            try session.files.checkReading(SharedFiles.sample(path) ?? path)
            guard let name = call.name("name") else {
                guard call.typings("types").isEmpty else { throw typesWithoutName }
                guard call.text("sheet") == nil else { throw sheetWithoutName }
                return try session.loaded(path)
            }
            let sheet = call.text("sheet").map { session.binder(call.source).shownText($0) }
            return try session.loadedTable(path, sheet: sheet, as: name, call.typings("types"),
                                           call.source)
        } catch let diagnostic as Diagnostic {
            throw diagnostic.placed(at: template.span)
        }
    }

    private static var typesWithoutName: Diagnostic {
        Diagnostic("load.types", Message(
            zh: "快照的列有固定的类型，“并以”只用于普通表",
            en: "a snapshot's columns have their types: with is for plain tables"),
            hint: Message(zh: "写作 装载 \"文件\" 为 名称 并以 列 为 类型",
                          en: "write load \"FILE\" as NAME with COLUMN as TYPE"))
    }

    private static var sheetWithoutName: Diagnostic {
        Diagnostic("load.sheet", Message(
            zh: "快照没有工作表，“工作表”只用于普通表",
            en: "a snapshot has no sheets: sheet is for plain tables"),
            hint: Message(zh: "写作 装载 \"文件\" 工作表 \"名称\" 为 表名",
                          en: "write load \"FILE\" sheet \"NAME\" as NAME"))
    }
}
