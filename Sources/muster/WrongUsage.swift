import MusterDiagnostics

/// What is wrong with the command line.
struct WrongUsage: Error {
    let message: Message

    init(_ message: Message) { self.message = message }

    /// The argument parser's own complaints, which are English, in both languages.
    static func reading(_ text: String) -> Message {
        let patterns: [(Regex<(Substring, Substring)>, (Substring) -> String)] = [
            (/Unknown option '(.+?)'.*/, { "没有选项 \($0)" }),
            (/Missing value for '(.+?)'.*/, { "选项 \($0) 缺少值" }),
            (/Missing expected argument '(.+?)'.*/, { "缺少 \($0)" }),
            (/Unexpected argument '(.+?)'.*/, { "多余的内容：\($0)" }),
            (/[0-9]+ unexpected arguments: (.+)/, { "多余的内容：\($0)" }),
            (/The value '(.+?)' is invalid.*/, { "值 \($0) 不可用" }),
        ]
        let line = text.split(separator: "\n").first.map(String.init) ?? text
        for (pattern, chinese) in patterns {
            guard let match = try? pattern.wholeMatch(in: line) else { continue }
            return Message(zh: chinese(match.output.1), en: line)
        }
        return Message(line)
    }

    /// With the way to more.
    static func whole(_ problem: Message, _ arguments: [String]) -> Message {
        var command = ""
        if let first = arguments.first, Muster.subcommandNames.contains(first) {
            command = " " + first
        }
        return Message(zh: "命令行用法有误：\(problem.zh)\n用法见 muster\(command) --help",
                       en: "wrong usage: \(problem.en)\nsee muster\(command) --help")
    }
}
