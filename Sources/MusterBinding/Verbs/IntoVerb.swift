import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum IntoVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("into", "存为"), [Slot("name", .name)])
    static let summary = Message(zh: "把结果存为一个表，以后不再变", en: "keep the result as a table that stays as it is")

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        if let name = stage.name("name") {
            try binder.checkNew(name)
            binder.add(.into(name.text))
        }
        return input
    }
}
