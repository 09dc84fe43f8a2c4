import Foundation
import MusterLeague
import MusterDiagnostics
import MusterEngine
@testable import MusterShell

/// Runs the blocks of a golden file in process and captures what they print.
struct GoldenRun {
    /// The top of the repository: paths in golden files start there.
    static let root: String = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        _ = FileManager.default.changeCurrentDirectoryPath(root)
        return root
    }()

    struct Outcome {
        var lines: [String]
        /// Whether the statement says by its result what it says in words.
        var isConsistent: Bool
    }

    private let file: GoldenFile
    /// What becomes of a snapshot that the file's settings load.
    private let placed: @Sendable (DataSet) throws -> DataSet
    /// What `$SCRATCH` stands for in a statement: a folder of the file's own, by a path that is
    /// the same on every machine, since messages show it.
    private let scratch: String

    /// - Parameter shelf: a folder below `.build`; where cases are run several times at once,
    ///   each time another of the same length.
    init(_ file: GoldenFile, named name: String, in shelf: String = "golden",
         placed: @escaping @Sendable (DataSet) throws -> DataSet = { $0 }) {
        self.file = file
        self.placed = placed
        scratch = ".build/\(shelf)/" + name
    }

    func outcomes() throws -> [Outcome] {
        _ = GoldenRun.root
        try? FileManager.default.removeItem(atPath: scratch)
        try FileManager.default.createDirectory(atPath: scratch,
                                                withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let isShell = file.settings["shell"] == "yes"
        var conversation: Conversation?, shelf = BookShelf()
        return try file.blocks.map { block in
            let settings = block.settings(file.settings)
            let current = try conversation ?? Conversation(settings, &shelf, placed: placed)
            if isShell { conversation = current }
            let text = block.text.replacingOccurrences(of: "$SCRATCH", with: scratch)
            let isFine = isShell ? current.session.run(text)
                : current.session.runTogether(text)
            let printed = current.takePrinted()
            let saidError = printed.contains { part in
                part.isMessage && ["error: ", "错误："].contains { part.text.contains($0) }
            }
            return Outcome(lines: lines(printed), isConsistent: saidError != isFine)
        }
    }

    private func lines(_ printed: [Conversation.Part]) -> [String] {
        var lines = printed.flatMap { part in
            GoldenFile.lines(printed: neutral(part.text), isMessage: part.isMessage)
        }
        lines.trimBlankEnds()
        return lines.isEmpty ? [GoldenFile.noOutput] : lines
    }

    /// Without the places that differ from machine to machine.
    private func neutral(_ text: String) -> String {
        text.replacingOccurrences(of: GoldenRun.root, with: "$ROOT")
    }
}

/// What was loaded for the statements of a file, each once.
struct BookShelf {
    private var books: [String: Books] = [:]

    /// Books with these snapshots, loaded by a session that loads as the settings say.
    mutating func books(_ settings: [String: String], _ load: () throws -> Books) rethrows
        -> Books {
        let key = ["snapshot", "strict", "threads"].map { settings[$0] ?? "" }
            .joined(separator: "\n")
        if let known = books[key] { return known }
        let loaded = try load()
        books[key] = loaded
        return loaded
    }
}

/// A session with what it printed, results and messages in their order.
final class Conversation {
    struct Part {
        let text: String
        let isMessage: Bool
    }

    private final class Printed {
        var parts: [Part] = []
    }

    let session: Session
    private let printed: Printed

    /// Settings are those of a golden file. Throws where a snapshot cannot be loaded.
    convenience init(_ settings: [String: String]) throws {
        var shelf = BookShelf()
        try self.init(settings, &shelf)
    }

    /// The same with books that may have been loaded before.
    init(_ settings: [String: String], _ shelf: inout BookShelf,
         placed: (DataSet) throws -> DataSet = { $0 }) throws {
        let printed = Printed()
        self.printed = printed
        var preferences = Preferences(language: Language(rawValue: settings["language"] ?? "en")
            ?? .en)
        preferences.format = settings["format"] ?? "table"
        preferences.width = settings["width"].flatMap { Int($0) }
        preferences.rowLimit = settings["rows"].flatMap { Int($0) }
        preferences.isStrict = settings["strict"] == "yes"
        preferences.isQuiet = true
        if let threads = settings["threads"].flatMap({ Int($0) }) {
            preferences.threads = threads
        }
        let output = SessionOutput(
            results: {
                printed.parts.append(Part(text: String(decoding: $0, as: UTF8.self),
                                          isMessage: false))
            },
            messages: { printed.parts.append(Part(text: $0, isMessage: true)) })
        let books = try shelf.books(settings) {
            let loading = Session(preferences: preferences, domain: League.domain(),
                                  output: output)
            for path in (settings["snapshot"] ?? "").split(separator: " ") {
                try loading.load(String(path))
            }
            for data in loading.environment.dataSets { loading.change(.load(try placed(data))) }
            return loading.books
        }
        session = Session(preferences: preferences, output: output, books: books)
        if let day = settings["day"].flatMap(CommandLineTool.day) { try session.read(at: day) }
        session.prefer { $0.isQuiet = settings["quiet"] == "yes" }
    }

    func takePrinted() -> [Part] {
        defer { printed.parts = [] }
        return printed.parts
    }
}
