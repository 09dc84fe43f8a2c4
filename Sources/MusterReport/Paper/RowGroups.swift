import MusterDiagnostics
import MusterStore

/// Rows in groups by a first column that says the same of many in succession.
struct RowGroups {
    /// The column that names the groups.
    let column = 0
    private let shown: ShownColumn

    /// Nil where the first column tells the rows apart, or its values come again further down.
    init?(_ table: ResultTable, _ shown: [ShownColumn], _ presentation: Presentation)
        throws(Diagnostic) {
        guard table.columns.count >= 3, let first = shown.first, first.holdsText else { return nil }
        let rows = (0..<table.rowCount).filter { !table.totalRows.contains($0) }
        var names: Set<String> = [], last: String?
        var ordinary = 0
        for row in rows {
            try presentation.row(row, of: table.rowCount)
            let name = first.text(row)
            if name != last, !names.insert(name).inserted { return nil }
            last = name
            if table.isOrdinary(row) { ordinary += 1 }
        }
        guard !names.isEmpty, ordinary >= 2 * names.count else { return nil }
        self.shown = first
    }

    func lines(_ rows: [Int], _ presentation: Presentation) throws(Diagnostic)
        -> [PaperTable.Line] {
        var lines: [PaperTable.Line] = [], last: String?
        for row in rows {
            try presentation.row(row, of: rows.count)
            let name = shown.text(row)
            if name != last { lines.append(.group(name)) }
            last = name
            lines.append(.row(row))
        }
        return lines
    }
}

extension ResultTable {
    /// By column: subtotals and the one total whose figure the rows above do not add up to. Looks
    /// at counts and amounts only: nobody adds up rates.
    func totalsApart(_ presentation: Presentation) throws(Diagnostic) -> [Int: Set<Int>] {
        var apart: [Int: Set<Int>] = [:]
        for (place, column) in columns.enumerated()
        where column.display == .count || column.display == .hours {
            var whole: Sum? = Sum(), group: Sum? = Sum()
            for row in 0..<rowCount {
                try presentation.row(row, of: rowCount)
                let cell = cells[place][row]
                if totalRows.contains(row) {
                    if totalRows.count == 1, let whole, whole.differs(from: cell) {
                        apart[place, default: []].insert(row)
                    }
                } else if subtotalRows.contains(row) {
                    if let group, group.differs(from: cell) {
                        apart[place, default: []].insert(row)
                    }
                    group = Sum()
                } else {
                    whole = whole?.adding(cell)
                    group = group?.adding(cell)
                }
            }
        }
        return apart
    }

    /// An exact sum of decimals.
    private struct Sum {
        private var units: Int64 = 0
        private var places = 0

        /// Nil where it cannot be told exactly.
        func adding(_ cell: Cell) -> Sum? {
            guard cell != .none else { return self }
            guard let (value, other) = Self.parts(cell) else { return nil }
            var result = self
            let common = max(places, other)
            guard let own = Self.scaled(units, common - places),
                  let added = Self.scaled(value, common - other) else { return nil }
            let (sum, overflow) = own.addingReportingOverflow(added)
            guard !overflow else { return nil }
            (result.units, result.places) = (sum, common)
            return result
        }

        func differs(from cell: Cell) -> Bool {
            guard let (value, other) = Self.parts(cell) else { return false }
            let common = max(places, other)
            guard let own = Self.scaled(units, common - places),
                  let total = Self.scaled(value, common - other) else { return false }
            return own != total
        }

        private static func parts(_ cell: Cell) -> (value: Int64, places: Int)? {
            switch cell {
            case .integer(let value): (value, 0)
            case .decimal(let value, let places): (value, places)
            default: nil
            }
        }

        private static func scaled(_ value: Int64, _ places: Int) -> Int64? {
            var result = value
            for _ in 0..<places {
                let (next, overflow) = result.multipliedReportingOverflow(by: 10)
                guard !overflow else { return nil }
                result = next
            }
            return result
        }
    }
}
