import Foundation
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
@testable import MusterLeague
import MusterStore
import Testing

/// The source `findings` and what its rows say.
struct RulesFindingsTests {
    private static let number = "34052419800101001X"

    private static func holder(_ id: String, _ number: Any) -> Fields {
        person(id, ["id_number": number, "birth": "1980-01-01", "cadre": "full_time"])
    }

    @Test func everyHolderOfASharedNumberIsListedWithTheOthers() throws {
        let small = Self.number.lowercased()
        let snapshot = try RulesSnapshot([
            Self.holder("A", Self.number), Self.holder("B", "340524198001010010"),
            Self.holder("C", small), Self.holder("D", small), Self.holder("E", NSNull()),
            Self.holder("F", NSNull()),
        ])
        let shared = "findings | where rule = id_number_shared | select "
        #expect(try snapshot.texts(shared + "id") == ["A", "C", "D"])
        #expect(try snapshot.texts(shared + "detail") == [
            "id_number *****************X, also C D", "id_number *****************x, also A D",
            "id_number *****************x, also A C",
        ])
    }

    @Test func blankNumbersAreNobodysAndManyHoldersAreCut() throws {
        let blank = try RulesSnapshot([Self.holder("A", " "), Self.holder("B", " ")])
        #expect(try blank.found().map(\.rule) == ["id_number_shape", "id_number_shape"])
        let many = try RulesSnapshot((1...7).map { Self.holder("A\($0)", Self.number) })
        #expect(try many.texts("findings | select detail").last
            == "id_number *****************X, also A1 A2 A3 +3")
    }

    @Test func noFindingShowsMoreOfANumberThanItsLastCharacter() throws {
        let wrong = ["34052419800101", "340524198001010011", "340524198013010017"]
        let snapshot = try RulesSnapshot(wrong.enumerated().map { Self.holder("A\($0)", $1) }
            + [Self.holder("B", wrong[1])])
        let cells = try snapshot.table("findings").cells.joined().map { "\($0)" }
        #expect(cells.count > 7 * 5)
        #expect(!cells.contains { cell in wrong.contains { cell.contains($0.prefix(4)) } })
    }

    @Test func detailsSpeakBothLanguages() throws {
        let snapshot = try RulesSnapshot(
            [person("A", ["birth": "2003-12-20", "registered": "2017-11-01"])],
            service: [service("2017-11-20", 12), service("2017-11-20", 12.5)])
        #expect(try snapshot.texts("findings | select detail", .en) == [
            "birth 2003-12-20, registered.date 2017-11-01", "date 2017-11-20, day_hours 24.5",
        ])
        #expect(try snapshot.texts("findings | select detail", .zh) == [
            "出生日期 2003-12-20，注册日期 2017-11-01", "日期 2017-11-20，当日时长 24.5",
        ])
        #expect(try snapshot.texts("校验结果 | 筛选 规则 = 一日超过二十四小时 | 选取 人员.姓名") == ["某人"])
    }

    @Test func findingsCountByRuleAndUnit() throws {
        let snapshot = try RulesSnapshot([person("A", ["joined": NSNull()]),
                                          person("B", ["joined": NSNull()])])
        let table = try snapshot.table("findings | count by rule, unit.district")
        #expect(table.rowCount == 1)
        #expect(table.cells.map { $0[0] } == [
            .term(Term("member_without_joined", "团员无入团日期")), .text("某区"), .integer(2),
        ])
    }

    @Test func nothingIsWorkedOutBeforeTheFirstReading() throws {
        let snapshot = try RulesSnapshot([person("A", ["joined": NSNull()])])
        _ = try snapshot.table("people | count")
        #expect(snapshot.data.column(Findings.name, "rule") == nil)
        _ = try snapshot.table("findings | count")
        #expect(snapshot.data.column(Findings.name, "rule")?.count == 1)
    }

    /// Overdue in 2017, not in 2015: the books are judged as of their own day.
    @Test func aQuerysDayDoesNotChangeTheFindings() throws {
        let snapshot = try RulesSnapshot([person("A", ["birth": "1989-06-01"])])
        #expect(try snapshot.texts("findings as of 2015 | select rule") == ["over_28_on_roll"])
    }

    @Test func anInterruptLeavesNothingHalfDone() throws {
        let snapshot = try RulesSnapshot([person("A", ["joined": NSNull()])])
        #expect(throws: Diagnostic.self) {
            _ = try snapshot.table("findings", isCancelled: { true })
        }
        #expect(snapshot.data.column(Findings.name, "rule") == nil)
        #expect(try snapshot.found().count == 1)
    }

    @Test func anEmptySnapshotHasNone() throws {
        #expect(try RulesSnapshot([]).found() == [])
    }
}
