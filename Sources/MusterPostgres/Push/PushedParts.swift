import MusterBinding
import MusterDiagnostics
import MusterSQL
import MusterStore

/// One table to be made in the database, with its rows.
struct PushedPart {
    struct Column {
        /// What the database calls it.
        let name: String
        let type: SQL
        let write: CopyText.Writer
    }
    let name: String
    let columns: [Column]
    /// Columns that each get an index.
    var indexes: [String]
    let rowCount: Int
    /// Gives the numbers of the rows as the writers take them; nil for 0 and so on.
    var rows: ((_ row: (Int) throws -> Void) throws -> Void)?

    func forEachRow(_ body: (Int) throws -> Void) throws {
        if let rows { return try rows(body) }
        for row in 0..<rowCount { try body(row) }
    }
}

/// What a snapshot's tables are made of in the database.
struct PushedParts {
    private(set) var all: [PushedPart] = []
    private let domain: Domain

    /// - Parameter tables: with what the database will say of each.
    init(_ tables: [(Table, PushedTable)], rejects: [Reject], domain: Domain) throws {
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
            var part = try part(table, pushed, entity, isReferred: referred.contains(table.name)
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
        all.append(try Self.rejects(rejects))
    }

    private func part(_ table: Table, _ pushed: PushedTable, _ entity: EntityDefinition,
                      isReferred: Bool) throws -> PushedPart {
        var columns = [PushedPart.Column(name: Layout.row, type: "integer not null",
                                         write: CopyText.number)]
        var indexes = isReferred ? [Layout.row] : []
        for column in pushed.columns {
            guard let values = table[column.name] else { continue }
            let name = Layout.column(column.name)
            columns.append(PushedPart.Column(
                name: name, type: column.kind.sqlType,
                write: try CopyText.writer(values, column.kind,
                                           place: "\(table.name).\(column.name)")))
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
        columns.append(PushedPart.Column(name: Layout.depth, type: "integer not null",
                                         write: CopyText.whole(depths, none: None.row)))
        if let field = entity.levelField, case .text(let codes, let texts)? = table[field] {
            for level in entity.levels {
                let code = texts.code(of: level.en)
                let rows = nearestAbove(above) { code != nil && codes[$0] == code }
                columns.append(PushedPart.Column(
                    name: Layout.ancestor(level.en), type: "integer",
                    write: CopyText.whole(rows, none: None.row)))
            }
        }
        return PushedPart(name: part.name, columns: columns, indexes: part.indexes,
                          rowCount: part.rowCount)
    }

    /// All pairs of a row and one on its way up, itself included: made while they are sent, a pair
    /// being known by the two rows' numbers.
    private static func closure(_ entity: String, _ above: [Int32], _ depths: [Int32])
        -> PushedPart {
        let width = max(1, above.count)
        return PushedPart(
            name: Layout.closure(entity),
            columns: [
                PushedPart.Column(name: Layout.below, type: "integer not null") { pair, bytes in
                    CopyText.digits(Int64(pair / width), &bytes)
                },
                PushedPart.Column(name: Layout.above, type: "integer not null") { pair, bytes in
                    CopyText.digits(Int64(pair % width), &bytes)
                },
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
    static let rejects = "_rejects"
    static let rejectColumns = ["table", "file", "line", "field", "reason", "reason_zh", "raw"]

    private static func rejects(_ rejects: [Reject]) throws -> PushedPart {
        let columns: [Column] = [
            TextBuilder.column(rejects.map(\.table)), TextBuilder.column(rejects.map(\.file)),
            .integer(rejects.map { Int64($0.line) }), TextBuilder.column(rejects.map(\.field)),
            TextBuilder.column(rejects.map(\.reason.en)),
            TextBuilder.column(rejects.map(\.reason.zh)),
            TextBuilder.column(rejects.map(\.raw)),
        ]
        return PushedPart(
            name: Self.rejects,
            columns: [PushedPart.Column(name: Layout.row, type: "integer not null",
                                        write: CopyText.number)]
                + (try zip(rejectColumns, columns).map { name, column in
                    let kind = PushedColumn.Kind(column, isPeriod: false)
                    return PushedPart.Column(
                        name: name, type: kind.sqlType,
                        write: try CopyText.writer(column, kind, place: name))
                }),
            indexes: [], rowCount: rejects.count)
    }
}
