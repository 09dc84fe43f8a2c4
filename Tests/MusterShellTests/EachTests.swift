@testable import MusterShell
import Testing

@Suite("A report for every unit of a level")
struct EachTests {
    private static let districts = ["todo-南开大学团委.csv", "todo-和平区团委.csv", "todo-宁河区团委.csv",
                                    "todo-市审计局团委.csv"]

    @Test("Every unit of the level has a file of its own, and who is in none is said")
    func files() throws {
        let outcome = try MachineTests.run(
            "$M run follow-up --each unit.district --output 'todo-{unit}.csv' snap")
        #expect(outcome.status == 0, "\(outcome.said)")
        #expect(outcome.files == Self.districts)
        #expect(outcome.said.contains("4 files written"))
        #expect(outcome.said.contains("of the members, 1 belong to no such unit"))
    }

    @Test("Nothing is written where one of the files exists, the level is none, or no name is asked for",
          arguments: [
        ("touch 'todo-和平区团委.csv'; $M run follow-up --each unit.district --output 'todo-{unit}.csv' snap",
         "exists already"),
        ("$M run follow-up --each unit.county --output 'todo-{unit}.csv' snap", "takes a level"),
        ("$M run follow-up --each unit.district --output 'todo.csv' snap", "needs {unit}"),
        ("$M run follow-up --each unit.district snap", "--each needs --output"),
        ("$M run follow-up --each unit.district --output 'todo-{unit}.abc' snap", "ending"),
    ])
    func refusals(_ line: String, _ says: String) throws {
        let outcome = try MachineTests.run(line)
        #expect(outcome.status != 0)
        #expect(outcome.said.contains(says), "\(outcome.said)")
        #expect(outcome.files.isEmpty || outcome.files == ["todo-和平区团委.csv"])
    }

    @Test("Names of files are safe", arguments: [
        ("高一/1班", "高一_1班"), ("..", "_"), ("a:b*c?", "a_b_c_"), (" 空格 ", "空格"), ("", "_"),
        (String(repeating: "长", count: 100), String(repeating: "长", count: 66)),
    ])
    func names(_ name: String, _ safe: String) { #expect(FileName.safe(name) == safe) }
}
