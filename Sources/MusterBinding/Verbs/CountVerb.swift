import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum CountVerb: Verb {
    static let signature = Signature(Term("count", "计数"), [
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
    ])
    static let summary = Message(zh: "数行数，可分组", en: "count rows, also by group")

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let name = countsPersons(input, binder) ? ColumnNames.persons : ColumnNames.rows
        let keys = try binder.keys(stage.keys(), input)
        return try binder.aggregate(input, keys: keys, at: stage.span) { scope in
            let list = try binder.list(of: scope([]))
            return [(ColumnInfo(binder.newID(), [name], .integer),
                     list.add(.count, where: nil, .integer))]
        }
    }

    /// Whether a row of the plan is a person.
    static func countsPersons(_ input: Plan, _ binder: Binder) -> Bool {
        var plan: Plan? = input
        while let current = plan {
            switch current.node {
            case .scan(let scan):
                return binder.domain.entity(scan.entity)?.countsPersons == true
            case .aggregate, .table, .one, .pivot: return false
            default: plan = current.input
            }
        }
        return false
    }
}

extension Binder {
    func list(of scope: Scope) throws -> MeasureList {
        guard let list = scope.aggregates else {
            preconditionFailure("a grouping's scope has a list of measures")
        }
        return list
    }
}
