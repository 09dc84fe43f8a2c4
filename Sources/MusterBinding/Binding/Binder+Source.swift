import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

/// The days at which a source is read.
package struct SourceReading: Sendable {
    let readings: [Reading]
    /// The column that `over` adds.
    let period: ColumnInfo?
    /// Whether the query said so itself.
    let isExplicit: Bool
}

extension Binder {
    /// The expression as a pipeline, where it is one: a bracketed query, the name of a source
    /// or of a `let` for one, also `as of` a day.
    func asPipeline(_ expression: Expression) throws -> Pipeline? {
        switch expression.kind {
        case .pipeline(let pipeline): return pipeline
        case .path(let names) where names.count == 1:
            guard isSource(names[0].text) else { return nil }
            return Pipeline(.name(names[0]), sourceSpan: names[0].span, span: expression.span)
        case .call(let path, let name, let arguments) where path.isEmpty:
            guard let definition = catalog.definitions[name.text],
                  try isSource(definition) else { return nil }
            return Pipeline(.call(name, arguments), sourceSpan: name.span, span: expression.span)
        case .asOf(let inner, let day):
            guard var pipeline = try asPipeline(inner) else { return nil }
            if pipeline.asOf != nil || pipeline.over != nil || !pipeline.stages.isEmpty {
                pipeline = Pipeline(.nested(pipeline), sourceSpan: inner.span, span: inner.span)
            }
            pipeline.asOf = day
            pipeline.span = expression.span
            return pipeline
        default: return nil
        }
    }

    /// The rows of another source, as a stage takes them.
    func rows(of expression: Expression) throws -> Plan {
        guard let pipeline = try asPipeline(expression) else {
            if case .path(let names) = expression.kind, names.count == 1 {
                throw unknownSource(names[0])
            }
            throw Diagnostic("source.expected", Message(
                zh: "此处应为表的名称，或括号里的查询",
                en: "a table's name is expected here, or a query in brackets"),
                at: expression.span)
        }
        let before = sinks.count
        let plan = try bind(pipeline, reading: given)
        guard sinks.count == before else {
            throw Diagnostic("source.sink", Message(
                zh: "括号里的查询只取它的行，不能导出、存为或画图",
                en: "of a query in brackets only the rows are taken: it is not exported, kept or "
                    + "drawn"), at: expression.span,
                hint: Message(zh: "写在整个查询的最后", en: "do that at the end of the whole query"))
        }
        return plan
    }

    func isSource(_ name: String) -> Bool {
        if let definition = catalog.definitions[name] {
            return definition.parameters.isEmpty && (try? isSource(definition)) == true
        }
        return domain.source(name) != nil || catalog.table(name) != nil
            || Globals.last.matches(name) && catalog.last != nil
    }

    private func isSource(_ definition: Definition) throws -> Bool {
        try following(definition.name)?.asPipeline(definition.value) != nil
    }

    func source(_ pipeline: Pipeline, _ reading: SourceReading?) throws -> Plan {
        switch pipeline.source {
        case .nested(let inner): return try bind(inner, reading: reading)
        case .last:
            return try last(at: pipeline.sourceSpan)
        case .name(let name): return try source(named: name, [], reading)
        case .call(let name, let arguments):
            return try source(named: name, arguments, reading)
        }
    }

    private func source(named name: Name, _ arguments: [Argument], _ reading: SourceReading?) throws
        -> Plan {
        if let definition = catalog.definitions[name.text] {
            return try expand(definition, name, arguments, reading)
        }
        if let definition = domain.source(name.text) {
            note(name.span, definition.name)
            return try scan(definition, reading)
        }
        if let table = catalog.table(name.text) {
            noteTable(name)
            return try self.table(table, name, reading)
        }
        if Globals.last.matches(name.text) {
            note(name.span, Globals.last)
            return try last(at: name.span)
        }
        throw unknownSource(name)
    }

    /// The one table that has a name in each language.
    func noteTable(_ name: Name) {
        if AmbiguousKeys.name.matches(name.text) { note(name, AmbiguousKeys.name) }
    }

    /// A plain table's rows. Those that lead to rows of the snapshots may be read at a day.
    private func table(_ table: TableFacts, _ name: Name, _ reading: SourceReading?) throws
        -> Plan {
        let columns = table.columns.map { $0.identified(newID()) }
        let source = RowSource.table(table.reference, columns: columns.map(\.id))
        var schema = Schema(entity: nil, columns: columns)
        schema.table = source
        guard let reading, reading.isExplicit else {
            return Plan(.table(TableScan(table.reference)), schema)
        }
        guard table.readings == .fixed(nil), !relations(upFrom: source).isEmpty else {
            throw Diagnostic("asof.table", Message(
                zh: "表 \(name.text) 没有截至日，不能加 截至 或 历年",
                en: "the table \(name.text) has no day: it takes no as of or over"),
                at: name.span, hint: Message(
                    zh: "关联 到快照的表以后可以：读的是它的行在那一天的所属",
                    en: "once it is related to a snapshot's table it does: what its rows belong "
                        + "to is read then"))
        }
        if let period = reading.period {
            schema.columns.insert(period, at: 0)
            schema.openPeriod = period.id
        }
        return Plan(.table(TableScan(table.reference, readings: reading.readings,
                                     period: reading.period?.id)), schema)
    }

