import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum IntoVerb: Verb {
    static let keepsColumns = true
    static let traits = VerbTraits.keeps
    static let signature = Signature(Term("into", "存为"), [Slot("name", .name)])
    static let summary = Message(zh: "把结果存为一个表，以后不再变", en: "keep the result as a table that stays as it is")
    static let topics = ["excel", "打印", "文件", "print", "file", "save", "保存"]
    static let synonyms = ["存成", "存入"]
    static let kin = ["save", "保存", "保存为", "另存为", "存", "as"]
    static let slips: [Slip] = [
        Slip(#"\|\s*(?:save\s+as|save|保存为|另存为|保存|存)\s+([\p{L}_]\w*)<end>"#,
             "| \(signature.name.en) $1 "),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        if let name = stage.name("name") {
            try binder.checkNew(name)
            binder.add(.into(name.text))
        }
        return input
    }
}
