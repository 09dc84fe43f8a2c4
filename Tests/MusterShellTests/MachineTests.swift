import Foundation
import Testing

/// The program as it was built where the machine gives less than is needed: it says so, ends with
/// a status of its own, and leaves nothing half done.
@Suite("What the machine does not give")
struct MachineTests {
    struct Outcome {
        let status: Int32
        let signal: Int32?
        let said: String
        /// What is in the folder then, beside the snapshot.
        let files: [String]
    }

    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A line of the shell in a folder with the small sample, `$M` the program.
    static func run(_ line: String, language: String = "en",
                    _ look: (String) throws -> Void = { _ in }) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "muster-machine-" + UUID().uuidString)
        let manager = FileManager.default
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: folder) }
        try manager.copyItem(at: top.appending(path: "samples/small"),
                             to: folder.appending(path: "snap"))
        let said = folder.appending(path: "said")
        try Data().write(to: said)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8",
                               "M": TerminalSession.products + "/muster",
                               "MUSTER_LANGUAGE": language]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: said)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try look(folder.path)
        let isExit = process.terminationReason == .exit
        return Outcome(
            status: process.terminationStatus, signal: isExit ? nil : process.terminationStatus,
            said: try String(contentsOf: said, encoding: .utf8),
            files: try manager.contentsOfDirectory(atPath: folder.path)
                .filter { !["snap", "said"].contains($0) }.sorted())
    }

    @Test("Standard input that is closed, or a folder, is said to be", arguments: [
        "exec $M --quiet snap <&-", "exec $M --quiet snap < /tmp",
        "exec $M lesson 1 < /tmp", "exec $M lesson 1-tour <&-",
    ])
    func input(_ line: String) throws {
        let outcome = try Self.run(line)
        #expect(outcome.signal == nil)
        #expect(outcome.status == 1)
        #expect(outcome.said.contains("error: "), "\(outcome.said)")
    }

    @Test("With a standard stream closed no file gets its number")
    func closed() throws {
        let output = try Self.run("exec $M -c 'members | count' --quiet snap >&-")
        #expect(output.status == 1)
        #expect(output.said.contains("cannot write the output"))
        let both = try Self.run("$M -c 'people | export \"a.csv\"' snap <&- >&- 2>&-; exit $?")
        #expect(both.status == 0)
        #expect(both.files == ["a.csv"])
    }

    @Test("Few descriptors: a message and 3; as few as the soft limit alone says are enough",
          arguments: 5...14)
    func descriptors(_ count: Int) throws {
        let hard = try Self.run("ulimit -n \(count); exec $M -c 'members | count' snap")
        #expect(hard.signal == nil)
        #expect(hard.status == 3, "\(hard.said)")
        #expect(hard.said.contains("ulimit -n"))
        let soft = try Self.run("ulimit -Sn \(count); exec $M -c 'members | count' snap")
        #expect(soft.status == 0, "\(soft.said)")
    }

    @Test("A file that may not grow: a message, 3, and nothing of it is left", arguments: [
        "$M -c 'people | select name, id, birth, joined | export \"a.csv\"' snap",
        "$M -c 'people | select name, id, birth, joined | export \"a.json\"' snap",
        "$M -c 'people | export \"a.xlsx\"' snap",
        "$M run progress --output a.html snap",
        "$M generate --members 100 a",
        "$M generate --members 100 --document a.json",
    ])
    func fileSize(_ line: String) throws {
        let outcome = try Self.run("ulimit -f 1; exec \(line)")
        #expect(outcome.signal == nil)
        #expect(outcome.status == 3, "\(outcome.said)")
        #expect(outcome.files.isEmpty)
        let chinese = try Self.run("ulimit -f 1; exec \(line)", language: "zh")
        #expect(chinese.said.contains("错误："), "\(chinese.said)")
    }

    @Test("A full disk for what goes to standard output")
    func fullDisk() throws {
        let outcome = try Self.run("exec $M -c 'people' --quiet snap > /dev/full")
        #expect(outcome.status == 3)
        #expect(outcome.said.contains("No space left"))
    }

    @Test("Little memory: a message and 3, never a trap and never a wait",
          arguments: [30_000, 95_000, 120_000])
    func memory(_ kilobytes: Int) throws { try expectWord(with: kilobytes) }

    @Test("Little memory, in finer steps",
          arguments: [60_000, 90_000, 100_000, 110_000, 140_000])
    func thoroughMemory(_ kilobytes: Int) throws { try expectWord(with: kilobytes) }

    /// - Parameter kilobytes: of memory for the program.
    private func expectWord(with kilobytes: Int) throws {
        let outcome = try Self.run("""
            $M generate --members 3000 large --quiet || exit 9
            (ulimit -v \(kilobytes); exec timeout 60 $M -c \
                'people | select name, id, birth, joined | export "a.json"' --quiet large)
            """)
        #expect(outcome.signal == nil)
        // Where not even its libraries find room, the system says so: 127.
        #expect([0, 3, 127].contains(outcome.status), "\(outcome.status) \(outcome.said)")
        #expect(outcome.files == (outcome.status == 0 ? ["a.json", "large"] : ["large"]))
        #expect((outcome.status == 0) == outcome.said.isEmpty, "\(outcome.said)")
    }

    @Test("TERM and HUP take away what is unfinished", arguments: [
        ("TERM", SIGTERM), ("HUP", SIGHUP), ("INT", SIGINT),
    ])
    func signals(_ name: String, _ number: Int32) throws {
        // As soon as the folder that is being made holds rows of persons.
        let outcome = try Self.run("""
            env --default-signal=TERM,HUP,INT $M generate --members 3000000 large --quiet & child=$!
            until compgen -G '.muster-*/members.ndjson' > /dev/null; do kill -0 $child || exit 9; sleep 0.02; done
            kill -\(name) $child; wait $child; exit $?
            """)
        #expect(outcome.status == 128 + number)
        #expect(outcome.files.isEmpty, "\(outcome.files)")
    }

    @Test("Workbooks do not come cut short where their parts could not be written")
    func workbook() throws {
        // Room for the workbook, which is packed, and none for its parts, which are not.
        let outcome = try Self.run("""
            $M generate --members 3000 large --quiet || exit 9
            ulimit -f 400; exec $M -c 'people | export "a.xlsx"' large
            """)
        #expect(outcome.status == 3, "\(outcome.said)")
        #expect(outcome.files == ["large"])
    }

    @Test("A file that changes while it is read is not loaded")
    func growing() throws {
        let outcome = try Self.run("""
            $M generate --members 20000 large --quiet || exit 9
            (while :; do printf ' ' >> large/service.ndjson; done) & writer=$!
            $M -c 'members | count' large; status=$?
            kill -9 $writer; exit $status
            """)
        #expect(outcome.status == 3)
        #expect(outcome.said.contains("was changed while it was read"), "\(outcome.said)")
    }
}
