extension Plan {
    /// What the stage means for total rows of what is beneath it: it computes, but it does not
    /// judge them. Nil for what begins a relation of its own.
    package var totalsRule: TotalsRule? {
        switch node {
        case .filter, .sort, .limit: .notJudged
        case .project: .recomputed
        case .window(_, let window):
            switch window.kind {
            case .rank, .shifted: TotalsRule.none
            case .benchmark: .common
            case .cumulate, .sum, .previous: .amongTotals
            }
        case .scan, .table, .one, .append, .aggregate, .totals, .pivot: nil
        }
    }

    /// The stages between the grouping beneath and here, from the grouping on, itself included;
    /// those that add subtotals left out.
    package var stagesOfGrouping: [Plan] {
        chain.prefix { if case .aggregate = $0.node { false } else { true } }.reversed()
            .filter { if case .totals = $0.node { false } else { true } }
    }
}
