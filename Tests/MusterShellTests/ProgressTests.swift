import Foundation
import MusterDiagnostics
import MusterReport
import Synchronization
import Testing
@testable import MusterShell

@Suite("The progress line", .serialized)
struct ProgressTests {
    @Test("It fits every window, what is least needed left out first")
    func widths() {
        func text(_ width: Int, _ fraction: Double? = 0.43, _ language: Language = .zh) -> String {
            ProgressLine.text(language == .zh ? "装载 samples/city" : "loading samples/city",
                              fraction, seconds: 3, width: width, language)
        }
        #expect(text(79) == "装载 samples/city  [############..................]   43%  3 秒")
        #expect(text(79, 0.43, .en)
                == "loading samples/city  [############..................]   43%  3 s")
        #expect(text(41) == "装载 samples/city  [###.....]   43%  3 秒")
        #expect(text(39) == "装载 samples/city   43%  3 秒")
        #expect(text(20) == "装载 ...   43%  3 秒")
        #expect(text(12) == " 43%  3 秒")
        #expect(text(5) == "")
        #expect(text(79, nil) == "装载 samples/city  3 秒")
        #expect(text(79, 1).contains("[##############################]  100%"))
        for width in 0...120 { #expect(displayWidth(text(width)) <= max(0, width)) }
    }

    /// What is written, and when.
    private final class Written: Sendable {
        private let texts = Mutex<[(String, ContinuousClock.Instant)]>([])

        func add(_ text: String) { texts.withLock { $0.append((text, .now)) } }
        var all: [String] { texts.withLock { $0.map(\.0) } }
        var times: [ContinuousClock.Instant] { texts.withLock { $0.map(\.1) } }
    }

    private func line(_ written: Written) -> ProgressLine {
        ProgressLine(width: { 60 }, write: { written.add($0) })
    }

    @Test("Nothing is written for what is done within half a second")
    func short() {
        let written = Written(), line = line(written)
        line.follow(Message("x"), .en) { _ = usleep(50_000) }
        usleep(600_000)
        #expect(written.all.isEmpty)
    }

    @Test("It keeps out of what a pager or an editor shows")
    func away() {
        let written = Written(), line = line(written)
        line.follow(Message("x"), .en) {
            line.away {
                _ = usleep(800_000)
                #expect(written.all.isEmpty)
            }
        }
    }

    @Test("It appears after half a second, at most ten times a second, and is cleared")
    func long() {
        let written = Written(), line = line(written)
        let began = ContinuousClock.now
        line.follow(Message("x"), .en) {
            // However busy the machine is.
            while written.all.count < 3 {
                line.count(43, 100)
                usleep(12_000)
            }
        }
        let all = written.all
        #expect(all.last == "\r\u{1b}[K")
        #expect(all.dropLast().allSatisfy { $0.hasPrefix("\rx  [") && $0.hasSuffix("\u{1b}[K") })
        let times = Array(written.times.dropLast())
        #expect(times[0] - began >= .milliseconds(490))
        for (one, next) in zip(times, times.dropFirst()) {
            #expect(next - one >= .milliseconds(90))
        }
        let count = written.all.count
        usleep(300_000)
        #expect(written.all.count == count)
    }

    @Test("What else is written meanwhile stands on a line of its own")
    func aside() {
        let written = Written(), line = line(written)
        line.follow(Message("x"), .en) {
            while written.all.isEmpty { usleep(10_000) }
            line.aside { written.add("message\n") }
            let count = written.all.count
            while written.all.count == count { usleep(10_000) }
        }
        let all = written.all
        let place = all.firstIndex(of: "message\n") ?? 0
        #expect(place > 0 && all[place - 1] == "\r\u{1b}[K")
        #expect(all[place + 1].hasPrefix("\rx") && all.last == "\r\u{1b}[K")
    }

    @Test("The parts of a whole make one bar, which never goes back")
    func whole() {
        let written = Written(), line = line(written)
        line.follow(Message("all"), isWhole: true, .en) {
            for part in 0..<4 {
                line.count(part, 4)
                line.follow(Message("part"), .en) {
                    for step in 1...4 {
                        line.count(step, 4)
                        usleep(80_000)
                    }
                }
            }
        }
        let drawn = written.all.dropLast()
        let percents = drawn.compactMap { text in
            text.firstMatch(of: /(\d+)%/).flatMap { Int(String($0.1)) }
        }
        #expect(drawn.allSatisfy { $0.hasPrefix("\rall  [") })
        #expect(percents.count == drawn.count && percents == percents.sorted())
        #expect((percents.last ?? 0) > 75)
    }
}

@Suite("Ctrl-C outside the shell", .enabled(if: TerminalSession.isAvailable, "tmux is missing"))
struct ThoroughInterruptTests {
    @Test("A load and a query show how far they are, and Ctrl-C leaves no half of a line",
          .timeLimit(.minutes(20)))
    func interrupts() throws {
        let folder = try TestFolder()
        // The shell says how the program ended. The first load is long on any machine.
        let script = """
            cd \(folder.path)
            \(TerminalSession.products)/muster generate --members 60000 --quiet many
            mkdir heavy; cp many/manifest.json many/units.ndjson many/members.ndjson heavy
            gzip -1c many/service.ndjson > part.gz
            for i in $(seq 60); do cat part.gz; done > heavy/service.ndjson.gz
            \(TerminalSession.products)/muster --language zh -c 'members | count' heavy
            echo "ended with $?"
            exec \(TerminalSession.products)/muster --language zh many
            """
        let terminal = try TerminalSession("/bin/bash", ["-c", "trap : INT\n" + script])
        defer { terminal.end() }
        try terminal.wait(for: "装载 heavy  [", seconds: 600)
        try terminal.type("", .interrupt)
        let ended = try terminal.wait(for: "ended with 130", seconds: 60)
        #expect(ended.contains("错误：载入已取消"))
        #expect(!ended.contains("装载 heavy  ["))
        // The second one loads to its end, in the shell.
        try terminal.wait(for: "muster>", seconds: 120)
        try terminal.type("members over months 1950-01..2017-12 | count by month, unit, gender",
                          .enter)
        try terminal.wait(for: "查询  [", seconds: 60)
        try terminal.type("", .interrupt)
        let after = try terminal.wait(for: "muster>", times: 2, seconds: 60)
        #expect(after.contains("错误：已中断") && !after.contains("查询  ["))
    }

    @Test("A quiet run, or one whose errors go to a file, shows nothing")
    func quiet() throws {
        let folder = try TestFolder()
        let command = """
            \(TerminalSession.products)/muster generate --members 20000 \(folder.path)/a \
            2>\(folder.path)/errors; echo one; \(TerminalSession.products)/muster generate \
            --members 20000 --quiet \(folder.path)/b; echo two
            """
        let terminal = try TerminalSession("/bin/bash", ["-c", command])
        defer { terminal.end() }
        let screen = try terminal.wait(for: "two", seconds: 120)
        #expect(screen.hasPrefix("one\ntwo"))
        #expect(try !folder.read("errors").contains("\r"))
    }
}
