import Foundation
import MusterLeague
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
@testable import MusterShell

/// Runs the blocks marked `muster` of one document, in a session as the shell has it.
///
/// Words behind the mark: the snapshot to load (`samples/small` where none is named, `-` for
/// none), `en` for English, `format=csv`, `width=80`, `continue` to go on in the session of the
/// block before, `fails` where the last statement is to fail.
final class QueryExamples {
    struct Outcome {
        let text: String
        let isFine: Bool
    }

    private let folder: URL
    private var session: Session?
    private var printed: [UInt8] = []
    private var loaded: [String: Books] = [:]

    init(in folder: URL) { self.folder = folder }

    func run(_ block: Document.Block) throws -> Outcome {
        let words = block.info.dropFirst()
        if !words.contains("continue") {
            let path = words.first { $0.hasPrefix("samples/") || $0 == "-" } ?? "samples/small"
            session = try fresh(path)
        }
        guard let session else { throw Document.Fault(description: "nothing to continue") }
        session.prefer {
            $0.language = words.contains("en") ? .en : .zh
            $0.format = value("format", words) ?? "table"
            $0.width = value("width", words).flatMap { Int($0) } ?? 100
        }
        printed = []
        let isFine = session.run(placed(block.text))
        let text = String(decoding: printed, as: UTF8.self)
            .replacingOccurrences(of: folder.path + "/", with: "")
        return Outcome(text: text, isFine: isFine)
    }

    private func value(_ name: String, _ words: ArraySlice<String>) -> String? {
        words.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    private func fresh(_ path: String) throws -> Session {
        let output = SessionOutput(results: { [unowned self] in printed += $0 },
                                   messages: { [unowned self] in printed += Array($0.utf8) })
        let session = Session(preferences: Preferences(language: .zh), domain: League.domain(),
                              output: output)
        guard path != "-" else { return session }
        if let books = loaded[path] {
            session.exchange(books)
        } else {
            try session.load(folder.appending(path: path).path)
            loaded[path] = session.books
        }
        return session
    }

    /// Relative paths as paths in the folder: a process has only one working folder.
    private func placed(_ text: String) -> String {
        var text = text
        let endings = "csv|tsv|json|ndjson|md|html|xlsx|muster|log"
        for pattern in [#"(?<=["“ ])(samples/)"#,
                        #"(?<=["“])([^"“”/{}\n]+\.(\#(endings))["”])"#] {
            text = text.replacingOccurrences(of: pattern, with: folder.path + "/$1",
                                             options: .regularExpression)
        }
        return text
    }
}
