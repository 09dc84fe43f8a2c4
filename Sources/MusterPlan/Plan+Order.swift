extension Plan {
    /// Whether a `sort` decided the order of the rows, or they stand as they came. Rows of a
    /// grouping stand in the order of its keys.
    package var isSorted: Bool {
        switch node {
        case .sort: true
        case .aggregate, .pivot: false
        default: input?.isSorted ?? true
        }
    }
}
