import Foundation
import MusterDiagnostics
import Testing
@testable import MusterShell

/// Texts far beyond what anybody writes: each is refused with a message that says which limit it
/// is and what to do, and what has a use goes through. The program is run, so that a stack that
/// overflows or a text that is never done with fails the test and not the tests.
@Suite("Limits of texts")
struct LimitTests {
    /// What a script gives over the small sample, in rows of csv.
    private func run(_ script: String, _ others: [String: String] = [:]) throws
        -> ExitStatusTests.Outcome {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "muster-limits-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = script.replacing("FOLDER", with: folder.path)
        for (name, text) in others.merging(["main.muster": script], uniquingKeysWith: { $1 }) {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        return try ExitStatusTests.run(["run", folder.appending(path: "main.muster").path,
                                        "--format", "csv", "--language", "en", "samples/small"])
    }

    private func chain(_ count: Int, from first: String, _ next: (Int) -> String) -> String {
        "let v0 = \(first)\n" + (1...count).map { "let v\($0) = \(next($0))\n" }.joined()
    }

    // MARK: what must work

    @Test("Nine thousand values behind in")
    func manyValues() throws {
        let texts = (0..<9000).map { "\"\($0)\"" }.joined(separator: ", ")
        let none = try run("members | where unit.name in (\(texts)) | count")
        #expect(none.status == 0 && none.output == "n\n0\n")
        let numbers = (0..<9000).map { String($0) }.joined(separator: ", ")
        let all = try run("members | where age in (\(numbers)) | count")
        #expect(all.status == 0)
        #expect(all.output == (try run("members | count")).output)
    }

    @Test("A thousand definitions side by side; a hundred that lead to one another")
    func manyDefinitions() throws {
        let flat = (0..<1000).map { "let v\($0) = \($0)\n" }.joined()
        #expect(try run(flat + "members | where v999 = 999 | count").status == 0)
        let deep = chain(90, from: "1") { "v\($0 - 1) + 1" }
        let result = try run(deep + "members | select x = v90 | distinct x")
        #expect(result.output == "x\n91\n")
    }

    @Test("Three hundred stages")
    func manyStages() throws {
        let stages = (0..<300).map { "| where age >= 0 or \($0) > 0 " }.joined()
        #expect(try run("members \(stages)| count").output == (try run("members | count")).output)
    }

    @Test("As deep as may be, on workers too")
    func deepest() throws {
        let plus = String(repeating: " + 1", count: 98)
        let text = chain(4, from: "0") { "v\($0 - 1)\(plus)" }
        #expect(try run(text + "members | select x = v4 | distinct x").output == "x\n392\n")
    }

    // MARK: what is refused

    @Test("Definitions that lead to one another too deeply")
    func chains() throws {
        try expectRefusal(of: chain(1000, from: "members") { "v\($0 - 1) | where age > 0" }
                          + "v999 | count", "more than \(Limits.definitions) deep")
    }

    @Test("Expressions and bare names, too")
    func thoroughChains() throws {
        for text in [
            chain(1000, from: "1") { "v\($0 - 1) + 1" } + "members | select x = v999",
            chain(1000, from: "members") { "v\($0 - 1)" } + "v999 | count",
        ] { try expectRefusal(of: text, "more than \(Limits.definitions) deep") }
    }

    @Test("Definitions in a circle twice over")
    func circles() throws {
        try expectRefusal(of: "let a = members | where (a | count) > 0 and (a | count) > 1\n"
                          + "a | count", "is defined by itself")
    }

    @Test("Definitions that double")
    func thoroughDoubling() throws {
        try expectRefusal(of: chain(22, from: "age") { "v\($0 - 1) + v\($0 - 1)" }
                          + "members | select x = v22", "over \(Limits.expressions) expressions")
    }

    @Test("Tables that double")
    func doublingTables() throws {
        try expectRefusal(of: chain(22, from: "members | count by gender") {
            "v\($0 - 1) | append v\($0 - 1)"
        } + "v22 | count", "\(Limits.stages) at most")
    }

    @Test("Depth that definitions and operators make together")
    func depth() throws {
        let plus = String(repeating: " + 1", count: 98)
        try expectRefusal(of: chain(6, from: "0") { "v\($0 - 1)\(plus)" }
                          + "members | select x = v6", "more than \(Limits.depth) deep")
    }

    @Test("Lengths", arguments: [
        ("members | where unit" + String(repeating: ".parent", count: 2200) + ".name = \"x\"",
         "\(Limits.path) names at most"),
        ("members " + String(repeating: "| where registered ", count: 3200) + "| count",
         "\(Limits.stages) at most"),
        ("members " + String(repeating: "| select name, name ", count: 8000),
         "\(Limits.stages) at most"),
        ("members | select " + (0...Limits.columns).map { "c\($0) = \($0)" }
            .joined(separator: ", "), "\(Limits.columns) at most"),
        ("members | where " + String(repeating: "x", count: 100_000), "name is too long"),
        ("members | where " + String(repeating: "(", count: 5000) + "age"
            + String(repeating: ")", count: 5000) + " > 1", "nested too deeply"),
        ("members | where age > 0" + String(repeating: " and age > 0", count: 3000),
         "expression is too long"),
        ("# " + String(repeating: "x", count: Limits.textBytes), "this text has"),
    ])
    func lengths(_ text: String, _ words: String) throws {
        try expectRefusal(of: text, words)
    }

    /// So many scripts, each of which includes the next one so many times.
    private func including(_ count: Int, _ times: Int) -> [String: String] {
        Dictionary(uniqueKeysWithValues: (1...count).map {
            ("i\($0).muster", String(repeating: "include \"i\($0 + 1).muster\"\n",
                                     count: $0 < count ? times : 0) + "1 + 1\n")
        })
    }

    @Test("Scripts that include one another")
    func includes() throws {
        try expectRefusal(of: "include \"i1.muster\"", "more than \(Limits.includesDeep) deep",
                          including(Limits.includesDeep + 10, 1))
        #expect(try run("include \"i1.muster\"", including(30, 1)).status == 0)
    }

    @Test("Scripts that include one another without end, and twice each")
    func thoroughIncludes() throws {
        try expectRefusal(of: "include \"i1.muster\"", "more than \(Limits.includesDeep) deep",
                          including(1300, 1))
        try expectRefusal(of: "include \"i1.muster\"", "more than \(Limits.includes) others",
                          including(30, 2))
    }

    @Test("An error stays short")
    func errors() throws {
        let long = String(repeating: "x", count: 900)
        let many = try run((0..<3000).map { "members | where \(long)\($0)\n" }.joined())
        #expect(many.status == 1)
        #expect(many.errors.utf8.count < Limits.faults * 3 * Limits.messageCharacters)
        let backquotes = try run(String(repeating: "`", count: 20_000))
        #expect(backquotes.errors.contains("and \(10_000 - Limits.faults) more errors"))
        let text = try run("members | coun \"" + String(repeating: "x", count: 3_000_000) + "\"")
        #expect(text.status == 1 && text.errors.utf8.count < 2 * Limits.messageCharacters)
    }

    @Test("What depends on the data has limits that settings raise", arguments: [
        ("groups", "members | count by id", "groups"),
        ("groups", "members | count by every unit, every gender", "groups"),
        ("groups", "members | count by unit, gender | total gender, unit", "groups"),
        ("cells", "members | select id, age", "cells"),
        ("cells", "members | select id, age | sort age | take 1", "cells"),
        ("cells", "members | count by unit, gender | pivot gender", "cells"),
        ("cells", "members over months 2015-01..2017-12 | summarize n = count() by id, month", "cells"),
    ])
    func settings(_ setting: String, _ query: String, _ words: String) throws {
        try expectRefusal(of: "set \(setting) 10\n" + query, "set \(setting) 20")
        #expect(try run("set \(setting) 100000\n" + query).status == 0)
        for value in ["0", "-1", "x", "99999999999999999999"] {
            #expect(try run("set \(setting) \(value)").status == 1)
        }
    }

    @Test("A column for everybody, a chart of everybody")
    func everybody() throws {
        func run(_ text: String) throws -> String {
            try ExitStatusTests.run(["--language", "en", "-c", text, "samples/city"]).errors
        }
        #expect(try run("members | count by id, unit.district | pivot id show n")
            .contains("\(Limits.columns) at most"))
        #expect(try run("members | count by id | chart bar id n").contains("too many rows for a chart"))
    }

    @Test("Files of rows that are none")
    func files() throws {
        let blank = String(repeating: "\n", count: Limits.blankLines + 10)
        try expectRefusal(of: "load \"FOLDER/blank.csv\" as t", "blank lines", ["blank.csv": "a,b\n1,2\n" + blank])
        try expectRefusal(of: "load \"FOLDER/blank.ndjson\" as t", "blank lines",
                          ["blank.ndjson": "{\"a\": 1}\n" + blank])
        let faulty = "set rejects 3\nload \"\(SessionFixture.top.path)/samples/faults.json\""
        try expectRefusal(of: faulty, "set rejects 6")
    }

    private func expectRefusal(of script: String, _ words: String,
                               _ others: [String: String] = [:]) throws {
        let outcome = try run(script, others)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(words), "\(outcome.errors.prefix(2000))")
        #expect(outcome.errors.utf8.count < 5 * Limits.messageCharacters)
    }
}
