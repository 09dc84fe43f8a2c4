import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum SelectVerb: Verb {
    static let signature = Signature(Term("select", "选取"),
                                     [Slot("columns", .bindings(named: false))])
    static let summary = Message(zh: "只要这些列", en: "these columns and no others")
    static let topics = ["名单", "花名册", "list", "roster"]
    static let traits: VerbTraits = .chooses
    static let synonyms = ["project"]
    static let kin = [
        "列出", "显示", "查看", "选择", "选", "list", "print", "show", "rename", "重命名", "改名",
        "pick", "名单",
    ]
    static let slips: [Slip] = [
        Slip(#"\|\s*select\s+\*<end>"#,
             ""),
        Slip(#"\|\s*(?:列出|显示|查看|list|show|print)\s*([\w.]+(?:\s*[,，、]\s*[\w.]+)+)<end>"#,
             "| \(signature.name.en) $1 "),
        Slip(#"^\s*(?:列出|显示|查看|查询|list|show|print)\s*(?:所有|全部|all\s)?\s*的?\s*(<source>)(?![\w.])"#,
             "$1"),
        Slip(#"^\s*(?:所有|全部|all\s+)\s*的?\s*(<source>)(?![\w.])"#,
             "$1"),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let scope = Scope(input)
        let found = try binder.each(stage.bindings("columns")) {
            ($0, try Columns.bind($0, scope, input, binder))
        }
        var columns: [ColumnInfo] = [], values: [Scalar] = []
        for (binding, bound) in found {
            if columns.contains(where: { $0.name.collides(with: bound.info.name) }) {
                throw binder.repeated(bound.info.name, binding.value.span)
            }
            // The same column a second time is a column of its own.
            let isTaken = columns.contains { $0.id == bound.info.id }
            columns.append(isTaken ? bound.info.identified(binder.newID()) : bound.info)
            values.append(bound.value)
        }
        try requirePeriod(columns, input, stage)
        // Rows are told apart by their keys, whether these are shown or not.
        for column in input.schema.columns where column.keyIndex != nil || column.role == .period {
            guard !columns.contains(where: { $0.id == column.id }) else { continue }
            var hidden = column
            hidden.isHidden = true
            columns.append(hidden)
            values.append(column.value)
        }
        var schema = input.schema
        (schema.entity, schema.table) = (nil, nil)
        schema.columns = columns
        return Plan(.project(input, values), schema)
    }

    private static func requirePeriod(_ columns: [ColumnInfo], _ input: Plan, _ stage: Stage)
        throws {
        guard let period = input.schema.openPeriod.flatMap({ input.schema[$0] }),
              !columns.contains(where: { $0.id == period.id }) else { return }
        let name = period.name
        throw Diagnostic("over.select", Message(
            zh: "历年、历月、历次 之后的 选取 须保留“\(name.zh)”，否则同一个人会算好几次",
            en: "select behind over must keep \(name.en), else a person counts several times"),
            at: stage.span, hint: Message(zh: "在 选取 里加上 \(name.zh)",
                                          en: "add \(name.en) to select"))
    }
}

/// Columns named or computed by `select` and `derive`.
enum Columns {
    struct Bound {
        var info: ColumnInfo
        let value: Scalar
        /// Whether it simply is a column of the input.
        let isColumn: Bool
    }

    static func bind(_ binding: Binding, _ scope: Scope, _ input: Plan, _ binder: Binder) throws
        -> Bound {
        var info: ColumnInfo
        let value: Scalar
        var isColumn = false
        let expression = binding.alias == nil ? binder.naming(binding.value, scope)
            : binding.value
        if case .path(let names) = expression.kind {
            let found = try binder.resolve(names, scope)
            value = found.value
            isColumn = found.column != nil
            info = found.column ?? ColumnInfo(binder.newID(), found.path, value.type)
            if let field = found.field { info.display = field.display }
        } else {
            value = try binder.bind(binding.value, scope)
            info = ColumnInfo(binder.newID(), [Term(binder.sourceText(binding.value.span))],
                              value.type)
            try binder.refuseAddingPeriods(value, input, binding.value.span)
        }
        if let alias = binding.alias {
            let term = ColumnNames.term(alias.text)
            binder.note(alias.span, term)
            info.path = [term]
            info.label = nil
        }
        return Bound(info: info, value: value, isColumn: isColumn)
    }
}
