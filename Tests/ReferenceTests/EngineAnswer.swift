import Foundation
import MusterEngine
import MusterLeague
import MusterDiagnostics
import MusterReference
@testable import MusterShell

/// The program's own answer, by the door that the shell and the command line use.
final class EngineAnswer {
    private final class Output {
        var results: [UInt8] = []
        var messages = ""
    }

    private let session: Session
    private let current: Int?
    private let output = Output()

    convenience init(snapshot path: String, threads: Int = 1) throws {
        try self.init(snapshots: [path], threads: threads)
    }

    /// Several snapshots side by side; that of the day `current` is the current one, without it
    /// the latest. `placed` says where their rows are, if not in memory.
    init(snapshots paths: [String], current: Int? = nil, files: [PlainFile] = [],
         threads: Int = 1, placed: ((DataSet) throws -> DataSet)? = nil) throws {
        let output = output
        var preferences = Preferences(language: .en)
        preferences.format = "csv"
        preferences.isQuiet = true
        preferences.threads = threads
        session = Session(preferences: preferences, domain: League.domain(), output: SessionOutput(
            results: { output.results += $0 }, messages: { output.messages += $0 }))
        self.current = current
        for path in paths { try session.load(path) }
        if let placed {
            for data in session.environment.dataSets { session.change(.load(try placed(data))) }
        }
        try load(files)
        useCurrent()
    }

    /// What a text's last query prints as csv in English. Another snapshot that it makes current
    /// is so only for it.
    func answer(_ text: String) -> MusterReference.Answer {
        defer { if text.contains("\nuse ") || text.contains("\n使用 ") { useCurrent() } }
        for part in Self.parts(text) {
            output.results = []
            output.messages = ""
            guard session.run(part) else { return .error(output.messages) }
        }
        return .csv(String(decoding: output.results, as: UTF8.self))
    }

    /// The text cut where a query of drilled rows begins: what it was drilled from is printed too.
    private static func parts(_ text: String) -> [String] {
        var parts = [""]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("drill ") || line.hasPrefix("展开 ") { parts.append("") }
            parts[parts.count - 1] += line + "\n"
        }
        return parts
    }

    private func load(_ files: [PlainFile]) throws {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory())
            .appendingPathComponent("plain-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in files {
            let url = folder.appendingPathComponent(file.fileName)
            try Data(file.content.utf8).write(to: url)
            guard session.run("load \"\(url.path)\" as \(file.name)") else {
                throw Unloaded(message: output.messages)
            }
        }
    }

    private struct Unloaded: Error { let message: String }

    private func useCurrent() {
        if let current { _ = session.run("use " + DayCount.text(current)) }
    }
}

/// A book written to a folder that is removed afterwards.
func withFolder<Result>(_ book: Book, _ body: (String) throws -> Result) throws -> Result {
    let folder = NSTemporaryDirectory() + "reference-" + UUID().uuidString
    try book.write(folder: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}

/// Several books, each in its folder.
func withFolders<Result>(_ books: [Book], _ body: ([String]) throws -> Result) throws -> Result {
    guard let first = books.first else { return try body([]) }
    return try withFolder(first) { folder in
        try withFolders(Array(books.dropFirst())) { try body([folder] + $0) }
    }
}
