import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// The making of a light snapshot.
package struct SnapshotOpening {
    private let server: any SnapshotServer
    private let pushed: PushedSnapshot
    private let domain: Domain
    private let isCancelled: @Sendable () -> Bool

    package init(server: any SnapshotServer, pushed: PushedSnapshot, domain: Domain,
                 isCancelled: @escaping @Sendable () -> Bool) {
        self.server = server
        self.pushed = pushed
        self.domain = domain
        self.isCancelled = isCancelled
    }

    /// Rows turned away that are brought here; where there are more, all stay in the database.
    package static let fewRejects = 10_000
    /// Rows brought at a time.
    private static let batch = 200_000

    package func light() throws -> LightSnapshot {
        let description = try readable()
        try checkPresence(description)
        var tables: [String: Table] = [:]
        var here = Set<String>()
        for schema in domain.schema.tables {
            guard let table = description.table(schema.name) else { continue }
            let isTree = domain.entity(schema.name)?.parentField != nil
            tables[schema.name] = isTree ? try whole(table) : table.empty
            if isTree { here.insert(schema.name) }
        }
        // Those that the domain works out of the others were worked out before they were pushed.
        for table in description.tables where tables[table.name] == nil {
            tables[table.name] = table.empty
        }
        let areFew = description.rejects <= Self.fewRejects
        let snapshot = Snapshot(
            path: pushed.path, asOf: pushed.asOf, source: description.source,
            targets: description.targets, tables: tables, rejects: areFew ? try rejects() : [],
            fingerprint: pushed.fingerprint, account: description.account)
        // What the domain makes of the manifest and the rejects, it makes of them here too.
        let made = domain.tables(snapshot).map(\.name)
        here.formUnion(areFew ? made : made.filter { $0 == domain.targets?.entity })
        let names = description.tables.map(\.name)
        return LightSnapshot(
            snapshot: snapshot, pushed: pushed,
            rowCounts: Dictionary(description.tables.map { ($0.name, $0.rowCount) },
                                  uniquingKeysWith: { first, _ in first }),
            remote: Set(names).subtracting(here))
    }

    // MARK: whether it can be read

    private func readable() throws -> SnapshotDescription {
        guard pushed.version == Layout.version, let description = pushed.description,
              description.format == domain.schema.format else {
            throw Self.isOfOtherVersion(pushed)
        }
        for entity in domain.entities {
            let columns = Set(description.table(entity.name)?.columns.map(\.name) ?? [])
            for field in entity.fields {
                guard case .stored(let name) = field.origin, !columns.contains(name) else {
                    continue
                }
                throw incomplete("\(entity.name).\(name)")
            }
        }
        return description
    }

    package static func isOfOtherVersion(_ pushed: PushedSnapshot) -> Diagnostic {
        Diagnostic("database.snapshot-version", Message(
            zh: "快照 \(pushed.schema) 是另一版本的程序存入的",
            en: "the snapshot \(pushed.schema) was pushed by another version of the program"),
            hint: again)
    }

    private static let again = Message(
        zh: "请重新存入：muster push 快照 --on … --force",
        en: "push it anew: muster push SNAPSHOT --on … --force")

    private func incomplete(_ what: String) -> Diagnostic {
        Diagnostic("database.incomplete", Message(
            zh: "存入的快照 \(pushed.schema) 不完整：缺少 \(what)",
            en: "the pushed snapshot \(pushed.schema) is not whole: \(what) is missing"),
            hint: Self.again)
    }

    /// Every table and column that the description names must be there.
    private func checkPresence(_ description: SnapshotDescription) throws {
        let there = try server.tables(of: pushed, isCancelled: isCancelled)
        func demand(_ table: String, _ columns: [String]) throws {
            guard let own = there[table] else { throw incomplete(table) }
            for column in columns where !own.contains(column) {
                throw incomplete("\(table).\(column)")
            }
        }
        for table in description.tables {
            try demand(table.name, [Layout.row] + table.columns.map { Layout.column($0.name) })
            guard let entity = domain.entity(table.name), entity.parentField != nil else {
                continue
            }
            try demand(table.name, [Layout.depth]
                        + entity.levels.map { Layout.ancestor($0.en) })
            try demand(Layout.closure(table.name), [Layout.below, Layout.above])
        }
        try demand(PushedParts.rejects, PushedParts.rejectColumns)
    }

    // MARK: bringing rows here

    private func whole(_ table: PushedTable) throws -> Table {
        let columns = try columns(table.columns.map { Layout.column($0.name) },
                                  table.columns.map(\.kind), of: table.name,
                                  count: table.rowCount)
        return table.table(columns, rowCount: table.rowCount)
    }

    private func rejects() throws -> [Reject] {
        let kinds: [PushedColumn.Kind] = [.text, .text, .integer, .text, .text, .text, .text]
        let columns = try columns(PushedParts.rejectColumns, kinds, of: PushedParts.rejects,
                                  count: pushed.description?.rejects ?? 0)
        func texts(_ column: Column) -> [String] {
            guard case .text(let codes, let texts) = column else { return [] }
            return codes.map { $0 < 0 ? "" : texts[$0] }
        }
        guard case .integer(let lines) = columns[2] else { return [] }
        let tables = texts(columns[0]), files = texts(columns[1]), fields = texts(columns[3])
        let english = texts(columns[4]), chinese = texts(columns[5]), raw = texts(columns[6])
        return lines.indices.map { row in
            Reject(table: tables[row], file: files[row], line: Int(lines[row]),
                   field: fields[row], reason: Term(english[row], chinese[row]), raw: raw[row])
        }
    }

    /// The columns of a table, its rows in their order. Throws where it has not so many.
    package func columns(_ names: [String], _ kinds: [PushedColumn.Kind], of table: String,
                         count: Int) throws -> [Column] {
        let list = names.map { name -> SQL in "\(name: name)" }.joined(", ")
        var parts = kinds.map { _ in [Vector]() }
        var start = 0
        // Once where there is no row, too: a row that should not be there is found.
        repeat {
            let range: SQL = "\(name: Layout.row) >= \(start) and \(name: Layout.row) < "
                + "\(start + Self.batch)"
            let statement = SQLStatement("""
                select \(name: Layout.row), \(list)
                from \(name: pushed.schema).\(name: table) where \(range)
                order by \(name: Layout.row)
                """, types: [.integer] + kinds.map(\.valueType))
            let found = try server.columns(of: statement, isCancelled: isCancelled)
            let expected = max(0, min(Self.batch, count - start))
            guard case .int(let numbers) = found[0], numbers.count == expected,
                  numbers.enumerated().allSatisfy({ Int64(start + $0) == $1 }) else {
                throw incomplete("\(table) [\(start)…]")
            }
            for (place, vector) in found.dropFirst().enumerated() { parts[place].append(vector) }
            start += Self.batch
        } while start < count
        return zip(kinds, parts).map { $0.column($1) }
    }
}
