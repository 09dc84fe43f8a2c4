import MusterDiagnostics

/// What is wrong with the command line.
struct WrongUsage: Error {
    let message: Message

    init(_ message: Message) { self.message = message }

    /// The argument parser's own complaints, which are English, in both languages.
    static func reading(_ text: String) -> Message {
        let line = text.split(separator: "\n").first.map(String.init) ?? text
        let kinds: [(String, String)] = [
            ("Unknown option '", "没有选项 "), ("Missing value for '", "缺少值："),
            ("Missing expected argument '", "缺少 "), ("Unexpected argument '", "多余的内容："),
            ("The value '", "不可用的值："),
        ]
        for (start, chinese) in kinds where line.hasPrefix(start) {
            let name = line.dropFirst(start.count).prefix { $0 != "'" }
            return Message(zh: chinese + name, en: line)
        }
        if let colon = line.firstIndex(of: ":"), line.contains("unexpected arguments") {
            return Message(zh: "多余的内容：" + line[line.index(after: colon)...]
                .drop { $0 == " " }, en: line)
        }
        return Message(line)
    }

    /// With the way to more.
    static func whole(_ problem: Message, _ arguments: [String]) -> Message {
        let names = ["run", "check", "fmt", "validate", "generate"]
        let command = arguments.first.flatMap { names.contains($0) ? " " + $0 : nil } ?? ""
        return Message(zh: "命令行用法有误：\(problem.zh)\n用法见 muster\(command) --help",
                       en: "wrong usage: \(problem.en)\nsee muster\(command) --help")
    }
}
