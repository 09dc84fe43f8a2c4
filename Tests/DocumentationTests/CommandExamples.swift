import Foundation
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterLeague
@testable import MusterShell
@testable import muster

/// The blocks marked `sh`: every line that starts with `muster` must be a command line that the
/// program takes; a block with its output behind it is carried out as well.
struct CommandExamples {
    let folder: URL

    /// What is wrong with the command lines of a block.
    func faults(_ block: Document.Block) -> [String] {
        block.text.replacingOccurrences(of: "\\\n", with: " ").split(separator: "\n")
            .compactMap { line in
                let words = Self.words(String(line))
                guard let first = words.first, first == "muster" || first == "scripts/muster"
                else { return nil }
                return fault(Array(words.dropFirst())).map { "\(line): \($0)" }
            }
    }

    private func fault(_ arguments: [String]) -> String? {
        do {
            let command = try Muster.parseAsRoot(arguments)
            guard let shell = command as? ShellCommand else { return nil }
            _ = try shell.common.tool
            let registry = Registry(domain: League.domain(), statements: Commands.signatures)
            let source = SourceText(text: shell.statements ?? "")
            return parse(source, vocabulary: registry).diagnostics.first?.message.en
        } catch {
            return Muster.exitCode(for: error).isSuccess ? nil : Muster.fullMessage(for: error)
        }
    }

    /// The words of a command line as the shell has them, up to a redirection, pipe or comment.
    static func words(_ line: String) -> [String] {
        var words: [String] = [], word = "", isOpen = false, quote: Character?
        loop: for character in line {
            switch character {
            case quote: quote = nil
            case _ where quote != nil: word.append(character)
            case "'", "\"": (quote, isOpen) = (character, true)
            case " ":
                if isOpen || !word.isEmpty { words.append(word) }
                (word, isOpen) = ("", false)
            case _ where word.isEmpty && "|<>;&#".contains(character): break loop
            default: word.append(character)
            }
        }
        if isOpen || !word.isEmpty { words.append(word) }
        return words
    }

    /// Carries the block out, everything it writes in the order it came.
    func run(_ block: Document.Block) throws -> QueryExamples.Outcome {
        let process = Process(), pipe = Pipe()
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = Self.builtFolder + ":" + (environment["PATH"] ?? "")
        environment["MUSTER_LANGUAGE"] = block.info.contains("en") ? "en" : "zh"
        process.environment = environment
        process.executableURL = URL(filePath: "/bin/sh")
        process.currentDirectoryURL = folder
        process.arguments = ["-c", block.text.replacingOccurrences(of: "scripts/muster ",
                                                                   with: "muster ")]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return QueryExamples.Outcome(text: String(decoding: bytes, as: UTF8.self),
                                     isFine: process.terminationStatus == 0)
    }

    /// Where the build that these tests are of put the program: beside the tests' bundle.
    private static let builtFolder: String = {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") }
        guard let bundle, let end = bundle.range(of: ".xctest") else {
            return Project.root.appending(path: ".build/debug").path
        }
        return URL(filePath: String(bundle[..<end.upperBound])).deletingLastPathComponent().path
    }()
}
