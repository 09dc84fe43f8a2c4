import Foundation
import Testing

/// Every file under `cases`, as one case each. With MUSTER_RECORD=1 they are written anew from
/// what the program prints, for a person to read the difference; with
/// MUSTER_GOLDEN=relate/,totals/ those alone whose path begins so.
struct GoldenTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let path: String
        var testDescription: String { String(path.dropFirst(GoldenTests.folder.count + 1)) }
    }

    static let folder = GoldenRun.root + "/Tests/Golden/cases"

    static let all: [Case] = {
        let files = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
        let wanted = (ProcessInfo.processInfo.environment["MUSTER_GOLDEN"] ?? "")
            .split(separator: ",", omittingEmptySubsequences: false)
        return files.compactMap { $0 as? String }
            .filter { path in wanted.contains { path.hasPrefix($0) } && path.hasSuffix(".test") }
            .sorted().map { Case(path: folder + "/" + $0) } + [Case(path: ledger)]
    }()

    /// Messages that should be better.
    static let ledger = GoldenRun.root + "/Tests/Golden/bad-errors.test"

    static let isRecording = ProcessInfo.processInfo.environment["MUSTER_RECORD"] == "1"

    @Test("there are golden cases")
    func thereAreCases() { #expect(GoldenTests.all.count >= 10) }

    @Test("golden", arguments: all)
    func golden(_ one: Case) throws {
        let text = try String(contentsOfFile: one.path, encoding: .utf8)
        var file = GoldenFile(text)
        #expect(!file.blocks.isEmpty || one.path == GoldenTests.ledger,
                "no statements in the file")
        let outcomes = try GoldenRun(file, named: one.testDescription).outcomes()
        for (block, outcome) in zip(file.blocks, outcomes) {
            #expect(outcome.isConsistent,
                    "an error without a failure, or the reverse: \(block.text)")
            if !GoldenTests.isRecording, outcome.lines != block.expected {
                Issue.record("""
                    \(block.text)
                    \(Self.difference(from: block.expected, to: outcome.lines))
                    """)
            }
        }
        guard GoldenTests.isRecording else {
            #expect(file.text == text, "the file is not in its layout; record it")
            return
        }
        for (index, outcome) in outcomes.enumerated() {
            file.blocks[index].expected = outcome.lines
        }
        if file.text != text {
            try file.text.write(toFile: one.path, atomically: true, encoding: .utf8)
        }
    }

    /// Each fault of the slips shows a hint, an example, or the line as it is written.
    @Test("every slip shows the way out")
    func slips() throws {
        let path = GoldenTests.folder + "/errors/slips.test"
        for block in GoldenFile(try String(contentsOfFile: path, encoding: .utf8)).blocks {
            let lines = block.expected
            let faults = lines.indices.filter { place in
                ["! error: ", "! 错误："].contains { lines[place].hasPrefix($0) }
            }
            #expect(!faults.isEmpty, "no fault: \(block.text)")
            for (fault, next) in zip(faults, faults.dropFirst() + [lines.count]) {
                let rest = lines[(fault + 1)..<next]
                // The statement, its carets, and something besides.
                let hasHint = rest.count > 2
                    || rest.contains { $0.contains("^ ") } || lines.last?.contains("：") == true
                #expect(hasHint, "no way out: \(block.text)")
            }
        }
    }

    /// The lines that went away and came, each behind its sign.
    static func difference(from old: [String], to new: [String]) -> String {
        var gone: Set<Int> = [], come: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): gone.insert(offset)
            case .insert(let offset, _, _): come.insert(offset)
            }
        }
        var lines: [String] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if i < old.count, gone.contains(i) {
                lines.append("- " + old[i])
                i += 1
            } else if j < new.count, come.contains(j) {
                lines.append("+ " + new[j])
                j += 1
            } else {
                lines.append("  " + old[i])
                (i, j) = (i + 1, j + 1)
            }
        }
        return lines.joined(separator: "\n")
    }

    @Test("the layout of a golden file")
    func layout() {
        let text = """
            # About.
            snapshot: samples/small
            shell: yes

            # A comment.
            @ format=csv width=40
            > members
            > | count
            n
            ! note
            \\# no comment

            still output

            > let a = 1
            (no output)

            """
        let file = GoldenFile(text)
        #expect(file.text == text)
        #expect(file.blocks.map(\.text) == ["members\n| count", "let a = 1"])
        #expect(file.blocks[0].settings(file.settings)["format"] == "csv")
        #expect(file.blocks[1].settings(file.settings)["shell"] == "yes")
        #expect(file.blocks[0].expected.count == 5)
        #expect(GoldenFile.lines(printed: "# a\n> b\nc\n", isMessage: false)
            == ["\\# a", "\\> b", "c"])
    }
}
