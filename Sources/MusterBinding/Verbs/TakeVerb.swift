import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum TakeVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("take", "取前"), [
        Slot("count", .number),
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
    ])
    static let summary = Message(zh: "前 N 行，可在每组内取", en: "the first N rows, also of each group")
    static let topics = ["最多", "最高", "最少", "最低", "前几名", "top", "most", "best"]
    static let traits: VerbTraits = .cuts
    /// `limit 5 by K` and `前5 按 K` mean five of each here and the first five by K there.
    static let kin = ["limit", "head", "first", "top", "fetch", "slice", "限制", "前", "取", "前几"]
    static let slips: [Slip] = [
        Slip(#"\|\s*(?:limit|head|top|first|限制|前|取)\s*(\d+)\s*(?:名|个|行|条|位|人)?<end>"#,
             "| \(signature.name.en) $1 "),
        Slip(#"\|\s*(?:slice_)?head\s*\(\s*(?:n\s*=\s*)?(\d+)\s*\)"#,
             "| \(signature.name.en) $1"),
        Slip(#"\|\s*top\s+(\d+)\s+by\s+([\w.]+)(?:\s+desc)?<end>"#,
             "| \(SortVerb.signature.name.en) -$2 | \(signature.name.en) $1 "),
        Slip(#"\|\s*top\s+(\d+)\s+by\s+([\w.]+)\s+asc<end>"#,
             "| \(SortVerb.signature.name.en) $2 | \(signature.name.en) $1 "),
    ] + [("三", 3), ("五", 5), ("十", 10), ("二十", 20), ("一百", 100)].map { word, number in
        Slip(#"\|\s*取?前\s*\#(word)\s*(?:名|个|行|条|位|人)?<end>"#,
             "| \(signature.name.en) \(number) ")
    }

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let expression = stage.expression("count") else { return input }
        guard case (.int(let count), .integer) = try binder.constant(expression),
              (0...Int64(Int32.max)).contains(count) else {
            throw Diagnostic.mismatch(Message(zh: "取前 后面须是整数", en: "take needs a whole number"),
                                      at: expression.span,
                                      hint: Message(zh: "例如 取前 10", en: "for example take 10"))
        }
        let groups = try SortVerb.groups(stage, input, binder)
        if let first = stage.keys().first, let last = stage.keys().last {
            try binder.remarkOnSmallGroups(input, Int(count), by: groups,
                                           at: first.value.span.union(last.value.span))
        }
        return Plan(.limit(input, Int(count), by: groups), input.schema)
    }
}
