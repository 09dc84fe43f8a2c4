import Foundation
import MusterDiagnostics
import MusterLeague
import Testing
@testable import MusterShell

/// From what was typed to a script: `save`.
@Suite("Saved scripts")
struct SaveTests {
    private let folder: TestFolder
    private let file: String

    init() throws {
        folder = try TestFolder()
        file = folder.path + "/mine.muster"
    }

    /// A conversation that is typed.
    private func desk(_ language: Language = .en) throws -> SessionFixture {
        try SessionFixture("small", format: "csv", language: language)
    }

    /// Results of running the script in a conversation of its own, without its heading and foot.
    private func rerun(_ language: Language = .en) throws -> String {
        try desk(language).run("run \"\(file)\"")
    }

    @Test("A saved script gives the same results, with what they depend on", arguments: [
        ["let young = members | where age < 18", "young | count by gender"],
        ["let a = 18", "let young = members | where age < a", "young | count by gender"],
        ["members | count by gender | into t", "t | sort -n"],
        ["members | count by gender", "| sort -n", "| take 1"],
        ["members | rate registered by unit.district", "drill 1", "| select name"],
        ["set stars 1,2,3,4,5", "members | count by stars"],
        ["members | where joined in last_year | count"],
        ["令 青年 = 团员 | 筛选 年龄 < 18", "青年|计数按性别"],
    ])
    func roundTrip(statements: [String]) throws {
        let desk = try desk()
        var shown: [String] = []
        for statement in statements { shown.append(desk.run(statement)) }
        #expect(desk.run("save \"\(folder.path)/mine\"") == "")
        let again = try rerun()
        for result in shown where !result.isEmpty { #expect(again.contains(result), "\(again)") }
        #expect(!again.contains("error"), "\(again)")
    }

    @Test("Only what worked is saved, and only what it needs")
    func onlyNeeded() throws {
        let desk = try desk()
        for text in ["let a = members | where registered", "let b = members | where insured",
                     "members | where nonsense", "b | count", "help rate", "fields",
                     "members | where id_number = \"120101199003070070\" | count"] {
            _ = desk.run(text)
        }
        _ = desk.run("save \"\(file)\"")
        let text = try folder.read("mine.muster")
        #expect(text.hasSuffix("title \"mine\"\n\nlet b = members | where insured\nb | count\n"),
                "\(text)")
    }

    @Test("Numbers choose among them")
    func numbers() throws {
        let desk = try desk()
        for text in ["members | count", "units | count", "teams | count", "service | count"] {
            _ = desk.run(text)
        }
        _ = desk.run("save \"\(file)\" 2..3")
        #expect(try folder.read("mine.muster").hasSuffix("\n\nunits | count\nteams | count\n"))
        #expect(desk.run("save \"\(file)2\" 7..9").contains("nothing to make a script of"))
        #expect(desk.run("save \"\(file)2\" x").contains("no range of numbers"))
    }

    @Test("What stands there is not written over unasked; without a result there is nothing")
    func refusals() throws {
        let desk = try desk()
        #expect(desk.run("save \"\(file)\"").contains("nothing to make a script of"))
        _ = desk.run("members | count")
        _ = desk.run("save \"\(file)\"")
        _ = desk.run("units | count")
        #expect(desk.run("save \"\(file)\"").contains("set overwrite on"))
        #expect(try !folder.read("mine.muster").contains("units"))
        _ = desk.run("set overwrite on")
        #expect(desk.run("save \"\(file)\"") == "")
        #expect(try folder.read("mine.muster").contains("units"))
        // That is for typing alone: a script could not set it.
        #expect(try !folder.read("mine.muster").contains("overwrite"))
    }

    @Test("A script cannot save, not over itself either")
    func scripts() throws {
        try "members | count\nsave \"\(file)\"\n".write(toFile: file, atomically: true,
                                                       encoding: .utf8)
        #expect(try rerun().contains("a script cannot use save"))
        #expect(try folder.read("mine.muster").hasPrefix("members"))
    }

    @Test("export on its own takes the last result, and says so where there is none")
    func export() throws {
        let desk = try desk()
        let path = folder.path + "/out.csv"
        #expect(desk.run("export \"\(path)\"").contains("there is no result yet"))
        let shown = desk.run("members | count by gender")
        #expect(desk.said("export \"\(path)\"").contains("written to \(path)"))
        #expect(try folder.read("out.csv") == shown)
    }
}