    private func last(at span: Span) throws -> Plan {
        if let last = catalog.last {
            log.keep(last)
            return last
        }
        throw Diagnostic("last.none", Message(
            zh: "前面还没有结果，不能接着写", en: "there is no result yet to go on from"), at: span,
            hint: Message(zh: "先写来源，例如 \(domain.words.hints.source.zh) | 计数",
                          en: "begin with a source, such as \(domain.words.hints.source.en) | count"))
    }

    func unknownSource(_ name: Name) -> Diagnostic {
        if let verb = registry.verb(named: name.text) {
            let term = verb.signature.name
            return Diagnostic("source.verb", Message(
                zh: "“\(name.text)”是动词，前面要有来源",
                en: "\"\(name.text)\" is a verb: a source comes before it"), at: name.span,
                hint: Message(zh: "例如 \(domain.words.hints.source.zh) | \(term.zh) …",
                              en: "for example \(domain.words.hints.source.en) | \(term.en) …"))
        }
        let message = Message(zh: "没有名为“\(name.text)”的来源",
                              en: "there is no source \"\(name.text)\"")
        for synonym in domain.words.synonyms(of: name.text) {
            let meant = domain.sources.map(\.name).filter {
                synonym.meanings.contains(where: $0.matches)
            }
            guard !meant.isEmpty else { continue }
            return Binder.meant(name, message, meant, isSame: synonym.isSame && meant.count == 1)
        }
        let terms = domain.sources.map(\.name) + registry.statementNames
            + catalog.tables.keys.sorted().map { Term($0) }
            + catalog.definitions.keys.sorted().map { Term($0) }
        return Diagnostic("source.unknown", message,
            at: name.span, typed: name.text, among: terms, hint: Message(
                zh: "用“表格”查看有哪些来源", en: "`tables` lists those there are"))
    }

    private func expand(_ definition: Definition, _ name: Name, _ arguments: [Argument],
                        _ reading: SourceReading?) throws -> Plan {
        guard definition.parameters.count == arguments.count else {
            throw wrongArguments(definition, at: name)
        }
        let substituted = definition.parameters.isEmpty ? definition.value
            : definition.value.replacing(Dictionary(
                zip(definition.parameters.map(\.text), arguments.map(\.value)),
                uniquingKeysWith: { first, _ in first }))
        guard let pipeline = try asPipeline(substituted) else {
            throw Diagnostic("source.expression", Message(
                zh: "“\(name.text)”是一个表达式，不是来源",
                en: "\"\(name.text)\" is an expression, not a source of rows"), at: name.span)
        }
        do {
            let plan = try expanding(name) {
                try inside(definition.source).following(definition.name)?
                    .bind(pipeline, reading: reading)
            }
            if let plan { return plan }
        } catch let diagnostic as Diagnostic {
            throw diagnostic.located(in: definition.source)
        }
        throw Stopped(fault: circle(name))
    }

    func wrongArguments(_ definition: Definition, at name: Name) -> Diagnostic {
        let count = definition.parameters.count
        let parameters = definition.parameters.map(\.text).joined(separator: ", ")
        let usage = "\(name.text)(\(parameters))"
        return Diagnostic("let.arguments", Message(
            zh: "“\(name.text)”需要 \(count) 个参数", en: "\(name.text) takes \(count) arguments"),
            at: name.span, hint: Message(zh: "写作 \(usage)", en: "write \(usage)"))
    }

    func circle(_ name: Name) -> Diagnostic {
        Diagnostic("let.circle", Message(
            zh: "“\(name.text)”在定义里用到了自己", en: "\"\(name.text)\" is defined by itself"),
            at: name.span, hint: Message(zh: "请给新的定义另取名称",
                                         en: "give the new definition another name"))
    }

    private func scan(_ definition: SourceDefinition, _ reading: SourceReading?) throws -> Plan {
        let condition = try definition.condition.map { try declared($0, of: definition.entity) }
        var schema = Schema(entity: definition.entity, columns: [])
        schema.origin = Origin(source: definition.name, gloss: definition.gloss)
        if let period = reading?.period {
            schema.columns = [period]
            schema.openPeriod = period.id
        }
        let readings = reading?.readings ?? [catalog.reading].compactMap { $0 }
        return Plan(.scan(Scan(entity: definition.entity, condition: condition,
                               readings: readings, period: reading?.period?.id)), schema)
    }
}

extension Expression {
    /// The expression with names replaced by other expressions (a `let`'s parameters).
    func replacing(_ values: [String: Expression]) -> Expression {
        SyntaxRewriter { expression in
            switch expression.kind {
            case .path(let names):
                guard let first = names.first, let value = values[first.text] else { return nil }
                if names.count == 1 { return value }
                if case .path(let prefix) = value.kind {
                    return Expression(.path(prefix + names.dropFirst()), expression.span)
                }
                return nil
            case .parameter(let name): return values[name.text]
            default: return nil
            }
        }.rewrite(self)
    }
}
