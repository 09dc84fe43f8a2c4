import Foundation
import MusterBinding
import MusterDiagnostics
import MusterLanguage
import TestEngines
import TestPostgres
import Testing
@testable import MusterEngine
@testable import MusterShell

/// Queries that a database works out as a whole, by one statement, and that come to the same
/// there.
@Suite(.serialized) struct SaidInSQLTests {
    /// What the queries name.
    static let before = [
        "load \"Tests/Golden/cases/relate/platform.csv\" as platform",
        "people | select g = gender, w = 10.25 | distinct g, w | into weights",
        "people | select id, score = hours * 2, day = birth, far = hours > 3 | into scores",
        "relate platform.证件号码 to people.id_number as person, entries",
        "relate people.id to scores.id as own, owners",
        "relate people.id_number to platform.证件号码 as account, holders",
    ]
    static let queries = [
        "people | select id, l = length(name), c = length(concat(name, id))",
        "people | select id, c = concat(name, \"-\", age, \"/\", hours, \"/\", birth"
            + ", cadre, gender, unit.kind)",
        "people | select id, c = concat(year(birth), year_month(birth), registered, -hours)",
        "people | select id, t = text(hours), h = text(-hours), m = text(birth), b = text(insured)",
        "members | summarize a = mean(age), s = sum(hours) by unit.district "
            + "| derive r = round(a, 1), t = round(a / 7, 3), u = round(s / 7, 0)"
            + ", v = round(-a / 3, 2)",
        "people | select id, r = round(hours, 1), s = round(hours / 8, 2)"
            + ", t = round(hours * 1.005, 2)",
        "members over years 2014..2017 | rate registered by unit.district, year | against previous",
        "members over months 2017-01..2017-12 | rate registered by unit.kind, month"
            + " | against previous",
        "people | derive w = lookup(weights.w, g = gender)"
            + " | summarize s = sum(w), n = count() by unit.district",
        "people | select id, w = lookup(scores.score, id = id), d = lookup(scores.day, id = id)",
        "people | select id, own.score, own.day, own.far",
        "people | where own is none | count",
        "members | summarize s = sum(own.score), n = count(own.far) by unit.district | total",
        "people | where count(entries) > 1 | select id, name, rows = count(entries)",
        "people | where any(entries) | select id, first = min(entries.注册时间)",
        "members | summarize e = sum(count(entries)) by unit.district",
        "people | where account is not none | select id, account.平台编号",
        "people | select id, d = date(text(birth)), n = number(text(age))",
        "people | where birth is not none"
            + " | select id, d = date(concat(year(birth), \"/\", month(birth), \"/\", day(birth)))",
        "people | where birth is not none"
            + " | select id, d = date(concat(year(birth), \"年\", month(birth), \"月\""
            + ", day(birth), \"日\"))",
        "people | where age is not none "
            + "| select id, n = number(concat(\"-\", age, \".50\")), p = number(concat(age"
            + ", \"%\"))",
        "people | summarize n = count() by d = date(text(joined)) | take 5",
        "members | count by every unit, unit.kind",
        "members | summarize n = count(), h = sum(hours) by every unit.district"
            + ", unit.district.name, gender",
        "members | rate registered by every unit.district, k = unit.district.kind | against target",
    ]

    /// What a statement guesses wrong and is worked out here, with the note of what was lost.
    static let guessedWrong = [
        "people | select id, d = date(name)", "people | select id, n = number(id)",
        "people | select id, d = date(concat(year(birth), \"-02-30\"))",
        "people | select id, d = date(concat(\" \", text(birth)))",
        "people | where number(concat(\"1,\", age + 100)) > 1110 | count",
        "people | summarize n = count() by d = date(concat(text(birth), \"T\"))",
    ]

    private func conversation(_ engine: RemoteBooks.Engine?) throws -> Conversation {
        _ = GoldenRun.root
        var shelf = BookShelf()
        let settings = ["snapshot": "samples/small", "language": "en", "format": "csv"]
        let conversation = try Conversation(settings, &shelf) { data in
            try engine.map { try RemoteBooks.placed(data, in: $0) } ?? data
        }
        for text in Self.before {
            #expect(conversation.session.run(text), "\(text)")
        }
        _ = conversation.takePrinted()
        return conversation
    }

    /// Whether the plan of a query is worked out by one statement.
    private func isWhole(_ text: String, _ session: Session) throws -> Bool {
        let source = SourceText(text: text), run = session.newRun()
        let statements = parse(source, vocabulary: session.environment.registry).statements
        guard case .query(let expression)? = statements.first?.kind else { return false }
        let plan = try Binder(session.environment, run: run, source: source)
            .bind(statement: expression, text: text)
        return try Executor(run).executeWhole(plan) != nil
    }

    private func printed(_ text: String, _ conversation: Conversation) -> [String] {
        _ = conversation.session.run(text)
        return conversation.takePrinted().map(\.text)
    }

    @Test("The same as in memory, by one statement", arguments: RemoteBooks.Engine.allCases)
    func thoroughWhole(_ engine: RemoteBooks.Engine) throws {
        guard engine.isWanted else { return }
        let here = try conversation(nil), there = try conversation(engine)
        for text in Self.queries {
            #expect(try isWhole(text, there.session), "\(text)")
            #expect(printed(text, there) == printed(text, here), "\(text)")
        }
        for text in Self.guessedWrong {
            #expect(printed(text, there) == printed(text, here), "\(text)")
        }
        guard case .postgres = engine else { return }
        // What is wrong of a guess the server writes down: no value with it.
        let log = try String(contentsOfFile: TestPostgres.shared.folder + "/log", encoding: .utf8)
        let guesses = log.split(separator: "\n").filter { $0.contains(FunctionSQL.unsaid) }
        #expect(guesses.contains { $0.contains("ERROR") })
        #expect(guesses.filter { $0.contains("ERROR") }.allSatisfy {
            $0.hasSuffix("\"\(FunctionSQL.unsaid)\"")
        })
    }
}
