import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// `load PATH [as NAME]`.
enum LoadCommand: Command {
    static let signature = Signature(Term("load", "装载"), [
        Slot("path", .path, shown: Message(zh: "文件或文件夹", en: "FILE|FOLDER")),
        Slot("name", keyword: Term("as", "为"), .name, required: false),
    ])
    static let summary = Message(
        zh: "装载快照；后加“为 名称”则装载为普通表（JSON、NDJSON、CSV）",
        en: "load a snapshot; with as NAME a plain table (JSON, NDJSON, CSV)")
    static let topics = ["合并", "关联", "join", "merge"]
    static let synonyms = ["open", "import", "打开", "读取", "导入"]
    static let traits: CommandTraits = .bringsNames
    static let argument: CommandArgument? = .data

    /// A snapshot is what a lesson brings itself.
    static func isRehearsed(_ arguments: [String: SlotValue]) -> Bool { arguments["name"] != nil }

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let template = call.text("path") else { return [] }
        let path = homePath(session.binder(call.source).text(template))
        do {
            guard let name = call.name("name") else { return try session.loaded(path) }
            return try session.loadedTable(path, as: name, call.source)
        } catch let diagnostic as Diagnostic {
            throw diagnostic.placed(at: template.span)
        }
    }
}
