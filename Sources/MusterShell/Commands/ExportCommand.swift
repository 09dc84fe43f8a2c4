import MusterBinding
import MusterDiagnostics
import MusterLanguage

/// `export "FILE"` on its own: the last result as a file.
enum ExportCommand: Command {
    static let signature = Signature(VerbNames.export, [Slot("file", .path)])
    static let summary = Message(zh: "把上一个结果写成文件，格式看扩展名",
                                 en: "write the last result to a file, by its ending")
    static let topics = ["excel", "保存", "文件", "save", "file"]
    static let synonyms = [
        "保存", "另存为", "保存为", "保存到", "存成", "输出", "写入", "导出为", "导出到", "write", "to_csv",
        "to_excel",
    ]
    static let traits: CommandTraits = .goesOn
    static let argument: CommandArgument? = .newFile

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard session.answer != nil else {
            throw Diagnostic("last.none", Message(
                zh: "前面还没有结果", en: "there is no result yet"), at: call.span,
                hint: Message(zh: "先写查询；或接在查询之后：… | \(signature.name.zh) \"文件.xlsx\"",
                              en: "first a query, or behind one: … | \(signature.name.en) "
                                  + "\"FILE.xlsx\""))
        }
        let stage = Stage(verb: VerbNames.export.en, name: call.name, arguments: call.arguments,
                          span: call.span)
        var pipeline = Pipeline(.last, sourceSpan: call.name.span, span: call.span)
        pipeline.stages = [stage]
        let query = Expression(.pipeline(pipeline), call.span)
        return [.carryOut([Statement(.query(query), call.span)], call.source)]
    }
}
