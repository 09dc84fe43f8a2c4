import MusterDiagnostics

/// Reads a lesson's file.
///
/// A line that begins with a key and a colon starts a text; indented lines go on with it. Chinese
/// keys give the Chinese text, English keys the English one; `---` begins a step; `#` a comment.
struct LessonFile {
    /// One key of the file with what stands behind it.
    private struct Entry {
        let key: Key
        let isChinese: Bool
        /// A word between the key and its colon.
        let argument: String
        let text: String
        let line: Int
        let span: Span
    }

    enum Key: String, CaseIterable {
        case title, snapshot, load, minutes, trainer, test
        case text, task, answer, hint, wrong, because, revise

        var name: Term {
            switch self {
            case .title: Term(rawValue, "标题")
            case .snapshot: Term(rawValue, "快照")
            case .load: Term(rawValue, "装载")
            case .minutes: Term(rawValue, "分钟")
            case .trainer: Term(rawValue, "讲课")
            case .test: Term(rawValue, "考核")
            case .revise: Term(rawValue, "复习")
            case .text: Term(rawValue, "讲解")
            case .task: Term(rawValue, "题目")
            case .answer: Term(rawValue, "答案")
            case .hint: Term(rawValue, "提示")
            case .wrong: Term(rawValue, "错答")
            case .because: Term(rawValue, "原因")
            }
        }
    }

    private let source: SourceText
    private let name: String
    private var faults: [Diagnostic] = []

    private init(_ source: SourceText, name: String) {
        self.source = SourceText(name: source.name,
                                 text: source.text.replacing("\r\n", with: "\n"))
        self.name = name
    }

    /// - Throws: `Diagnostics`, every fault of the file at once with its line.
    static func lesson(_ source: SourceText, name: String) throws -> Lesson {
        var file = LessonFile(source, name: name)
        let lesson = file.read()
        guard file.faults.isEmpty, let lesson else { throw Diagnostics(file.faults) }
        return lesson
    }

    private mutating func read() -> Lesson? {
        let parts = sections()
        let head = parts[0]
        let title = message(.title, head, in: Span(0, 0), required: true)
        let steps = parts.dropFirst().compactMap { step($0) }
        if parts.count == 1 {
            fault(Span(0, 0), Message(zh: "没有步骤", en: "there is no step"),
                  Message(zh: "每一步以一行 --- 开头", en: "a line of --- begins each"))
        }
        let loading = head.first { $0.key == .load }
        let minutes = number(.minutes, in: head, 1...600)
        let passMark = number(.test, in: head, 1...LessonMark.whole)
        if passMark != nil, !steps.isEmpty, LessonMark.whole % steps.count != 0 {
            fault(head.first { $0.key == .test }?.span ?? Span(0, 0), Message(
                zh: "考核的步数应能整除 \(LessonMark.whole)，现有 \(steps.count) 步",
                en: "the steps of a test must share \(LessonMark.whole) points evenly; there are "
                    + "\(steps.count)"))
        }
        let isByLearner = ["learner", "学员"].contains(loading?.text ?? "")
        if let loading, !isByLearner, !["automatic", "自动"].contains(loading.text) {
            fault(loading.span, Message(zh: "装载 后面写 自动 或 学员",
                                        en: "load takes automatic or learner"))
        }
        guard let title else { return nil }
        return Lesson(name: name, path: source.name ?? name, title: title,
                      snapshot: head.first { $0.key == .snapshot }?.text ?? "samples/small",
                      isLoadedByLearner: isByLearner,
                      minutes: minutes ?? max(1, steps.count) * 5,
                      trainer: message(.trainer, head, in: Span(0, 0), required: false),
                      passMark: passMark, steps: steps)
    }

    private mutating func number(_ key: Key, in entries: [Entry], _ range: ClosedRange<Int>)
        -> Int? {
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        if let number = Int(entry.text), range.contains(number) { return number }
        let name = key.name
        fault(entry.span, Message(
            zh: "\(name.zh) 后面写 \(range.lowerBound) 到 \(range.upperBound) 的整数",
            en: "\(name.en) takes a whole number from \(range.lowerBound) to "
                + "\(range.upperBound)"))
        return nil
    }

    // MARK: lines

    private mutating func sections() -> [[Entry]] {
        var sections: [[Entry]] = [[]]
        var open: (key: Key, isChinese: Bool, argument: String, line: Int, span: Span)?
        var lines: [Substring] = []
        func close() {
            guard let begun = open else { return }
            sections[sections.count - 1].append(Entry(
                key: begun.key, isChinese: begun.isChinese, argument: begun.argument,
                text: Self.text(lines, isStatement: [.answer, .wrong].contains(begun.key)),
                line: begun.line, span: begun.span))
            open = nil
        }
        var offset = 0
        for (number, line) in source.text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated() {
            let span = Span(offset, offset + line.utf8.count)
            offset += line.utf8.count + 1
            if line.hasPrefix("#") || line.hasPrefix("＃") { continue }
            if line.hasPrefix("---") {
                close()
                sections.append([])
            } else if line.first?.isWhitespace ?? true {
                lines.append(line)
                if open == nil, !line.allSatisfy(\.isWhitespace) {
                    fault(span, Message(zh: "这一行不属于任何内容", en: "this line belongs to nothing"))
                }
            } else {
                close()
                guard let (key, isChinese, argument, rest) = Self.key(line) else {
                    unknown(line, span)
                    continue
                }
                open = (key, isChinese, argument, number + 1, span)
                lines = [rest]
            }
        }
        close()
        return sections
    }

