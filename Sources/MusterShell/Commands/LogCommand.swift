import Foundation
import MusterDiagnostics
import MusterFiles
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport

/// `log FILE|off`: statements and, as comments, their results.
enum LogCommand: Command {
    static let signature = Signature(Term("log", "记录"), [
        Slot("file", .path, shown: Message(zh: "文件|关", en: "FILE|off")),
    ])
    static let summary = Message(
        zh: "从此把语句和结果（作为注释）记入文件，可用“运行”重做；“记录 关”停止",
        en: "keep statements and, as comments, results in a file that run replays; log off stops")
    static let topics = ["excel", "打印", "文件", "print", "file", "save", "保存"]
    static let traits: CommandTraits = [.unlogged, .typed]
    static let argument: CommandArgument? = .log

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let template = call.text("file") else { return [] }
        let path = homePath(session.binder(call.source).shownText(template))
        if path == "off" || path == "关" {
            let said = session.log.map { log in
                Effect.say(Message(zh: "记录在 \(log.path)", en: "the log is in \(log.path)"))
            }
            return [said, .keepLog(nil)].compactMap(\.self)
        }
        let log: TranscriptLog
        do {
            log = TranscriptLog(try session.files.place(path),
                                session.environment.domain.words.sensitive)
            try log.write()
        } catch let diagnostic as Diagnostic {
            throw diagnostic.placed(at: template.span)
        }
        return [.keepLog(log), .say(Message(
            zh: "此后的语句和结果记入 \(path)；“记录 关”停止",
            en: "statements and results go to \(path) from here on; log off stops"))]
    }
}

/// A transcript, written anew as a whole after each statement: never half a file.
struct TranscriptLog {
    var path: String { place.path }
    private let place: FilePlace
    /// What is not kept.
    private let sensitive: SensitiveText
    private var text = ""
    /// What the statement that is being carried out has shown.
    private var shown: [Report.Block] = []

    init(_ place: FilePlace, _ sensitive: SensitiveText) {
        self.place = place
        self.sensitive = sensitive
    }

    mutating func saw(_ blocks: [Report.Block]) { shown += blocks }

    /// A statement that did well, with what it has shown since the last one.
    mutating func add(_ statement: String, _ language: Language) {
        let blocks = shown
        shown = []
        guard !sensitive.isIn(statement) else { return addKept(language) }
        // At a line's beginning in a file `|` would go on with the statement before.
        let isContinued = statement.hasPrefix("|") || statement.hasPrefix("｜")
        text += (isContinued ? Globals.last[language] + " " : "") + statement + "\n"
        // Nobody stops so few rows.
        let bytes = (try? TableFormat().contents(
            of: Report(blocks), Presentation(language, width: 100, rowLimit: 200))) ?? []
        addComment(String(decoding: bytes, as: UTF8.self))
        text += "\n"
    }

    /// A statement that failed: a comment, or replaying would stop at it.
    mutating func add(failed statement: String, _ faults: [Diagnostic], _ language: Language) {
        shown = []
        guard !sensitive.isIn(statement) else { return addKept(language) }
        addComment(statement)
        addComment(sensitive.masked(faults.map { $0.message[language] }.joined(separator: "\n")))
        text += "\n"
        try? write()
    }

    private mutating func addKept(_ language: Language) {
        addComment(Message(zh: "（此处的语句含\(sensitive.name.zh)，未记录）",
                           en: "(a statement with \(sensitive.name.en) is not kept)")[language])
    }

    private mutating func addComment(_ lines: String) {
        for line in lines.split(separator: "\n", omittingEmptySubsequences: false)
        where !line.isEmpty { text += "# " + line + "\n" }
    }

    func write() throws { try writeAside(place, Array(text.utf8), isPrivate: true) }
}
