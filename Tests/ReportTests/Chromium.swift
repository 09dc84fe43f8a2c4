import Foundation

/// Debian's Chromium, looked through by a Python program over its DevTools pipe.
enum Chromium {
    /// What a reader would meet on a page.
    struct View: Decodable {
        let console: [String]
        let requests: [String]
        /// Faults by the width of the window.
        let layout: [String: [String]]
        /// Tables that are wider than their place.
        let scrolled: [String: [String]]
        /// Lightness of paper and ink, 0 to 1.
        let dark: [Double]
        let light: [Double]
        /// Width and height of each printed sheet in points.
        let sheets: [[Int]]
        /// What is read on each of them.
        let words: [String]
        let language: String
        let title: String
        let tables: Int
        let figures: Int
    }

    private static let program = ["chromium", "chromium-browser", "google-chrome"]
        .compactMap(onPath).first

    static var isThere: Bool {
        program != nil && onPath("python3") != nil && onPath("pdftotext") != nil
    }

    static func look(at pages: [String]) throws -> [String: View] {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "browser.py").path
        let output = try run(onPath("python3") ?? "python3", [script, program ?? ""] + pages)
        return try JSONDecoder().decode([String: View].self, from: output)
    }

    private static func onPath(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// A new folder for what a test writes, and the program that writes it.
struct Folder {
    let top = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private let place: URL

    init() throws {
        place = FileManager.default.temporaryDirectory
            .appending(path: "muster-reports-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { place.appending(path: name).path }

    func remove() { try? FileManager.default.removeItem(at: place) }

    /// What the program of this build writes to standard output.
    @discardableResult
    func muster(_ arguments: [String]) throws -> Data {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
        let program = URL(filePath: own).deletingLastPathComponent().appending(path: "muster").path
        return try run(program, arguments, in: top)
    }
}

struct Failure: Error, CustomStringConvertible {
    let description: String
}

/// Runs a program to its end and returns what it wrote to standard output.
private func run(_ program: String, _ arguments: [String], in folder: URL? = nil) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    let output = Pipe(), errors = FileManager.default.temporaryDirectory
        .appending(path: "muster-errors-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
        throw Failure(description: "\(program) ended with \(process.terminationStatus): \(said)")
    }
    return data
}
