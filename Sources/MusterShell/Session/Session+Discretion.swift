import MusterBinding
import MusterDiagnostics
import MusterLanguage

/// What is said must not tell what is hidden: neither a number that somebody typed or a file
/// holds, nor the lines of a roster that was opened as if it were a script.
extension Session {
    /// Writes something for the user beside the results, with what must be hidden masked.
    func inform(_ text: String) {
        console.messages(environment.domain.words.sensitive.masked(text))
    }

    /// The faults without lines of files that are no statements: of all those of a file one is
    /// left, which says where and shows nothing. No more of them than anybody reads.
    func discreet(_ faults: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<ObjectIdentifier> = []
        var lines: [ObjectIdentifier: FileLines] = [:]
        let keeping = environment.registry.verbs.filter { $0.traits.contains(.keeps) }
            .map { $0.signature.name }
        let more = faults.count - Limits.faults
        let rest = more <= 0 ? [] : [Diagnostic("faults.more", Message(
            zh: "另有 \(more) 处错误", en: "… and \(more) more errors"), severity: .note)]
        return faults.prefix(Limits.faults).compactMap { fault -> Diagnostic? in
            guard let source = fault.source, !source.isTyped, let span = fault.span else {
                return fault
            }
            let own = lines[ObjectIdentifier(source)] ?? FileLines(source, vocabulary, keeping)
            lines[ObjectIdentifier(source)] = own
            guard !own.isStatement(at: span.lower) else { return fault }
            guard seen.insert(ObjectIdentifier(source)).inserted else { return nil }
            let withheld = source.withheld(at: span)
            return Diagnostic("script.foreign", Message(
                zh: "这一行不是语句，内容不予显示",
                en: "this line is no statement, and is not shown"), at: withheld.span,
                hint: Message(
                    zh: "如果这是名单或数据，用 装载 \"文件\" 为 名称 读取",
                    en: "a roster or other data is read by load \"FILE\" as NAME"),
                severity: fault.severity).located(in: withheld.source)
        } + rest
    }
}

/// The lines of a file that is read as statements.
private struct FileLines {
    private let lines: [Substring]
    private let source: SourceText
    private let vocabulary: any Vocabulary
    /// What stands before a name that is made.
    private let defining: [Term]

    /// - Parameter keeping: the verbs that keep a result under a name.
    init(_ source: SourceText, _ vocabulary: any Vocabulary, _ keeping: [Term]) {
        defining = [Keyword.let.term, Keyword.param.term] + keeping
        self.source = source
        self.vocabulary = vocabulary
        lines = source.text.split(omittingEmptySubsequences: false) { $0.isNewline }
    }

    /// Whether the line at an offset, or the one that it goes on from, begins as a statement does,
    /// or hands something on to a verb.
    func isStatement(at offset: Int) -> Bool {
        let bytes = source.text.utf8
        let place = bytes.index(bytes.startIndex, offsetBy: min(max(0, offset), bytes.count))
        guard var number = lines.lastIndex(where: { $0.startIndex <= place }) else { return true }
        while number > 0, goesOn(lines[number]) { number -= 1 }
        let line = lines[number]
        return begins(line) || isPiped(line) || isDefined(line)
            || (number + 1 < lines.count && goesOn(lines[number + 1]) && isPiped(lines[number + 1]))
    }

    /// Whether it begins with a name that the file itself defines or keeps.
    private func isDefined(_ line: Substring) -> Bool {
        let word = line.drop(while: \.isWhitespace)
            .prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return !word.isEmpty && defining.flatMap { [$0.en, $0.zh] }
            .contains { source.text.contains("\($0) \(word)") }
    }

    private func goesOn(_ line: Substring) -> Bool {
        guard let first = line.first else { return true }
        return first.isWhitespace || "|｜)）".contains(first)
    }

    private func begins(_ line: Substring) -> Bool {
        let text = line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard let first = text.first, first != "#" else { return true }
        if first == "(" || first == "（" || first == "|" || first == "｜" { return true }
        let word = String(text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        return isBeginning(word)
            || vocabulary.knownPrefixes(of: Substring(word)).contains(where: isBeginning)
    }

    private func isBeginning(_ word: String) -> Bool {
        let lower = word.lowercased()
        return vocabulary.statement(lower) != nil || vocabulary.isSource(lower)
            || vocabulary.isSource(word)
            || Keyword(spelled: lower).map { [.let, .param].contains($0) } == true
            || vocabulary.statement(calledElsewhere: lower) != nil
    }

    private func isPiped(_ line: Substring) -> Bool {
        line.split(whereSeparator: { "|｜".contains($0) }).dropFirst().contains { part in
            let text = part.drop(while: \.isWhitespace)
            let word = String(text.prefix { $0.isLetter || $0 == "_" }).lowercased()
            return vocabulary.verb(word) != nil
                || vocabulary.knownPrefixes(of: Substring(word))
                    .contains { vocabulary.verb($0) != nil }
        }
    }
}
