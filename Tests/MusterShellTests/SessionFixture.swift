import Foundation
import MusterLeague
import MusterDiagnostics
import MusterEngine
@testable import MusterShell
import Synchronization

/// A session over a sample, with what it prints.
final class SessionFixture {
    private final class Printed {
        var bytes: [UInt8] = []
        var messages = ""
        var results: String { String(decoding: bytes, as: UTF8.self) }
    }

    let session: Session
    private let printed: Printed

    static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    init(_ sample: String?, format: String = "json", threads: Int = 2, language: Language = .en)
        throws {
        let printed = Printed()
        self.printed = printed
        var preferences = Preferences(language: language)
        preferences.format = format
        preferences.threads = threads
        preferences.isQuiet = true
        session = Session(preferences: preferences, domain: League.domain(), output: SessionOutput(
            results: { printed.bytes += $0 },
            messages: { printed.messages += $0 }))
        if let sample { try session.load(sample: sample) }
    }

    func sample(_ name: String) -> String {
        SessionFixture.top.appending(path: "samples/\(name)").path
    }

    /// What is said beside the results of a text.
    func said(_ text: String) -> String {
        session.prefer { $0.isQuiet = false }
        (printed.bytes, printed.messages) = ([], "")
        _ = session.runTogether(text)
        return printed.messages
    }

    /// What a text puts out in a format that is no text, and what is said beside it.
    func put(_ text: String) -> (bytes: [UInt8], messages: String) {
        (printed.bytes, printed.messages) = ([], "")
        _ = session.runTogether(text)
        return (printed.bytes, printed.messages)
    }

    /// What a text prints, results and messages.
    func run(_ text: String) -> String {
        (printed.bytes, printed.messages) = ([], "")
        _ = session.runTogether(text)
        return printed.results + printed.messages
    }
}

extension Session {
    /// The samples as so many threads load them, each once for all tests.
    private static let samples = Mutex<[String: DataSet]>([:])

    /// Loads a sample by its name, as a session does that says nothing of it.
    func load(sample name: String) throws {
        let key = "\(preferences.threads) \(name)"
        if let known = Session.samples.withLock({ $0[key] }) { return change(.load(known)) }
        let path = SessionFixture.top.appending(path: "samples/\(name)").path
        try load(path)
        if let data = environment.dataSets.first(where: { $0.snapshot.path == path }) {
            Session.samples.withLock { $0[key] = data }
        }
    }
}
