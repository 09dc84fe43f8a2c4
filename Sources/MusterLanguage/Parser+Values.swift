import MusterDiagnostics

/// What slots are filled with.
extension Parser {
    mutating func value(_ kind: SlotKind) throws -> SlotValue {
        switch kind {
        case .condition, .expression, .source: return .expression(try expression())
        case .bindings(let named): return .bindings(try bindings(named: named))
        case .keys: return .keys(try keys())
        case .sortKeys: return .sortKeys(try sortKeys())
        case .columns: return .columns(try columns())
        case .column: return .columns([try column()])
        case .number: return .expression(try number())
        case .word(let words): return word(words)
        case .name: return .name(advance().name)
        case .text, .path, .paths, .settings, .typings, .keyed, .names, .statement, .rest:
            return try commandValue(kind)
        case .choice: return .words([])
        }
    }

    private mutating func word(_ words: [Term]) -> SlotValue {
        let found = words.first { isAt($0) } ?? Term("")
        mark(found)
        return .word(found.en, advance().span)
    }

    /// `alias = `, where a name and an equals sign stand here.
    private mutating func alias() throws -> Name? {
        guard token(ahead: 1).is(.equal) else { return nil }
        if token.kind == .word, token.keyword?.isReserved == true {
            throw fail("syntax.reserved",
                       Message(zh: "“\(typed(token))”是保留字，不能用作名称",
                               en: "\(typed(token)) is a reserved word and cannot be a name"),
                       hint: reservedHint)
        }
        guard token.isName else { return nil }
        let name = advance().name
        advance()
        return name
    }

    private mutating func bindings(named: Bool) throws -> [Binding] {
        var all: [Binding] = []
        repeat {
            let lower = token.span.lower
            let alias = try alias()
            let first = index
            let value = try expression()
            if alias == nil { keepTyped(value, at: first) }
            if named, alias == nil {
                throw fail("binding.unnamed",
                           Message(zh: "此列没有名称", en: "this column has no name"),
                           at: span(from: lower),
                           hint: Message(zh: "写作 名称 = \(typed(value.span))",
                                         en: "write NAME = \(typed(value.span))"))
            }
            all.append(Binding(alias: alias, value))
        } while accept(.comma)
        return all
    }

    mutating func keys() throws -> [Key] {
        var all: [Key] = []
        repeat {
            var alias = try alias()
            guard isAt(.every), beginsEveryKey else {
                let first = index
                let value = try expression()
                if alias == nil { keepTyped(value, at: first) }
                all.append(Key(alias: alias, value))
                continue
            }
            let every = token.span
            _ = accept(.every)
            note(.operand)
            guard token.isName else {
                throw fail("key.every",
                           Message(zh: "“每个”之后应为列", en: "`every` is followed by a column"),
                           hint: Message(zh: "例如：每个 \(vocabulary.hints.path.zh)",
                                         en: "such as every \(vocabulary.hints.path.en)"))
            }
            // `every g = each(…)` and `g = every each(…)` are the same.
            if alias == nil { alias = try self.alias() }
            let value = token(ahead: 1).is(.open) ? try expression(.range) : try path()
            note(.keyword(Keyword.under.term))
            let under = accept(.under) ? try within(.beside(value, isUnder: true)) {
                try $0.expression(.range, list: true)
            } : nil
            let orNone = token.keyword == .or && token(ahead: 1).keyword == Keyword.none
            if orNone { _ = accept(.or) && accept(Keyword.none) }
            all.append(Key(alias: alias, every: every, value, under: under, orNone: orNone))
        } while accept(.comma)
        return all
    }

    /// `every` before another word is the keyword; alone it is a column of that name.
    private var beginsEveryKey: Bool {
        let next = token(ahead: 1)
        switch next.kind {
        case .word: return next.keyword.map { !$0.isReserved || $0 == .under } ?? true
        case .quoted, .literal, .parameter: return true
        default: return token.span == next.span
        }
    }

    private mutating func sortKeys() throws -> [SortKey] {
        var all: [SortKey] = []
        repeat {
            note(.operand)
            let isDescending = token.is(.minus)
            if isDescending {
                tokens[index].role = .sign
                advance()
            }
            let first = index
            let value = try expression()
            keepTyped(value, at: first)
            all.append(SortKey(value, isDescending: isDescending))
        } while accept(.comma)
        return all
    }

    private mutating func columns() throws -> [Expression] {
        var all: [Expression] = []
        repeat {
            note(.operand)
            let column = try column()
            if case .call = column.kind {
                throw fail("slot.column",
                           Message(zh: "此处应为列名，不能计算",
                                   en: "a column's name is expected here, not a computation"),
                           at: column.span)
            }
            all.append(column)
        } while accept(.comma)
        return all
    }

    /// A column's name, which may look like a number or a period: `2015` behind `pivot year`.
    private mutating func column() throws -> Expression {
        if token.isLiteralName {
            tokens[index].role = .raw
            let typed = advance()
            try grow(to: 1)
            let text = asciiForms(self.typed(typed))
            return Expression(.path([Name(text, typed.span, isQuoted: true)]), typed.span)
        }
        guard token.isName else {
            throw fail("slot.column",
                       Message(zh: "此处应为列名", en: "a column's name is expected here"),
                       hint: reservedHint)
        }
        return try path()
    }

    /// A literal that stands where columns are named may be a column's name: it is not put
    /// straight.
    private mutating func keepTyped(_ value: Expression, at first: Int) {
        if case .literal = value.kind, tokens[first].isLiteralName,
           tokens[first].span == value.span { tokens[first].role = .raw }
    }

    /// A whole number or a parameter; 第 before it and a measure word behind it are skipped.
    private mutating func number() throws -> Expression {
        if token.kind == .word, token.text == Words.ordinal {
            tokens[index].role = .absorbed
            advance()
        }
        let value: Expression
        switch token.kind {
        case .literal(.integer), .parameter, .symbol(.open): value = try primary(list: false)
        default:
            throw fail("slot.number",
                       Message(zh: "此处应为整数，而不是“\(typed(token))”",
                               en: "a whole number is expected here, not \(typed(token))"),
                       hint: Message(zh: "例如 10", en: "such as 10"))
        }
        if token.kind == .word, Words.measures.contains(token.text) {
            tokens[index].role = .absorbed
            advance()
        }
        return value
    }
}
