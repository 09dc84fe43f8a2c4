import Foundation

/// The project's files, and a folder for what the examples write.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The documents whose examples run and whose tables are made.
    static let documents: [String] = {
        let docs = root.appending(path: "docs")
        let found = (try? FileManager.default.contentsOfDirectory(atPath: docs.path)) ?? []
        return ["README.md"] + found.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
    }()

    /// Whether to write what the program says into the documents instead of comparing.
    static var isRecording: Bool {
        !(ProcessInfo.processInfo.environment["MUSTER_RECORD"] ?? "").isEmpty
    }

    /// A new empty folder in which `samples` and `scripts` are those of the project.
    static func makeFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "muster-documentation-\(UUID().uuidString.filter(\.isLetter))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["samples", "scripts"] {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: name), withDestinationURL: root.appending(path: name))
        }
        return folder
    }
}
