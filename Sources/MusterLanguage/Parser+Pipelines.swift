import MusterDiagnostics

extension Parser {
    /// A source with modifiers and stages, or a plain expression: what a statement, a `let` and
    /// a bracket may hold. Stages that cannot be read are reported and left out.
    mutating func query() throws -> Expression {
        let lower = token.span.lower
        if token.is(.pipe) {
            var pipeline = Pipeline(.last, sourceSpan: Span(lower, lower),
                                    span: Span(lower, lower))
            try stages(into: &pipeline)
            pipeline.span = span(from: lower)
            return Expression(.pipeline(pipeline), pipeline.span)
        }
        note(.source)
        let head = try expression()
        guard isAt(.over) || token.is(.pipe) else { return head }
        guard var pipeline = source(head) else {
            throw notSource(head)
        }
        if isAt(.over) { pipeline.over = try over() }
        try stages(into: &pipeline)
        pipeline.span = span(from: lower)
        return Expression(.pipeline(pipeline), pipeline.span)
    }

    /// The expression as the source of a pipeline: a name, a call, a pipeline in brackets, each
    /// perhaps at a day.
    private func source(_ head: Expression) -> Pipeline? {
        switch head.kind {
        case .path(let names) where names.count == 1:
            return Pipeline(.name(names[0]), sourceSpan: head.span, span: head.span)
        case .call(let path, let name, let arguments) where path.isEmpty:
            return Pipeline(.call(name, arguments), sourceSpan: head.span, span: head.span)
        case .pipeline(let inner):
            return Pipeline(.nested(inner), sourceSpan: head.span, span: head.span)
        case .asOf(let inner, let day):
            guard var pipeline = source(inner), pipeline.asOf == nil else { return nil }
            pipeline.asOf = day
            pipeline.span = head.span
            return pipeline
        default: return nil
        }
    }

    private mutating func notSource(_ head: Expression) -> Failure {
        if token.is(.pipe), case .path(let names) = head.kind, names.count > 1 {
            return fail("query.source",
                        Message(zh: "查询应以一张表开头", en: "a query begins with a table"),
                        at: head.span)
        }
        return fail("query.source",
                    Message(zh: "\(typed(token)) 之前应是一张表",
                            en: "what stands before \(typed(token)) is not a table"),
                    at: head.span,
                    hint: Message(zh: "例如：\(vocabulary.hints.source.zh) | 计数",
                                  en: "such as \(vocabulary.hints.source.en) | count"))
    }

    private mutating func over() throws -> Pipeline.Over {
        for (phrase, unit) in [(Phrase.overYears, Pipeline.Over.Unit.years),
                               (.overMonths, .months), (.overSnapshots, .snapshots)]
        where isAt(phrase) {
            let unitSpan = token(ahead: 1).span
            _ = accept(phrase)
            if unit != .snapshots { note(.period) }
            let range = unit == .snapshots ? nil : try expression(.range)
            return Pipeline.Over(unit, unitSpan: unitSpan, range: range)
        }
        _ = accept(.over)
        note(.overUnit)
        let units = [Term("years"), Term("months"), Term("snapshots")]
        throw fail("query.over",
                   Message(zh: "“over”之后应写明时段：历年、历月或历次",
                           en: "`over` is followed by years, months or snapshots"),
                   hint: (token.kind == .word ? suggestion(for: token.text, among: units) : nil)
                       ?? Message(zh: "例如：\(vocabulary.hints.source.zh) 历年 2015..2017",
                                  en: "such as \(vocabulary.hints.source.en) over years 2015..2017"))
    }

    private mutating func stages(into pipeline: inout Pipeline) throws {
        let nesting = token.nesting
        // An error in one stage does not hide those of the next.
        if !token.is(.pipe), !isAtStageEnd { return }
        while token.is(.pipe) {
            guard pipeline.stages.count < Limits.stages else {
                diagnostics.append(Limits.tooManyStages.placed(at: token.span).located(in: source))
                recoverStatement()
                return
            }
            advance()
            let (tall, level) = (peak, depth)
            do {
                let before = pipeline
                pipeline.stages.append(try within(.pipeline(before)) { try $0.stage() })
            } catch {
                (peak, depth) = (tall, level)
                recover(nesting: nesting)
            }
        }
    }

    /// A verb and its slots. In Chinese order the keys stand before it: `按 K 汇总 …`.
    private mutating func stage() throws -> Stage {
        let lower = token.span.lower
        var arguments: [String: SlotValue] = [:]
        var early: [Key]?
        var move: Int?
        let first = index
        if isAt(.by) {
            _ = accept(.by)
            early = try keys()
        }
        let name = token
        note(.verb)
        guard name.kind == .word else { throw verbMissing() }
        guard let signature = vocabulary.verb(name.text) else { throw unknownVerb(name) }
        mark(signature.name)
        advance()
        if let early {
            let place = first..<(index - 1)
            guard let slot = signature.slots.first(where: Parser.isKeysSlot) else {
                throw fail("stage.keys",
                           Message(zh: "“\(name.text)”没有分组", en: "\(name.text) takes no keys"),
                           at: Span(lower, tokens[first].span.upper), hint: usageHint(signature),
                           about: signature)
            }
            arguments[slot.label] = .keys(early)
            moves.append(Move(tokens: place, target: index))
            move = moves.count - 1
        }
        try slots(signature.slots, of: signature, into: &arguments)
        if let move { moves[move].target = index }
        if !isAtStageEnd { throw trailing(signature) }
        let span = span(from: lower)
        return Stage(verb: signature.name.en, name: name.name, arguments: arguments, span: span)
    }

