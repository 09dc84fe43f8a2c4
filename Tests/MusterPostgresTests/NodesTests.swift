import Foundation
import MusterDiagnostics
import MusterLeague
import MusterSQL
import TestEngines
import TestPostgres
import Testing
@testable import MusterShell
@testable import MusterPostgres

/// A snapshot whose people and service records lie on three servers, person by person: the one
/// that is asked reaches the two others by postgres_fdw.
@Suite("Three servers, by person", .enabled(if: TestPostgres.isWanted,
                                            Comment(rawValue: TestPostgres.absence)))
struct ThoroughNodesTests {
    /// Tables, and the column that says whose a row is.
    private static let spread = [("people", "_row"), ("service", "member")]

    /// Makes a table of the first server one of parts, of which the others hold one each.
    private static func spread(_ table: String, by person: String, of schema: String,
                               over nodes: [TestPostgres]) throws {
        let whole = "\(schema).\(table)", first = nodes[0]
        let columns = try first.psql("""
            select string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod), ', '
                order by attnum)
            from pg_attribute where attrelid = '\(whole)'::regclass and attnum > 0
            """)
        try first.psql("alter table \(whole) rename to \(table)_before; "
            + "create table \(whole) (\(columns)) partition by hash (\(person))")
        for (number, node) in nodes.enumerated() {
            let part = "\(table)_\(number)"
            let range = "for values with (modulus \(nodes.count), remainder \(number))"
            if number == 0 {
                try first.psql("create table \(schema).\(part) partition of \(whole) \(range)")
            } else {
                try node.psql("create table \(part) (\(columns))")
                try first.psql("create foreign table \(schema).\(part) partition of \(whole) "
                    + "\(range) server node_\(number) "
                    + "options (schema_name 'public', table_name '\(part)')")
            }
        }
        try first.psql("insert into \(whole) select * from \(schema).\(table)_before; "
            + "drop table \(schema).\(table)_before; analyze \(whole)")
    }

    private static func connect(_ first: TestPostgres, _ others: [TestPostgres]) throws {
        try first.psql("create extension postgres_fdw")
        for (number, node) in others.enumerated() {
            try first.psql("""
                create server node_\(number + 1) foreign data wrapper postgres_fdw
                options (host '\(node.folder)', dbname 'postgres', fetch_size '1000');
                create user mapping for current_user server node_\(number + 1)
                options (user 'muster')
                """)
        }
    }

    static let queries = [
        "members | rate registered by unit.district | total",
        "members over years 2015..2017 | rate registered by unit.kind, year | against target "
            + "| total",
        "members over months 2017-01..2017-12 | rate registered by every month | against previous",
        "people | sort birth, id | take 20 | select id, name, unit.name, hours, stars",
        "service | summarize h = sum(hours), n = count(), who = distinct(member) by field",
        "service | where member.registered | summarize m = median(hours), least = min(date) "
            + "by member.unit.district",
        "members | summarize h = sum(hours), m = mean(age), q = percentile(hours, 0.9) by gender",
        "members | summarize n = count() by g = each(\"cadres\": cadre is not none, "
            + "\"minors\": age < 18), unit.district | total",
        "units | derive m = count(members where registered) | sort -m, name | take 9 "
            + "| select name, m",
        "members | where unit under \"和平区\" and hours > 5 | count by unit.committee | sort -n",
        "members | where count(service where date in 2017) > 2 | count by stars",
        "findings | count by rule", "rejects | count by table, reason",
    ]

    @Test("The same answers")
    func same() throws {
        let nodes = try (0..<3).map { _ in try TestPostgres.another() }
        let sample = try Sample("city")
        guard case .pushed(let pushed, _) = try PostgresPush(
            nodes[0].url(), PushTerms(domain: Sample.domain))
            .push(sample.snapshot, tables: { sample.tables }) else { return }
        try Self.connect(nodes[0], Array(nodes.dropFirst()))
        for (table, person) in Self.spread {
            try Self.spread(table, by: person, of: pushed.schema, over: nodes)
            var counts = [try nodes[0].psql("select count(*) from \(pushed.schema).\(table)_0")]
            for number in 1..<nodes.count {
                counts.append(try nodes[number].psql("select count(*) from \(table)_\(number)"))
            }
            let rows = counts.map { Int($0) ?? 0 }
            #expect(rows.allSatisfy { $0 > 0 }, "\(table): \(rows)")
            #expect(rows.reduce(0, +) == sample.table(table)?.rowCount)
        }
        // Nobody's service lies apart from him.
        #expect(try nodes[1].psql("""
            select count(*) from service_1 s where s.member is not null
            and not exists (select 1 from people_1 p where p._row = s.member)
            """) == "0")
        let (here, said) = QuietSession.make(), (there, answered) = QuietSession.make()
        try here.load(sample.snapshot.path)
        try there.open(on: nodes[0].url(), [])
        for text in Self.queries {
            (said.results, answered.results) = ([], [])
            let isFine = here.run(text)
            #expect(there.run(text) == isFine, "\(text): \(answered.messages.suffix(300))")
            #expect(!said.results.isEmpty, "\(text)")
            #expect(String(decoding: answered.results, as: UTF8.self)
                        == String(decoding: said.results, as: UTF8.self), "\(text)")
        }
    }
}
