import MusterBinding
import MusterDiagnostics
import MusterStore

/// One table to be made in the database, with its rows.
package struct PushedPart {
    package struct Column {
        /// What the database calls it.
        package let name: String
        package let kind: PushedColumn.Kind
        /// Whether every row has a value.
        package let isFull: Bool
        package let values: Values
    }

    /// Values by the number of the row.
    package enum Values {
        case column(MusterStore.Column)
        /// Whole numbers that are made of the row's number.
        case made((Int) -> Int32)
    }

    package let name: String
    package let columns: [Column]
    /// Columns that each get an index.
    package let indexes: [String]
    package let rowCount: Int
    /// Gives the numbers of the rows as the values take them; nil for 0 and so on.
    fileprivate var rows: ((_ row: (Int) throws -> Void) throws -> Void)?

    package func forEachRow(_ body: (Int) throws -> Void) throws {
        if let rows { return try rows(body) }
        for row in 0..<rowCount { try body(row) }
    }
}

/// What a snapshot's tables are made of in the database.
package struct PushedParts {
    package private(set) var all: [PushedPart] = []
    private let domain: Domain

    /// - Parameter tables: with what the database will say of each.
    package init(_ tables: [(Table, PushedTable)], rejects: [Reject], domain: Domain) {
        self.domain = domain
        var referred = Set<String>()
        for (_, pushed) in tables {
            for column in pushed.columns {
                if case .reference(let table) = column.kind { referred.insert(table) }
            }
        }
        for (table, pushed) in tables {
            guard let entity = domain.entity(table.name) else { continue }
            let isTree = entity.parentField != nil
            var part = part(table, pushed, entity, isReferred: referred.contains(table.name)
                                    || isTree)
            if isTree, case .reference(let above, _)? = entity.parentField.flatMap({ table[$0] }) {
                let depths = depths(above)
                part = with(part, table, entity, above, depths)
                all.append(part)
                all.append(Self.closure(entity.name, above, depths))
            } else {
                all.append(part)
            }
        }
        all.append(Self.rejects(rejects))
    }

    /// The number of the row itself.
    private static var number: PushedPart.Column {
        PushedPart.Column(name: Layout.row, kind: .reference(table: ""), isFull: true,
                          values: .made { Int32($0) })
    }

    private func part(_ table: Table, _ pushed: PushedTable, _ entity: EntityDefinition,
                      isReferred: Bool) -> PushedPart {
        var columns = [Self.number]
        var indexes = isReferred ? [Layout.row] : []
        for column in pushed.columns {
            guard let values = table[column.name] else { continue }
            let name = Layout.column(column.name)
            columns.append(PushedPart.Column(name: name, kind: column.kind, isFull: false,
                                             values: .column(values)))
            if case .reference = column.kind { indexes.append(name) }
            if column.name == entity.keyField { indexes.append(name) }
        }
        return PushedPart(name: table.name, columns: columns, indexes: indexes,
                          rowCount: table.rowCount)
    }

    /// With how deep each row of a tree lies, and the row of each level above it.
    private func with(_ part: PushedPart, _ table: Table, _ entity: EntityDefinition,
                      _ above: [Int32], _ depths: [Int32]) -> PushedPart {
        var columns = part.columns
        columns.append(Self.rows(Layout.depth, depths, isFull: true))
        if let field = entity.levelField, case .text(let codes, let texts)? = table[field] {
            for level in entity.levels {
                let code = texts.code(of: level.en)
                let rows = nearestAbove(above) { code != nil && codes[$0] == code }
                columns.append(Self.rows(Layout.ancestor(level.en), rows))
            }
        }
        return PushedPart(name: part.name, columns: columns, indexes: part.indexes,
                          rowCount: part.rowCount)
    }

    private static func rows(_ name: String, _ rows: [Int32], isFull: Bool = false)
        -> PushedPart.Column {
        PushedPart.Column(name: name, kind: .reference(table: ""), isFull: isFull,
                          values: .column(.reference(rows, table: "")))
    }

    /// All pairs of a row and one on its way up, itself included: made while they are sent, a pair
    /// being known by the two rows' numbers.
    private static func closure(_ entity: String, _ above: [Int32], _ depths: [Int32])
        -> PushedPart {
        let width = max(1, above.count)
        return PushedPart(
            name: Layout.closure(entity),
            columns: [
                PushedPart.Column(name: Layout.below, kind: .reference(table: ""), isFull: true,
                                  values: .made { Int32($0 / width) }),
                PushedPart.Column(name: Layout.above, kind: .reference(table: ""), isFull: true,
                                  values: .made { Int32($0 % width) }),
            ],
            indexes: [Layout.below, Layout.above],
            rowCount: depths.reduce(0) { $0 + Int($1) + 1 },
            rows: { body in
                for start in above.indices {
                    var row = start
                    while row >= 0 {
                        try body(start * width + row)
                        row = Int(above[row])
                    }
                }
            })
    }

    // MARK: rows that the loader turned away

    /// The table of what the loader turned away: not a domain's, which makes its own of them.
    package static let rejects = "_rejects"
    package static let rejectColumns = ["table", "file", "line", "field", "reason", "reason_zh", "raw"]

    private static func rejects(_ rejects: [Reject]) -> PushedPart {
        let columns: [Column] = [
            TextBuilder.column(rejects.map(\.table)), TextBuilder.column(rejects.map(\.file)),
            .integer(rejects.map { Int64($0.line) }), TextBuilder.column(rejects.map(\.field)),
            TextBuilder.column(rejects.map(\.reason.en)),
            TextBuilder.column(rejects.map(\.reason.zh)),
            TextBuilder.column(rejects.map(\.raw)),
        ]
        return PushedPart(
            name: Self.rejects,
            columns: [number] + zip(rejectColumns, columns).map { name, column in
                PushedPart.Column(name: name, kind: PushedColumn.Kind(column, isPeriod: false),
                                  isFull: false, values: .column(column))
            },
            indexes: [], rowCount: rejects.count)
    }
}
