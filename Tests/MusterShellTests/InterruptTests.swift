import Foundation
import MusterDiagnostics
import MusterLeague
import Synchronization
import Testing
@testable import MusterShell

/// Ctrl-C is asked for all the time, whatever is being done, and ends it wherever it is seen. No
/// clock: it is counted how often it was asked for.
@Suite("Ctrl-C")
struct InterruptTests {
    /// A Ctrl-C that is pressed before it is asked for the so-manieth time.
    private final class Key: Sendable {
        let asked = Atomic<Int>(0)
        let pressedAt = Atomic<Int>(.max)

        func press(at number: Int) {
            asked.store(0, ordering: .relaxed)
            pressedAt.store(number, ordering: .relaxed)
        }

        var isPressed: Bool {
            asked.wrappingAdd(1, ordering: .relaxed).newValue
                >= pressedAt.load(ordering: .relaxed)
        }
    }

    private final class Printed {
        var results = 0
        var messages = ""
    }

    private func session(_ format: String, _ key: Key) throws -> (Session, Printed) {
        let printed = Printed()
        var preferences = Preferences(language: .en)
        (preferences.format, preferences.isQuiet, preferences.threads) = (format, true, 1)
        let session = Session(preferences: preferences, domain: League.domain(),
                              output: SessionOutput(
            results: { printed.results += $0.count }, messages: { printed.messages += $0 }),
                              isInterrupted: { key.isPressed })
        try session.load(sample: "city")
        return (session, printed)
    }

    /// Each with how often Ctrl-C must be asked for at the least.
    static let phases: [(text: String, format: String, least: Int)] = [
        // Binding: every expression.
        ("members | where age in (" + (0..<500).map { "\($0)" }.joined(separator: ", ")
            + ") | count", "csv", 500),
        // Evaluation: every step over a batch.
        ("members | where " + (0..<100).map { "age > \($0)" }.joined(separator: " or ") + " | count",
         "csv", 300),
        // Sorting, ranking, pivoting: every 65,536 comparisons or rows.
        ("service | select d = date, h = hours | sort d, -h | take 1", "csv", 5),
        ("members | rate registered by unit, gender | rank -rate | pivot gender show rate", "csv", 10),
        ("people | sort name | select name | take 1", "csv", 10),
        // What may be published: every sum that a reader knows.
        ("set publish 3\nmembers | count by unit, gender, age | total", "csv", 300),
        // Writing: every 1,024 rows.
        ("members | select joined, hours", "csv", 5),
        ("members | select joined, hours", "table", 15),
    ]

    /// Writing in the other formats.
    static let formats: [(text: String, format: String, least: Int)] = [
        ("tsv", 5), ("json", 5), ("ndjson", 5), ("md", 5), ("html", 15),
    ].map { (text: "members | select joined, hours", format: $0, least: $1) }

    @Test("Is asked for in every phase, and ends the work wherever it is seen",
          arguments: phases)
    func phase(_ phase: (text: String, format: String, least: Int)) throws {
        try interrupt(phase)
    }

    @Test("Every format asks for it and ends where it is seen", arguments: formats)
    func thoroughFormats(_ phase: (text: String, format: String, least: Int)) throws {
        try interrupt(phase)
    }

    private func interrupt(_ phase: (text: String, format: String, least: Int)) throws {
        let key = Key()
        let (session, printed) = try session(phase.format, key)
        key.press(at: .max)
        #expect(session.runTogether(phase.text))
        let asked = key.asked.load(ordering: .relaxed)
        #expect(asked >= phase.least)
        #expect(printed.results > 0 && printed.messages.isEmpty)
        for number in [1, asked / 2, asked] where number > 0 {
            (printed.results, printed.messages) = (0, "")
            key.press(at: number)
            #expect(!session.runTogether(phase.text), "pressed at \(number) of \(asked)")
            #expect(printed.results == 0)
            #expect(printed.messages.contains("interrupted"))
        }
        // Nothing is left of it.
        key.press(at: .max)
        #expect(session.runTogether(phase.text))
    }

    @Test("A relation that is stopped is not made, and what stood before stays")
    func relating() throws {
        let key = Key()
        let (session, printed) = try session("csv", key)
        key.press(at: .max)
        #expect(session.runTogether("people | select id, name | into list"))
        let relate = "relate list.id to people.id as person, entries"
        key.press(at: .max)
        #expect(session.runTogether(relate))
        let asked = key.asked.load(ordering: .relaxed)
        #expect(asked >= 5)
        let again = "relate list.name to people.name as person, entries"
        for number in [1, asked / 2] {
            key.press(at: number)
            #expect(!session.runTogether(again), "pressed at \(number) of \(asked)")
            #expect(printed.messages.contains("interrupted"))
        }
        key.press(at: .max)
        printed.results = 0
        #expect(session.runTogether("list | where person is none | count"))
        #expect(session.environment.relations.map(\.gloss.en) == ["list.id = people.id"])
    }

    @Test("A load that is stopped leaves what was loaded")
    func loading() throws {
        let key = Key()
        let (session, printed) = try session("csv", key)
        key.press(at: 3)
        let path = SessionFixture.top.appending(path: "samples/city-2015").path
        #expect(!session.runTogether("load \"\(path)\""))
        #expect(printed.messages.contains("cancelled"))
        key.press(at: .max)
        #expect(session.run("members | count"))
    }

    @Test("A reader of the results that is gone ends the work as a broken pipe does")
    func brokenPipe() throws {
        for (text, format) in [("service", "csv"), ("service", "table"), ("service", "json")] {
            let process = Process(), output = Pipe()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            let muster = TerminalSession.products + "/muster"
            process.arguments = ["-c", """
                exec 5>&1
                { '\(muster)' --quiet --format \(format) -c '\(text)' samples/city 2>&5
                  echo "status $?" >&5; } | head -c 10 >/dev/null
                """]
            process.currentDirectoryURL = SessionFixture.top
            process.standardOutput = output
            try process.run()
            let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(),
                              as: UTF8.self)
            process.waitUntilExit()
            #expect(said == "status 141\n")
        }
    }
}
