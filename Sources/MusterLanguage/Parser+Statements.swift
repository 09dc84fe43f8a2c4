import MusterDiagnostics

extension Parser {
    /// One statement, or nil where nothing of it could be read; its faults are reported.
    mutating func statement() -> Statement? {
        let lower = token.span.lower
        (depth, height, peak) = (0, 0, 0)
        do {
            let kind = try statementKind()
            if !isAtStatementEnd { throw trailingText(kind) }
            return Statement(kind, span(from: lower))
        } catch {
            return unfinished.map {
                Statement($0, Span(lower, max(lower, token.span.lower)))
            }
        }
    }

    mutating func statementKind() throws -> StatementKind {
        unfinished = nil
        guard token.kind == .word else { return .query(try query()) }
        // A table may bear any name: `let | count`.
        if isAt(.let), !token(ahead: 1).is(.pipe) { return try assignment() }
        if isAt(.param), !token(ahead: 1).is(.pipe) { return try parameter() }
        if let signature = vocabulary.statement(token.text), !isQueryHead(signature) {
            return try command(signature)
        }
        return .query(try query())
    }

    /// A word of a statement is a table's name before `|` and `over`, except where a statement
    /// or any text may follow it: `explain | count`.
    private func isQueryHead(_ signature: Signature) -> Bool {
        guard token(ahead: 1).is(.pipe) || token(ahead: 1).keyword == .over else { return false }
        switch signature.slots.first?.kind {
        case .statement, .rest: return false
        default: return true
        }
    }

    private mutating func assignment() throws -> StatementKind {
        _ = accept(.let)
        let name = try newName(letHint)
        var parameters: [Name] = []
        if token.is(.open) {
            let opener = index
            tokens[index - 1].role = .function
            advance()
            if !token.is(.close) {
                repeat {
                    parameters.append(try newName(letHint))
                } while accept(.comma)
            }
            try close(opener)
        }
        guard accept(.equal) else {
            throw fail("let.malformed", Message(zh: "此处应为 =", en: "= is missing here"),
                       hint: letHint)
        }
        // What uses the name later should not be told that it is unknown.
        unfinished = .assignment(name, parameters: parameters,
                                 Expression(.literal(.none), name.span))
        return .assignment(name, parameters: parameters, try query())
    }

    private var letHint: Message {
        let names = vocabulary.hints
        return Message(
            zh: "写作：令 名称 = 表达式或查询，例如 令 甲 = \(names.source.zh) | 筛选 \(names.number.zh) < 18",
            en: "write let NAME = EXPRESSION or a query, such as let a = \(names.source.en) | where "
                + "\(names.number.en) < 18")
    }

    private static let paramHint = Message(zh: "写作：参数 名称: 类型 = 默认值 \"说明\"",
                                           en: "write param NAME: TYPE = DEFAULT \"label\"")

    private mutating func newName(_ usage: Message) throws -> Name {
        if isAtStatementEnd {
            throw fail("name.expected",
                       Message(zh: "此处缺少名称", en: "a name is missing here"), hint: usage)
        }
        guard token.isName else {
            let word = typed(token)
            throw fail("name.expected",
                       Message(zh: "此处应为名称，而不是“\(word)”",
                               en: "a name is expected here, not \(word)"),
                       hint: token.keyword == nil ? usage
                        : Message(zh: "“\(word)”是保留字，请另取名称",
                                  en: "\(word) is a reserved word: choose another name"))
        }
        return advance().name
    }

    /// `param to: year = year(as_of) "统计年度" "year"`.
    private mutating func parameter() throws -> StatementKind {
        _ = accept(.param)
        let name = try newName(Parser.paramHint)
        guard accept(.colon) else {
            throw fail("param.malformed", Message(zh: "参数缺少类型", en: "the parameter has no type"),
                       hint: Parser.paramHint)
        }
        note(.parameterType)
        let type = try newName(Parser.paramHint)
        unfinished = .parameter(name, type: type, default: nil, nil, nil)
        let value = accept(.equal) ? try expression() : nil
        return .parameter(name, type: type, default: value, text(), text())
    }

