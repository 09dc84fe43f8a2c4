import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// The verbs, functions and statements there are: one line each, the rest from themselves.
package struct Registry: Sendable {
    package let verbs: [any Verb.Type]
    package let functions: [any Function.Type]
    /// Statements and commands, declared by the shell.
    package let statements: [Signature]
    private let domain: Domain
    private let byPrefix: [Character: [String]]
    private let known: Set<String>
    private let kernels: [String: FunctionKernel]
    private let sql: [String: FunctionSQL]

    package init(domain: Domain, statements: [Signature]) {
        verbs = Registry.allVerbs
        functions = Registry.allFunctions + domain.functions
        kernels = Dictionary(
            (functions.flatMap { $0.kernels } + verbs.flatMap { $0.kernels } + TextTests.kernels)
                .map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        sql = Dictionary((functions.flatMap { $0.sql } + verbs.flatMap { $0.sql } + TextTests.sql)
            .map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.statements = statements
        self.domain = domain
        var names: [Term] = ColumnNames.all + Globals.all + [AmbiguousKeys.name]
        names += RelativeTime.all.map(\.name)
        names += domain.constants.map(\.name)
        for source in domain.sources { names.append(source.name) }
        for entity in domain.entities {
            names += entity.fields.map(\.name) + entity.relations.map(\.name) + entity.levels
            names += entity.fields.flatMap { $0.type.codes?.values ?? [] }
        }
        let all = names + verbs.map { $0.signature.name } + functions.map { $0.name }
            + statements.map(\.name)
        let spelled = Set(all.flatMap { [$0.en, $0.zh] })
        byPrefix = Dictionary(grouping: spelled.sorted { $0.count > $1.count }) {
            $0.first ?? " "
        }
        // 是否 stands whole where a type is due; in a run without spaces it is no piece.
        known = spelled.union(TableShape.typeNames.map(\.zh))
    }

    package func verb(named name: String) -> (any Verb.Type)? {
        verbs.first { $0.signature.name.matches(name) }
    }

    package func source(named name: String) -> SourceDefinition? { domain.source(name) }

    /// The values of a code field of that name, whatever its entity.
    package func codes(ofField name: String) -> [Term]? {
        domain.entities.lazy.compactMap { $0.field(name)?.type.codes?.values }.first
    }

    /// What a call in a plan computes in memory.
    package func kernel(named name: String) -> FunctionKernel? { kernels[name] }

    /// The same for a database; nil where none can compute it.
    package func sql(named name: String) -> FunctionSQL? {
        sql[name]
    }

    package func function(named name: String) -> (any Function.Type)? {
        functions.first { $0.name.matches(name) }
    }

    /// A function by what it is called in other tools.
    package func function(calledElsewhere word: String) -> (any Function.Type)? {
        let lower = word.lowercased()
        return functions.first { $0.synonyms.contains(lower) || $0.name.en == lower }
    }
}

extension Registry: Vocabulary {
    package func verb(_ name: String) -> Signature? { verb(named: name)?.signature }

    package func statement(_ name: String) -> Signature? {
        statements.first { $0.name.matches(name) }
    }

    package func verb(calledElsewhere word: String) -> Signature? {
        let lower = word.lowercased()
        return verbs.first { $0.synonyms.contains(lower) || $0.signature.name.en == lower }?
            .signature
    }

    package func verbs(kinTo word: String) -> [Signature] {
        let lower = word.lowercased()
        return verbs.filter { $0.kin.contains(lower) }.map { $0.signature }
    }

    package var verbNames: [Term] { verbs.map { $0.signature.name } }
    package var statementNames: [Term] { statements.map(\.name) }
    package func isKnown(_ name: String) -> Bool {
        known.contains(name) || RelativeTime.month(in: name) != nil
    }
    package var hints: HintNames { domain.words.hints }
    package func isSource(_ name: String) -> Bool {
        domain.source(name) != nil || AmbiguousKeys.name.matches(name)
    }

    package func knownPrefixes(of text: Substring) -> [String] {
        guard let first = text.first else { return [] }
        return (byPrefix[first] ?? []).filter { text.hasPrefix($0) }
    }
}
