import Foundation
import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore
import Synchronization
import TestEngines
import TestSpark
import Testing
@testable import MusterSpark

@Suite("A snapshot pushed for Spark and read back", .serialized,
       .enabled(if: TestSpark.isWanted, Comment(rawValue: TestSpark.absence)))
struct ThoroughSparkPushTests {
    private static let folder = TestSpark.newFolder()
    private static let address = Result { try SparkAddress("spark:" + folder, here: "") }
    private static let server = Result { try SparkServer(try address.get(), TestSpark.program) }
    /// One driver for all that is pushed.
    private static let pushes = Mutex(Held())
    private final class Held { var push: SparkPush? }

    private func pushed(_ sample: Sample) throws -> PushOutcome {
        try Self.pushes.withLock { held in
            let push = try held.push ?? SparkPush(Self.address.get(), TestSpark.program,
                                                  PushTerms(domain: Sample.domain))
            held.push = push
            return try push.push(sample.snapshot) { sample.tables }
        }
    }

    private func expectCells(_ sample: Sample) throws {
        let pushed: PushedSnapshot
        switch try self.pushed(sample) {
        case .pushed(let snapshot, let rows):
            #expect(rows == sample.tables.reduce(0) { $0 + $1.rowCount })
            pushed = snapshot
        case .present(let snapshot): pushed = snapshot
        }
        let server = try Self.server.get()
        #expect(try server.snapshots(isCancelled: { false }).contains(pushed))
        _ = try server.light(pushed, domain: Sample.domain)
        let opening = SnapshotOpening(server: server, pushed: pushed, domain: Sample.domain,
                                      isCancelled: { false })
        for table in try #require(pushed.description).tables {
            let own = try #require(sample.table(table.name))
            let columns = try opening.columns(table.columns.map { Layout.column($0.name) },
                                              table.columns.map(\.kind), of: table.name,
                                              count: own.rowCount)
            for (column, read) in zip(table.columns, columns) {
                #expect(read.contents == own[column.name]?.contents,
                        "\(table.name).\(column.name)")
            }
        }
    }

    @Test("Every cell of every table is what it was", arguments: ["small", "city", "faults.json"])
    func everyCell(_ name: String) throws { try expectCells(Sample(name)) }

    @Test("Strange names and values come back as they were")
    func strange() throws {
        let sample = try Sample("small")
        let people = try #require(sample.table("people"))
        let own = people.columnNames.compactMap { name in people[name].map { (name, $0) } }
        let count = people.rowCount
        let texts = ["", "a\"b\\c", "\u{0}\u{1}\n\t", "名\u{1F468}\u{200D}\u{1F469}", "null", " "]
        let extras: [(String, Column)] = [
            ("a`b, c;d", TextBuilder.column((0..<count).map { texts[$0 % texts.count] })),
            ("Joined", .double((0..<count).map {
                [0.1, -1e300, .nan, .infinity, -.infinity, 2.5e-300][$0 % 6]
            })),
            ("whole", .integer((0..<count).map {
                [Int64.max, .min + 1, None.integer, 0][$0 % 4]
            })),
            ("flag", .bool((0..<count).map { UInt8($0 % 3) })),
            ("day", .day((0..<count).map { [0, -719_162, 2_932_896, None.day][$0 % 4] })),
            ("row", .reference((0..<count).map { [-1, 0, 3][$0 % 3] }, table: "units")),
        ]
        let changed = Table(name: "people", rowCount: count, columns: own + extras,
                            undeclared: people.undeclared + extras.map(\.0), hidden: ["a`b, c;d"])
        let other = Snapshot(
            path: sample.snapshot.path, asOf: sample.snapshot.asOf, source: "x",
            targets: [], tables: sample.snapshot.tables.merging(["people": changed]) { $1 },
            rejects: [], fingerprint: String(repeating: "a1", count: 16))
        try expectCells(Sample(other))
    }

    @Test("A second push does nothing; another snapshot of that name is not touched, but replaced",
          .enabled(if: TestSpark.isDemanded))
    func again() throws {
        let sample = try Sample("small")
        _ = try pushed(sample)
        guard case .present(let known) = try pushed(sample) else {
            Issue.record("it was pushed twice")
            return
        }
        let other = try sample.with(targets: [
            ManifestTarget(year: 2015, rate: 1, by: nil, owner: nil),
        ])
        let fault = try #require(throws: Diagnostic.self) { try pushed(other) }
        #expect(fault.code == "database.other" && fault.hint != nil)
        let server = try Self.server.get()
        #expect(try server.snapshots(isCancelled: { false }).contains(known))
        let replacing = try SparkPush(Self.address.get(), TestSpark.program,
                                      PushTerms(domain: Sample.domain, replaces: true))
        guard case .pushed(let new, _) = try replacing.push(other.snapshot, tables: {
            other.tables
        }) else {
            Issue.record("it was not replaced")
            return
        }
        #expect(new.description?.targets == other.snapshot.targets)
        #expect(try server.snapshots(isCancelled: { false }).contains(new))
        _ = try replacing.push(sample.snapshot) { sample.tables }
        #expect(try leftovers() == [])
    }

    private func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter {
            $0.hasPrefix(".")
        }
    }

    @Test("A push that is interrupted leaves nothing")
    func interrupted() throws {
        let folder = TestSpark.newFolder(), sample = try Sample("city")
        let isBegun = Mutex(false)
        do {
            let push = try SparkPush(SparkAddress("spark:" + folder, here: ""), TestSpark.program, PushTerms(
                domain: Sample.domain, isCancelled: { isBegun.withLock { $0 } },
                progress: { _, _ in isBegun.withLock { $0 = true } }))
            let fault = try #require(throws: Diagnostic.self) {
                try push.push(sample.snapshot) { sample.tables }
            }
            #expect(fault.isCancellation)
        }
        // The driver has ended by now.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }

    @Test("Two do not push into a folder at once", .enabled(if: TestSpark.isDemanded))
    func busy() throws {
        let folder = TestSpark.newFolder(), sample = try Sample("small")
        let address = try SparkAddress("spark:" + folder, here: "")
        let first = try SparkPush(address, TestSpark.program, PushTerms(domain: Sample.domain))
        let second = try SparkPush(address, TestSpark.program, PushTerms(domain: Sample.domain))
        _ = try first.push(sample.snapshot) {
            let fault = try #require(throws: Diagnostic.self) {
                try second.push(sample.snapshot) { sample.tables }
            }
            #expect(fault.code == "spark.busy")
            return sample.tables
        }
        guard case .present = try second.push(sample.snapshot, tables: { sample.tables }) else {
            Issue.record("it is not there")
            return
        }
    }

    @Test("What is not whole, or another version's, is said", arguments: [
        ("service", "database.incomplete"), ("units_above", "database.incomplete"),
        ("version", "database.snapshot-version"), ("description", "database.snapshot-version"),
        ("rows", "database.incomplete"),
    ])
    func damaged(_ damage: String, _ code: String) throws {
        _ = try pushed(try Sample("small"))
        let server = try Self.server.get()
        let whole = try #require(try server.snapshots(isCancelled: { false }).first {
            $0.path.hasSuffix("small") && $0.description?.source != "x"
        })
        let place = Self.folder + "/" + whole.schema, files = FileManager.default
        let catalog = try String(contentsOfFile: place + "/catalog.json", encoding: .utf8)
        defer {
            try? catalog.write(toFile: place + "/catalog.json", atomically: true, encoding: .utf8)
        }
        switch damage {
        case "version":
            try catalog.replacing(#/"version":\d+/#, with: "\"version\":99")
                .write(toFile: place + "/catalog.json", atomically: true, encoding: .utf8)
        case "description":
            try catalog.replacing("\"format\":", with: "\"form\":")
                .write(toFile: place + "/catalog.json", atomically: true, encoding: .utf8)
        case "rows":
            try files.moveItem(atPath: place + "/units", toPath: Self.folder + "/.away")
            try files.copyItem(atPath: place + "/teams", toPath: place + "/units")
        default: try files.moveItem(atPath: place + "/" + damage, toPath: Self.folder + "/.away")
        }
        defer {
            if files.fileExists(atPath: Self.folder + "/.away") {
                let name = damage == "rows" ? "units" : damage
                try? files.removeItem(atPath: place + "/" + name)
                try? files.moveItem(atPath: Self.folder + "/.away", toPath: place + "/" + name)
            }
        }
        let known = try #require(try server.snapshots(isCancelled: { false }).first {
            $0.schema == whole.schema
        })
        let fault = try #require(throws: Diagnostic.self) {
            try server.light(known, domain: Sample.domain)
        }
        #expect(fault.code == code)
        #expect(fault.hint?.en.contains("--force") == true)
    }
}