    private mutating func text() -> Template? {
        guard case .literal(.text(let template)) = token.kind else { return nil }
        advance()
        return template
    }

    private mutating func command(_ signature: Signature) throws -> StatementKind {
        mark(signature.name)
        let name = advance().name
        var arguments: [String: SlotValue] = [:]
        try slots(signature.slots, of: signature, into: &arguments)
        if !isAtStatementEnd { throw trailing(signature) }
        return .command(signature.name.en, name, arguments)
    }

    /// Something stands behind a statement that does not belong to it.
    private mutating func trailingText(_ kind: StatementKind) -> Failure {
        let word = typed(token)
        guard case .query(let query) = kind, case .path(let names) = query.kind, names.count == 1,
              token.kind != .invalid else {
            return fail("statement.trailing",
                        Message(zh: "此处不应有“\(word)”", en: "\(word) does not belong here"),
                        hint: verbHint ?? Parser.joinHint, fixes: verbFixes)
        }
        let first = names[0]
        if let verb = vocabulary.verb(first.text)?.name {
            return fail("statement.verb",
                        Message(zh: "“\(first.text)”是动词，之前应有一张表",
                                en: "\(first.text) is a verb, and a table stands before it"),
                        at: first.span,
                        hint: Message(zh: "例如：\(vocabulary.hints.source.zh) | \(verb.zh) …",
                                      en: "such as \(vocabulary.hints.source.en) | \(verb.en) …"))
        }
        if let meant = vocabulary.statement(calledElsewhere: first.text) {
            let typed = self.typed(first.span)
            return fail("statement.unknown",
                        Message(zh: "没有名为“\(typed)”的语句",
                                en: "there is no statement \"\(typed)\""),
                        at: first.span, hint: usageHint(meant),
                        fixes: [Fix(first.span, meant.name)])
        }
        if verbHint == nil, vocabulary.isSource(first.text) { return missingVerb(first) }
        if let hint = verbHint {
            return fail("statement.trailing",
                        Message(zh: "此处不应有“\(word)”", en: "\(word) does not belong here"),
                        hint: hint, fixes: verbFixes)
        }
        let typed = typed(first.span)
        return fail("statement.unknown",
                    Message(zh: "没有名为“\(typed)”的语句",
                            en: "there is no statement \"\(typed)\""),
                    at: first.span,
                    hint: suggestion(for: first.text, among: vocabulary.statementNames
                                     + [Keyword.let.term, Keyword.param.term])
                        ?? Message(zh: "语句以来源或命令开头，例如 \(vocabulary.hints.source.zh) | 计数；用“帮助”查看全部",
                                   en: "a statement begins with a source or a command, such as "
                                       + "\(vocabulary.hints.source.en) | count; `help` shows all"))
    }

    /// `members registered`: a condition, most probably.
    private mutating func missingVerb(_ source: Name) -> Failure {
        let verb = slice(source.span).beginsChinese ? Keyword.where.term.zh : Keyword.where.term.en
        let isVerbNext = token.is(.comma) && vocabulary.verb(token(ahead: 1).text) != nil
        return fail("stage.missing",
                    Message(zh: "“\(source.text)”之后须用 | 接动词",
                            en: "behind \(source.text) comes | and a verb"),
                    hint: Message(zh: "例如：\(source.text) | \(Keyword.where.term.zh) 条件",
                                  en: "such as \(source.text) | \(Keyword.where.term.en) CONDITION"),
                    fixes: [isVerbNext ? Fix(token.span, " | ")
                                : Fix(Span(token.span.lower, token.span.lower), "| \(verb) ")])
    }

    private var verbFixes: [Fix] {
        verbHint == nil ? [] : [Fix(Span(token.span.lower, token.span.lower), "| ")]
    }

    /// "put | before a verb", where the current word is one.
    private var verbHint: Message? {
        guard token.kind == .word, vocabulary.verb(token.text) != nil else { return nil }
        let word = typed(token)
        return Message(zh: "动词之前加 |：| \(word)", en: "put | before a verb: | \(word)")
    }
}
