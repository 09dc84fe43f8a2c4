import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore

/// Several snapshots of a day read as one, each of other rows: their tables behind each other,
/// the rows of each part numbered on from those of the parts before it.
struct SparkUnion {
    let parts: [PushedSnapshot]
    let whole: PushedSnapshot
    private let descriptions: [SnapshotDescription]

    /// Throws a `Diagnostic` where they do not go together.
    init(_ all: [PushedSnapshot]) throws {
        // By their names, as files are listed.
        let parts = all.sorted { ($0.path, $0.schema) < ($1.path, $1.schema) }
        self.parts = parts
        descriptions = try parts.map { part in
            guard part.version == Layout.version, let description = part.description else {
                throw SnapshotOpening.isOfOtherVersion(part)
            }
            return description
        }
        let first = parts[0], descriptions = descriptions
        let fingerprint = Self.fingerprint(parts.map(\.fingerprint))
        whole = PushedSnapshot(
            schema: Layout.schema(asOf: first.asOf, fingerprint: fingerprint), asOf: first.asOf,
            fingerprint: fingerprint, path: parts.map(\.path).joined(separator: " + "),
            version: Layout.version,
            description: SnapshotDescription(
                format: descriptions[0].format,
                source: Self.distinct(descriptions.map(\.source)).joined(separator: "; "),
                targets: try Self.targets(descriptions), tables: try Self.tables(descriptions),
                rejects: descriptions.reduce(0) { $0 + $1.rejects },
                account: SnapshotAccount(
                    holdings: Self.joined(descriptions.map(\.account.holdings)),
                    remark: Self.joined(descriptions.map(\.account.remark)))))
    }

    // MARK: what is said of the whole

