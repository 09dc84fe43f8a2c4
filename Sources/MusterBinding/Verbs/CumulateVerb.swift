import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum CumulateVerb: Verb {
    static let signature = Signature(Term("cumulate", "累计"), [
        Slot("column", .column),
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
    ])
    static let summary = Message(zh: "按行的顺序累加一列，可在每组内", en: "a running total, also within groups")
    static let traits: VerbTraits = .addsColumns
    static let synonyms = ["cumsum", "累加", "累积"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let (column, span) = try binder.addedColumn(stage, input, signature.name)
        else { return input }
        if input.additivity(of: column.id).repeatsPersons { throw binder.addingOverPeriods(span) }
        var info = column.identified(binder.newID())
        info.path = [ColumnNames.cumulative(info.name)]
        info.role = .value
        info.keyIndex = nil
        info.label = info.label.map(ColumnNames.cumulative)
        return try binder.window(input, .cumulate(column.value),
                                 by: try SortVerb.groups(stage, input, binder), info,
                                 at: stage.span)
    }
}
