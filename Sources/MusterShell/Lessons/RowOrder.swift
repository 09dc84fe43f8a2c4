import MusterBinding
import MusterLanguage
import MusterStore

/// The order in which the rows of an answer must stand.
enum RowOrder {
    case any
    /// Run by run. Rows of one run are tied and stand in any order; where the task takes the
    /// first rows only, any rows of the last run will do, so `of` holds all that could be taken.
    case runs([Range<Int>], of: ResultTable)

    /// Exactly as in the table.
    static func asWritten(_ table: ResultTable) -> RowOrder {
        .runs((0..<table.rowCount).map { $0..<($0 + 1) }, of: table)
    }

    var isAny: Bool { if case .any = self { true } else { false } }
}

extension Pipeline {
    /// Where the verb stands that the order of the result comes from: the last `sort` without a
    /// grouping behind it, which would have an order of its own.
    var decidingSort: Int? {
        let place = stages.lastIndex { $0.traits.contains(.orders) }
        guard let place, !stages[place...].contains(where: { $0.traits.contains(.regroups) })
        else { return nil }
        return place
    }

    /// The query without `take` behind its `sort`, and with a column of that name that holds
    /// the place of each row, the same for those that are tied.
    func showingTies(as column: String) -> Pipeline? {
        guard let place = decidingSort, let keys = stages[place].arguments["keys"] else {
            return nil
        }
        let span = stages[place].span
        let name = Name(column, span)
        var shown = self
        shown.stages[(place + 1)...].removeAll { $0.traits.contains(.cuts) }
        for index in shown.stages.indices.dropFirst(place + 1) {
            guard case .bindings(let kept)? = shown.stages[index].arguments["columns"] else {
                continue
            }
            let own = Binding(Expression(.path([name]), span))
            shown.stages[index].arguments["columns"] = .bindings(kept + [own])
        }
        shown.stages.insert(
            Stage(verb: VerbNames.rank, name: Name(VerbNames.rank, span),
                  arguments: ["keys": keys, "name": .name(name)], span: span), at: place + 1)
        return shown
    }
}
