import MusterDiagnostics
import MusterLanguage

/// What is typed here and belongs elsewhere: to the system's shell, or to a script of words.
extension Session {
    /// The fault of a line that is one of the system's shell, with where it belongs.
    func elsewhere(_ source: SourceText) -> [Diagnostic]? {
        let line = source.text.drop(while: \.isWhitespace)
        let end = line.firstIndex(where: \.isWhitespace) ?? line.endIndex
        let word = line[..<end]
        let place = source.text.utf8.distance(from: source.text.startIndex, to: line.startIndex)
        let span = Span(place, place + word.utf8.count)
        if word.hasPrefix("!") {
            return [Diagnostic("shell.foreign", Message(
                zh: "这里不能运行系统命令", en: "commands of the system do not run here"), at: span,
                hint: Self.otherWindow)]
        }
        guard Self.foreign.contains(word.lowercased()) else { return nil }
        let writes = line.contains(">")
        let save = SaveCommand.signature.name
        return [Diagnostic("shell.foreign", Message(
            zh: "“\(word)”是系统命令，不是这里的语句", en: "\(word) is a command of the system"),
            at: span, hint: writes ? Message(
                zh: "结果接 | 导出 \"文件\"；语句存成脚本写 \(save.zh) \"文件\"",
                en: "a result: | export \"FILE\"; statements as a script: \(save.en) \"FILE\"")
                : Self.otherWindow)]
    }

    private static let otherWindow = Message(
        zh: "先“退出”，或另开一个窗口在系统提示符下输入",
        en: "leave with quit, or type it at the system's prompt in another window")

    private static let foreign: Set<String> = [
        "cat", "ls", "ll", "dir", "cd", "pwd", "cp", "mv", "rm", "mkdir", "clear", "cls", "sudo",
        "echo", "less", "more", "head", "tail", "grep", "man", "bash", "sh", "python", "python3",
        "nano", "touch", "muster", "chmod", "which",
    ]

    /// A sentence that asks what the domain knows: the same fault with the query that answers it.
    func answered(_ source: SourceText, _ faults: [Diagnostic]) -> [Diagnostic]? {
        guard var fault = faults.first, !source.text.contains("\n"),
              let (meaning, query) = QuestionReading(source.text, self)?.answer()
        else { return nil }
        fault.hint = Message(zh: "可写作（\(meaning.zh)）：", en: "write (\(meaning.en)):")
        fault.related = [Message(query)]
        return [fault]
    }
}
