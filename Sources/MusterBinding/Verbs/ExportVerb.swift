import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum ExportVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("export", "导出"), [Slot("file", .path)])
    static let summary = Message(zh: "把结果写成文件，格式看扩展名", en: "write the result to a file, by its ending")

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        if let file = stage.text("file") { binder.add(.export(binder.text(file), file.span)) }
        return input
    }
}
