import MusterValues
import MusterDiagnostics

/// Horizontal bars, a line over the categories, or upright columns.
package enum ChartKind: String, Sendable, Hashable { case bar, line, column }

/// A picture of some columns of a result, not yet drawn: the same for every format.
package struct Chart: Sendable, Hashable {
    package struct Series: Sendable, Hashable {
        package let column: ResultColumn
        /// One value a category; nil where there is none.
        package let values: [Double?]

        package init(column: ResultColumn, values: [Double?]) {
            self.column = column
            self.values = values
        }
    }
    package let kind: ChartKind
    package let category: ResultColumn
    package let categories: [Cell]
    package let series: [Series]
    /// The value to reach a category (`target`), drawn as a line: all nil without targets.
    package let targets: [Double?]
    /// Rows of a ranked result that have no rank, and hence no place in the picture.
    package let unranked: Int

    package init(kind: ChartKind, category: ResultColumn, categories: [Cell], series: [Series],
                targets: [Double?], unranked: Int = 0) {
        self.kind = kind
        self.category = category
        self.categories = categories
        self.series = series
        self.targets = targets
        self.unranked = unranked
    }
}

extension Chart {
    /// The chart of a finished table, its total rows left out. Bars and columns of a result that
    /// was ranked by what they show stand in the order of their ranks, without rows that have
    /// none; all others in that of the rows. Where the category alone does not tell the rows
    /// apart, the other keys make series of them. Nil where a column is missing.
    package init?(_ table: ResultTable, kind: ChartKind, category: Term, values: [Term],
                 rate: Term, target: Term, rank: Term) {
        func position(_ name: Term) -> Int? { table.columns.firstIndex { $0.name == name } }
        let places = values.compactMap(position)
        guard let x = position(category), let first = places.first, places.count == values.count
        else { return nil }
        let all = (0..<table.rowCount).filter(table.isOrdinary)
        let ranked = kind == .line ? nil : position(rank).flatMap {
            Self.ranked(all, by: table.cells[$0], showing: table.cells[first])
        }
        let rows = ranked ?? all
        func numbers(_ column: Int) -> [Double?] { rows.map { table.cells[column][$0].number } }
        let targetColumn = values.contains(rate) ? position(target) : nil
        let plain = Chart(
            kind: kind, category: table.columns[x], categories: rows.map { table.cells[x][$0] },
            series: places.map { Series(column: table.columns[$0], values: numbers($0)) },
            targets: targetColumn.map(numbers) ?? rows.map { _ in nil },
            unranked: all.count - rows.count)
        let others = table.columns.indices.filter { table.columns[$0].isKey && $0 != x }
        self = plain.apart(others.map { column in rows.map { table.cells[column][$0] } })
    }

    /// The rows that have a rank, in its order. Nil where that does not put the values in order:
    /// ranks within groups, or of another column.
    private static func ranked(_ rows: [Int], by ranks: [Cell], showing values: [Cell]) -> [Int]? {
        let ordered = rows.enumerated().compactMap { place, row in
            ranks[row].number.map { (row: row, rank: $0, place: place) }
        }.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.row)
        let shown = ordered.compactMap { values[$0].number }
        let pairs = zip(shown, shown.dropFirst())
        let isInOrder = pairs.allSatisfy(>=) || pairs.allSatisfy(<=)
        return isInOrder && !shown.isEmpty ? ordered : nil
    }
}

extension Cell {
    /// The value as a number to draw.
    package var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .decimal(let value, let places): FixedPoint.double(value, places)
        case .number(let value): value.isNaN ? nil : value
        default: nil
        }
    }
}
