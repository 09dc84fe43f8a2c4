import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

/// A place in a statement with all that may stand there.
struct Place {
    typealias Candidate = Completer.Candidate

    let completer: Completer
    let state: CursorState
    let binder: Binder
    let source: SourceText
    var environment: Environment { completer.environment }
    var language: Language { completer.language }
    var domain: Domain { completer.environment.domain }

    init(_ completer: Completer, _ state: CursorState, _ source: SourceText) {
        self.completer = completer
        self.state = state
        self.source = source
        binder = Binder(completer.environment, run: nil, source: source)
    }

    /// What is offered, for what was typed; `skipped` bytes of that stand before the part that
    /// is completed.
    var candidates: (list: [Candidate], typed: String, skipped: Int) {
        if let raw = state.expectations.first, case .raw(let kind, let typed) = raw.kind {
            return self.raw(kind, typed, raw.frames)
        }
        if let path = state.expectations.first(where: {
            if case .slot(.path) = $0.kind { true } else { false }
        }) {
            return self.raw(.path, state.prefix, path.frames)
        }
        var list: [Candidate] = []
        // A bracket may hold a query; what is near comes first.
        func isSource(_ expectation: Expectation) -> Bool {
            if case .source = expectation.kind { true } else { false }
        }
        let ordered = state.expectations.filter { !isSource($0) }
            + state.expectations.filter(isSource)
        for expectation in ordered { list += candidates(expectation) }
        if state.quote != nil, state.quote != "`", state.quote != "【" {
            list.removeAll { !$0.isText }
        }
        return (list, state.prefix, quoteWidth)
    }

    /// Bytes of the mark that opened what is typed.
    var quoteWidth: Int { state.quote.map { String($0).utf8.count } ?? 0 }

    private func candidates(_ expectation: Expectation) -> [Candidate] {
        switch expectation.kind {
        case .statement: return sources + statements
        case .source: return sources
        case .verb: return environment.registry.verbs.map {
            named($0.signature.name, $0.summary[language])
        } + [named(Keyword.by.term)]
        case .operand: return operands(expectation.frames)
        case .operators(let left): return operators(left, expectation.frames)
        case .step(let names): return steps(names, expectation.frames)
        case .keyword(let term): return [named(term)]
        case .slot(let kind): return slot(kind, expectation.frames)
        case .raw: return []
        case .settingName: return settingNames(expectation.frames)
        case .settingValue(let name): return settingValues(name, expectation.frames)
        case .parameterType: return ParameterKind.all(domain).map { named($0.name) }
        case .overUnit: return ["years", "months", "snapshots"].map { Candidate(names: [$0]) }
        case .period: return parameters + relativeTimes { _ in true }
        }
    }

    /// A name of the language with the other language's beside it.
    func named(_ term: Term, _ gloss: String = "", suffix: String = " ") -> Candidate {
        let names = term.en == term.zh ? [term.en]
            : language == .zh ? [term.zh, term.en] : [term.en, term.zh]
        let other = names.count > 1 ? names[1] : ""
        return Candidate(names: names,
                         gloss: [other, gloss].filter { !$0.isEmpty }.joined(separator: " · "),
                         suffix: suffix)
    }

    func own(_ name: String, _ gloss: Message) -> Candidate {
        Candidate(names: [name], gloss: gloss[language])
    }

    var sources: [Candidate] {
        domain.sources.map { named($0.name, $0.gloss[language]) }
            + environment.tables.keys.sorted().map {
                own($0, Message(zh: "表", en: "table"))
            }
            + definitions
    }

    var definitions: [Candidate] {
        environment.definitions.keys.sorted().map { own($0, Message(zh: "令 定义", en: "let")) }
    }

    private var statements: [Candidate] {
        let commands = (completer.isInLesson ? Commands.inLessons : []) + Commands.common
            + Commands.inScripts
        let said = (completer.isInLesson ? Commands.inLessons : []).flatMap { command in
            command.synonyms.filter { $0.holdsChinese == (language == .zh) }
                .map { Candidate(names: [$0], gloss: command.summary[language]) }
        }
        return commands.map { named($0.signature.name, $0.summary[language]) } + said
            + [named(Keyword.let.term, Message(zh: "定义名称", en: "define a name")[language])]
    }

    var parameters: [Candidate] {
        environment.parameters.keys.sorted().map {
            own("{\($0)}", Message(zh: "参数", en: "parameter"))
        }
    }

    // MARK: what stands around

    /// The rows at the place: those of the innermost query, or of the relation around it.
    func schema(_ frames: [Expectation.Frame]) -> Schema {
        var schema = Schema(entity: nil, columns: [])
        for frame in frames {
            switch frame {
            case .pipeline(let pipeline):
                schema = binder.plan(ofUnfinished: pipeline)?.schema ?? schema
            case .slot(let signature, _, _)
                where Commands.named(signature.name.en)?.argument == .field:
                let usual = domain.source(domain.words.hints.source.en)
                schema = Schema(entity: usual?.entity, columns: [])
            case .call(_, _, let rows?):
                if case .path(let names) = rows.kind,
                   let inner = binder.rows(of: names, in: schema) {
                    schema = inner
                }
            default: break
            }
        }
        return schema
    }

    /// The slot of a verb or command that the place is in.
    func slot(_ frames: [Expectation.Frame])
        -> (signature: Signature, slot: Slot, arguments: [String: SlotValue])? {
        for frame in frames.reversed() {
            if case .slot(let signature, let slot, let arguments) = frame {
                return (signature, slot, arguments)
            }
            if case .pipeline = frame { return nil }
        }
        return nil
    }
}
