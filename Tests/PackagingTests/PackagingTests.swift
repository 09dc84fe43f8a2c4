import Foundation
import Testing

/// What `scripts/install` puts somewhere runs from there, and goes away without a trace.
@Suite(.serialized)
struct PackagingTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The program of the build that these tests are of.
    private static let program: String = {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") }
        guard let bundle, let end = bundle.range(of: ".xctest") else {
            return root.appending(path: ".build/debug/muster").path
        }
        return URL(filePath: String(bundle[..<end.upperBound])).deletingLastPathComponent()
            .appending(path: "muster").path
    }()

    private struct Outcome {
        let status: Int32
        let text: String
    }

    /// Carries a command of the shell out in a folder; everything it writes.
    private func sh(_ command: String, in folder: URL, _ more: [String: String] = [:]) throws
        -> Outcome {
        let process = Process(), pipe = Pipe()
        var environment = ProcessInfo.processInfo.environment
        environment["MUSTER_PROGRAM"] = Self.program
        environment["MUSTER_LANGUAGE"] = "en"
        environment["XDG_STATE_HOME"] = folder.appending(path: "state").path
        environment["PATH"] = folder.appending(path: "a place/bin").path + ":"
            + (environment["PATH"] ?? "")
        environment.merge(more) { $1 }
        process.environment = environment
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus,
                       text: String(decoding: bytes, as: UTF8.self))
    }

    /// What bash offers for the last word of a command line.
    private static func completing(_ line: String) -> String {
        """
        source 'a place/share/bash-completion/completions/muster'
        COMP_WORDS=(\(line)) COMP_LINE='\(line)' COMP_POINT=\(line.utf8.count)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _muster muster "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
        echo "offered: ${COMPREPLY[*]}"
        """
    }

    private func inScratch(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "muster-packaging-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private var scripts: String { Self.root.appending(path: "scripts").path }

    @Test("installed, it runs from any folder; uninstalled, nothing but others' files is left")
    func installedAndTakenAway() throws {
        try inScratch { folder in
            // A prefix with a space in it, that holds somebody else's file already.
            try FileManager.default.createDirectory(
                at: folder.appending(path: "a place/share/man/man1"),
                withIntermediateDirectories: true)
            try "x".write(to: folder.appending(path: "a place/share/man/man1/other.1"),
                          atomically: true, encoding: .utf8)
            let installed = try sh("'\(scripts)/install' 'a place'", in: folder)
            #expect(installed.status == 0, "\(installed.text)")

            for (command, expected) in [
                ("muster --version", "(data "),
                ("muster run progress samples/small", "a place/share/muster/samples/small"),
                ("muster lesson", "open"),
                ("muster -c scripts", "priority-groups"),
                ("echo 'members | rate registered' | muster lesson rate", "✓ Right."),
                ("muster lesson --handout --language zh rate", "题目 1.1"),
                ("muster lesson --prepare --language zh --output p.html rate && cat p.html",
                 "备课.html"),
                (Self.completing("muster run pro"), "offered: progress\n"),
                (Self.completing("muster lesson ra"), "offered: rate\n"),
                (Self.completing("muster run progress --format x"), "offered: xlsx\n"),
                (Self.completing("muster val"), "offered: validate\n"),
                ("grep -c 'complete -o default' 'a place/share/bash-completion/completions/muster'",
                 "1"),
                ("head -1 'a place/share/zsh/site-functions/_muster'", "#compdef muster"),
            ] {
                let outcome = try sh(command, in: folder)
                #expect(outcome.status == 0 && outcome.text.contains(expected),
                        "\(command)\n\(outcome.text)")
            }
            // Installing over it changes nothing but the files' age.
            let list = "cd 'a place' && find . | LC_ALL=C sort"
            let before = try sh(list, in: folder).text
            let second = try sh("'\(scripts)/install' 'a place'", in: folder)
            let after = try sh(list, in: folder).text
            #expect(second.status == 0 && after == before)

            let gone = try sh("'\(scripts)/uninstall' 'a place'", in: folder)
            #expect(gone.status == 0, "\(gone.text)")
            let left = try sh("find 'a place' -type f", in: folder).text
            #expect(left == "a place/share/man/man1/other.1\n")
            let again = try sh("'\(scripts)/uninstall' 'a place'", in: folder)
            #expect(again.status == 1 && again.text.contains("nothing of muster"))
        }
    }

    @Test("a script whose first line names muster is a command of its own")
    func scriptAsCommand() throws {
        try inScratch { folder in
            let script = """
                #!/usr/bin/env -S muster run
                param day: date = as_of "截至日"
                title "Rate on {day}"
                members as of {day} | rate registered

                """
            try script.write(to: folder.appending(path: "rate"), atomically: true, encoding: .utf8)
            let bin = URL(filePath: Self.program).deletingLastPathComponent().path
            let samples = Self.root.appending(path: "samples/small").path
            let outcome = try sh(
                "chmod +x rate && PATH=\"\(bin):$PATH\" ./rate '\(samples)' day=2016-12-31",
                in: folder)
            #expect(outcome.status == 0 && outcome.text.contains("Rate on 2016-12-31")
                    && outcome.text.contains("82.8%"), "\(outcome.text)")
        }
    }

    @Test("wrong usage is 2 and does nothing")
    func wrongUsage() throws {
        try inScratch { (folder: URL) throws in
            for script in ["install", "uninstall"] {
                let bare = try sh("'\(scripts)/\(script)'", in: folder)
                let help = try sh("'\(scripts)/\(script)' --help", in: folder)
                #expect(bare.status == 2)
                #expect(help.text.contains("usage: scripts/\(script)"))
            }
            let made = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(made.isEmpty)
        }
    }
}
