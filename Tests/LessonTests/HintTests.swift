import Foundation
import MusterDiagnostics
import MusterLeague
@testable import MusterShell
import Testing

/// What answers that no author foresaw are told.
struct HintTests {
    private func judge(_ answer: String, _ sample: String = "samples/small") throws
        -> LessonJudge {
        let step = LessonStep(text: Message(""), task: Message(""), answer: answer, hints: [],
                              wrongAnswers: [])
        return try LessonJudge(step, LessonBooks(
            sample: Classroom.root.appending(path: sample).path, League.domain()))
    }

    private static let rates = "members | rate registered by unit.district"

    @Test("the one part that is wrong is named", arguments: [
        ("activists | rate registered by unit.district", LessonFault.source, "not members"),
        ("units | count", .columns, "there should be 4, yours has 1"),
        ("members as of 2016 | rate registered by unit.district", .day, "no other day"),
        ("members | rate entered by unit.district", .numerator, "behind rate"),
        ("members | rate registered.date is not none by unit.district", .numerator, "who is"),
        ("members | rate registered by unit", .rows, "behind by"),
        ("members | rate registered by unit.kind", .level, "kind"),
        ("members | rate registered", .rows, "by is missing"),
        ("members | where age > 15 | rate registered by unit.district", .condition,
         "where too many"),
        ("members | rate registered by unit.district | rank -rate", .columns, "too many: rank"),
        ("members | rate registered by unit.district | total", .total, "total too many"),
        ("members | where registered | rate registered by unit.district", .denominator,
         "of themselves"),
    ])
    func named(answer: String, fault: LessonFault, phrase: String) throws {
        let finding = try #require(try judge(Self.rates).finding(answer: answer))
        #expect(finding.fault == fault && finding.message.en.contains(phrase),
                "\(answer): \(finding.fault) \(finding.message.en)")
    }

    @Test("the boundary and the condition that is missing are named", arguments: [
        ("members | where age >= 14 and registered | count",
         "members | where age > 14 and registered | count", LessonFault.condition, ">="),
        ("members | where age < 18 and registered | count",
         "members | where age <= 18 and registered | count", .condition, "less than"),
        ("members | where age >= 14 and registered | count",
         "members | where age >= 14 | count", .condition, "Missing: registered."),
        ("members | where registered and year_hours < 20 and not minor | count",
         "members | where registered and year_hours < 20 | count", .condition,
         "Missing: not minor."),
        ("members | where age >= 14 | rate registered", "members | rate registered", .condition,
         "Missing: age >= 14."),
        ("members | rate registered and age >= 18", "members | rate registered", .numerator,
         "Missing: age >= 18."),
        ("members | where registered and not minor | select name",
         "members | where registered and minor | select name", .condition,
         "Turned round: not minor."),
        ("members | summarize n = count(hours >= 20) by unit.district",
         "members | summarize n = count(hours > 20) by unit.district", .values, ">="),
        // Written otherwise than the reference, with one thing wrong.
        ("members | where minor | count", "members | where age <= 18 | count", .condition,
         "less than"),
        ("members | where minor and not registered | select name",
         "members | where not registered | select name", .condition, "Missing: minor."),
    ])
    func conditions(answer: String, given: String, fault: LessonFault, phrase: String) throws {
        let finding = try #require(try judge(answer).finding(answer: given))
        #expect(finding.fault == fault && finding.message.en.contains(phrase),
                "\(given): \(finding.fault) \(finding.message.en)")
    }

    @Test("a condition is named in the language that is spoken")
    func spoken() throws {
        let judge = try judge("团员 | 筛选 未满十八 且 非 已注册 | 计数")
        let finding = try #require(try judge.finding(answer: "团员 | 筛选 未满十八 | 计数"))
        #expect(finding.message.zh.contains("缺的是“非 已注册”。"))
        #expect(finding.message.en.contains("Missing: not registered."))
    }

    @Test("a wrong day behind as of says so")
    func days() throws {
        let judge = try judge("members as of 2015-10-31 | rate registered")
        for day in ["2015", "2015-11", "2016-10-31"] {
            let finding = try #require(try judge.finding(
                answer: "members as of \(day) | rate registered"))
            #expect(finding.fault == .day && finding.message.en.contains("last day"),
                    "\(day): \(finding.message.en)")
        }
    }

    @Test("periods", arguments: [
        ("2014..2017", "One year too many"), ("2015..2016", "One year too few"),
        ("2012..2017", "3 of year too many: 2012, 2013, 2014"),
        ("2017..2017", "2 of year missing: 2015, 2016"),
    ])
    func periods(range: String, phrase: String) throws {
        let judge = try judge("members over years 2015..2017 | rate registered by year")
        let answer = "members over years \(range) | rate registered by year"
        let finding = try #require(try judge.finding(answer: answer))
        #expect(finding.fault == .period && finding.message.en.contains(phrase),
                "\(finding.message.en)")
    }

    @Test("what fits the sample by chance is not called a constant")
    func chance() throws {
        let judge = try judge("members | rate registered")
        // On the small sample as many are entered as are registered.
        let chance = try #require(try judge.finding(answer: "members | rate entered"))
        #expect(chance.fault == .numerator && chance.message.en.contains("happens to fit"))
        let count = try self.judge("members | count")
        #expect(try count.finding(answer: "29")?.fault == .constant)
    }

    @Test("the order among equals is free, also at the edge of what is taken", arguments: [
        ("", "name"), ("", "-name"), (" | take 3", "name"), (" | take 3", "-name"),
    ])
    func ties(taken: String, second: String) throws {
        // Several of the registered have no hours at all.
        let people = "members | where registered | select name, hours"
        let judge = try judge("\(people) | sort hours\(taken)")
        #expect(try judge.finding(answer: "\(people) | sort hours, \(second)\(taken)") == nil)
        #expect(try judge.finding(answer: "\(people) | sort -hours\(taken)") != nil)
        // The column that is sorted by need not be shown, and totals stay at the foot.
        let names = "members | where registered"
        let shown = try self.judge("\(names) | sort hours\(taken) | select name")
        #expect(try shown.finding(
            answer: "\(names) | sort hours, \(second)\(taken) | select name") == nil)
        let rates = "members | rate registered by unit.committee"
        let totals = try self.judge("\(rates) | sort n | total")
        #expect(try totals.finding(answer: "\(rates) | sort n, -unit.committee | total") == nil)
        #expect(try totals.finding(answer: "\(rates) | sort -n | total")?.fault == .order)
    }

    @Test("typed in parts, an answer is judged as a whole")
    func inParts() throws {
        let folder = try Classroom.scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let room = Classroom(.en, progress: folder.appending(path: "lessons.json"))
        let lesson = Classroom.root.appending(path: "scripts/lessons/05-target.lesson").path
        room.type("lesson \(lesson)")
        room.type("members as of 2016 | rate registered by unit.district")
        #expect(room.type("| against target").contains("no other day was asked for"))
        room.type("members | rate registered by unit.district")
        #expect(room.type("| against target").contains("✓"))
    }
}
