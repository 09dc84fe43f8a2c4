import MusterDiagnostics
import MusterBinding
import MusterLanguage

/// A text that says the same as one that could not be carried out, and has no fault. Only what
/// is certain is offered: what is guessed is a word in the message.
struct Correction: Sendable, Equatable {
    let text: String
    /// The fixes of its faults were all that it took, so that their hints say the same.
    let isByFixes: Bool

    /// The faults as they are shown beside it. One message says one thing: a hint says the same
    /// as the line, or is left out.
    func shown(_ faults: [Diagnostic]) -> [Diagnostic] {
        faults.map { fault in
            guard !isByFixes || fault.fixes.isEmpty else { return fault }
            var copy = fault
            copy.hint = nil
            return copy
        }
    }
}

/// Finds it: by the fixes that come with faults, and by what people write who come from other
/// tools.
struct Corrector {
    private let session: Session
    private static let mostRounds = 8
    private static let longest = 2000

    init(_ session: Session) { self.session = session }

    func correction(of text: String, _ faults: [Diagnostic], _ source: SourceText) -> Correction? {
        guard text.utf8.count <= Corrector.longest else { return nil }
        if let mended = settled(text, faults, source) { return checked(mended, text, true) }
        let slips = Slips(session)
        let masked = MaskedText(text)
        var needed = slips.matching(masked)
        guard !needed.isEmpty, let whole = settled(slips.rewritten(masked, needed)) else {
            return nil
        }
        var mended = whole
        // What went well without it stays as it was typed.
        for slip in needed where needed.count > 1 && slips.isOptional(slip) {
            let others = needed.filter { $0 != slip }
            guard let simpler = settled(slips.rewritten(masked, others)) else { continue }
            (needed, mended) = (others, simpler)
        }
        return checked(mended, text, false)
    }

    /// Only what has no fault with the data either.
    private func checked(_ mended: String, _ typed: String, _ isByFixes: Bool) -> Correction? {
        let checker = ScriptChecker(session, asksData: true)
        guard checker.faults(SourceText(text: mended)).isEmpty else { return nil }
        return Correction(text: laidOut(mended, typed), isByFixes: isByFixes)
    }

    private func settled(_ text: String) -> String? {
        let source = SourceText(text: text)
        return settled(text, ScriptChecker(session).faults(source), source)
    }

    /// The text with the fixes of its faults made until none is left; nil where one stays.
    private func settled(_ text: String, _ faults: [Diagnostic], _ source: SourceText) -> String? {
        var (current, open, place) = (text, faults, source)
        var seen: Set<String> = [text]
        for _ in 0..<Corrector.mostRounds {
            if open.isEmpty { return current }
            let next = fixed(current, open, place)
            guard seen.insert(next).inserted else { return nil }
            current = next
            place = SourceText(text: current)
            open = ScriptChecker(session).faults(place)
        }
        return open.isEmpty ? current : nil
    }

    /// In one line, and in Chinese where the text was.
    private func laidOut(_ text: String, _ typed: String) -> String {
        // A name's Chinese says nothing of the language of the query, its first word does.
        let first = typed.unicodeScalars.first { $0.properties.isAlphabetic }
        let isChinese = session.preferences.language == .zh && first?.isChinese == true
        return session.translated(text, to: isChinese ? .zh : nil, isOneLine: true)
    }

