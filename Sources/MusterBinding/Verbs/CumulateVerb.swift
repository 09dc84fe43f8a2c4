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
        guard let expression = stage.columns("column").first,
              case .path(let names) = expression.kind else { return input }
        let found = try binder.resolve(names, Scope(input))
        guard let column = found.column, column.type.isNumeric else {
            throw Diagnostic.mismatch(Message(
                zh: "累计 用的须是结果里的一列数", en: "cumulate takes a column of numbers"),
                at: expression.span)
        }
        try binder.refuseAddingRatios(found.value, input, expression.span)
        if input.additivity(of: column.id).repeatsPersons {
            throw binder.addingOverPeriods(expression.span)
        }
        var info = column.identified(binder.newID())
        info.path = [ColumnNames.cumulative(info.name)]
        info.role = .value
        info.keyIndex = nil
        info.label = info.label.map(ColumnNames.cumulative)
        return try binder.window(input, .cumulate(found.value),
                                 by: try SortVerb.groups(stage, input, binder), info,
                                 at: stage.span)
    }
}
