import MusterDiagnostics

extension Parser {
    /// The slots that only statements have, and those that take text as it stands.
    mutating func commandValue(_ kind: SlotKind) throws -> SlotValue {
        switch kind {
        case .text:
            guard case .literal(.text(let template)) = advance().kind else { throw Failure() }
            return .text(template)
        case .path: return .path(try filePath(Parser.endsBare))
        case .paths:
            var paths = [try filePath(Parser.endsListed)]
            while accept(.comma) { paths.append(try filePath(Parser.endsListed)) }
            return .paths(paths)
        case .settings: return .settings(try settings())
        case .typings(let types): return .typings(try typings(types))
        case .keyed: return .keyed(try keyedTable())
        case .names: return .words(try names())
        case .statement: return .statement(try innerStatement())
        case .rest:
            let region = takeRaw(until: { $0 == 0x3B || $0 == 0x0A })
            note(raw: .rest, region, keepingSpace: true)
            return .rest(slice(region), region)
        default: return .words([])
        }
    }

    /// `platform.id`, `platform.text(id)`, `platform.(name, birth)`.
    private mutating func keyedTable() throws -> KeyedTable {
        let lower = token.span.lower
        let table = advance().name
        let hint = Message(zh: "写作 表.列，几列写作 表.(列, 列)",
                           en: "write TABLE.COLUMN, several as TABLE.(COLUMN, COLUMN)")
        guard isAtPathDot else {
            throw fail("keyed.column", Message(zh: "“\(table.text)”之后缺少列",
                                               en: "\(table.text) is followed by a column"),
                       hint: hint)
        }
        tokens[index].role = .dot
        advance()
        let rows = Pipeline(.name(table), sourceSpan: table.span, span: table.span)
        let keys = try within(.pipeline(rows)) { parser -> [Expression] in
            parser.note(.operand)
            guard !parser.token.is(.open) else { return try parser.bracketedKeys() }
            guard parser.token.kind == .word || parser.token.kind == .quoted else {
                throw parser.fail("keyed.column", Message(
                    zh: "点号之后应为列", en: "a column is missing behind the dot"), hint: hint)
            }
            return [try parser.path()]
        }
        return KeyedTable(table, keys, span(from: lower))
    }

    private mutating func bracketedKeys() throws -> [Expression] {
        let opener = index
        return try nested { parser in
            parser.advance()
            var keys: [Expression] = []
            repeat { keys.append(try parser.expression()) } while parser.accept(.comma)
            try parser.close(opener)
            return keys
        }
    }

    private mutating func names() throws -> [Name] {
        var all = [advance().name]
        while all.count < 2, token.is(.comma) {
            advance()
            guard token.isName else {
                throw fail("name.expected", Message(zh: "此处应为名称",
                                                    en: "a name is expected here"))
            }
            all.append(advance().name)
        }
        return all
    }

    private mutating func innerStatement() throws -> Statement {
        let lower = token.span.lower
        return try nested { parser in
            let kind = try parser.statementKind()
            return Statement(kind, parser.span(from: lower))
        }
    }

    /// A text, or bare characters up to a space, a `;` or a `|`.
    private mutating func filePath(_ ends: (UInt8) -> Bool) throws -> Template {
        if case .literal(.text(let template)) = token.kind {
            advance()
            return template
        }
        if token.kind == .invalid, bytes[token.span.lower] == 0x22 { throw Failure() }
        let region = takeRaw(until: ends)
        note(raw: .path, region)
        return Template([.text(slice(region))], region)
    }

    /// The same for one of several.
    private static func endsListed(_ byte: UInt8) -> Bool { endsBare(byte) || byte == 0x2C }

    static func endsBare(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x3B || byte == 0x7C }

    /// Takes the text from here up to where a byte of that sort stands, or a full-width space
    /// or semicolon, or a comment begins, as it is; what the lexer made of it is forgotten.
    private mutating func takeRaw(until ends: (UInt8) -> Bool) -> Span {
        let lower = token.span.lower
        var upper = rawEnd(from: lower, ends)
        while upper > lower, bytes[upper - 1] <= 0x20 { upper -= 1 }
        let region = Span(lower, max(upper, lower))
        take(raw: region)
        return region
    }

    private func rawEnd(from lower: Int, _ ends: (UInt8) -> Bool) -> Int {
        var end = lower
        while end < bytes.count, !ends(bytes[end]) {
            if bytes[end] == 0x23, end > lower, bytes[end - 1] <= 0x20 { break }
            let wide = bytes[end...].prefix(3)
            if wide.elementsEqual([0xE3, 0x80, 0x80]) && ends(0x20)
                || wide.elementsEqual([0xEF, 0xBC, 0x9B]) && ends(0x3B) { break }
            end += 1
        }
        return end
    }

