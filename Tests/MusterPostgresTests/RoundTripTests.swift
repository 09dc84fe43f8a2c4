import Dispatch
import MusterBinding
import MusterDiagnostics
@testable import MusterEngine
import MusterSQL
import MusterStore
import Synchronization
import TestEngines
import TestPostgres
import Testing
@testable import MusterPostgres

@Suite("A snapshot pushed and read back", .enabled(if: TestPostgres.isWanted,
                                                   Comment(rawValue: TestPostgres.absence)))
struct RoundTripTests {
    private func pushed(_ sample: Sample, _ url: String, replaces: Bool = false) throws
        -> PushOutcome {
        try PostgresPush(url, PushTerms(domain: Sample.domain, replaces: replaces))
            .push(sample.snapshot) { sample.tables }
    }

    private func newURL() throws -> String {
        let postgres = try TestPostgres.shared
        return postgres.url(try postgres.newDatabase())
    }

    @Test("Every cell of every table is what it was", arguments: [
        "small", "city", "faults.json", "rosters/imported",
    ])
    func everyCell(_ name: String) throws {
        let sample = try Sample(name), url = try newURL()
        guard case .pushed(let pushed, let rows) = try pushed(sample, url) else {
            return #expect(Bool(false), "it was there already")
        }
        #expect(rows == sample.tables.reduce(0) { $0 + $1.rowCount })
        let server = try PostgresServer(url)
        let opening = SnapshotOpening(server: server, pushed: pushed, domain: Sample.domain,
                                      isCancelled: { false })
        let tables = try #require(pushed.description).tables
        #expect(tables.map(\.name) == Sample.domain.entities.map(\.name))
        for table in tables {
            let own = try #require(sample.table(table.name))
            #expect(table.columns.map(\.name) == own.columnNames)
            let columns = try opening.columns(table.columns.map { Layout.column($0.name) },
                                              table.columns.map(\.kind), of: table.name,
                                              count: own.rowCount)
            for (column, read) in zip(table.columns, columns) {
                #expect(read.contents == own[column.name]?.contents,
                        "\(table.name).\(column.name)")
            }
        }
    }

    @Test("Names, labels, levels and targets are here; the other rows are not", arguments: [
        "small", "city", "faults.json",
    ])
    func light(_ name: String) throws {
        let sample = try Sample(name), url = try newURL()
        _ = try pushed(sample, url)
        let server = try PostgresServer(url)
        let known = try server.snapshots()
        #expect(known.count == 1)
        let light = try server.light(try #require(known.first), domain: Sample.domain)
        #expect(light.remote == ["people", "service", "teams", "findings", "corrections",
                                 "questions"])
        #expect(light.rowCounts == Dictionary(uniqueKeysWithValues: sample.tables.map {
            ($0.name, $0.rowCount)
        }))
        #expect(light.snapshot.fingerprint == sample.snapshot.fingerprint)
        #expect(light.snapshot.asOf == sample.snapshot.asOf)
        #expect(light.snapshot.source == sample.snapshot.source)
        #expect(light.snapshot.targets == sample.snapshot.targets)
        #expect(light.snapshot.rejects == sample.snapshot.rejects)
        let data = DataSet(light.snapshot, domain: Sample.domain)
        for table in sample.tables where !light.remote.contains(table.name) {
            let own = try #require(data.table(table.name))
            #expect(own.rowCount == table.rowCount)
            for column in table.columnNames {
                #expect(own[column]?.contents == table[column]?.contents,
                        "\(table.name).\(column)")
            }
        }
        for (table, own) in sample.snapshot.tables {
            let here = try #require(light.snapshot.tables[table])
            #expect(here.columnNames == own.columnNames)
            #expect(here.undeclared == own.undeclared)
            #expect(here.hidden == own.hidden)
            for column in own.columnNames {
                #expect(here[column]?.type == own[column]?.type, "\(table).\(column)")
                // What is blank takes the type that other snapshots have.
                #expect(here[column]?.isBlank == own[column]?.isBlank, "\(table).\(column)")
            }
            if light.remote.contains(table) { #expect(here.rowCount == 0) }
        }
    }

    @Test("Very many rows that were turned away stay in the database")
    func manyRejects() throws {
        let sample = try Sample("small"), own = sample.snapshot
        let rejects = (0...SnapshotOpening.fewRejects).map {
            Reject(table: "people", file: "members.ndjson", line: $0 + 1, field: "id",
                   reason: RejectReason.unknownReference.term, raw: "{}")
        }
        let faulty = try Sample(Snapshot(
            path: own.path, asOf: own.asOf, source: own.source, targets: own.targets,
            tables: own.tables, rejects: rejects, fingerprint: own.fingerprint))
        let url = try newURL()
        guard case .pushed(let pushed, _) = try pushed(faulty, url) else { return }
        let light = try PostgresServer(url).light(pushed, domain: Sample.domain)
        #expect(light.remote.contains("rejects") && !light.remote.contains("targets"))
        #expect(light.rowCounts["rejects"] == rejects.count)
        #expect(light.snapshot.rejects.isEmpty)
    }

    @Test("A tree has its depths, its levels and its closure")
    func tree() throws {
        let sample = try Sample("city"), url = try newURL()
        guard case .pushed(let pushed, _) = try pushed(sample, url) else { return }
        let server = try PostgresServer(url)
        let opening = SnapshotOpening(server: server, pushed: pushed, domain: Sample.domain,
                                      isCancelled: { false })
        let above = try #require(sample.data.parents["units"])
        let levels = try #require(Sample.domain.entity("units")).levels.map(\.en)
        let columns = try opening.columns(
            [Layout.depth] + levels.map { Layout.ancestor($0) },
            [.period] + levels.map { _ in .reference(table: "units") }, of: "units",
            count: above.count)
        for (level, column) in zip(levels, columns.dropFirst()) {
            let own = sample.data.ancestors("units", at: level)
            #expect(column.contents == own?.contents, "\(level)")
        }
        var expected: [[Int32]] = []
        for start in above.indices {
            var way: [Int32] = [], row = Int32(start)
            while row >= 0 {
                way.append(row)
                row = above[Int(row)]
            }
            expected.append(way)
        }
        #expect(columns[0].contents == .numbers(expected.map { Int64($0.count - 1) }, "day"))
        let statement = SQLStatement("""
            select \(name: Layout.below), \(name: Layout.above)
            from \(name: pushed.schema).\(name: Layout.closure("units"))
            """, types: [.row("units"), .row("units")])
        let pairs = try server.columns(of: statement, isCancelled: { false })
        guard case .row(let below) = pairs[0], case .row(let upper) = pairs[1] else {
            return #expect(Bool(false))
        }
        let found = Set(zip(below, upper).map { [$0, $1] })
        #expect(found.count == below.count, "a pair stands twice")
        #expect(found == Set(expected.enumerated().flatMap { start, way in
            way.map { [Int32(start), $0] }
        }))
    }

    /// Names and texts that would do harm if they were taken for anything else.
    static let names = [
        "a\"b", "x\"; drop schema muster cascade; --", "a'b", "名称", "select", "_row", "xmin",
        "a\\b", "", "Name", String(repeating: "长", count: 30),
        String(repeating: "长", count: 30) + "短", "a\tb\nc", "$1", "%s",
    ]
    static let texts: [String?] = [
        "\\N", "\\.", "a\tb", "a\nb\r\nc", "a\\b", "'; drop table people; --", "\"", nil, "",
        "名\u{1F600}", "\u{1}\u{8}\u{B}\u{7F}", "\\", "$$", "\u{FEFF}x",
    ]

    @Test("Names with quotes, semicolons, tabs, and texts like them stay what they are")
    func quoting() throws {
        let sample = try Sample("small")
        let people = try #require(sample.table("people"))
        let count = people.rowCount
        let column = TextBuilder.column((0..<count).map { Self.texts[$0 % Self.texts.count] })
        let own = people.columnNames.compactMap { name in people[name].map { (name, $0) } }
        let extras: [(String, Column)] = Self.names.map { ($0, column) } + [
            ("whole", .integer((0..<count).map {
                [Int64.max, .min + 1, 0, -1, 10, None.integer][$0 % 6]
            })),
            ("double", .double((0..<count).map {
                [0.1, -1e300, Double.leastNonzeroMagnitude, .nan, 1 / 3, 0, -0.0][$0 % 7]
            })),
            ("decimal", .decimal((0..<count).map { Int64($0) - 3 }, places: 6)),
            ("flag", .bool((0..<count).map { UInt8($0 % 3) })),
            ("day", .day((0..<count).map { [0, -719_162, 2_932_896, None.day][$0 % 4] })),
            ("row", .reference((0..<count).map { [-1, -2, 0, 3][$0 % 4] }, table: "units")),
        ]
        let changed = Table(name: "people", rowCount: count, columns: own + extras,
                            undeclared: people.undeclared + extras.map(\.0), hidden: ["a\"b"])
        let strange = try sample.with([changed]), url = try newURL()
        guard case .pushed(let pushed, _) = try pushed(strange, url) else { return }
        let server = try PostgresServer(url)
        let opening = SnapshotOpening(server: server, pushed: pushed, domain: Sample.domain,
                                      isCancelled: { false })
        let table = try #require(pushed.description?.table("people"))
        let columns = try opening.columns(table.columns.map { Layout.column($0.name) },
                                          table.columns.map(\.kind), of: "people", count: count)
        for (described, read) in zip(table.columns, columns) {
            #expect(read.contents == changed[described.name]?.contents, "\(described.name)")
        }
        let light = try server.light(pushed, domain: Sample.domain)
        #expect(light.snapshot.tables["people"]?.hidden == ["a\"b"])
        #expect(light.snapshot.tables["people"]?.columnNames == changed.columnNames)
    }

    @Test("A character U+0000 is an error with its place, and nothing is there then")
    func nul() throws {
        let sample = try Sample("small")
        let people = try #require(sample.table("people"))
        let own = people.columnNames.compactMap { name in people[name].map { (name, $0) } }
        let texts = TextBuilder.column((0..<people.rowCount).map { $0 == 4 ? "a\0b" : "c" })
        let strange = try sample.with([Table(
            name: "people", rowCount: people.rowCount, columns: own + [("备注", texts)],
            undeclared: people.undeclared + ["备注"])])
        let url = try newURL()
        let fault = try #require(throws: Diagnostic.self) { try pushed(strange, url) }
        #expect(fault.code == "postgres.nul")
        #expect(fault.message.en.contains("people.备注 in row 5"))
        #expect(try PostgresServer(url).snapshots().isEmpty)
    }

    @Test("A second push does nothing, says so, and --force replaces")
    func again() throws {
        let sample = try Sample("small"), url = try newURL()
        guard case .pushed(let first, _) = try pushed(sample, url) else { return }
        guard case .present(let known) = try pushed(sample, url) else {
            return #expect(Bool(false), "it was pushed twice")
        }
        #expect(known == first)
        guard case .pushed = try pushed(sample, url, replaces: true) else {
            return #expect(Bool(false), "it was not replaced")
        }
        #expect(try PostgresServer(url).snapshots() == [first])
        let other = try sample.with(targets: [
            ManifestTarget(year: 2015, rate: 1, by: nil, owner: nil),
        ])
        let fault = try #require(throws: Diagnostic.self) { try pushed(other, url) }
        #expect(fault.code == "database.other")
        #expect(fault.hint?.en.contains("--force") == true)
        #expect(try PostgresServer(url).snapshots() == [first])
        _ = try pushed(other, url, replaces: true)
        #expect(try PostgresServer(url).snapshots().first?.description?.targets
                == other.snapshot.targets)
    }

    @Test("Several who push at once wait for each other, in a database without a catalog too")
    func together() throws {
        let sample = try Sample("small"), url = try newURL()
        let outcomes = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            let outcome = switch Result(catching: { try pushed(sample, url) }) {
            case .success(.pushed): "pushed"
            case .success(.present): "present"
            case .failure(let fault): "\(fault)"
            }
            outcomes.withLock { $0.append(outcome) }
        }
        #expect(outcomes.withLock { $0.sorted() } == ["present", "present", "present", "pushed"])
        #expect(try PostgresServer(url).snapshots().count == 1)
    }

    @Test("What is not whole, or another version's, is said", arguments: [
        ("drop table $.service", "database.incomplete"),
        ("alter table $.people drop column joined", "database.incomplete"),
        ("delete from $.units where _row = 3", "database.incomplete"),
        ("insert into $.units (_row, _depth) values (1000000, 0)", ""),
        ("drop table $.units_above", "database.incomplete"),
        ("drop schema $ cascade", "database.incomplete"),
        ("update muster.snapshots set version = 9", "database.snapshot-version"),
        ("update muster.snapshots set description = '{}'", "database.snapshot-version"),
    ])
    func damaged(_ damage: String, _ code: String) throws {
        let postgres = try TestPostgres.shared
        let database = try postgres.newDatabase(), url = postgres.url(database)
        guard case .pushed(let pushed, _) = try pushed(Sample("small"), url) else { return }
        try postgres.psql(damage.replacing("$", with: pushed.schema), database: database)
        let server = try PostgresServer(url)
        let known = try #require(try server.snapshots().first)
        guard !code.isEmpty else {
            // A row beyond those that were pushed is not read.
            _ = try server.light(known, domain: Sample.domain)
            return
        }
        let fault = try #require(throws: Diagnostic.self) {
            try server.light(known, domain: Sample.domain)
        }
        #expect(fault.code == code)
        #expect(fault.hint?.en.contains("--force") == true)
    }

    @Test("A schema of that name that is no snapshot is not touched")
    func stranger() throws {
        let postgres = try TestPostgres.shared
        let database = try postgres.newDatabase(), url = postgres.url(database)
        let sample = try Sample("small")
        let schema = Layout.schema(asOf: sample.snapshot.asOf,
                                   fingerprint: sample.snapshot.fingerprint)
        try postgres.psql("create schema \(schema) create table mine (n integer)",
                          database: database)
        let fault = try #require(throws: Diagnostic.self) { try pushed(sample, url) }
        #expect(fault.code == "database.other")
        #expect(try postgres.psql("select count(*) from \(schema).mine", database: database) == "0")
    }
}
