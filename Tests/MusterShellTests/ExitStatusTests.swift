import Foundation
import Testing

/// The program as it was built: what it ends with, and what goes where.
@Suite("Exit status")
struct ExitStatusTests {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func run(_ arguments: [String], input: String? = nil,
                    environment: [String: String] = [:]) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "muster-run-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appending(path: "out"), errors = folder.appending(path: "err")
        let given = folder.appending(path: "in")
        try Data().write(to: output)
        try Data().write(to: errors)
        try Data((input ?? "").utf8).write(to: given)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: TerminalSession.products + "/muster")
        process.arguments = arguments
        process.currentDirectoryURL = top
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8"]
            .merging(environment) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = try FileHandle(forReadingFrom: given)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        return Outcome(status: process.terminationStatus,
                       output: try String(contentsOf: output, encoding: .utf8),
                       errors: try String(contentsOf: errors, encoding: .utf8))
    }

    @Test("0: done", arguments: [
        ["-c", "members | count", "samples/small"],
        ["-c", "1 + 1"],
        ["-c", "members | count; units | count", "--format", "json", "samples/small"],
        ["run", "progress", "samples/small"],
        ["run", "years", "--set", "to=2016", "samples/small"],
        ["run", "years", "to=2016", "samples/small"],
        ["check", "progress"],
        ["check", "Tests/Golden/cases/scripts/computed-days.muster"],
        ["fmt", "progress"],
        ["fmt", "--to", "zh", "progress"],
        ["-c", "members | count", "--as-of", "2015-10-31", "samples/small"],
        ["-c", "members | count", "--strict", "samples/small"],
        ["--help"], ["--version"],
    ])
    func done(_ arguments: [String]) throws {
        let outcome = try Self.run(arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.isEmpty == (arguments.first == "check"))
    }

    @Test("1: a query, a script or an expectation failed", arguments: [
        ["-c", "members | where registred", "samples/small"],
        ["-c", "members |", "samples/small"],
        ["-c", "members | count; members | nosuch", "samples/small"],
        ["-c", "members | count"],
        ["-c", "expect (members | count) = 30", "samples/small"],
        ["-c", "members as of 2020-01-01 | count", "samples/small"],
        ["-c", "members | count", "--as-of", "2020-01-01", "samples/small"],
        ["-c", "members | count | export \"/dev/null/x.csv\"", "samples/small"],
        ["run", "nosuch", "samples/small"],
        ["run", "progress"],
        ["run", "progress", "--set", "day=never", "samples/small"],
        ["run", "progress", "--set", "nosuch=1", "samples/small"],
        ["check", "Tests/Golden/cases/scripts/broken.muster"],
        ["fmt", "Tests/Golden/cases/scripts/broken.muster"],
        ["check", "nosuch"],
    ])
    func failed(_ arguments: [String]) throws {
        let outcome = try Self.run(arguments)
        #expect(outcome.status == 1, "\(outcome.output)")
        #expect(outcome.errors.contains("error: "))
    }

    @Test("2: wrong usage", arguments: [
        ["--nosuch"], ["-c"], ["run"], ["check"], ["fmt"], ["validate"], ["generate"],
        ["-c", "1", "--format", "pdf"], ["-c", "1", "--language", "fr"],
        ["-c", "1", "--as-of", "2015-02-30"], ["-c", "1", "--as-of", "soon"],
        ["-c", "1", "--threads", "0"], ["-c", "1", "--threads", "many"],
        ["fmt", "--to", "fr", "progress"], ["generate", "--members", "x", "out"],
        ["run", "progress", "--set", "day", "samples/small"],
        ["run", "progress", "--output", "x.odt", "samples/small"],
    ])
    func usage(_ arguments: [String]) throws {
        let outcome = try Self.run(arguments)
        #expect(outcome.status == 2, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
    }

    @Test("3: a snapshot could not be loaded, or had rejects under --strict", arguments: [
        ["-c", "1", "no/such/folder"],
        ["-c", "1", "samples/small", "no/such/folder"],
        ["-c", "1", "Tests/Golden/cases/errors/truncated.json"],
        ["-c", "1", "Tests/Golden/cases/errors/folder"],
        ["-c", "1", "README.md"],
        ["-c", "1", "--strict", "Tests/Golden/cases/masks/rejects.json"],
        ["run", "progress", "no/such/folder"],
        ["run", "progress", "--strict", "Tests/Golden/cases/masks/rejects.json"],
        ["validate", "no/such/folder"],
    ])
    func unloaded(_ arguments: [String]) throws {
        let outcome = try Self.run(arguments)
        #expect(outcome.status == 3, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("error: "))
    }

    @Test("Rejects without --strict load, and are told of")
    func rejects() throws {
        let outcome = try Self.run(["-c", "rejects | count", "--format", "csv",
                                    "Tests/Golden/cases/masks/rejects.json"])
        #expect(outcome.status == 0)
        #expect(outcome.output == "n\n7\n")
        #expect(outcome.errors.contains("7 rows were rejected"))
        #expect(!outcome.errors.contains("12900119900115"))
    }

    @Test("Standard input that is no terminal is read as statements")
    func input() throws {
        let fine = try Self.run(["--format", "csv", "--quiet", "samples/small"],
                                input: "members\n| count\n# a comment\nunits | count; 1 + 1\n")
        #expect(fine.status == 0)
        #expect(fine.output == "n\n29\n\nn\n22\n\n1 + 1\n2\n")
        #expect(fine.errors.isEmpty)
        #expect(try Self.run(["samples/small"], input: "members | nosuch\n").status == 1)
        #expect(try Self.run(["samples/small"], input: "").status == 0)
    }

    @Test("Nothing but the result on standard output, in the language asked for")
    func languages() throws {
        let english = try Self.run(["-c", "团员 | 计数 按 性别", "--format", "csv",
                                    "samples/small"])
        #expect(english.output == "gender,n\n女,16\n男,13\n")
        let chinese = try Self.run(["-c", "members | count by gender", "--format", "csv",
                                    "--language", "zh", "samples/small"])
        #expect(chinese.output == "性别,人数\n女,16\n男,13\n")
        #expect(chinese.errors.contains("已装载"))
        let quiet = try Self.run(["-c", "members | count", "--quiet", "samples/small"])
        #expect(quiet.errors.isEmpty)
    }

    @Test("An error in one statement keeps the results before it")
    func partial() throws {
        let outcome = try Self.run(["-c", "members | count; 9999-12-31 + 1; units | count",
                                    "--format", "csv", "--quiet", "samples/small"])
        #expect(outcome.status == 1)
        #expect(outcome.output == "n\n29\n")
        #expect(outcome.errors.contains("9999"))
    }

    @Test("Charts that go to a file are as wide as COLUMNS or `set width` says")
    func chartWidths() throws {
        let query = "members | rate registered by unit.kind | against target | chart bar"
        func widest(_ statements: String, _ columns: String) throws -> Int {
            let outcome = try Self.run(["-c", statements, "samples/small"],
                                       environment: ["COLUMNS": columns])
            return outcome.output.split(separator: "\n").map(\.count).max() ?? 0
        }
        #expect(try widest(query, "100") == 100)
        #expect(try widest(query, "60") < 80)
        #expect(try widest("set width 90; " + query, "60") == 90)
    }
}