    /// Passes over the tokens of a region, the first of which stands for all of it; where one
    /// of them reaches beyond it (a quote in a file's name), what follows is read anew.
    private mutating func take(raw region: Span) {
        rawRegions.append(region)
        let first = index
        while token.kind != .end, token.kind != .newline, token.span.upper <= region.upper {
            tokens[index].role = .absorbed
            advance()
        }
        guard token.span.lower < region.upper || token.nesting > 0,
              rereadings < Parser.mostRereadings else {
            if first < index {
                tokens[first].role = .raw
                tokens[first].span = region
            }
            return
        }
        rereadings += 1
        lexical.removeAll { ($0.span?.lower ?? 0) >= region.upper }
        comments.removeAll { $0.span.lower >= region.lower }
        tokens.removeSubrange(index...)
        tokens.append(Token(.word, "", region))
        tokens[index].role = .raw
        index += 1
        var rest = Lexer(bytes, from: region.upper, cuts: cuts)
        rest.isLineStart = false
        rest.run()
        tokens += rest.tokens
        comments += rest.comments
        lexical += rest.diagnostics
    }

    /// `k=v …`: the value is an expression where all of it up to the next space is one, else
    /// the text as it stands.
    private mutating func settings() throws -> [Setting] {
        var all: [Setting] = []
        while !isAtStatementEnd {
            guard token.kind == .word || token.kind == .quoted, token(ahead: 1).is(.equal) else {
                throw fail("settings.malformed",
                           Message(zh: "此处应为 名称=值", en: "NAME=VALUE is expected here"))
            }
            let name = advance().name
            tokens[index].role = .tight
            advance()
            note(.settingValue(name))
            guard !isAtStatementEnd else {
                throw fail("settings.malformed",
                           Message(zh: "“\(name.text)”缺少取值", en: "\(name.text) has no value"))
            }
            all.append(Setting(name, try settingValue()))
            note(.settingName)
        }
        return all
    }

    /// `a as date, b as text`.
    private mutating func typings(_ types: [Term]) throws -> [Typing] {
        let keyword = Term("as", "为")
        var all: [Typing] = []
        while true {
            guard token.isName || token.isLiteralName else {
                throw fail("typing.column", Message(zh: "此处应为列名",
                                                    en: "the name of a column is expected here"))
            }
            let isLiteral = token.isLiteralName
            if isLiteral { tokens[index].role = .raw }
            let named = advance()
            let column = isLiteral ? Name(asciiForms(typed(named)), named.span, isQuoted: true)
                : named.name
            note(.keyword(keyword))
            guard isAt(keyword) else {
                throw fail("typing.type", Message(
                    zh: "“\(column.text)”之后应为 为 和类型",
                    en: "\(column.text) is followed by as and a type"))
            }
            mark(keyword)
            advance()
            types.forEach { note(.keyword($0)) }
            guard let type = types.first(where: { isAt($0) }) else {
                throw fail("typing.type", Message(
                    zh: "类型为 " + types.map(\.zh).joined(separator: "、") + " 之一",
                    en: "a type is one of " + types.map(\.en).joined(separator: ", ")))
            }
            mark(type)
            advance()
            all.append(Typing(column, type.en))
            guard token.is(.comma) else { return all }
            advance()
        }
    }

    private mutating func settingValue() throws -> Expression {
        switch token.kind {
        case .literal(.text), .symbol(.open): return try expression(.range)
        default: break
        }
        let start = index, faults = diagnostics.count, outer = (depth, height, peak)
        let lower = token.span.lower
        let end = rawEnd(from: lower, Parser.endsBare)
        if let value = try? expression(.range), lastEnd == end, diagnostics.count == faults,
           !lexical.contains(where: { (lower..<end).contains($0.span?.lower ?? -1) }),
           index == start + 1 || tokens[start..<index].allSatisfy({ $0.keyword == nil }) {
            for place in start..<(index - 1) where tokens[place].role == .plain {
                tokens[place].role = .tight
            }
            return value
        }
        diagnostics.removeSubrange(faults...)
        (index, depth, height, peak) = (start, outer.0, outer.1, outer.2)
        let region = takeRaw(until: Parser.endsBare)
        return Expression(.literal(.text(Template([.text(slice(region))], region))), region)
    }
}
