import Foundation
import MusterDiagnostics
import MusterLanguage
import MusterReport

/// `log FILE|off`: statements and, as comments, their results.
enum LogCommand: Command {
    static let signature = Signature(Term("log", "记录"), [Slot("file", .path)])
    static let summary = Message(zh: "把语句和结果记入文件（可再用 run 运行），off 停止",
                                 en: "keep statements and results in a file that run can replay; off stops")

    static func run(_ call: CommandCall, _ session: Session) throws {
        guard let template = call.text("file") else { return }
        let path = session.binder(call.source).text(template)
        if path == "off" || path == "关" {
            session.log = nil
            return
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Diagnostic("log.exists", Message(
                zh: "文件 \(path) 已存在", en: "the file \(path) exists already"),
                at: template.span, hint: Message(zh: "换一个文件名", en: "choose another name"))
        }
        session.log = TranscriptLog(path: path)
        try session.log?.write()
    }
}

/// A transcript, written anew as a whole after each statement: never half a file.
struct TranscriptLog {
    let path: String
    private var text = ""

    init(path: String) { self.path = path }

    mutating func add(_ statement: String, _ result: String) {
        text += statement + "\n"
        for line in result.split(separator: "\n", omittingEmptySubsequences: false)
        where !line.isEmpty { text += "# " + line + "\n" }
        text += "\n"
    }

    func write() throws { try writeAside(path, Array(text.utf8)) }
}
