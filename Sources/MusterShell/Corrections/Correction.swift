import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

/// What the user probably meant by a text that could not be carried out.
struct Correction: Sendable, Equatable {
    let text: String
    /// It has no fault left; else only what is certain was put right.
    var isWhole = true
    /// One name put in place of another, which the error's hint says already.
    let isPlain: Bool
}

/// Finds it: by the fixes that come with faults, and by what people write who come from other
/// tools.
struct Corrector {
    private let session: Session
    private static let mostRounds = 8

    init(_ session: Session) { self.session = session }

    func correction(of text: String, _ faults: [Diagnostic], _ source: SourceText) -> Correction? {
        guard text.utf8.count <= 2000 else { return nil }
        var current = text, open = faults, place = source
        var seen: Set<String> = [text]
        var isPlain = faults.count == 1 && faults.allSatisfy { fault in
            !fault.fixes.isEmpty && (fault.code == "mark.foreign" || fault.fixes.allSatisfy {
                $0.term?.en.contains(" ") == false && $0.span.lower < $0.span.upper
            })
        }
        for _ in 0..<Self.mostRounds {
            let slip = Slips.rewritten(current, session.environment.domain)
            let next = slip ?? fixed(current, open, place)
            guard next != current, seen.insert(next).inserted else {
                return open.count < faults.count
                    ? Correction(text: current, isWhole: false, isPlain: false) : nil
            }
            isPlain = isPlain && slip == nil
            current = next
            place = SourceText(text: current)
            open = ScriptChecker(session).faults(place)
            if open.isEmpty { return Correction(text: laidOut(current, text), isPlain: isPlain) }
            isPlain = false
        }
        return nil
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
            for fix in fault.fixes.isEmpty ? ownFixes(fault, text) : fault.fixes
            where !fixes.contains(where: { overlaps($0.span, fix.span) }) { fixes.append(fix) }
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

    /// What the check that found the fault cannot know.
    private func ownFixes(_ fault: Diagnostic, _ text: String) -> [Fix] {
        guard let span = fault.span, span.upper <= text.utf8.count else { return [] }
        let bytes = Array(text.utf8)
        let typed = String(decoding: bytes[span.lower..<span.upper], as: UTF8.self)
        switch fault.code {
        case "bracket.unclosed": return [Fix(Span(bytes.count, bytes.count), ")")]
        case "bracket.unopened": return [Fix(span, "")]
        case "text.unclosed": return [Fix(Span(bytes.count, bytes.count), "\"")]
        case "name.unknown", "field.unknown":
            return isUnitName(typed) ? [Fix(span, "\"\(typed)\"")] : []
        default:
            let lower = typed.lowercased()
            let isWord = session.vocabulary.verb(lower) != nil
                || Words.all.contains { $0.en == lower }
            return lower != typed && isWord ? [Fix(span, lower)] : []
        }
    }

    /// A unit's name without its quotation marks.
    private func isUnitName(_ text: String) -> Bool {
        let domain = session.environment.domain
        guard text.count >= 2, let data = session.environment.data,
              let tree = domain.tree, let label = tree.labelField,
              case .text(_, let names)? = data.column(tree.name, label)
        else { return false }
        return names.texts.contains { $0.contains(text) }
    }
}

extension Session {
    /// Shows what is wrong with a statement that was typed, and what was probably meant: to be
    /// run or changed, or only said where nobody can be asked. Else an example of what the fault
    /// is about.
    func tell(_ faults: [Diagnostic], _ source: SourceText) {
        let isCancelled = faults.contains { $0.isCancellation }
        guard source.name == nil, !isCancelled,
              let found = Corrector(self).correction(of: source.text, faults, source) else {
            return show(withExamples(faults))
        }
        show(faults)
        if console.isAttended, !found.text.contains("\n") {
            offer(found)
        } else if !found.isPlain, found.isWhole {
            say(Message(zh: "  可写作：\(found.text)", en: "  write: \(found.text)"))
        }
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
