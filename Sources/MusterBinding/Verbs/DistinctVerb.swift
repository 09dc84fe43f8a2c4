import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum DistinctVerb: Verb {
    static let signature = Signature(Term("distinct", "去重"), [Slot("keys", .keys)])
    static let summary = Message(zh: "这些列的不同组合，每种一行",
                                 en: "the different combinations of some columns")
    static let traits: VerbTraits = .regroups
    static let synonyms = ["unique", "dedupe", "uniq", "唯一"]
    static let kin = ["drop_duplicates"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let keys = try binder.keys(stage.keys("keys"), input)
        return try binder.aggregate(input, keys: keys, at: stage.span) { _ in [] }
    }
}
