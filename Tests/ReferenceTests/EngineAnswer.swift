import Foundation
import MusterLeague
import MusterDiagnostics
import MusterReference
import MusterShell

/// The program's own answer, by the door that the shell and the command line use.
final class EngineAnswer {
    private final class Output {
        var results: [UInt8] = []
        var messages = ""
    }

    private let session: Session
    private let output = Output()

    convenience init(snapshot path: String, threads: Int = 1) throws {
        try self.init(snapshots: [path], threads: threads)
    }

    /// Several snapshots side by side; that of the day `current` is the current one, without it
    /// the latest.
    init(snapshots paths: [String], current: Int? = nil, threads: Int = 1) throws {
        let output = output
        var preferences = Preferences(language: .en)
        preferences.format = "csv"
        preferences.isQuiet = true
        preferences.threads = threads
        session = Session(preferences: preferences, domain: League.domain(), output: SessionOutput(
            results: { output.results += $0 }, messages: { output.messages += $0 }))
        for path in paths { try session.load(path) }
        if let current { _ = session.run("use " + DayCount.text(current)) }
    }

    /// What a query prints as csv in English.
    func answer(_ text: String) -> Answer {
        output.results = []
        output.messages = ""
        if session.run(text) {
            return .csv(String(decoding: output.results, as: UTF8.self))
        }
        return .error(output.messages)
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
