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
        if names.count == 1, let fault = relationAsValue(names[0], scope) { return fault }
        if names.count == 1, isSource(names[0].text) { return rowsAsValue(names[0]) }
        guard let entity = scope.entity else {
            let text = names.map(\.text).joined(separator: ".")
            let known = scope.columns.map(\.name)
                + (scope.table.map(relations(upFrom:)) ?? []).map { Term($0.relation.up) }
                + catalog.definitions.keys.sorted().map { Term($0) }
            let span = names.count == 1 ? names[0].span
                : Span(names[0].span.lower, names[names.count - 1].span.upper)
            if names.count == 1,
               let fault = saidOtherwise(names[0], Message(
                zh: "没有名为“\(text)”的列", en: "there is no column \"\(text)\""), nil, scope) {
                return fault
            }
            let list = known.prefix(12)
            // Its place was before the rows were grouped, selected or kept.
            let isField = domain.entities.contains { $0.field(names[0].text) != nil }
            let earlier = isField && !scope.columns.isEmpty
                ? Message(zh: "；其他字段须在分组、选取或存表之前使用",
                          en: "; other fields come before rows are grouped, selected or kept")
                : Message("")
            return Diagnostic("name.unknown", Message(
                zh: "没有名为“\(text)”的列", en: "there is no column \"\(text)\""), at: span,
                typed: text, among: known,
                hint: list.isEmpty ? nil : Message(
                    zh: "现有：" + list.map(\.zh).joined(separator: "、") + earlier.zh,
                    en: "there are: " + list.map(\.en).joined(separator: ", ") + earlier.en))
        }
        return unknownField(names[0], entity, scope)
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
            known += relations(upFrom: .entity(entity)).map { Term($0.relation.up) }
            known += catalog.definitions.keys.sorted().map { Term($0) }
        }
        let message = Message(zh: "\(title.zh) 没有字段“\(name.text)”",
                              en: "\(title.en) has no field \"\(name.text)\"")
        let up = fieldsOneStepUp(name.text, entity)
        if !up.isEmpty { return Binder.meant(name, message, up, isSame: up.count == 1) }
        if let fault = saidOtherwise(name, message, entity, scope) { return fault }
        if let fault = relationAsValue(name, Scope(columns: [], entity: entity)) { return fault }
        return Diagnostic("field.unknown", message, at: name.span,
            typed: name.text, among: known,
            hint: Message(zh: "用“字段 \(title.zh)”查看有哪些字段",
                          en: "`fields \(title.en)` lists its fields"))
    }

    /// Rows that belong to a row, where one value is due.
    private func relationAsValue(_ name: Name, _ scope: Scope) -> Diagnostic? {
        let declared = scope.entity.flatMap { domain.entity($0) }?.relations.first {
            $0.name.matches(name.text)
        }?.name
        let made = relatedRows(name, scope).map { _ in Term(name.text) }
        guard let relation = declared ?? made else { return nil }
        return Diagnostic("path.relation", Message(
            zh: "“\(name.text)”是许多行，要先汇总",
            en: "\"\(name.text)\" is many rows: aggregate them"), at: name.span,
            hint: Message(zh: "每行的行数写 计数(\(relation.zh))，用在 筛选、派生、选取 里",
                          en: "how many a row has is count(\(relation.en)), in where, derive "
                              + "or select"))
    }
}
