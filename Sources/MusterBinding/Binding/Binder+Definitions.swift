import MusterDiagnostics
import MusterLanguage

extension Binder {
    /// A new name must not be one that already means something.
    package func checkName(_ name: Name) throws { try checkNew(name) }

    func checkNew(_ name: Name) throws {
        let what: Message?
        if domain.source(name.text) != nil {
            what = Message(zh: "来源", en: "a source")
        } else if domain.entities.contains(where: { entity in
            entity.fields.contains { $0.name.matches(name.text) }
                || entity.levels.contains { $0.matches(name.text) }
                || entity.relations.contains { $0.name.matches(name.text) }
        }) {
            what = Message(zh: "字段", en: "a field")
        } else if domain.entities.contains(where: { entity in
            entity.fields.contains { $0.type.codes?.code(name.text) != nil }
        }) {
            what = Message(zh: "代码", en: "a code")
        } else if (Globals.all + [AmbiguousKeys.name]).contains(where: { $0.matches(name.text) })
                    || domain.constants.contains(where: { $0.name.matches(name.text) }) {
            what = Message(zh: "内置的名称", en: "a name of the language")
        } else {
            what = nil
        }
        guard let what else { return }
        throw Diagnostic("name.taken", Message(
            zh: "“\(name.text)”已是\(what.zh)的名称，请换一个",
            en: "\"\(name.text)\" is already \(what.en): choose another name"), at: name.span)
    }

    /// Checks a definition as it is made, so that its errors show where they were written.
    package func check(_ name: Name, _ parameters: [Name], _ value: Expression) throws {
        try finish { try checkDefinition(name, parameters, value) }
    }

    private func checkDefinition(_ name: Name, _ parameters: [Name], _ value: Expression) throws {
        try checkNew(name)
        if catalog.tables[name.text] != nil {
            throw Diagnostic("name.taken", Message(
                zh: "已有名为“\(name.text)”的表", en: "there is a table \"\(name.text)\" already"),
                at: name.span)
        }
        if catalog.relations.contains(where: {
            [$0.relation.up, $0.relation.down].contains(name.text)
        }) {
            throw Diagnostic("name.taken", Message(
                zh: "“\(name.text)”已是关联的名称，请换一个",
                en: "\"\(name.text)\" is already a relation: choose another name"), at: name.span)
        }
        // Only a word before a bracket is a function: `let total = …` disturbs nothing.
        if !parameters.isEmpty, registry.function(named: name.text) != nil {
            throw Diagnostic("name.taken", Message(
                zh: "“\(name.text)”已是函数的名称，请换一个",
                en: "\"\(name.text)\" is already a function: choose another name"),
                at: name.span)
        }
        for (place, parameter) in parameters.enumerated() {
            try checkNew(parameter)
            if parameters[..<place].contains(where: { $0.text == parameter.text }) {
                throw Diagnostic("let.parameter", Message(
                    zh: "参数“\(parameter.text)”写了两次",
                    en: "the parameter \"\(parameter.text)\" stands twice"), at: parameter.span)
            }
        }
        try refuseCircle(name, parameters, value)
        guard parameters.isEmpty else { return }
        if let pipeline = try asPipeline(value) { _ = try bind(pipeline) }
    }

    /// An expression that leads back to its own name has no value wherever it is used. Queries
    /// inside it have columns of their own, which may be called so.
    private func refuseCircle(_ name: Name, _ parameters: [Name], _ value: Expression) throws {
        var open = namesUsed(in: value, besides: parameters)
        var seen: Set<String> = []
        while let next = open.popLast() {
            if next == name.text { throw circle(name) }
            guard seen.insert(next).inserted,
                  let definition = catalog.definitions[next] else { continue }
            open += namesUsed(in: definition.value, besides: definition.parameters)
        }
    }

    private func namesUsed(in value: Expression, besides parameters: [Name]) -> [String] {
        var names: [String] = []
        _ = SyntaxRewriter { expression in
            switch expression.kind {
            case .path(let path) where path.count == 1: names.append(path[0].text)
            case .call(let path, let name, _) where path.isEmpty: names.append(name.text)
            case .pipeline: return expression
            default: break
            }
            return nil
        }.rewrite(value)
        return names.filter { name in !parameters.contains { $0.text == name } }
    }
}
