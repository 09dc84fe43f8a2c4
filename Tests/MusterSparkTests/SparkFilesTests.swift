import Foundation
import MusterDiagnostics
import MusterEngine
import MusterLeague
import MusterSQL
import MusterStore
import TestEngines
import TestSpark
import Testing
@testable import MusterShell
@testable import MusterSpark

@Suite("Exported snapshots over Spark, several of a day as one", .serialized,
       .enabled(if: TestSpark.isDemanded, "two drivers for each take minutes: --engines"))
struct ThoroughSparkFilesTests {
    private static let files = FileManager.default
    private static let tables = ["units", "members", "teams", "service"]

    private static func sample(_ name: String) throws -> String {
        try String(contentsOfFile: TestSpark.scripts + "/../../samples/small/" + name,
                   encoding: .utf8)
    }

    /// The same books as of another province: all ids, and the names of units, are others.
    private static func elsewhere(_ rows: String) -> String {
        rows.replacing(/"(id|parent|unit|member)": ?"/) { "\"\($0.output.1)\":\"X" }
            .replacing(/"name": ?"/) { _ in "\"name\":\"外" }
    }

    private static func write(_ folder: String, _ parts: [(String) -> String]) throws {
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Without the target of a unit, which has another id elsewhere.
        try sample("manifest.json").replacing(/,\s*\{[^}]*"unit"[^}]*\}/, with: "").write(
            toFile: folder + "/manifest.json", atomically: true, encoding: .utf8)
        for table in tables {
            var rows = try sample(table + ".ndjson")
            // One that the loader turns away.
            if table == "members" { rows += #"{"id":"bad","gender":"?"}"# + "\n" }
            try parts.map { $0(rows) }.joined().write(
                toFile: folder + "/\(table).ndjson", atomically: true, encoding: .utf8)
        }
    }

    @Test("Two provinces give what their books in one give in memory")
    func provinces() throws {
        let folder = TestSpark.newFolder()
        try Self.write(folder + "/of/1", [{ $0 }])
        try Self.write(folder + "/of/2", [Self.elsewhere])
        try Self.write(folder + "/both", [{ $0 }, Self.elsewhere])
        let (here, said) = QuietSession.make(), (there, answered) = QuietSession.make()
        try here.load(folder + "/both")
        try there.open(on: "spark:" + folder + "/of/*", [])
        #expect(answered.messages.contains("rejected"))
        for text in [
            "members | rate registered by unit.district | total", "units | count by level, kind",
            "members over years 2015..2017 | rate registered by unit.kind, year | against target",
            "service | summarize h = sum(hours), n = distinct(member) by field",
            "members | sort birth, id | take 9 | select id, name, unit.name, hours",
            "rejects | count by table, field, reason", "findings | count by kind",
            "units | derive m = count(members) | sort -m, name | take 5 | select name, m",
            "members | where unit under \"外和平区\" | count",
        ] {
            (said.results, answered.results) = ([], [])
            let isFine = here.run(text)
            #expect(there.run(text) == isFine, "\(text): \(answered.messages.suffix(300))")
            #expect(String(decoding: answered.results, as: UTF8.self)
                        == String(decoding: said.results, as: UTF8.self), "\(text)")
        }
    }

    @Test("Two snapshots of a day with the same ids are an error")
    func sameIDs() throws {
        let folder = TestSpark.newFolder()
        try Self.write(folder + "/1", [{ $0 }])
        try Self.write(folder + "/2", [{ rows in
            rows.contains("\"hours\"") ? String(rows.prefix { $0 != "\n" }) + "\n" : rows
        }])
        let (session, _) = QuietSession.make()
        let fault = try #require(throws: Diagnostic.self) {
            try session.open(on: "spark:" + folder + "/*", [])
        }
        #expect(fault.code == "spark.same-ids" && fault.hint != nil)
    }

    @Test("A pattern that nothing matches, a folder without snapshots", arguments: [
        ("/nothing/*", "spark.pattern"), ("/nothing", "spark.folder"), ("", "database.empty"),
    ])
    func nothing(_ name: String, _ code: String) throws {
        let folder = TestSpark.newFolder()
        let (session, _) = QuietSession.make()
        let fault = try #require(throws: Diagnostic.self) {
            try session.open(on: "spark:" + folder + name, [])
        }
        #expect(fault.code == code)
    }
}

@Suite("What several snapshots of a day are as one")
struct SparkUnionTests {
    private func part(_ name: String, _ target: Int64, _ column: PushedColumn.Kind = .integer,
                      version: Int = Layout.version, rows: Int = 10) -> PushedSnapshot {
        let table = PushedTable(
            name: "people", rowCount: rows,
            columns: [PushedColumn(name: "x", isBlank: false, kind: column),
                      PushedColumn(name: "unit", isBlank: false, kind: .reference(table: "people"))],
            undeclared: ["x"], hidden: [])
        let description = SnapshotDescription(
            format: "f", source: name,
            targets: [ManifestTarget(year: 2015, rate: target, by: nil, owner: nil)],
            tables: [table], rejects: 3,
            account: SnapshotAccount(holdings: Message(zh: "", en: ""),
                                     remark: Message(zh: "", en: "")))
        return PushedSnapshot(schema: "s" + name, asOf: 17_000, fingerprint: name, path: name,
                              version: version, description: description)
    }

    @Test("Rows are numbered on, and refer to the rows they referred to")
    func numbers() throws {
        let union = try SparkUnion([part("b", 1), part("a", 1)])
        #expect(union.whole.description?.table("people")?.rowCount == 20)
        #expect(union.whole.description?.rejects == 6)
        #expect(union.whole.description?.targets.count == 1)
        let there: [String: Set<String>] = ["people": ["_row", "x", "unit"]]
        #expect(union.views([there, there]).map(\.sql) == ["""
            select t._row, t.x, t.unit from sa.people t
            union all
            select cast(t._row + 10 as int) as _row, t.x, cast(t.unit + 10 as int) as unit \
            from sb.people t
            """])
    }

    @Test("What does not go together is an error", arguments: [
        ("target", "spark.differs"), ("column", "spark.differs"),
        ("version", "database.snapshot-version"), ("rows", "spark.rows"),
    ])
    func refused(_ what: String, _ code: String) throws {
        let other = switch what {
        case "target": part("b", 2)
        case "column": part("b", 1, .decimal(places: 2))
        case "version": part("b", 1, version: Layout.version + 1)
        default: part("b", 1, rows: 2_147_483_640)
        }
        let fault = try #require(throws: Diagnostic.self) {
            try SparkUnion([part("a", 1), other])
        }
        #expect(fault.code == code && fault.hint != nil)
    }
}
