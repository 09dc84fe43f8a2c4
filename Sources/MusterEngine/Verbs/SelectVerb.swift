import MusterValues
import MusterDiagnostics
import MusterLanguage

enum SelectVerb: Verb {
    static let signature = Signature(Term("select", "选取"),
                                     [Slot("columns", .bindings(named: false))])
    static let summary = Message(zh: "只要这些列", en: "these columns and no others")
    static let examples = [
        Example("members | where cadre = full_time | select unit.district, name, registered",
                Message(zh: "专职团干部名单", en: "a list of full-time cadres")),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let scope = Scope(input.schema)
        var keep: [Int] = [], add: [Scalar] = [], columns: [ColumnInfo] = [], order: [Int] = []
        let bindings = stage.bindings("columns")
        let found = try binder.each(bindings) {
            ($0, try Columns.bind($0, scope, input.schema, binder))
        }
        for (binding, bound) in found {
            if columns.contains(where: { $0.name.collides(with: bound.info.name) }) {
                throw binder.repeated(bound.info.name, binding.value.span)
            }
            columns.append(bound.info)
            if let position = bound.position {
                order.append(keep.count)
                keep.append(position)
            } else {
                order.append(-1 - add.count)
                add.append(bound.value)
            }
        }
        if let period = input.schema.openPeriod, !columns.contains(where: { $0.role == .period }) {
            let name = input.schema.columns[period].name
            throw Diagnostic("over.select", Message(
                zh: "历年、历月、历次 之后的 选取 须保留“\(name.zh)”，否则同一个人会算好几次",
                en: "select behind over must keep \(name.en), else a person counts several times"),
                at: stage.span, hint: Message(zh: "在 选取 里加上 \(name.zh)",
                                              en: "add \(name.en) to select"))
        }
        var schema = input.schema
        schema.entity = nil
        schema.columns = columns
        schema.openPeriod = columns.firstIndex { $0.role == .period }
            .flatMap { input.schema.openPeriod == nil ? nil : $0 }
        // A projection puts kept columns first; a second one puts them in the order asked for.
        let places = order.map { $0 >= 0 ? $0 : keep.count - 1 - $0 }
        let first = Plan(.project(input, keep: keep, add: add), schema)
        guard places != Array(places.indices) else { return first }
        return Plan(.project(first, keep: places, add: []), schema)
    }
}

/// Columns named or computed by `select` and `derive`.
enum Columns {
    struct Bound {
        var info: ColumnInfo
        let value: Scalar
        /// The input's column that it simply is.
        let position: Int?
    }

    static func bind(_ binding: Binding, _ scope: Scope, _ schema: Schema, _ binder: Binder)
        throws -> Bound {
        var info: ColumnInfo
        let value: Scalar
        var position: Int?
        if case .path(let names) = binding.value.kind {
            let found = try binder.resolve(names, scope)
            value = found.value
            position = found.column
            info = found.column.map { schema.columns[$0] } ?? ColumnInfo(found.path, value.type)
            if let field = found.field { info.display = field.display }
        } else {
            value = try binder.bind(binding.value, scope)
            info = ColumnInfo([Term(binder.sourceText(binding.value.span))], value.type)
            info.overPeriods = inherited(value, schema, binder)
            let counts = value.columns.filter {
                schema.columns.indices.contains($0) && schema.columns[$0].overPeriods != nil
            }
            info.isOfOnePeriod = !counts.isEmpty
                && counts.allSatisfy { schema.columns[$0].isOfOnePeriod }
            try binder.refuseAddingPeriods(value, schema.columns, binding.value.span)
            info.isRatio = value.type.isNumeric && (value.divides
                || value.sources.contains {
                    schema.columns.indices.contains($0) && schema.columns[$0].isRatio
                })
        }
        if let alias = binding.alias {
            let term = ColumnNames.term(alias.text)
            binder.note(alias.span, term)
            info.path = [term]
            info.label = nil
        }
        return Bound(info: info, value: value, position: position)
    }

    /// A computed column made of counts over periods is one itself.
    private static func inherited(_ value: Scalar, _ schema: Schema, _ binder: Binder)
        -> PeriodMeasure? {
        guard value.type.isNumeric, binder.isAdditive(value) else { return nil }
        let kinds = value.columns.compactMap {
            schema.columns.indices.contains($0) ? schema.columns[$0].overPeriods : nil
        }
        return kinds.contains(.stock) ? .stock : kinds.first
    }
}
