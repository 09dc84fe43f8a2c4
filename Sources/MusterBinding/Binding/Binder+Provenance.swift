import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// What was written, in words of both languages: what a report's foot is made of.
extension Binder {
    /// A share in words: what is counted, among what.
    func share(_ condition: Expression, within: Expression? = nil) -> Share {
        let spans = [condition.span] + (within.map { [$0.span] } ?? [])
        return Share(condition: words(condition), within: within.map { words($0) },
                     fields: spans.flatMap { glosses($0) })
    }

    /// The stage that a plan does, as it was written, in both languages.
    package func stage(of plan: Plan) -> Message? {
        guard let span = log.stages.first(where: { $0.plan == plan })?.span else { return nil }
        let pipe = "| ", text = words(span, behind: pipe)
        return Message(zh: String(text.zh.dropFirst(pipe.count)),
                       en: String(text.en.dropFirst(pipe.count)))
    }

    /// An expression as it was written, in both languages.
    func words(_ expression: Expression) -> Message { words(expression.span) }

    /// A part of the text; `behind` what makes a statement of it.
    private func words(_ span: Span, behind lead: String = "") -> Message {
        let text = lead + sourceText(span)
        let lower = span.lower - lead.utf8.count
        let inside = meanings.filter {
            $0.key.lower >= span.lower && $0.key.upper <= span.upper
        }
        func translated(_ language: Language) -> String {
            let script = parse(SourceText(text: text), vocabulary: registry)
            guard script.diagnostics.isEmpty else { return text }
            var renamed: [Span: String] = [:]
            for (span, term) in inside {
                renamed[Span(span.lower - lower, span.upper - lower)] = term[language]
            }
            return format(script, vocabulary: registry, language: language, renamed: renamed)
                .split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        return Message(zh: filled(translated(.zh)), en: filled(translated(.en)))
    }

    /// A text with the values of the script's parameters in their places.
    private func filled(_ text: String) -> String {
        guard text.contains("{") else { return text }
        return catalog.parameters.reduce(text) { text, parameter in
            let value = parameter.value.shown
            return text.split(separator: "{\(parameter.key)}", omittingEmptySubsequences: false)
                .joined(separator: value)
        }
    }

    /// What the computed fields and `let`s named within a span mean.
    private func glosses(_ span: Span) -> [Message] {
        let terms = meanings.filter { $0.key.lower >= span.lower && $0.key.upper <= span.upper }
            .sorted { $0.key.lower < $1.key.lower }.map(\.value)
        var seen: Set<Term> = []
        return terms.filter { seen.insert($0).inserted }.flatMap { term -> [Message] in
            if let definition = catalog.definitions[term.en] { return glosses(definition) }
            if let made = relationNamed(term) { return [gloss(made)] }
            let field = domain.entities.lazy.flatMap(\.fields).first { field in
                if case .expression = field.origin { field.name == term } else { false }
            }
            return field.map {
                [Message(zh: "\(term.zh)：\($0.gloss.zh)", en: "\(term.en): \($0.gloss.en)")]
            } ?? []
        }
    }

    /// The relations that the statement names, each with its keys.
    package var relationsNamed: [Message] {
        let named = Set(meanings.values)
        return catalog.relations.filter { made in
            named.contains { [made.relation.up, made.relation.down].contains($0.en) }
        }.map(gloss)
    }

    private func relationNamed(_ term: Term) -> MadeRelation? {
        catalog.relations.first { [$0.relation.up, $0.relation.down].contains(term.en) }
    }

    private func gloss(_ made: MadeRelation) -> Message {
        let names = [made.relation.up, made.relation.down].compactMap { $0 }
        return Message(zh: names.joined(separator: "、") + "：" + made.gloss.zh,
                       en: names.joined(separator: ", ") + ": " + made.gloss.en)
    }

    /// A `let` as it was written, and what its own names mean.
    private func glosses(_ definition: Definition) -> [Message] {
        let binder = inside(definition.source)
        let text = binder.words(definition.value)
        return [Message(zh: "\(definition.name)：\(text.zh)", en: "\(definition.name): \(text.en)")]
            + binder.glosses(definition.value.span)
    }
}
