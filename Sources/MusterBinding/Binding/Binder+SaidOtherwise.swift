import MusterDiagnostics
import MusterLanguage

/// What people call things in passing, and how it is written here.
extension Binder {
    /// The fault of a name that is unknown here, where it is understood all the same: a day or
    /// period said in words, the contrary of a condition, a word that the domain knows.
    ///
    /// - Parameter entity: whose field it would be; nil where only columns can be named.
    func saidOtherwise(_ name: Name, _ message: Message, _ entity: String?, _ scope: Scope)
        -> Diagnostic? {
        if let fault = relativeTimeSaidOtherwise(name, message) { return fault }
        let isOwn = entity == nil || scope.entity == entity
        let conditions = (isOwn ? scope.columns.filter { $0.type == .bool }.map(\.name) : [])
            + (entity.flatMap { domain.entity($0) }?.fields ?? [])
            .filter { $0.type == .bool }.map(\.name)
        if let (term, isSame) = Binder.condition(name.text, among: conditions) {
            return Binder.meant(name, message, [term], isSame: isSame)
        }
        for synonym in domain.words.synonyms(of: name.text) {
            let found = synonym.meanings.flatMap { namesHere($0, entity, scope) }
            guard !found.isEmpty else { continue }
            return Binder.meant(name, message, synonym.isDenied ? found.map(Binder.denied) : found,
                                isSame: synonym.isSame && found.count == 1)
        }
        return nil
    }

    /// A fault with what was meant: put in its place where that is the same, else only named.
    static func meant(_ name: Name, _ message: Message, _ terms: [Term], isSame: Bool)
        -> Diagnostic {
        let names = Diagnostic.inBoth(terms)
        let hint = isSame ? Message(zh: "写作 \(names.zh)", en: "write \(names.en)")
            : Message(zh: "是否指 \(names.zh)？", en: "did you mean \(names.en)?")
        return Diagnostic("name.otherwise", message, at: name.span, hint: hint,
                          fixes: isSame ? [Fix(name.span, terms[0])] : [])
    }

    static func denied(_ term: Term) -> Term {
        let not = Keyword.not.term
        return Term("\(not.en) \(term.en)", "\(not.zh) \(term.zh)")
    }

    /// `未注册` is `非 已注册`, `已满十八` is `非 未满十八`. Sure where the name says yes or no itself and
    /// the rest is spelled right.
    private static func condition(_ typed: String, among known: [Term]) -> (Term, isSame: Bool)? {
        let said = Polarity(typed)
        guard said.core != typed.lowercased() else { return nil }
        func meant(_ term: Term, _ core: String) -> Term? {
            for name in [term.zh, term.en] where Polarity(name).core == core {
                return Polarity(name).denies == said.denies ? term : denied(term)
            }
            return nil
        }
        if let found = known.lazy.compactMap({ meant($0, said.core) }).first {
            return (found, true)
        }
        let cores = known.map { Term(Polarity($0.en).core, Polarity($0.zh).core) }
        guard let near = nearest(said.core, among: cores).first,
              let place = cores.firstIndex(of: near) else { return nil }
        let core = said.core.beginsChinese ? near.zh : near.en
        return meant(known[place], core).map { ($0, false) }
    }

    /// The ways to a field, level or column that has that name, from here.
    private func namesHere(_ meaning: String, _ entity: String?, _ scope: Scope) -> [Term] {
        guard let definition = entity.flatMap({ domain.entity($0) }) else {
            return scope.columns.map(\.name).filter { $0.matches(meaning) }
        }
        let own = definition.fields.map(\.name) + definition.levels
        let found = own.filter { $0.matches(meaning) }
        return found.isEmpty ? fieldsOneStepUp(meaning, definition.name) : found
    }

    /// Fields of that name that rows referred to have: `kind` of a member is `unit.kind`.
    func fieldsOneStepUp(_ name: String, _ entity: String) -> [Term] {
        (domain.entity(entity)?.fields ?? []).compactMap { step in
            guard case .row(let target) = step.type, target != entity,
                  let upper = domain.entity(target),
                  let found = upper.field(name)?.name ?? upper.levels.first(where: {
                      $0.matches(name)
                  }) else { return nil }
            return Term("\(step.name.en).\(found.en)", "\(step.name.zh).\(found.zh)")
        }
    }
}
