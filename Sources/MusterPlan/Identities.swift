/// Identities that no column of a plan has yet, one after the other: the same text is always
/// bound to the same plan.
package struct Identities: Sendable {
    private var number: Int

    /// - Parameter plan: one that what is made goes on from.
    package init(above plan: Plan? = nil) {
        number = plan?.steps.map { step in step.highest }.max() ?? 0
    }

    package mutating func next() -> ColumnID {
        number += 1
        return ColumnID(number)
    }

    /// Leaves out every identity of a plan that is put in.
    package mutating func skip(_ plan: Plan) {
        number = max(number, Identities(above: plan).number)
    }
}

extension Plan {
    /// The highest identity that its own step uses.
    fileprivate var highest: Int {
        var ids = schema.columns.map(\.id)
        switch node {
        case .aggregate(_, let aggregation):
            ids += aggregation.measures.map(\.id) + aggregation.keys.map(\.column.id)
        case .pivot(_, let pivot): ids += pivot.cells.flatMap { $0 }
        default: break
        }
        return ids.map(\.number).max() ?? 0
    }
}
