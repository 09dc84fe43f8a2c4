import MusterDiagnostics
import MusterLanguage

/// What is said of names that mean nothing where they stand.
extension Binder {
    func rowsAsValue(_ name: Name) -> Diagnostic {
        Diagnostic("let.source", Message(
            zh: "“\(name.text)”是一个来源，不能当作一个值",
            en: "\"\(name.text)\" is a source of rows, not a value"), at: name.span,
            hint: Message(zh: "例如 (\(name.text) | 计数)", en: "for example (\(name.text) | count)"))
    }

    func unknown(_ names: [Name], _ scope: Scope) -> Diagnostic {
        if names.count == 1, let function = registry.function(named: names[0].text) {
            return Diagnostic("name.function", Message(
                zh: "“\(names[0].text)”是函数，要带括号",
                en: "\"\(names[0].text)\" is a function and needs brackets"), at: names[0].span,
                hint: Message(zh: "写作：\(function.usage.zh)",
                              en: "write \(function.usage.en)"))
        }
        if let rows = scope.aggregates?.rows, let found = try? trial.resolve(names, rows) {
            let text = names.map(\.text).joined(separator: ".")
            let example = found.value.type.isNumeric ? "sum(\(text))" : "count(\(text) = …)"
            let zh = found.value.type.isNumeric ? "求和(\(text))" : "计数(\(text) = …)"
            return Diagnostic("aggregate.missing", Message(
                zh: "“\(text)”每行各有一个值，一组要汇总成一个值",
                en: "\"\(text)\" has a value for each row; a group needs one value"),
                at: names[0].span, hint: Message(zh: "例如 \(zh)，或放到 按 后面",
                                                 en: "such as \(example), or put it behind by"))
        }
        if names.count == 1, isSource(names[0].text) { return rowsAsValue(names[0]) }
        guard let entity = scope.entity else {
            let text = names.map(\.text).joined(separator: ".")
            let known = scope.columns.map(\.name)
                + catalog.definitions.keys.sorted().map { Term($0) }
            let span = names.count == 1 ? names[0].span
                : Span(names[0].span.lower, names[names.count - 1].span.upper)
            let list = known.prefix(12)
            // Its place was before the rows were grouped, selected or kept.
            let isField = domain.entities.contains { $0.field(names[0].text) != nil }
            let earlier = isField && !scope.columns.isEmpty
                ? Message(zh: "；其他字段须在分组、选取或存表之前使用",
                          en: "; other fields come before rows are grouped, selected or kept")
                : Message("")
            return Diagnostic("name.unknown", Message(
                zh: "没有名为“\(text)”的列", en: "there is no column \"\(text)\""), at: span,
                suggestions: nearest(text, among: known),
                hint: list.isEmpty ? nil : Message(
                    zh: "现有：" + list.map(\.zh).joined(separator: "、") + earlier.zh,
                    en: "there are: " + list.map(\.en).joined(separator: ", ") + earlier.en))
        }
        return unknownField(names[0], entity, scope)
    }

    /// A field of that name that a row referred to has: `kind` of a member is `unit.kind`.
    private func fieldOneStepUp(_ name: String, _ entity: String) -> Term? {
        guard let definition = domain.entity(entity) else { return nil }
        for step in definition.fields {
            guard case .row(let target) = step.type, target != entity,
                  let upper = domain.entity(target) else { continue }
            if let found = upper.field(name)?.name ?? upper.levels.first(where: {
                $0.matches(name)
            }) {
                return Term("\(step.name.en).\(found.en)", "\(step.name.zh).\(found.zh)")
            }
        }
        return nil
    }

    func unknownField(_ name: Name, _ entity: String, _ scope: Scope) -> Diagnostic {
        var known: [Term] = []
        var title = Term(entity)
        if let definition = domain.entity(entity) {
            known = definition.fields.map(\.name) + definition.levels
            title = (scope.entity == entity ? scope.origin?.source : nil)
                ?? domain.sources.first { $0.entity == entity }?.name ?? Term(entity)
        }
        if scope.entity == entity {
            known += scope.columns.map(\.name)
            known += catalog.definitions.keys.sorted().map { Term($0) }
        }
        if let up = fieldOneStepUp(name.text, entity) {
            return Diagnostic("field.up", Message(
                zh: "\(title.zh) 没有字段“\(name.text)”",
                en: "\(title.en) has no field \"\(name.text)\""), at: name.span,
                hint: Message(zh: "是否指 \(up.zh)（\(up.en)）？",
                              en: "did you mean \(up.en) (\(up.zh))?"),
                fixes: [Fix(name.span, up)])
        }
        if let meant = saidOtherwise(name.text, entity) {
            return Diagnostic("name.otherwise", Message(
                zh: "\(title.zh) 没有字段“\(name.text)”",
                en: "\(title.en) has no field \"\(name.text)\""), at: name.span,
                hint: Message(zh: "写作 \(meant.zh)", en: "write \(meant.en)"),
                fixes: [Fix(name.span, meant)])
        }
        let relation = domain.entity(entity)?.relations.first { $0.name.matches(name.text) }
        if let relation {
            return Diagnostic("path.relation", Message(
                zh: "“\(name.text)”是许多行，要先汇总",
                en: "\"\(name.text)\" is many rows: aggregate them"), at: name.span,
                hint: Message(zh: "例如 计数(\(relation.name.zh))",
                              en: "for example count(\(relation.name.en))"))
        }
        return Diagnostic("field.unknown", Message(
            zh: "\(title.zh) 没有字段“\(name.text)”",
            en: "\(title.en) has no field \"\(name.text)\""), at: name.span,
            suggestions: nearest(name.text, among: known),
            hint: Message(zh: "用“字段 \(title.zh)”查看有哪些字段",
                          en: "`fields \(title.en)` lists its fields"))
    }
}

/// What people call things in passing, and how it is written here.
extension Binder {
    /// `今天` is the row's day; `未注册` is `非 已注册`.
    private func saidOtherwise(_ name: String, _ entity: String) -> Term? {
        if Binder.dayWords.contains(name.lowercased()) { return Globals.asOf }
        for prefix in Binder.negations where name.hasPrefix(prefix) {
            let rest = String(name.dropFirst(prefix.count))
            guard let field = domain.entity(entity)?.fields.first(where: {
                $0.type == .bool && ($0.name.matches(rest) || $0.name.zh == "已" + rest)
            }) else { continue }
            let not = Keyword.not.term
            return Term("\(not.en) \(field.name.en)", "\(not.zh) \(field.name.zh)")
        }
        return nil
    }

    private static let dayWords: Set<String> = ["today", "now", "今天", "今日", "现在", "目前"]

    private static let negations = ["还没有", "没有", "尚未", "还没", "未", "没", "不是", "不", "非",
                                    "un", "non", "not_"]
}
