import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore

/// The table that lists the snapshots of a database: a row says that all of one is there, for it
/// is written with the snapshot in one transaction.
enum SnapshotCatalog {
    static let schema = "muster", table = "snapshots"

    static let creation: [SQL] = [
        "create schema if not exists \(name: schema)",
        """
        create table if not exists \(name: schema).\(name: table) (
          schema_name text not null, version integer not null, as_of date not null,
          fingerprint text not null, path text not null, description text not null)
        """,
    ]

    /// Whether the catalog is there, which anybody may ask.
    static let presence: SQL = """
        select count(*) from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = \(value: .text(schema), .plainText)
          and c.relname = \(value: .text(table), .plainText)
        """

    /// Whether a schema is there.
    static func presence(of schema: String) -> SQL {
        "select count(*) from pg_catalog.pg_namespace where nspname = "
            + "\(value: .text(schema), .plainText)"
    }

    private static let types: [ValueType] = [
        .plainText, .integer, .day, .plainText, .plainText, .plainText,
    ]

    /// All snapshots, the earliest first.
    static let listing = SQLStatement("""
        select schema_name, version, as_of, fingerprint, path, description
        from \(name: schema).\(name: table) order by as_of, schema_name
        """, types: types)

    static func snapshots(_ columns: [Vector]) -> [PushedSnapshot] {
        guard columns.count == 6, case .text(let schemas, let schemaTexts) = columns[0],
              case .int(let versions) = columns[1], case .day(let days) = columns[2],
              case .text(let prints, let printTexts) = columns[3],
              case .text(let paths, let pathTexts) = columns[4],
              case .text(let texts, let descriptions) = columns[5] else { return [] }
        return schemas.indices.map { row in
            PushedSnapshot(
                schema: schemaTexts[schemas[row]], asOf: days[row],
                fingerprint: printTexts[prints[row]], path: pathTexts[paths[row]],
                version: Int(versions[row]),
                description: versions[row] == Layout.version
                    ? SnapshotDescription(json: descriptions[texts[row]]) : nil)
        }
    }

    /// The tables and columns that stand in a schema.
    static func columns(of schema: String) -> SQLStatement {
        SQLStatement("""
            select c.relname, a.attname from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid
            where n.nspname = \(value: .text(schema), .plainText)
              and a.attnum > 0 and not a.attisdropped
            """, types: [.plainText, .plainText])
    }

    static func insertion(_ snapshot: PushedSnapshot, _ description: String) -> SQL {
        let values: [SQL] = [
            "\(value: .text(snapshot.schema), .plainText)",
            "\(value: .int(Int64(snapshot.version)), .integer)",
            "\(value: .day(snapshot.asOf), .day)",
            "\(value: .text(snapshot.fingerprint), .plainText)",
            "\(value: .text(snapshot.path), .plainText)",
            "\(value: .text(description), .plainText)",
        ]
        return "insert into \(name: schema).\(name: table) values (\(values.joined(", ")))"
    }

    static func deletion(of schema: String) -> SQL {
        "delete from \(name: Self.schema).\(name: table) "
            + "where schema_name = \(value: .text(schema), .plainText)"
    }

    /// Two who push wait for each other, be it that neither finds a catalog; readers do not wait.
    /// The number is this program's own: `muster` in ASCII.
    static let lock: SQL = "select pg_advisory_xact_lock(120351215609202)"
}
