/// In which snapshot and at which day the rows of a relation are read, when a field or a path is
/// asked of them.
package enum RowReadings: Sendable, Hashable, Codable {
    /// All of them there; nil where nothing is loaded.
    case fixed(Reading?)
    /// Each where it came from, or at its period.
    case own
}

extension Plan {
    /// Where its rows are read. `query` is where the statement itself reads; `kept` says it of a
    /// table's rows.
    package func rowReadings(query: Reading?, kept: (TableReference) -> RowReadings)
        -> RowReadings {
        switch node {
        case .scan(let scan):
            // A range of one period is a range: what holds does not depend on how many there are.
            return scan.readings.count == 1 && scan.readings[0].period == nil
                ? .fixed(scan.readings[0]) : .own
        case .table(let scan):
            guard let first = scan.readings.first else { return kept(scan.table) }
            return scan.readings.count == 1 && first.period == nil ? .fixed(first) : .own
        case .one(let reading): return .fixed(reading)
        case .append(let first, let second):
            let places = [first, second].map { $0.rowReadings(query: query, kept: kept) }
            // Rows of a file have no place of their own: they are read where the query reads.
            let known = Set(places.map { $0 == .fixed(nil) ? .fixed(query) : $0 })
            return known.count == 1 ? known.first ?? .own : .own
        case .aggregate(_, let aggregation): return aggregation.readings
        case .pivot(let input, let pivot):
            let own = input.rowReadings(query: query, kept: kept)
            guard own == .own else { return own }
            // Rows of several periods become one: it stands for none of them.
            return pivot.keys.contains { input.schema[$0]?.role == .period } ? .own
                : .fixed(query)
        default: return input?.rowReadings(query: query, kept: kept) ?? .fixed(query)
        }
    }

    /// Where the groups of a grouping by these keys are read: at their period where it is a key;
    /// groups of rows of several readings, whichever comes first, where the query reads.
    package func readings(ofGroupsBy keys: [GroupKey], query: Reading?,
                          kept: (TableReference) -> RowReadings) -> RowReadings {
        let own = rowReadings(query: query, kept: kept)
        guard own == .own else { return own }
        return keys.contains { $0.column.role == .period } ? .own : .fixed(query)
    }
}
