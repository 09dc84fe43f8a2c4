import MusterDiagnostics
import MusterLeague
import MusterShell

/// Reads statements and says what it got, each on one line: `got <…>` with `/` for line breaks.
/// `busy` works until it is interrupted; `history` lists what is kept.
@main
enum Probe {
    static let names = [
        ("members", "团员", "表"), ("member", "服务者", "路径"), ("registered", "已注册", "as-of field"),
        ("registered.date", "注册日期", "字段"), ("团员", "members", "table"),
        ("团干部", "cadre", "field"), ("团总支", "general_branch", "unit level"),
    ]

    static func main() throws(Diagnostic) {
        let path = CommandLine.arguments.dropFirst().first
        let editor = LineEditor(
            history: path.map { HistoryFile($0) { print("warning: \($0.message.en)") } },
            language: .en, colour: Terminal.wantsColour())
        editor.completer = complete
        editor.sensitive = League.domain().words.sensitive
        while true {
            let event = editor.readStatement(
                prompt: "\u{1b}[1;36m志愿者\u{1b}[0m> ", continuation: { _ in "......> " },
                isComplete: { !$0.hasSuffix("|") })
            switch event {
            case .statement("busy"):
                try Terminal.write("working\n")
                while !Interrupt.isRequested {}
                try Terminal.write("stopped\n")
            case .statement("history"):
                for text in editor.statements { try Terminal.write("kept <\(flat(text))>\n") }
            case .statement(let text):
                try Terminal.write("got <\(flat(text))> of \(text.unicodeScalars.count)\n")
            case .cancelled: try Terminal.write("cancelled\n")
            case .end:
                try Terminal.write("end\n")
                return
            }
        }
    }

    static func flat(_ text: String) -> String {
        text.replacing("\n", with: "/").replacing("\t", with: "\\t")
    }

    static func complete(_ text: String, _ cursor: Int) -> Completions {
        let before = String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
        let word = before.split(omittingEmptySubsequences: false,
                                whereSeparator: { " |，\n".contains($0) }).last ?? ""
        let found = names.filter { $0.0.hasPrefix(word) || $0.1.hasPrefix(word) }
        return Completions(start: before.utf8.count - word.utf8.count,
                           found.map { Completion($0.0, gloss: "\($0.1) · \($0.2)") })
    }

    static func print(_ text: String) {
        _ = try? Terminal.write(text + "\n", to: Terminal.errors)
    }
}
