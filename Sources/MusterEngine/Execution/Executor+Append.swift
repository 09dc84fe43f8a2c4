import MusterPlan
import MusterStore

extension Executor {
    /// The rows of both plans, each read where it says. Groups and what totals were made of are
    /// forgotten, as in a table that is kept; totals go on being totals.
    func appended(_ first: Plan, _ second: Plan, _ schema: Schema) throws -> Frame {
        let parts = try [first, second].map { plan -> Frame in
            let frame = try executeWhole(plan) ?? execute(plan)
            return Frame(count: frame.count, ids: schema.columns.map(\.id),
                         columns: plan.schema.columns.map {
                             frame[$0.id] ?? $0.type.nones(frame.count)
                         },
                         places: frame.places, totals: frame.marks(plan.schema, in: schema))
        }
        try run.checkCells(rows: parts.reduce(0) { $0 + $1.count }, columns: schema.columns.count)
        return try Frame.concatenated(parts, run) ?? parts[0]
    }
}

extension Frame {
    /// The marks of its totals by the keys of another schema with as many columns: those over a
    /// key that is none there are over one that is not shown.
    fileprivate func marks(_ own: Schema, in other: Schema) -> [UInt64]? {
        let keys = zip(own.columns, other.columns).map {
            (Frame.mark($0.keyIndex), Frame.mark($1.keyIndex))
        }
        return totals?.map { marks in
            guard marks != 0 else { return 0 }
            let moved = keys.reduce(0) { $1.0 & marks == 0 ? $0 : $0 | $1.1 }
            return (moved == 0 ? Frame.mark(Totals.keyLimit - 1) : moved) | marks & Frame.subtotal
        }
    }
}
