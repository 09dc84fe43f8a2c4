import Foundation
import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore
import Synchronization
import TestEngines
import TestPostgres
import Testing
@testable import MusterPostgres

@Suite("A PostgreSQL server", .enabled(if: TestPostgres.isWanted,
                                       Comment(rawValue: TestPostgres.absence)))
struct ServerTests {
    private func value(_ sql: SQL, _ type: ValueType, _ server: PostgresServer,
                       isCancelled: @Sendable () -> Bool = { false }) throws -> Vector {
        try server.columns(of: SQLStatement(sql, types: [type]), isCancelled: isCancelled)[0]
    }

    private func server() throws -> PostgresServer { try PostgresServer(TestPostgres.shared.url()) }

    // MARK: names and values

    /// A mark is one, too, where something combines with it.
    @Test("Names and texts stand for themselves whatever they hold", arguments: [
        "plain", "a b", "a\"b", "a\"\u{301}b", "a'b", "a'\u{301}b\\", "选", "order", "a.b;$1",
    ])
    func quoting(_ text: String) throws {
        let server = try server()
        let named: SQL = "select r.\(name: text) from (select 1 as \(name: text)) r"
        guard case .int([1]) = try value(named, .integer, server) else {
            return #expect(Bool(false), "as a name")
        }
        let written = PostgreSQLDialect().literal(.text(text), .plainText)
        let both: [SQL] = ["select \(value: .text(text), .plainText)",
                           "select \(SQL(stringLiteral: written))"]
        for sql in both {
            guard case .text(_, let texts) = try value(sql, .plainText, server) else { continue }
            #expect(texts.texts.map { Array($0.utf8) } == [Array(text.utf8)])
        }
    }

