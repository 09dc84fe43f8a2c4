import Foundation
import MusterDiagnostics
import MusterLanguage
import MusterLeague
import Testing
@testable import MusterShell

/// What is offered for what people type: the same, or nothing.
@Suite("What is offered")
struct OfferTests {
    /// A conversation over the small sample that somebody has in front of them.
    private final class Desk {
        let session: Session
        private final class Printed { var results = "", messages = "" }
        private let printed = Printed()

        /// Somebody sits there; results and messages are kept apart.
        private struct Screen: Console {
            let printed: Printed
            var isAttended: Bool { true }
            var progress: ProgressLine? { nil }
            func results(_ bytes: [UInt8]) {
                printed.results += String(decoding: bytes, as: UTF8.self)
            }
            func messages(_ text: String) { printed.messages += text }
        }

        init(_ language: Language) throws {
            let printed = self.printed
            var preferences = Preferences(language: language)
            preferences.format = "csv"
            preferences.writesFiles = false
            session = Session(preferences: preferences, domain: League.domain(),
                              output: Screen(printed: printed))
            try session.load(SessionFixture.top.appending(path: "samples/small").path)
        }

        /// The same again, where something was kept or the conversation ended.
        func fresh(_ language: Language) throws -> Desk {
            tables.isEmpty && !session.isFinished ? self : try Desk(language)
        }

        var tables: Set<String> { Set(session.environment.tables.keys) }

        /// What a text results in, and what is said beside it.
        func run(_ text: String) -> (isFine: Bool, results: String, messages: String) {
            (printed.results, printed.messages) = ("", "")
            let isFine = session.run(text)
            return (isFine, printed.results, printed.messages)
        }

        /// What is offered for a text, and what is said of it.
        func answer(_ text: String) -> (offered: String?, said: String) {
            let said = run(text).messages
            return (session.takeCorrection()?.text, said)
        }
    }

    private static let isRecording = ProcessInfo.processInfo.environment["MUSTER_RECORD"] == "1"

    @Test("The table is long enough, and nothing stands in it twice")
    func table() {
        #expect(OfferTable.all.count >= 200)
        #expect(Set(OfferTable.all.map(\.typed)).count == OfferTable.all.count)
    }

    @Test("What is offered is what the table has; else the message holds its words")
    func offers() throws {
        for table in [OfferTable.chinese, .english] {
            let desk = try Desk(table.language)
            let clean = desk.session.books
            var found: [String: String] = [:]
            for entry in table.entries {
                desk.session.exchange(clean)
                let (offered, said) = desk.answer(entry.typed)
                found[entry.typed] = offered
                if entry.meant == nil {
                    #expect(offered == nil, "\(entry.typed): nothing may be offered")
                    #expect(entry.words.isEmpty || said.contains(entry.words),
                            "\(entry.typed): \(said)")
                } else if !Self.isRecording {
                    #expect(offered == entry.offered, "\(entry.typed): \(said)")
                }
                #expect(desk.session.answer == nil, "\(entry.typed) was carried out")
            }
            if Self.isRecording { try table.record { found[$0.typed] } }
        }
    }

    @Test("What is offered gives what was meant", arguments: [Language.zh, .en])
    func meaning(language: Language) throws {
        var desk = try Desk(language)
        for entry in OfferTable.all where entry.language == language {
            guard let meant = entry.meant else { continue }
            guard let offered = entry.offered else {
                Issue.record("\(entry.typed): nothing is offered")
                continue
            }
            desk = try desk.fresh(language)
            let wanted = desk.run(meant), tables = desk.tables
            let isFinished = desk.session.isFinished
            desk = try desk.fresh(language)
            let given = desk.run(offered)
            #expect(wanted.isFine && given.isFine, "\(meant): \(wanted.messages)")
            #expect(given.results == wanted.results, "\(entry.typed) became \(offered)")
            #expect(desk.session.isFinished == isFinished && desk.tables == tables)
        }
    }

    @Test("A hint never says something else than the line that is offered")
    func agreement() throws {
        for language in Language.allCases {
            let desk = try Desk(language)
            for entry in OfferTable.all where entry.language == language {
                guard let offered = entry.offered else { continue }
                let source = SourceText(text: entry.typed)
                let faults = ScriptChecker(desk.session).faults(source)
                let found = Corrector(desk.session).correction(of: entry.typed, faults, source)
                // The hints that stand beside an offered line are those of its fixes.
                for fault in found?.shown(faults) ?? [] where fault.hint != nil {
                    #expect(!fault.fixes.isEmpty, "\(entry.typed): \(fault.hint?[language] ?? "")")
                    for fix in fault.fixes {
                        let word = [fix.replacement, fix.term?.zh, fix.term?.en]
                            .compactMap { $0?.trimmingCharacters(in: .whitespaces) }
                        #expect(word.contains { offered.contains($0) }, "\(entry.typed)")
                    }
                }
            }
        }
    }
}
