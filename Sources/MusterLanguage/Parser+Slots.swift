import MusterDiagnostics

extension Parser {
    /// Fills the slots in order; those already in `arguments` are passed over.
    mutating func slots(_ slots: [Slot], of signature: Signature,
                        into arguments: inout [String: SlotValue]) throws {
        for (place, slot) in slots.enumerated() where arguments[slot.label] == nil {
            let later = slots[(place + 1)...].compactMap(\.keyword)
            if let keyword = slot.keyword {
                note(.keyword(keyword))
                guard isAt(keyword) else {
                    if slot.isRequired { throw missing(slot, signature) }
                    continue
                }
                mark(keyword)
                advance()
                guard begins(slot.kind) else {
                    due(slot, signature, arguments)
                    throw missing(slot, signature, behind: keyword)
                }
            } else if !begins(slot.kind) || later.contains(where: { isAt($0) }) {
                due(slot, signature, arguments)
                if slot.isRequired { throw missing(slot, signature) }
                continue
            }
            if case .choice(let alternatives) = slot.kind {
                if let chosen = alternatives.first(where: { fits($0) }) {
                    try self.slots(chosen, of: signature, into: &arguments)
                }
            } else {
                arguments[slot.label] = try within(.slot(signature, slot, arguments)) {
                    try $0.value(slot.kind)
                }
            }
        }
    }

    /// Notes that the slot is due here.
    private mutating func due(_ slot: Slot, _ signature: Signature,
                              _ arguments: [String: SlotValue]) {
        within(.slot(signature, slot, arguments)) { parser in
            switch slot.kind {
            case .condition, .expression, .bindings, .keys, .sortKeys, .columns, .column, .number:
                parser.note(.operand)
            case .settings: parser.note(.settingName)
            case .statement: parser.note(.statement)
            case .choice(let alternatives):
                for first in alternatives.compactMap(\.first) {
                    if let keyword = first.keyword {
                        parser.note(.keyword(keyword))
                    } else {
                        parser.due(first, signature, arguments)
                    }
                }
            default: parser.note(.slot(slot.kind))
            }
        }
    }

    /// Is the current word that one, in either language?
    func isAt(_ term: Term) -> Bool { token.kind == .word && term.matches(token.text) }

    /// Whether the alternative's beginning stands here. One without slots always fits.
    private func fits(_ slots: [Slot]) -> Bool {
        guard let first = slots.first else { return true }
        if let keyword = first.keyword { return isAt(keyword) }
        return begins(first.kind)
    }

    /// Whether something of that kind may begin here.
    func begins(_ kind: SlotKind) -> Bool {
        switch kind {
        case .condition, .expression, .bindings, .keys, .sortKeys: return beginsExpression
        case .columns, .column, .name: return token.isName
        case .number:
            if token.kind == .word { return token.text == Words.ordinal }
            return beginsExpression
        case .word(let words): return words.contains { isAt($0) }
        case .text:
            if case .literal(.text) = token.kind { return true }
            return false
        case .path, .statement: return !isAtStatementEnd
        case .rest: return !isAtStatementEnd
        case .settings: return token.isName || token.kind == .word
        case .choice(let alternatives): return alternatives.contains { fits($0) }
        }
    }

    private var beginsExpression: Bool {
        switch token.kind {
        case .literal, .parameter, .quoted, .symbol(.open), .symbol(.minus), .invalid: true
        case .word:
            switch token.keyword {
            case .not, .if, .true, .false, Keyword.none?: true
            default: token.isName
            }
        default: false
        }
    }

    /// What is to fill a slot is not there: `behind` the slot's keyword, or the whole slot.
    private mutating func missing(_ slot: Slot, _ signature: Signature,
                                  behind keyword: Term? = nil) -> Failure {
        let name = keyword ?? signature.name
        if case .word(let words) = slot.kind, !isAtStageEnd {
            let known = words.map(\.en).joined(separator: ", ")
            return fail("slot.word",
                        Message(zh: "“\(name.zh)”之后应为 \(words.map(\.zh).joined(separator: "、"))"
                                    + "，而不是“\(typed(token))”",
                                en: "\(name.en) is followed by \(known), not \(typed(token))"),
                        hint: token.kind == .word ? suggestion(for: token.text, among: words) : nil,
                        about: signature)
        }
        let what = keyword == nil ? slot.usage : { slot.placeholder[$0] }
        if isAtStageEnd {
            return fail("slot.missing",
                        Message(zh: "“\(name.zh)”之后缺少：\(what(.zh))",
                                en: "\(name.en) needs \(what(.en))"),
                        hint: usageHint(signature), about: signature)
        }
        return fail("slot.unfit",
                    Message(zh: "“\(name.zh)”之后应为 \(what(.zh))，而不是“\(typed(token))”",
                            en: "\(name.en) needs \(what(.en)) here, not \(typed(token))"),
                    hint: reservedHint ?? usageHint(signature), about: signature)
    }

    private var reservedHint: Message? {
        guard token.kind == .word, token.keyword?.isReserved == true else { return nil }
        let word = typed(token)
        return Message(zh: "“\(word)”是保留字；若为名称，请写作 `\(word)`",
                       en: "\(word) is a reserved word; as a name it is written `\(word)`")
    }

    private mutating func value(_ kind: SlotKind) throws -> SlotValue {
        switch kind {
        case .condition, .expression: return .expression(try expression())
        case .bindings(let named): return .bindings(try bindings(named: named))
        case .keys: return .keys(try keys())
        case .sortKeys: return .sortKeys(try sortKeys())
        case .columns: return .columns(try columns())
        case .column: return .columns([try path()])
        case .number: return .expression(try number())
        case .word(let words): return word(words)
        case .name: return .name(advance().name)
        case .text, .path, .settings, .statement, .rest: return try commandValue(kind)
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
            let value = try expression()
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
                all.append(Key(alias: alias, try expression()))
                continue
            }
            let every = token.span
            _ = accept(.every)
            note(.operand)
            guard token.isName else {
                throw fail("key.every",
                           Message(zh: "“每个”之后应为列", en: "`every` is followed by a column"),
                           hint: Message(zh: "例如：每个 所在组织.区县局级",
                                         en: "such as every unit.district"))
            }
            // `every g = each(…)` and `g = every each(…)` are the same.
            if alias == nil { alias = try self.alias() }
            let value = token(ahead: 1).is(.open) ? try expression() : try path()
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
            all.append(SortKey(try expression(), isDescending: isDescending))
        } while accept(.comma)
        return all
    }

    private mutating func columns() throws -> [Expression] {
        var all: [Expression] = []
        repeat {
            note(.operand)
            guard token.isName else {
                throw fail("slot.column",
                           Message(zh: "此处应为列名", en: "a column's name is expected here"),
                           hint: reservedHint)
            }
            let column = try path()
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
