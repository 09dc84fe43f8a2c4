import Foundation
import MusterDiagnostics

/// What people type, with what they mean and what is offered: the two texts beside this file.
struct OfferTable {
    struct Entry {
        let typed: String
        /// What was meant, written by hand; nil where nothing may be offered.
        var meant: String?
        /// The line that is offered, as recorded.
        var offered: String?
        /// What the message must say where nothing is offered.
        var words = ""
        let language: Language
    }

    let language: Language
    let entries: [Entry]
    private let lines: [String]
    private let path: String

    static let chinese = OfferTable("chinese", .zh)
    static let english = OfferTable("english", .en)
    static let all = chinese.entries + english.entries

    private init(_ name: String, _ language: Language) {
        path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/\(name).txt"
        self.language = language
        lines = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var entries: [Entry] = []
        for line in lines where !line.isEmpty && !line.hasPrefix("#") {
            switch line.prefix(2) {
            case "= ": entries[entries.count - 1].meant = String(line.dropFirst(2))
            case "> ": entries[entries.count - 1].offered = String(line.dropFirst(2))
            case "! ", "!": entries[entries.count - 1].words = String(line.dropFirst(2))
            default: entries.append(Entry(typed: line, language: language))
            }
        }
        self.entries = entries
    }

    /// Writes what is offered into the table, in place of what stood there.
    func record(_ offered: (Entry) -> String?) throws {
        var kept: [String] = []
        for line in lines where !line.hasPrefix("> ") {
            kept.append(line)
            guard line.hasPrefix("= "),
                  let typed = kept.dropLast().last,
                  let entry = entries.first(where: { $0.typed == typed }),
                  let found = offered(entry) else { continue }
            kept.append("> " + found)
        }
        try kept.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }
}
