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
                take(keyword)
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
            case .keyed, .source: parser.note(.source)
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

    /// Is the current word that one, in either language? Or the words, where it is a phrase.
    func isAt(_ term: Term) -> Bool {
        if let phrase = Phrase.byEnglish[term.en] { return isAt(phrase) }
        return token.kind == .word && term.matches(token.text)
    }

    /// Goes past the word or phrase, which stands here.
    private mutating func take(_ keyword: Term) {
        if let phrase = Phrase.byEnglish[keyword.en] {
            _ = accept(phrase)
        } else {
            mark(keyword)
            advance()
        }
    }

    /// Whether the alternative's beginning stands here. One without slots always fits.
    private func fits(_ slots: [Slot]) -> Bool {
        guard let first = slots.first else { return true }
        if let keyword = first.keyword { return isAt(keyword) }
        return begins(first.kind)
    }

    /// Whether something of that kind may begin here.
    func begins(_ kind: SlotKind) -> Bool {
        switch kind {
        case .condition, .expression, .source, .bindings, .keys, .sortKeys:
            return beginsExpression
        case .columns, .column, .typings: return token.isName || token.isLiteralName
        case .name, .keyed, .names: return token.isName
        case .number:
            if token.kind == .word { return token.text == Words.ordinal }
            return beginsExpression
        case .word(let words): return words.contains { isAt($0) }
        case .text:
            if case .literal(.text) = token.kind { return true }
            return false
        case .path, .paths, .statement: return !isAtStatementEnd
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

    var reservedHint: Message? {
        guard token.kind == .word, token.keyword?.isReserved == true else { return nil }
        let word = typed(token)
        return Message(zh: "“\(word)”是保留字；若为名称，请写作 `\(word)`",
                       en: "\(word) is a reserved word; as a name it is written `\(word)`")
    }
}