    /// The same for the same parts.
    private static func fingerprint(_ all: [String]) -> String {
        // FNV-1a of 64 bits, from two beginnings.
        let halves = [0xCBF2_9CE4_8422_2325 as UInt64, 0x8422_2325_CBF2_9CE4].map { basis in
            all.sorted().joined(separator: " ").utf8.reduce(basis) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01B3
            }
        }
        return halves.map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private static func distinct(_ texts: [String]) -> [String] {
        texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func joined(_ messages: [Message]) -> Message {
        Message(zh: distinct(messages.map(\.zh).filter { !$0.isEmpty }).joined(separator: "；"),
                en: distinct(messages.map(\.en).filter { !$0.isEmpty }).joined(separator: "; "))
    }

    private static func targets(_ all: [SnapshotDescription]) throws -> [ManifestTarget] {
        var targets: [ManifestTarget] = []
        for target in all.flatMap(\.targets) where !targets.contains(target) {
            if targets.contains(where: { $0.year == target.year && $0.owner == target.owner }) {
                throw differs(Message(zh: "\(target.year) 年的目标", en: "targets of \(target.year)"))
            }
            targets.append(target)
        }
        return targets
    }

    private static func tables(_ all: [SnapshotDescription]) throws -> [PushedTable] {
        let names = distinct(all.flatMap { $0.tables.map(\.name) })
        return try names.map { name in
            let own = all.compactMap { $0.table(name) }
            let count = own.reduce(0) { $0 + $1.rowCount }
            guard count < Int(Int32.max) else {
                throw Diagnostic("spark.rows", Message(
                    zh: "\(name) 共 \(count) 行，放不进一个快照", en: "\(name) has \(count) rows, more "
                        + "than one snapshot can have"),
                    hint: one)
            }
            var columns: [PushedColumn] = []
            for column in own.flatMap(\.columns) {
                guard let place = columns.firstIndex(where: { $0.name == column.name }) else {
                    columns.append(column)
                    continue
                }
                if columns[place].isBlank { columns[place] = column; continue }
                guard column.isBlank || columns[place].kind == column.kind else {
                    throw differs(Message(zh: "\(name) 的列 \(column.name)",
                                          en: "the column \(column.name) of \(name)"))
                }
            }
            return PushedTable(name: name, rowCount: count, columns: columns,
                               undeclared: distinct(own.flatMap(\.undeclared)),
                               hidden: distinct(own.flatMap(\.hidden)).sorted())
        }
    }

    private static let one = Message(
        zh: "请写明用哪一份：--on spark:… 快照名", en: "name the one that is wanted: --on spark:… NAME")

    private static func differs(_ what: Message) -> Diagnostic {
        Diagnostic("spark.differs", Message(
            zh: "同一天的几份快照不能合在一起：\(what.zh)不同",
            en: "snapshots of one day cannot be read as one: they differ in \(what.en)"), hint: one)
    }

    // MARK: its tables

    /// For each table what it is selected from, as SQL.
    /// - Parameter there: the columns that the tables of each part have.
    func views(_ there: [[String: Set<String>]]) -> [(name: String, sql: String)] {
        let names = Self.distinct(there.flatMap { $0.keys.sorted() })
        return names.map { name in
            let selects = parts.indices.compactMap { part in
                there[part][name].map { select(name, part, $0) }
            }
            let sql = SQLStatement(selects.joined("\nunion all\n"), types: [])
            return (name, sql.text(SparkDialect()))
        }
    }

    private func select(_ name: String, _ part: Int, _ columns: Set<String>) -> SQL {
        let tree = name.hasSuffix(Layout.closure(""))
            ? String(name.dropLast(Layout.closure("").count)) : name
        var items: [SQL] = []
        func add(_ column: String, plus offset: Int) {
            let value: SQL = "t.\(name: column)"
            items.append(offset == 0 ? value
                : "cast(\(value) + \(offset) as int) as \(name: column)")
        }
        let isOwn = whole.description?.table(name) != nil
        let first = isOwn ? offset(name, part) : rejectsOffset(name, part)
        for column in columns.sorted() where column.hasPrefix("_") && !column.hasPrefix("_x") {
            switch column {
            case Layout.row: add(column, plus: first)
            case Layout.depth: add(column, plus: 0)
            default: add(column, plus: offset(tree, part))
            }
        }
        guard let table = whole.description?.table(name) else {
            for column in columns.sorted() where !column.hasPrefix("_") { add(column, plus: 0) }
            return "select \(items.joined(", ")) from \(source(name, part)) t"
        }
        let own = descriptions[part].table(name)?.columns ?? []
        for column in table.columns {
            let called = Layout.column(column.name)
            if own.first(where: { $0.name == column.name })?.kind == column.kind {
                if case .reference(let other) = column.kind {
                    add(called, plus: offset(other, part))
                } else {
                    add(called, plus: 0)
                }
            } else {
                let type = SQL(stringLiteral: column.kind.sparkType)
                items.append("cast(null as \(type)) as \(name: called)")
            }
        }
        return "select \(items.joined(", ")) from \(source(name, part)) t"
    }

    private func source(_ table: String, _ part: Int) -> SQL {
        "\(name: parts[part].schema).\(name: table)"
    }

    /// The rows that a table has in the parts before one.
    private func offset(_ table: String, _ part: Int) -> Int {
        descriptions[..<part].reduce(0) { $0 + ($1.table(table)?.rowCount ?? 0) }
    }

    private func rejectsOffset(_ table: String, _ part: Int) -> Int {
        table == PushedParts.rejects ? descriptions[..<part].reduce(0) { $0 + $1.rejects } : 0
    }

    // MARK: whose ids are whose

    /// How many keys of a table stand there more than once; nil for one without keys.
    func repeatedKeys(_ entity: EntityDefinition) -> SQLStatement? {
        guard let key = entity.keyField, whole.description?.table(entity.name) != nil else {
            return nil
        }
        let column: SQL = "\(name: Layout.column(key))"
        return SQLStatement("""
            select count(*) from (select \(column) from \(name: whole.schema).\(name: entity.name)
            where \(column) is not null group by \(column) having count(*) > 1)
            """, types: [.integer])
    }

    func repeated(_ entity: EntityDefinition, _ count: Int64) -> Diagnostic {
        Diagnostic("spark.same-ids", Message(
            zh: "同一天的几份快照里有相同的编号：\(entity.name) \(count) 个",
            en: "snapshots of one day have the same ids: \(count) of \(entity.name)"),
            hint: Message(
                zh: "几份里只用一份：--on spark:… \(parts[0].schema)",
                en: "use one of them: --on spark:… \(parts[0].schema)"))
    }
}