    static func isKeysSlot(_ slot: Slot) -> Bool {
        if case .keys = slot.kind { return slot.keyword?.en == Keyword.by.rawValue }
        return false
    }

    private mutating func verbMissing() -> Failure {
        fail("stage.missing", Message(zh: "| 之后应为动词", en: "a verb is missing behind |"),
             hint: Message(zh: "例如：筛选、比率、计数（用“帮助”查看全部）",
                           en: "such as where, rate, count (`help` lists them)"))
    }

    /// Something stands behind a stage that does not belong to it: one fault, one hint.
    mutating func trailing(_ signature: Signature) -> Failure {
        let word = typed(token), verb = signature.name
        let message = Message(zh: "“\(verb.zh)”之后不应有“\(word)”",
                              en: "\(word) does not belong to \(verb.en)")
        if let hint = headingHint { return fail("stage.trailing", message, hint: hint) }
        let isVerb = token.kind == .word && vocabulary.verb(token.text) != nil
            && !self.token(ahead: 1).is(.open)
        // In a list a comma may be missing as well, where nothing stands behind the word.
        let slots = signature.slots
        let isSure = !slots.contains(where: Parser.isListSlot) || !isLastOfStage
        var fixes = isVerb && isSure ? [Fix(token.span, "| " + slice(token.span))] : []
        var joined: Message?
        let isCall = token.kind == .word && self.token(ahead: 1).is(.open)
        if isCall, slots.contains(where: { if case .bindings = $0.kind { true } else { false } }) {
            fixes = [Fix(Span(token.span.lower, token.span.lower), "= ")]
            joined = Message(zh: "名称与函数之间写 =", en: "write = between a name and a function")
        } else if !isVerb, token.isName, foreignHint == nil, slots.count > 1,
                  !slots.contains(where: Parser.mayGoOn),
                  let keys = slots.first(where: Parser.isKeysSlot)?.keyword {
            // The keyword before the keys is missing; what stands alone may be a condition too.
            let isChinese = slice(token.span).utf8.first.map { $0 >= 0x80 } ?? false
            fixes = [Fix(Span(token.span.lower, token.span.lower),
                         (isChinese ? keys.zh : keys.en) + " ")]
            joined = Message(zh: "分组之前写“\(keys.zh)”", en: "write `\(keys.en)` before what it groups by")
        } else if token.is(.comma), case .condition? = slots.first?.kind, !isAlternativeNear {
            let and = Keyword.and.term
            fixes = [Fix(token.span, Term(" \(and.en) ", " \(and.zh) "))]
            joined = Message(zh: "两个条件之间写“\(and.zh)”", en: "between two conditions write `\(and.en)`")
        }
        let own = isVerb
            ? Message(zh: "动词之前加 |：| \(word)", en: "put | before a verb: | \(word)")
            : joined ?? groupingHint(signature) ?? foreignHint ?? loneKeyHint(signature)
        return fail("stage.trailing", message, hint: own ?? usageHint(signature), fixes: fixes,
                    about: own == nil ? signature : nil)
    }

    /// `by` behind a verb that does not group.
    private func groupingHint(_ signature: Signature) -> Message? {
        guard isAt(.by), !signature.slots.contains(where: Parser.isKeysSlot) else { return nil }
        return Message(zh: "分组用 计数、比率、汇总：| 计数 按 …",
                       en: "count, rate and summarize group: | count by …")
    }

    /// What stands without a keyword behind a verb that takes keys alone.
    private func loneKeyHint(_ signature: Signature) -> Message? {
        guard token.isName, signature.slots.count == 1, Parser.isKeysSlot(signature.slots[0]) else {
            return nil
        }
        var last = 0
        while self.token(ahead: last + 1).is(.dot), self.token(ahead: last + 2).isName { last += 2 }
        let word = typed(token.span.union(self.token(ahead: last).span))
        let verb = signature.name, keep = Keyword.where.term
        return Message(
            zh: "分组写 \(verb.zh) 按 \(word)；只数符合条件的写 \(keep.zh) \(word) | \(verb.zh)",
            en: "\(verb.en) by \(word) groups; \(keep.en) \(word) | \(verb.en) counts those that "
                + "meet a condition")
    }

    /// An `or` in the same stage, which binds otherwise than a comma would.
    private var isAlternativeNear: Bool {
        func isInside(_ token: Token) -> Bool {
            switch token.kind {
            case .newline, .end, .symbol(.pipe), .symbol(.semicolon): false
            default: true
            }
        }
        let stage = tokens[..<index].reversed().prefix(while: isInside)
            + tokens[index...].prefix(while: isInside)
        return stage.contains { $0.keyword == .or }
    }

    private var isLastOfStage: Bool {
        switch self.token(ahead: 1).kind {
        case .newline, .end, .symbol(.pipe), .symbol(.semicolon), .symbol(.close), .symbol(.comma):
            true
        default: false
        }
    }

    /// Slots in which what stands there could come behind a comma too.
    private static func mayGoOn(_ slot: Slot) -> Bool {
        switch slot.kind {
        case .columns, .sortKeys: true
        default: false
        }
    }

    private static func isListSlot(_ slot: Slot) -> Bool {
        switch slot.kind {
        case .bindings, .columns, .sortKeys, .keys: true
        default: false
        }
    }

    func usageHint(_ signature: Signature) -> Message {
        Message(zh: "写作：\(signature.usage(.zh))", en: "write \(signature.usage(.en))")
    }
}
