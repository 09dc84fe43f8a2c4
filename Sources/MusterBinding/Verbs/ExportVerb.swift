import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum ExportVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("export", "导出"), [Slot("file", .path)])
    static let summary = Message(zh: "把结果写成文件，格式看扩展名", en: "write the result to a file, by its ending")
    static let topics = [
        "名单", "花名册", "list", "roster", "excel", "打印", "文件", "print", "file", "save",
        "保存",
    ]
    static let kin = ["save", "保存", "write", "写入", "输出", "to_csv", "outfile", "另存为"]
    static let slips: [Slip] = [
        Slip(#"\|\s*(?:save|保存|另存为|保存为|保存到|write|写入|输出|导出为|导出到|to_csv|to_excel)"#
                + #"\s*(?:as\s+|to\s+)?\(?\s*(["“'][^"”']*\.[A-Za-z]{1,6}["”'])\s*\)?<end>"#,
             "| \(signature.name.en) $1 "),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        if let file = stage.text("file") { binder.add(.export(binder.shownText(file), file.span)) }
        return input
    }
}
