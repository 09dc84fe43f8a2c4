import MusterBinding
import MusterPlan
import MusterStore

/// A table as it stands in the database.
package struct PushedTable: Codable, Sendable, Hashable {
    /// The entity's name, which is the table's.
    package let name: String
    package let rowCount: Int
    /// In the table's order.
    package let columns: [PushedColumn]
    /// Names of columns that no schema declared, and of those whose values are hidden.
    package let undeclared: [String]
    package let hidden: [String]

    /// - Parameter entity: says which days are months or years.
    package init(_ table: Table, _ entity: EntityDefinition) {
        name = table.name
        rowCount = table.rowCount
        let periods = Set(entity.fields.compactMap { field -> String? in
            guard field.type.isPeriod, case .stored(let name) = field.origin else { return nil }
            return name
        })
        columns = table.columnNames.compactMap { name in
            table[name].map {
                PushedColumn(name: name, isBlank: !$0.hasValues, kind: PushedColumn.Kind(
                    $0, isPeriod: periods.contains(name)))
            }
        }
        undeclared = table.undeclared
        hidden = table.hidden.sorted()
    }

    package init(name: String, rowCount: Int, columns: [PushedColumn], undeclared: [String],
                 hidden: [String]) {
        self.name = name
        self.rowCount = rowCount
        self.columns = columns
        self.undeclared = undeclared
        self.hidden = hidden
    }

    /// The table without its rows.
    var empty: Table { table(columns.map(\.empty), rowCount: 0) }

    func table(_ values: [Column], rowCount: Int) -> Table {
        Table(name: name, rowCount: rowCount, columns: Array(zip(columns.map(\.name), values)),
              undeclared: undeclared, hidden: Set(hidden))
    }
}

/// A column as it stands in the database.
package struct PushedColumn: Codable, Sendable, Hashable {
    /// As the table has it; `Layout.column` says what the database calls it.
    package let name: String
    /// Whether no row has a value: it goes with columns of any type.
    package let isBlank: Bool
    package let kind: Kind

    package init(name: String, isBlank: Bool, kind: Kind) {
        self.name = name
        self.isBlank = isBlank
        self.kind = kind
    }

    /// The column without its values, blank where it was.
    var empty: Column {
        if kind == .text, !isBlank { return .text([], TextDictionary([""])) }
        return kind.column([])
    }

    /// What its values are in memory.
    package enum Kind: Codable, Sendable, Hashable {
        case text, day, period, integer, hundredths, double, bool
        case decimal(places: Int)
        case reference(table: String)

        package init(_ column: Column, isPeriod: Bool) {
            self = switch column {
            case .text: .text
            case .day: isPeriod ? .period : .day
            case .integer: .integer
            case .hundredths: .hundredths
            case .decimal(_, let places): .decimal(places: places)
            case .double: .double
            case .bool: .bool
            case .reference(_, let table): .reference(table: table)
            }
        }

        /// As what its values are asked for.
        package var valueType: ValueType {
            switch self {
            case .text: .plainText
            case .day: .day
            case .period: .year
            case .integer, .hundredths, .decimal: .integer
            case .double: .number
            case .bool: .bool
            case .reference(let table): .row(table)
            }
        }

        /// The column in memory of what was received in parts; of no rows where there are none.
        func column(_ parts: [Vector]) -> Column {
            switch (self, Vector.concatenated(parts)) {
            case (.text, .text(let codes, let texts)?): .text(codes, texts)
            case (.text, _): .text([], .empty)
            case (.day, .day(let values)?), (.period, .day(let values)?): .day(values)
            case (.day, _), (.period, _): .day([])
            case (.integer, .int(let values)?): .integer(values)
            case (.integer, _): .integer([])
            case (.hundredths, .int(let values)?):
                .hundredths(values.map { Int32(exactly: $0) ?? None.short })
            case (.hundredths, _): .hundredths([])
            case (.decimal(let places), .int(let values)?): .decimal(values, places: places)
            case (.decimal(let places), _): .decimal([], places: places)
            case (.double, .double(let values)?): .double(values)
            case (.double, _): .double([])
            case (.bool, .bool(let values)?): .bool(values)
            case (.bool, _): .bool([])
            case (.reference(let table), .row(let rows)?): .reference(rows, table: table)
            case (.reference(let table), _): .reference([], table: table)
            }
        }
    }
}
