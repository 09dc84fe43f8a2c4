import MusterDiagnostics
import MusterLeague
import Synchronization
import Testing
@testable import MusterShell

/// A definition or argument that is used again is not bound again: what would take as many steps
/// as there are atoms is done, or refused, in a few. No clock: binding asks for Ctrl-C at each
/// expression, and how often it asked is counted.
@Suite("Definitions used again and again")
struct RepeatedDefinitionTests {
    private final class Steps: Sendable { let count = Atomic<Int>(0) }

    /// What a script prints, and the steps that it took.
    private func run(_ lines: [String]) throws -> (printed: String, said: String, steps: Int) {
        let steps = Steps()
        var printed = "", said = ""
        var preferences = Preferences(language: .en)
        (preferences.format, preferences.isQuiet, preferences.threads) = ("csv", true, 1)
        let session = Session(preferences: preferences, domain: League.domain(),
                              output: SessionOutput(
            results: { printed += String(decoding: $0, as: UTF8.self) }, messages: { said += $0 }),
                              isInterrupted: {
            steps.count.add(1, ordering: .relaxed)
            return false
        })
        try session.load(sample: "small")
        steps.count.store(0, ordering: .relaxed)
        _ = session.runTogether(lines.joined(separator: "\n"))
        return (printed, said, steps.count.load(ordering: .relaxed))
    }

    private static func doubled(_ times: Int, from first: String = "1") -> [String] {
        ["let v0 = \(first)"] + (1...times).map { "let v\($0) = v\($0 - 1) + v\($0 - 1)" }
    }

    /// Each is too much: 2²² expressions, or about as many as the 40th number of Fibonacci.
    private static let refused: [[String]] = [
        doubled(22) + ["v22"],
        doubled(22, from: "age") + ["members | where v22 > 0 | count"],
        doubled(22, from: "count(members)") + ["units | select name, v22"],
        doubled(22, from: "count()") + ["members | summarize v22 by unit"],
        ["let w0 = 1", "let w1 = 1"] + (2...40).map { "let w\($0) = w\($0 - 1) + w\($0 - 2)" }
            + ["w40"],
        ["let f(x) = x + x", String(repeating: "f(", count: 22) + "1"
            + String(repeating: ")", count: 22)],
    ]

    @Test("What is too much is refused in a few steps", arguments: refused)
    func refuses(_ lines: [String]) throws {
        let (printed, said, steps) = try run(lines)
        #expect(printed.isEmpty)
        #expect(said.contains("with its definitions put in place this statement has over 100000"))
        #expect(steps < 2000, "\(steps) steps: \(lines.last ?? "")")
    }

    /// What a query's parameter stands for is put into its text, and bound as often as it stands
    /// there: no further than may be bound at all.
    @Test("A query's arguments are refused at the limit itself")
    func queries() throws {
        let (printed, said, steps) = try run(
            ["let p(x) = members | where x", "let p0(x) = p(x or x)"]
                + (1...22).map { "let p\($0)(x) = p\($0 - 1)(x or x)" } + ["p22(minor) | count"])
        #expect(printed.isEmpty && said.contains("this statement has over 100000 expressions"))
        #expect(steps <= Limits.expressions + 100)
    }

    @Test("What is not too much is right")
    func isRight() throws {
        #expect(try run(Self.doubled(12) + ["v12"]).printed.contains("4096"))
        let nested = try run(["let f(x) = x + x", "f(f(f(f(f(f(f(f(3))))))))"])
        #expect(nested.printed.contains("768"))
        // The same name in other rows, under other arguments, beside other columns.
        let places = try run([
            "let a = age", "let twice(x) = x + a", "let both = twice(a) + twice(1)",
            "members | take 1 | select a, both | derive d = both - 3 * a | select d",
        ])
        #expect(places.printed == "d\n1\n")
    }

    @Test("What is wrong in a definition is said once, however often it is used")
    func saysOnce() throws {
        let (_, said, steps) = try run(Self.doubled(10, from: "nowhere") + [
            "members | where v10 > 0 | count",
        ])
        #expect(said.components(separatedBy: "nowhere\"").count == 2, "\(said)")
        #expect(steps < 200)
    }

    @Test("A definition's sums are the group's own")
    func groups() throws {
        let once = try run(["let n = count()", "members | summarize n = n + n by gender"])
        let plain = try run(["members | summarize n = count() + count() by gender"])
        #expect(!plain.printed.isEmpty && once.printed == plain.printed)
    }
}
