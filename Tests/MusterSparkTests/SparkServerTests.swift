import Foundation
import Glibc
import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore
import Synchronization
import TestEngines
import TestSpark
import Testing
@testable import MusterSpark

@Suite("Spark answers", .serialized, .enabled(if: TestSpark.isWanted,
                                              Comment(rawValue: TestSpark.absence)))
struct ThoroughSparkServerTests {
    private static let shared = Result { try started() }

    private static func started(_ changes: [String: String] = [:], _ folder: String? = nil,
                                notice: @escaping @Sendable (Diagnostic) -> Void = { _ in })
        throws -> SparkServer {
        try SparkServer(SparkAddress("spark:" + (folder ?? TestSpark.newFolder()), here: ""),
                        TestSpark.program(with: changes), notice: notice)
    }

    private func value(_ sql: SQL, _ type: ValueType, _ server: SparkServer? = nil,
                       isCancelled: @Sendable () -> Bool = { false }) throws -> Vector {
        try (server ?? Self.shared.get()).columns(of: SQLStatement(sql, types: [type]),
                                                  isCancelled: isCancelled)[0]
    }

    private func code(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return (error as? Diagnostic)?.code }
        return nil
    }

    @Test("What is bound comes back the same", arguments: [
        (Constant.int(.max), ValueType.integer), (.int(-1), .decimal(2)), (.none, .integer),
        (.double(0.1), .number), (.double(-1e-300), .number), (.bool(true), .bool),
        (.day(16_739), .day), (.day(-719_162), .day), (.day(2015), .year), (.day(24_185), .month),
        (.text("a'b\"c\\d;$1 :p1 {名}\n\t"), .plainText),
        (.text("a'\u{301}b\\\u{301}"), .plainText), (.text(""), .plainText),
        (.none, .plainText), (.none, .day), (.none, .bool), (.none, .number),
    ])
    func bound(_ constant: Constant, _ type: ValueType) throws {
        let dialect = SparkDialect()
        // Bound, and as it stands in a statement for people.
        let written = SQL(stringLiteral: dialect.literal(constant, type))
        for sql in ["select \(value: constant, type)", "select \(written)"] as [SQL] {
            switch (constant, try value(sql, type)) {
            case (.none, let read): #expect(read.isNone(0))
            case (.int(let a), .int(let b)): #expect([a] == b)
            case (.double(let a), .double(let b)): #expect([a] == b)
            case (.bool(let a), .bool(let b)): #expect([a ? 1 : 0] == b)
            case (.day(let a), .day(let b)): #expect([a] == b)
            case (.text(let a), .text(_, let b)): #expect([a] == b.texts)
            case (_, let read): Issue.record("\(read)")
            }
        }
    }

    @Test("Names are quoted whatever they hold")
    func names() throws {
        for name in ["plain", "a b", "a`b", "选", "order", "minus", "a.b", "\"", "a;b",
                     "a`\u{301}b"] {
            let sql: SQL = "select r.\(name: name) from (select 1 as \(name: name)) r"
            guard case .int([1]) = try value(sql, .integer) else {
                Issue.record("\(name)")
                continue
            }
        }
    }

    @Test("What does not fit is an overflow, as in memory", arguments: [
        "select 9223372036854775807L + 1L",
        "select sum(v) from (values (9223372036854775807L), (1L)) t(v)",
        "select -9223372036854775807L - 1L",
    ] as [SQL])
    func overflow(_ sql: SQL) throws {
        #expect(code { _ = try value(sql, .integer) } == Diagnostic.overflow.code)
    }

    @Test("Many rows come in pieces, in their order")
    func pieces() throws {
        guard case .int(let rows) = try value("select id from range(25001) order by id desc",
                                              .integer) else { return #expect(Bool(false)) }
        #expect(rows == (0...25_000).reversed().map { Int64($0) })
    }

    @Test("A fault tells no values, and the next statement is answered")
    func faults() throws {
        let fault = try #require(throws: Diagnostic.self) {
            try value("select cast('110101199003074233x' as bigint)", .integer)
        }
        #expect(fault.code == "spark.statement")
        #expect(!fault.rendered(in: .en).contains("19900307"))
        #expect(code { _ = try value("select n from nothing", .integer) } == "spark.gone")
        guard case .int([7]) = try value("select 7", .integer) else {
            return #expect(Bool(false))
        }
    }

    @Test("An interrupted statement is answered at once and ends there, too")
    func cancel() throws {
        let server = try Self.shared.get()
        _ = try value("select 1", .integer)
        let asked = Mutex(0)
        // Would go on for hours.
        let long: SQL = "select count(*) from range(1000000000) a cross join range(1000000000) b"
        let fault = try #require(throws: Diagnostic.self) {
            try value(long, .integer, isCancelled: {
                asked.withLock { $0 += 1; return $0 > 20 }
            })
        }
        #expect(fault.isCancellation)
        let child = server.child
        guard case .int([1]) = try value("select 1", .integer) else {
            return #expect(Bool(false))
        }
        #expect(server.child == child)
    }

    @Test("A driver that is dead is started anew, knows its tables, and that is said",
          .enabled(if: TestSpark.isDemanded))
    func restarted() throws {
        let sample = try Sample("small"), folder = TestSpark.newFolder()
        let address = try SparkAddress("spark:" + folder, here: "")
        _ = try SparkPush(address, TestSpark.program, PushTerms(domain: Sample.domain))
            .push(sample.snapshot) { sample.tables }
        let notices = Mutex<[String]>([])
        let server = try Self.started([:], folder) { fault in
            notices.withLock { $0.append(fault.code) }
        }
        let pushed = try #require(try server.snapshots(isCancelled: { false }).first)
        let light = try server.light(pushed, domain: Sample.domain)
        #expect(light.rowCounts["people"] == sample.table("people")?.rowCount)
        #expect(notices.withLock { $0 } == [])
        kill(try #require(server.child), SIGKILL)
        let people: SQL = "select count(*) from \(name: pushed.schema).people"
        guard case .int(let count) = try value(people, .integer, server) else {
            return #expect(Bool(false))
        }
        #expect(count == [Int64(sample.table("people")?.rowCount ?? -1)])
        #expect(notices.withLock { $0 } == ["spark.regained"])
    }

    @Test("What is missing is said, with what to do", arguments: [
        (["JAVA_HOME": "/nowhere"], "spark.java"),
        (["PYSPARK_PYTHON": "/nowhere/python3"], "spark.python"),
        (["SPARK_CONF_DIR": "master"], "spark.start"),
        (["PYTHONPATH": "pyspark"], "spark.pyspark"),
    ])
    func missing(_ changes: [String: String], _ code: String) throws {
        var changes = changes
        if changes["SPARK_CONF_DIR"] != nil {
            changes["SPARK_CONF_DIR"] = TestSpark.configuration("spark.master nonsense")
        }
        if changes["PYTHONPATH"] != nil {
            // One that cannot be imported stands in front.
            let folder = TestSpark.newFolder()
            try "raise ImportError('none')".write(toFile: folder + "/pyspark.py",
                                                  atomically: true, encoding: .utf8)
            changes["PYTHONPATH"] = folder
        }
        let fault = try #require(throws: Diagnostic.self) {
            try value("select 1", .integer, Self.started(changes))
        }
        #expect(fault.code == code)
        #expect(fault.hint != nil)
    }

    @Test("Without the driver's file nothing is started")
    func noDriver() throws {
        #expect(SparkProgram(folders: ["/nowhere"], environment: [:]) == nil)
        let fault = try #require(throws: Diagnostic.self) {
            try SparkServer(SparkAddress("spark:/tmp", here: ""), nil)
        }
        #expect(fault.code == "spark.driver")
    }

    @Test("A folder that is not there is an error; what is no snapshot is left out")
    func folders() throws {
        let lost = try Self.started([:], "/nowhere/at/all")
        #expect(code { _ = try lost.snapshots(isCancelled: { false }) } == "spark.folder")
        let folder = TestSpark.newFolder()
        for text in ["{}", "x", #"{"version": 1, "schema": "b", "asOf": "2015-13-01"}"#] {
            let own = folder + "/" + String(text.utf8.count)
            try FileManager.default.createDirectory(atPath: own,
                                                    withIntermediateDirectories: true)
            try text.write(toFile: own + "/catalog.json", atomically: true, encoding: .utf8)
        }
        let server = try Self.started([:], folder)
        #expect(try server.snapshots(isCancelled: { false }).isEmpty)
    }

    @Test("An executor that is killed in mid-query changes no answer",
          .enabled(if: TestSpark.isDemanded, "a small cluster takes memory and a minute"))
    func cluster() throws {
        let settings = """
            spark.master local-cluster[2,1,1024]
            spark.sql.shuffle.partitions 8
            """
        let cluster = try Self.started([
            "SPARK_CONF_DIR": TestSpark.configuration(settings), "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_HOSTNAME": "localhost",
        ])
        let sql: SQL = """
            select cast(sum(id * (id % 7) % 1000003) as bigint) from
            (select id from range(0, 60000000, 1, 16) distribute by id % 8)
            """
        let expected = try value(sql, .integer)
        _ = try value("select 1", .integer, cluster)
        let child = try #require(cluster.child)
        let killed = Mutex(0)
        let killer = Thread {
            sleep(2)
            guard let executor = Self.executors(below: child).first else { return }
            kill(executor, SIGKILL)
            killed.withLock { $0 = 1 }
        }
        killer.start()
        let found = try value(sql, .integer, cluster)
        #expect(killed.withLock { $0 } == 1)
        guard case .int(let a) = expected, case .int(let b) = found else {
            return #expect(Bool(false))
        }
        #expect(a == b)
    }

    /// The processes below another that run parts of queries.
    private static func executors(below child: pid_t) -> [pid_t] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        func parent(_ process: pid_t) -> pid_t {
            let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
            let behind = text.split(separator: ")").last?.split(separator: " ") ?? []
            return behind.count > 1 ? pid_t(behind[1]) ?? 0 : 0
        }
        return all.compactMap { pid_t($0) }.filter { process in
            let words = (try? String(contentsOfFile: "/proc/\(process)/cmdline",
                                     encoding: .utf8)) ?? ""
            guard words.contains("CoarseGrainedExecutorBackend") else { return false }
            var above = process
            while above > 1, above != child { above = parent(above) }
            return above == child
        }
    }
}