    private static func key(_ line: Substring) -> (Key, Bool, String, Substring)? {
        guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let words = line[..<colon].split(separator: " ", maxSplits: 1)
        guard let word = words.first,
              let key = Key.allCases.first(where: { $0.name.matches(String(word)) })
        else { return nil }
        let argument = words.count > 1 ? String(words[1]) : ""
        return (key, word == key.name.zh, argument, line[line.index(after: colon)...])
    }

    private mutating func unknown(_ line: Substring, _ span: Span) {
        let word = String(line.prefix { !$0.isWhitespace && $0 != ":" && $0 != "：" })
        let known = Key.allCases.map(\.name)
        fault(span, Message(zh: "不认识“\(word)”", en: "\"\(word)\" is not known here"),
              Message(zh: "行首应为 " + known.map(\.zh).joined(separator: "、") + " 之一加冒号；续行缩进",
                      en: "a line begins with one of " + known.map(\.en).joined(separator: ", ")
                        + " and a colon; further lines are indented"))
    }

    /// Lines joined to paragraphs; an empty line parts them, and lines indented by four or more
    /// stand by themselves. Statements keep their lines.
    private static func text(_ lines: [Substring], isStatement: Bool) -> String {
        var text = "", isJoined = false
        for line in lines {
            let body = line.trimmingSpaces
            let isOwn = isStatement || line.hasPrefix("    ")
            if body.isEmpty {
                if !text.isEmpty, !isStatement { text += "\n" }
                isJoined = false
            } else if text.isEmpty {
                text = body
                isJoined = !isOwn
            } else if isOwn || !isJoined {
                text += (text.hasSuffix("\n") ? "" : "\n") + (isStatement ? body : String(line))
                    .trimmingEnd(indent: isOwn && !isStatement)
                isJoined = !isOwn
            } else {
                let isLatin = (text.last?.isASCII ?? false) || (body.first?.isASCII ?? false)
                text += (isLatin ? " " : "") + body
            }
        }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    // MARK: steps

    private mutating func step(_ entries: [Entry]) -> LessonStep? {
        let place = entries.first?.span ?? Span(0, 0)
        let text = message(.text, entries, in: place, required: false) ?? Message("")
        let task = message(.task, entries, in: place, required: true)
        let answers = entries.filter { $0.key == .answer }
        if answers.count != 1 {
            fault(answers.last?.span ?? place, Message(
                zh: "每一步须有一个 答案", en: "a step must have one answer"))
        }
        let hints = messages(entries.filter { $0.key == .hint })
        var wrong: [WrongAnswer] = []
        for (position, entry) in entries.enumerated() where entry.key == .wrong {
            guard let kind = LessonFault(named: entry.argument) else {
                fault(entry.span, Message(
                    zh: "错答 后面要写提示须指出什么", en: "wrong must say what the hint is to name"),
                    Message(zh: "例如“错答 分母: …”，可用："
                                + LessonFault.allCases.map(\.name.zh).joined(separator: "、"),
                            en: "such as \"wrong denominator: …\"; one of "
                                + LessonFault.allCases.map(\.rawValue).joined(separator: ", ")))
                continue
            }
            let reasons = entries[(position + 1)...].prefix { $0.key == .because }
            wrong.append(WrongAnswer(text: entry.text, fault: kind,
                                     reason: messages(Array(reasons)).first, line: entry.line))
        }
        guard let task, let answer = answers.first else { return nil }
        return LessonStep(text: text, task: task, answer: answer.text, hints: hints,
                          wrongAnswers: wrong,
                          revised: entries.first { $0.key == .revise }?.text)
    }

    private mutating func message(_ key: Key, _ entries: [Entry], in place: Span, required: Bool)
        -> Message? {
        let found = entries.filter { $0.key == key }
        if found.isEmpty, required {
            fault(place, Message(zh: "缺 \(key.name.zh)", en: "\(key.name.en) is missing"))
        }
        return messages(found).first
    }

    /// The Chinese and the English texts, paired in their order.
    private mutating func messages(_ entries: [Entry]) -> [Message] {
        let chinese = entries.filter(\.isChinese), english = entries.filter { !$0.isChinese }
        if chinese.count != english.count, let last = entries.last {
            fault(last.span, Message(
                zh: "\(last.key.name.zh) 中文 \(chinese.count) 处、英文 \(english.count) 处，应一一对应",
                en: "\(chinese.count) Chinese and \(english.count) English texts of "
                    + "\(last.key.name.en): they must come in pairs"))
        }
        return zip(chinese, english).map { Message(zh: $0.text, en: $1.text) }
    }

    private mutating func fault(_ span: Span, _ message: Message, _ hint: Message? = nil) {
        faults.append(Diagnostic("lesson.file", message, at: span, hint: hint, source: source))
    }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: String {
        var rest = drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    /// Without space at its end; with `indent` two columns of it stay at the beginning.
    fileprivate func trimmingEnd(indent: Bool) -> String {
        (indent ? "  " : "") + trimmingSpaces
    }
}