    /// The text with the fixes of its faults made, those of the first fault first.
    private func fixed(_ text: String, _ faults: [Diagnostic], _ source: SourceText) -> String {
        var fixes: [Fix] = []
        for fault in faults where fault.source == nil || fault.source === source {
            let own = fault.fixes.isEmpty ? capitals(fault, text) : fault.fixes
            for fix in own where !fixes.contains(where: { overlaps($0.span, fix.span) }) {
                fixes.append(fix)
            }
        }
        var bytes = Array(text.utf8)
        for fix in fixes.sorted(by: { $0.span.lower > $1.span.lower })
        where fix.span.lower >= 0 && fix.span.upper <= bytes.count {
            let typed = String(decoding: bytes[fix.span.lower..<fix.span.upper], as: UTF8.self)
            bytes.replaceSubrange(fix.span.lower..<fix.span.upper,
                                  with: replacement(fix, typed).utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func overlaps(_ a: Span, _ b: Span) -> Bool {
        a == b || a.lower < b.upper && b.lower < a.upper
    }

    /// In the language of what it stands for.
    private func replacement(_ fix: Fix, _ typed: String) -> String {
        guard let term = fix.term else { return fix.replacement }
        return typed.holdsChinese ? term.zh : term.en
    }

    /// A word of the language that was typed in capital letters.
    private func capitals(_ fault: Diagnostic, _ text: String) -> [Fix] {
        guard let span = fault.span, span.upper <= text.utf8.count else { return [] }
        let bytes = Array(text.utf8)
        let typed = String(decoding: bytes[span.lower..<span.upper], as: UTF8.self)
        let lower = typed.lowercased()
        let isWord = session.vocabulary.verb(lower) != nil || Words.all.contains { $0.en == lower }
        return lower != typed && isWord ? [Fix(span, lower)] : []
    }
}

extension Session {
    /// Shows what is wrong with a statement that was typed and what says the same, which then
    /// waits behind the up arrow. Else an example of what the fault is about.
    func tell(_ faults: [Diagnostic], _ source: SourceText) {
        let isCancelled = faults.contains { $0.isCancellation }
        guard source.isTyped, !isCancelled, source.text.utf8.count <= Self.longest else {
            return show(withExamples(faults))
        }
        // A whole sentence is no slip of a statement.
        let isSentence = !source.text.contains { "|｜".contains($0) }
        if isSentence, let said = answered(source, faults) { return show(said) }
        guard let found = correction(faults, source) else {
            return show(elsewhere(source) ?? answered(source, faults) ?? withExamples(faults))
        }
        show(found.shown(faults))
        if console.isAttended, !found.text.contains("\n") {
            offer(found)
            inform(Message(zh: "  可写作（按 ↑ 取用）：\(found.text)",
                           en: "  write (the up arrow brings it): \(found.text)")[
                               preferences.language] + "\n")
        } else {
            say(Message(zh: "  可写作：\(found.text)", en: "  write: \(found.text)"))
        }
    }

    /// Bytes of the longest text that is put right.
    private static let longest = 20_000

    /// Of a text of several lines the one with the first fault is put right alone.
    private func correction(_ faults: [Diagnostic], _ source: SourceText) -> Correction? {
        let corrector = Corrector(self)
        let lines = source.text.split(separator: "\n")
        guard lines.count > 1 else { return corrector.correction(of: source.text, faults, source) }
        guard let place = faults.first?.span?.lower, place <= source.text.utf8.count,
              let line = lines.last(where: { line in
                  source.text.utf8.distance(from: source.text.startIndex, to: line.startIndex)
                      <= place
              }) else { return nil }
        let alone = SourceText(text: String(line))
        let own = ScriptChecker(self).faults(alone)
        return own.isEmpty ? nil : corrector.correction(of: alone.text, own, alone)
    }

    /// The faults with an example of the verb or command that each is about, each once.
    private func withExamples(_ faults: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<Term> = []
        return faults.map { fault in
            guard let topic = fault.topic, seen.insert(topic).inserted,
                  let example = example(of: topic) else { return fault }
            let shown = translated(example, to: preferences.language, isOneLine: true)
            var fault = fault
            fault.related.append(Message(zh: "例如：\(shown)", en: "for example: \(shown)"))
            return fault
        }
    }

    private func example(of topic: Term) -> String? {
        let examples = environment.domain.words.examples
        if let verb = environment.registry.verbs.first(where: { $0.signature.name == topic }) {
            return examples.verbs[verb.signature.name.en]?.first?.text
        }
        return Commands.all.first { $0.signature.name == topic }.flatMap {
            examples.commands[$0.signature.name.en]?.first
        }
    }
}