    @Test("Values come as they are")
    func values() throws {
        let server = try server()
        func ints(_ sql: SQL) throws -> [Int64] {
            guard case .int(let values) = try value(sql, .integer, server) else { return [] }
            return values
        }
        #expect(try ints("select v from (values (1::int2), (-2::int2), (null)) t(v)")
                == [1, -2, None.integer])
        #expect(try ints("values (9223372036854775807), (-9223372036854775807)")
                == [.max, .min + 1])
        #expect(try ints("select sum(v) from (values (9223372036854775807), (-7)) t(v)")
                == [.max - 7])
        #expect(try ints("values (-12345678901234567.00::numeric), (0::numeric), (10000::numeric)")
                == [-12_345_678_901_234_567, 0, 10_000])
        guard case .double(let doubles) = try value(
            "values (0.1::float8), (-1e300), (null), ('Infinity')", .number, server) else {
            return #expect(Bool(false))
        }
        #expect(doubles[0] == 0.1 && doubles[1] == -1e300 && doubles[2].isNaN
                && doubles[3] == .infinity)
        for (text, double) in [("0.1", 0.1), ("-123456.000789", -123456.000789), ("1e30", 1e30),
                               ("0", 0), ("0.00000000012345", 1.2345e-10),
                               ("10000000000000000000000", 1e22)] {
            let sql: SQL = "select \(value: .text(text), .plainText)::numeric"
            guard case .double(let read) = try value(sql, .number, server) else { continue }
            #expect(read == [double], "\(text)")
        }
        guard case .day(let days) = try value(
            "values (date '1970-01-01'), (date '0001-01-01'), (null), (date '9999-12-31')", .day,
            server) else { return #expect(Bool(false)) }
        #expect(days == [0, -719_162, None.day, 2_932_896])
        guard case .day(let moments) = try value(
            "values (timestamp '1969-12-31'), (timestamp '2015-10-31')", .day, server) else {
            return #expect(Bool(false))
        }
        #expect(moments == [-1, 16_739])
        guard case .bool(let flags) = try value("values (true), (false), (null)", .bool, server)
        else { return #expect(Bool(false)) }
        #expect(flags == [1, 0, None.bool])
        guard case .text(let codes, let texts) = try value(
            "values ('甲'), (null), (''), ('甲')", .plainText, server) else {
            return #expect(Bool(false))
        }
        #expect(codes == [0, None.code, 1, 0] && texts.texts == ["甲", ""])
    }

    @Test("What is bound comes back the same", arguments: [
        (Constant.int(.max), ValueType.integer), (.int(-1), .decimal(2)), (.none, .integer),
        (.double(0.1), .number), (.double(-1e-300), .number), (.bool(true), .bool),
        (.day(16_739), .day), (.day(-719_162), .day), (.day(2015), .year), (.day(24_185), .month),
        (.text("a'b\"c\\d;$1 名\n\t"), .plainText), (.text(""), .plainText), (.none, .plainText),
        (.none, .day), (.none, .bool), (.none, .number),
    ])
    func bound(_ constant: Constant, _ type: ValueType) throws {
        let read = try value("select \(value: constant, type)", type, try server())
        switch (constant, read) {
        case (.none, _): #expect(read.isNone(0))
        case (.int(let a), .int(let b)): #expect([a] == b)
        case (.double(let a), .double(let b)): #expect([a] == b)
        case (.bool(let a), .bool(let b)): #expect([a ? 1 : 0] == b)
        case (.day(let a), .day(let b)): #expect([a] == b)
        case (.text(let a), .text(_, let b)): #expect([a] == b.texts)
        default: Issue.record("\(read)")
        }
    }

    @Test("What does not fit is an overflow, as in memory", arguments: [
        "select 9223372036854775807 + 1::bigint",
        "select sum(v) from (values (9223372036854775807), (1)) t(v)",
        "select (-9223372036854775808)::bigint",
    ] as [SQL])
    func overflow(_ sql: SQL) throws {
        let server = try server()
        let fault = try #require(throws: Diagnostic.self) { try value(sql, .integer, server) }
        #expect(fault.code == Diagnostic.overflow.code)
    }

    @Test("A result of another form is an error, never another figure")
    func otherForms() throws {
        let server = try server()
        for (sql, type) in [("select '1'::text", ValueType.integer), ("select 1", .plainText),
                            ("select 1.5::numeric", .integer), ("select 1.5::float8", .integer),
                            ("select 1", .day), ("select 1, 2", .integer)] as [(SQL, ValueType)] {
            let fault = try #require(throws: Diagnostic.self) { try value(sql, type, server) }
            #expect(fault.code == "postgres.result", "\(sql)")
        }
    }

    @Test("Nothing can be changed, and a fault tells no values")
    func readOnly() throws {
        let server = try server()
        let fault = try #require(throws: Diagnostic.self) {
            try value("create table t (n integer)", .integer, server)
        }
        #expect(fault.code == "postgres.privilege")
        let cast = try #require(throws: Diagnostic.self) {
            try value("select '110101199003074233x'::text::bigint", .integer, server)
        }
        #expect(cast.code == "postgres.statement")
        #expect(!(cast.message.en + cast.message.zh).contains("19900307"))
    }

    // MARK: interruption

    @Test("An interrupted statement ends on the server, and the connection is as good as before")
    func cancel() throws {
        let server = try server()
        guard case .int(let before) = try value("select pg_backend_pid()", .integer, server) else {
            return #expect(Bool(false))
        }
        // True from the fifth question on, which comes after a fifth of a second.
        let asked = Mutex(0)
        let fault = try #require(throws: Diagnostic.self) {
            try value("select 1 from pg_sleep(600)", .integer, server, isCancelled: {
                asked.withLock { $0 += 1; return $0 > 5 }
            })
        }
        #expect(fault.isCancellation)
        let active = "select count(*) from pg_stat_activity where pid = \(before[0]) "
            + "and state = 'active'"
        #expect(try TestPostgres.shared.psql(active) == "0")
        guard case .int(let after) = try value("select pg_backend_pid()", .integer, server) else {
            return #expect(Bool(false))
        }
        #expect(before == after)
    }

    @Test("A push that is interrupted leaves nothing")
    func cancelledPush() throws {
        let postgres = try TestPostgres.shared
        let database = try postgres.newDatabase(), url = postgres.url(database)
        let sample = try Sample("city")
        let isBegun = Mutex(false)
        let push = try PostgresPush(
            url, PushTerms(domain: Sample.domain, isCancelled: { isBegun.withLock { $0 } },
                           progress: { _, _ in isBegun.withLock { $0 = true } }))
        let fault = try #require(throws: Diagnostic.self) {
            try push.push(sample.snapshot) { sample.tables }
        }
        #expect(fault.isCancellation)
        #expect(try postgres.psql("select count(*) from pg_namespace where nspname like 'muster%'",
                                  database: database) == "0")
    }

    // MARK: a server that goes

    @Test("A server that was restarted is connected to anew, and that is said")
    func restart() throws {
        let postgres = try TestPostgres.another()
        let notices = Mutex<[String]>([])
        let server = try PostgresServer(postgres.url(), notice: { fault in
            notices.withLock { $0.append(fault.code) }
        })
        _ = try value("select 1", .integer, server)
        #expect(notices.withLock { $0 } == [])
        #expect(postgres.restart())
        guard case .int([1]) = try value("select 1", .integer, server) else {
            return #expect(Bool(false))
        }
        #expect(notices.withLock { $0 } == ["postgres.regained"])
        #expect(postgres.crash())
        guard case .int([2]) = try value("select 2", .integer, server) else {
            return #expect(Bool(false))
        }
        #expect(notices.withLock { $0.count } == 2)
        #expect(postgres.stop())
        for _ in 0..<2 {
            let fault = try #require(throws: Diagnostic.self) {
                try value("select 1", .integer, server)
            }
            #expect(fault.code == "postgres.unreachable")
        }
        #expect(postgres.start())
        guard case .int([3]) = try value("select 3", .integer, server) else {
            return #expect(Bool(false))
        }
        // What is read-only stays so over a new connection.
        #expect(throws: Diagnostic.self) { try value("create table t (n int)", .integer, server) }
    }

    @Test("A push whose server dies in the middle leaves nothing")
    func halfPush() throws {
        let postgres = try TestPostgres.another()
        let sample = try Sample("city")
        let told = Mutex(0)
        let push = try PostgresPush(postgres.url(), PushTerms(domain: Sample.domain, progress: { _, _ in
            let isFirst = told.withLock { $0 += 1; return $0 == 1 }
            if isFirst { _ = postgres.crash() }
        }))
        let fault = try #require(throws: Diagnostic.self) {
            try push.push(sample.snapshot) { sample.tables }
        }
        #expect(fault.code == "postgres.push")
        let left = "select count(*) from pg_namespace where nspname like 'muster%'"
        #expect(try postgres.psql(left) == "0")
        #expect(try PostgresServer(postgres.url()).snapshots().isEmpty)
        // And the next one goes through.
        guard case .pushed = try PostgresPush(postgres.url(), PushTerms(domain: Sample.domain))
            .push(sample.snapshot, tables: { sample.tables }) else { return #expect(Bool(false)) }
    }

    // MARK: what goes wrong while connecting

    private func fault(_ url: String) throws -> Diagnostic {
        let fault = try #require(throws: Diagnostic.self) { try PostgresServer(url) }
        #expect(fault.hint != nil)
        #expect(!fault.message.zh.isEmpty && fault.message.zh != fault.message.en)
        for text in [fault.message.zh, fault.message.en] { #expect(!text.contains("falsch")) }
        return fault
    }

    @Test("Each way of not getting in is said, with what to do")
    func connecting() throws {
        let postgres = try TestPostgres.shared
        try postgres.psql("""
            do $$ begin
              if not exists (select from pg_roles where rolname = 'locked') then
                create role locked login password 'geheim';
              end if;
            end $$
            """)
        #expect(try fault("postgres://u:falsch@%2Fnowhere/db").code == "postgres.unreachable")
        #expect(try fault("postgres://u:falsch@host/db?nothing=1").code == "postgres.address")
        #expect(try fault(postgres.url("nowhere")).code == "postgres.database")
        #expect(try fault(postgres.url(user: "nobody1")).code == "postgres.login")
        #expect(try fault(postgres.url(user: "locked")).code == "postgres.password")
        #expect(try fault(postgres.url(user: "locked", password: "falsch")).code
                == "postgres.password")
        _ = try PostgresServer(postgres.url(user: "locked", password: "geheim"))
        let passwords = NSTemporaryDirectory() + "muster-pass-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: passwords) }
        #expect(FileManager.default.createFile(
            atPath: passwords, contents: Data("*:*:*:locked:geheim\n".utf8),
            attributes: [.posixPermissions: 0o600]))
        _ = try PostgresServer(postgres.url(user: "locked") + "?passfile=" + passwords)
    }

    @Test("A database of another encoding, and one where nothing may be made")
    func unsuitable() throws {
        let postgres = try TestPostgres.shared
        let name = "d" + String(UInt64.random(in: 0 ... .max), radix: 36)
        try postgres.psql("create database \(name) encoding 'SQL_ASCII' locale 'C' "
                          + "template template0")
        #expect(try fault(postgres.url(name)).code == "postgres.encoding")
        let role = "r" + name
        try postgres.psql("create role \(role) login")
        let database = try postgres.newDatabase()
        let sample = try Sample("small")
        let push = try PostgresPush(postgres.url(database, user: role),
                                    PushTerms(domain: Sample.domain))
        let fault = try #require(throws: Diagnostic.self) {
            try push.push(sample.snapshot) { sample.tables }
        }
        #expect(fault.code == "postgres.privilege")
        // A reader needs the catalog and the schema, and no more.
        let url = postgres.url(database)
        guard case .pushed(let pushed, _) = try PostgresPush(url, PushTerms(domain: Sample.domain))
            .push(sample.snapshot, tables: { sample.tables }) else { return }
        let reader = postgres.url(database, user: role)
        let closed = try #require(throws: Diagnostic.self) {
            try PostgresServer(reader).snapshots()
        }
        #expect(closed.code == "postgres.privilege")
        try postgres.psql("""
            grant usage on schema muster, \(pushed.schema) to \(role);
            grant select on all tables in schema muster, \(pushed.schema) to \(role)
            """, database: database)
        let server = try PostgresServer(reader)
        _ = try server.light(try #require(try server.snapshots().first), domain: Sample.domain)
    }
}
