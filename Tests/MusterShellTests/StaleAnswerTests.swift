import Foundation
import MusterDiagnostics
import Testing
@testable import MusterShell

/// What goes on from the last result does so only where the result still holds.
@Suite("Results that no longer hold")
struct StaleAnswerTests {
    private static let query = "members | rate registered by unit.district"

    /// What makes it stale, and a word of the reason.
    @Test("Whatever goes on from them says why it does not", arguments: [
        ("use 2015-10-31", "use"), ("unload 2015-10-31", "unload"), ("unload", "unload"),
        ("load $samples/small", "load"), ("set stars 1,2,3,4,5", "set stars"),
        ("set yearly_minimum 3", "set yearly_minimum"), ("set privacy strict", "set privacy"),
    ])
    func stale(change: String, reason: String) throws {
        for next in ["drill 1", "last", "last | count", "| count"] {
            let desk = try SessionFixture("city")
            try desk.session.load(desk.sample("city-2015"))
            _ = desk.run(Self.query)
            _ = desk.run(change.replacing("$samples", with: desk.sample("")))
            let said = desk.run(next)
            #expect(said.contains("since the last result (\(reason))"), "\(change), \(next): \(said)")
            #expect(said.contains("run the query again"))
        }
    }

    @Test("What has no bearing on them leaves them alone", arguments: [
        "set rows 3", "set format json", "set time off", "let x = 1", "fields",
        "set yearly_minimum 20", "drill 1 into other", "use 2017-12-31",
    ])
    func fresh(change: String) throws {
        let desk = try SessionFixture("city")
        _ = desk.run(Self.query)
        #expect(!desk.run(change).contains("error"))
        for next in ["drill 1", "last", "| count"] {
            #expect(!desk.run(next).contains("error"), "\(change), \(next)")
        }
    }

    @Test("A relation made makes stale what was asked before")
    func relations() throws {
        let desk = try SessionFixture("small")
        _ = desk.run("members | select id, name | into list")
        _ = desk.run(Self.query)
        #expect(!desk.run("relate list.id to people.id as person, entries").contains("error"))
        for next in ["drill 1", "last", "| count"] {
            #expect(desk.run(next).contains("since the last result (relate)"))
        }
    }

    @Test("A table replaced makes stale what read it, through a definition too")
    func tables() throws {
        let desk = try SessionFixture("small")
        _ = desk.run("members | select name, hours | take 3 | into t")
        _ = desk.run("let rows_of_t = t | take 2")
        for query in ["t | count", "rows_of_t | count",
                      "members | take 3 | derive h = lookup(t.hours, name = name)"] {
            _ = desk.run(query)
            _ = desk.run("units | take 1 | into u")
            _ = desk.run(query)
            _ = desk.run("drill 1 into u")
            #expect(!desk.run("last").contains("error"))
            _ = desk.run("unload t")
            #expect(desk.run("| count").contains("the table t that the last result read"))
            _ = desk.run("members | select name, hours | take 3 | into t")
        }
    }
}

/// What a script defines and keeps goes with it.
@Suite("Script frames")
struct ScriptFrameTests {
    @Test("Tables, definitions and parameters of a script do not outlive it")
    func names() throws {
        let desk = try SessionFixture("small", format: "md")
        let path = FileManager.default.temporaryDirectory
            .appending(path: "muster-frame-\(UUID().uuidString).muster").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try """
            param n: number = 2
            let three = members | take 3
            three | into kept
            units | take 1 | into mine
            section "left out" if 1 = 2
            text "not shown"
            """.write(toFile: path, atomically: true, encoding: .utf8)
        _ = desk.run("units | take 2 | into mine")
        #expect(!desk.run("run \"\(path)\"").contains("not shown"))
        #expect(desk.session.frames.isEmpty)
        #expect(desk.session.environment.tables["kept"] == nil)
        #expect(desk.session.environment.tables["mine"]?.frame.count == 2)
        #expect(desk.session.environment.definitions["three"] == nil)
        #expect(desk.session.environment.parameters.isEmpty)
        #expect(desk.run("text \"shown\"").contains("shown"))
    }

    @Test("A script's relations are its own, and those around it are seen")
    func relations() throws {
        let desk = try SessionFixture("small", format: "csv")
        let path = FileManager.default.temporaryDirectory
            .appending(path: "muster-frame-\(UUID().uuidString).muster").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try """
            relate list.name to people.name as namesake
            list | summarize a = count(person is not none), b = count(namesake is not none)
            units | select id | into places
            relate places.id to units.id as place, rows
            ambiguous | count
            """.write(toFile: path, atomically: true, encoding: .utf8)
        _ = desk.run("members | select id, name | into list")
        _ = desk.run("relate list.id to people.id as person, entries")
        let before = desk.session.environment.tables["ambiguous"]?.reference
        let said = desk.run("run \"\(path)\"")
        #expect(said.contains("29,29"), "\(said)")
        #expect(desk.session.environment.relations.map(\.relating.up.text) == ["person"])
        #expect(desk.session.environment.tables["ambiguous"]?.reference == before)
        #expect(desk.run("list | where namesake is none").contains("error"))
        #expect(desk.run("list | where person is none | count").contains("\n0"))
    }
}

/// The session changes nowhere but in its own file.
@Suite("The session's state")
struct SessionStateTests {
    @Test("No property of it can be assigned from another file")
    func isItsOwn() throws {
        let file = SessionFixture.top.appending(path: "Sources/MusterShell/Session/Session.swift")
        let text = try String(contentsOf: file, encoding: .utf8)
        let properties = text.split(separator: "\n").filter { line in
            line.hasPrefix("    ") && !line.hasPrefix("     ") && line.contains(" var ")
                && !line.contains("{") || line.contains("lazy var")
        }
        #expect(properties.count >= 10)
        for line in properties { #expect(line.contains("private"), "\(line)") }
    }

    @Test("Commands are told apart by their traits, not by lists of their names")
    func traits() throws {
        let sources = SessionFixture.top.appending(path: "Sources/MusterShell")
        let files = try #require(FileManager.default.enumerator(atPath: sources.path))
        let listed = /\[("[a-z]+", )*"(drill|log|run|include|load|quit|history)"[^\]]*\]\.contains/
        for case let path as String in files where path.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            #expect(text.firstMatch(of: listed) == nil, "\(path)")
        }
    }
}
