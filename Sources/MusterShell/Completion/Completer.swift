import MusterDiagnostics
import MusterEngine
import MusterLanguage
import MusterStore

/// What Tab offers at a place in a statement. Pure: a text and a cursor in, candidates out.
public struct Completer {
    private let environment: Environment
    private let language: Language

    public init(_ environment: Environment, language: Language) {
        self.environment = environment
        self.language = language
    }

    public func complete(_ line: String, _ cursorUTF8: Int) -> Completions {
        let bytes = Array(line.utf8.prefix(cursorUTF8))
        // Within a character there is nothing to complete.
        guard let text = String(validating: bytes, as: UTF8.self) else { return .none }
        let place = CursorPlace(text, registry: environment.registry)
        let offered = candidates(place)
        let wanted = place.prefix
        let matching = offered.filter { candidate in
            wanted.isEmpty || candidate.names.contains { $0.hasPrefix(wanted) }
                || (place.isQuoted && candidate.names.contains { $0.contains(wanted) })
        }
        var seen: Set<String> = []
        let list = matching.compactMap { candidate -> Completion? in
            let name = candidate.names.first { $0.hasPrefix(wanted) } ?? candidate.names[0]
            guard seen.insert(name).inserted else { return nil }
            return Completion(name, suffix: place.isQuoted ? "\"" : " ", gloss: candidate.gloss)
        }
        return Completions(start: place.start, Array(list.prefix(2000)))
    }

    struct Candidate {
        /// In the order of preference for what is put in.
        let names: [String]
        let gloss: String
    }

    private func candidate(_ term: Term, _ gloss: String = "") -> Candidate {
        let own = language == .zh ? [term.zh, term.en] : [term.en, term.zh]
        let other = term.en == term.zh ? "" : own[1]
        return Candidate(names: own,
                         gloss: [other, gloss].filter { !$0.isEmpty }.joined(separator: " · "))
    }

    private func candidates(_ place: CursorPlace) -> [Candidate] {
        switch place.kind {
        case .source: return sources + statements
        case .verb: return environment.registry.verbs.map {
            candidate($0.signature.name, $0.summary[language])
        }
        case .field(let entity, let columns, let codes):
            return codes.map { candidate($0) } + fields(entity, columns)
        case .path(let entity): return pathSteps(entity)
        case .unitName: return unitNames
        case .key(let entity, let columns):
            return [candidate(Term("every", "每个"))] + fields(entity, columns)
        case .script: return ScriptLibrary.scripts().map {
            Candidate(names: [$0.name], gloss: "")
        }
        case .nothing: return []
        }
    }

    private var sources: [Candidate] {
        environment.domain.sources.map { candidate($0.name, $0.gloss[language]) }
            + environment.tables.keys.sorted().map { Candidate(names: [$0], gloss: "") }
            + environment.definitions.keys.sorted().map { Candidate(names: [$0], gloss: "let") }
    }

    private var statements: [Candidate] {
        Commands.all.map { candidate($0.signature.name, $0.summary[language]) }
    }

    private func fields(_ entity: String?, _ columns: [Term]) -> [Candidate] {
        var list = columns.map { candidate($0) }
        if let entity, let definition = environment.domain.entity(entity) {
            list += definition.fields.map {
                candidate($0.name, $0.type.name[language])
            }
            list += definition.relations.map { candidate($0.name, "count(…)") }
        }
        list += environment.registry.functions.map { candidate($0.name, $0.usage) }
        return list
    }

    private func pathSteps(_ entity: String) -> [Candidate] {
        guard let definition = environment.domain.entity(entity) else { return [] }
        return definition.levels.map { candidate($0) }
            + definition.fields.map { candidate($0.name, $0.type.name[language]) }
    }

    private var unitNames: [Candidate] {
        guard let data = environment.data,
              let entity = environment.domain.entity(environment.domain.benchmarkEntity),
              let label = entity.labelField,
              case .text(_, let dictionary)? = data.column(entity.name, label) else { return [] }
        return dictionary.texts.map { Candidate(names: [$0], gloss: "") }
    }
}
