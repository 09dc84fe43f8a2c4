import MusterDiagnostics
import MusterLanguage

/// What the rows of a result were, before they were counted: for the words under a report.
package struct Origin: Sendable {
    package let source: SourceDefinition
    /// The conditions of `where`, as written.
    package var conditions: [Message] = []
}

/// A rate in words: made from the bound query, never typed by hand.
package struct MeasureDefinition: Sendable, Hashable {
    /// The column that shows it, and what it is the share of.
    package let column: Term
    let share: Message
    /// The fields that it reads, each with what it means.
    package let fields: [Message]

    /// The definition under the column's heading, where the result gives it one of its own.
    package func text(in schema: Schema) -> Message {
        let heading = schema.columns.first { $0.name == column }?.label ?? column
        return Message(zh: heading.zh + "：" + share.zh, en: heading.en + ": " + share.en)
    }
}

extension Binder {
    /// Notes what a share is a share of.
    func define(_ column: Term, condition: Expression, within: Expression? = nil,
                of origin: Origin?) {
        guard let origin else { return }
        let counted = words(condition)
        var conditions = origin.conditions
        if let within { conditions.append(words(within)) }
        let narrowed = conditions.isEmpty ? Message("") : Message(
            zh: "，限于 " + conditions.map(\.zh).joined(separator: " 且 "),
            en: ", where " + conditions.map(\.en).joined(separator: " and "))
        let source = origin.source
        let share = Message(
            zh: "\(source.name.zh)（\(source.gloss.zh)\(narrowed.zh)）中“\(counted.zh)”的占比",
            en: "of \(source.name.en) (\(source.gloss.en)\(narrowed.en)), the share for whom "
                + counted.en)
        let spans = [condition.span] + (within.map { [$0.span] } ?? [])
        add(MeasureDefinition(column: column, share: share, fields: spans.flatMap(glosses)))
    }

    /// The stage that a plan does, as it was written, in both languages.
    package func stage(of plan: Plan) -> Message? {
        guard let span = stages[ObjectIdentifier(plan)]?.span else { return nil }
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
        let inside = localMeanings.filter {
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
        return environment.parameters.reduce(text) { text, parameter in
            let value = parameter.value.text(environment.domain)
            return text.split(separator: "{\(parameter.key)}", omittingEmptySubsequences: false)
                .joined(separator: value)
        }
    }

    /// What the computed fields and `let`s named within a span mean.
    private func glosses(_ span: Span) -> [Message] {
        let terms = localMeanings.filter { $0.key.lower >= span.lower && $0.key.upper <= span.upper }
            .sorted { $0.key.lower < $1.key.lower }.map(\.value)
        var seen: Set<Term> = []
        return terms.filter { seen.insert($0).inserted }.flatMap { term -> [Message] in
            if let definition = environment.definitions[term.en] { return glosses(definition) }
            let field = domain.entities.lazy.flatMap(\.fields).first { field in
                if case .expression = field.origin { field.name == term } else { false }
            }
            return field.map {
                [Message(zh: "\(term.zh)：\($0.gloss.zh)", en: "\(term.en): \($0.gloss.en)")]
            } ?? []
        }
    }

    /// A `let` as it was written, and what its own names mean.
    private func glosses(_ definition: Definition) -> [Message] {
        let outer = foreignSource
        foreignSource = definition.source
        defer { foreignSource = outer }
        let text = words(definition.value)
        return [Message(zh: "\(definition.name)：\(text.zh)", en: "\(definition.name): \(text.en)")]
            + glosses(definition.value.span)
    }
}
