import CReadline
import Foundation
import MusterDiagnostics
import MusterLanguage
import MusterLeague
@testable import MusterShell

/// What the program keeps of a user: settings, the history, how far lessons have come.
extension Fuzz {
    /// Each line a setting as one writes it, then a query under them. Other statements are not
    /// run: commands may read and write files.
    @Sendable static func settings(_ bytes: UnsafeBufferPointer<UInt8>) {
        let session = loaded()
        for line in read(bytes).split(whereSeparator: \.isNewline).prefix(16) {
            let source = SourceText(text: "set \(line)")
            let script = parse(source, vocabulary: session.vocabulary)
            guard script.diagnostics.isEmpty, script.statements.count == 1,
                  let statement = script.statements.first, statement.command is SetCommand.Type
            else { continue }
            do { try session.execute([statement], source) } catch let fault as Diagnostic {
                _ = fault.rendered(in: session.preferences.language)
            } catch {}
        }
        for text in ["set", "members | rate registered by unit.district | total",
                     "members | take 2"] {
            session.run(text)
        }
    }

    /// As the file of the history; then as a statement: what is kept comes back as it was.
    @Sendable static func history(_ bytes: UnsafeBufferPointer<UInt8>) {
        _ = isReadlineReady
        forget()
        load(bytes, as: "history") { path in
            let file = HistoryFile(path) { _ = $0.rendered(in: .zh) }
            file.load()
            file.append()
        }
        forget()
        let path = home + "/kept"
        try? FileManager.default.removeItem(atPath: path)
        guard let entry = historyEntry(read(bytes), domain.words.sensitive),
              !entry.isEmpty, !entry.utf8.contains(0) else { return }
        let file = HistoryFile(path) { preconditionFailure($0.rendered(in: .en)) }
        for statement in ["members", entry, "units"] {
            muster_history_add(statement)
            file.append()
        }
        forget()
        HistoryFile(path) { preconditionFailure($0.rendered(in: .en)) }.load()
        precondition(muster_history_count() == 3, "not three statements")
        let kept = muster_history_entry(1).map { String(cString: $0) }
        precondition(kept == entry, "another statement came back")
    }

    /// As the file of the lessons' progress; one that is damaged is set aside.
    @Sendable static func progress(_ bytes: UnsafeBufferPointer<UInt8>) {
        load(bytes, as: "lessons.json") { path in
            let file = ProgressFile(path) { _ = $0.rendered(in: .en) }
            file.change("01-open") { $0.step += 1 }
            precondition((try? LessonProgress.read(path)) != nil, "it cannot be read again")
        }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        where name.hasPrefix("lessons.json") {
            try? FileManager.default.removeItem(atPath: home + "/" + name)
        }
    }

    private static let isReadlineReady: Bool = {
        var hooks = muster_line_hooks()
        hooks.interrupted = { false }
        muster_line_setup("muster-fuzz", &hooks)
        return true
    }()

    private static func forget() {
        while muster_history_count() > 0 { muster_history_drop(0) }
    }
}
