import MusterDiagnostics

extension Parser {
    /// A literal, parameter, path, call or bracket.
    mutating func primary(list: Bool) throws -> Expression {
        let current = token
        switch current.kind {
        case .literal(let literal):
            advance()
            try grow(to: 1)
            return Expression(.literal(literal), current.span)
        case .parameter(let name):
            advance()
            try grow(to: 1)
            return Expression(.parameter(name), current.span)
        case .symbol(.open): return try bracket(list: list)
        case .word:
            if let constant = try constant() { return constant }
            if current.isName { return try path() }
            throw reserved(current)
        case .quoted: return try path()
        default:
            throw missingOperand()
        }
    }

    private var valueHint: Message {
        let names = vocabulary.hints
        return Message(zh: "值如 \(names.number.zh)、18、\"\(names.placeName)\"、2015-10-31",
                       en: "such as \(names.number.en), 18, \"\(names.placeName)\", 2015-10-31")
    }

    /// What stands before a value that is missing: it is completed, or it goes.
    private var danglingHint: Message {
        guard index > 0, case let last = tokens[index - 1], last.kind != .newline,
              !last.is(.open), !last.is(.semicolon) else { return valueHint }
        let word = typed(last)
        return Message(zh: "请在“\(word)”之后补上，或去掉“\(word)”",
                       en: "add what belongs behind \"\(word)\", or take it out")
    }

    private mutating func constant() throws -> Expression? {
        let literal: Literal
        switch token.keyword {
        case .true: literal = .bool(true)
        case .false: literal = .bool(false)
        case Keyword.none?: literal = .none
        default: return nil
        }
        let span = token.span
        if let keyword = token.keyword { _ = accept(keyword) }
        try grow(to: 1)
        return Expression(.literal(literal), span)
    }

    private mutating func reserved(_ token: Token) -> Failure {
        let word = typed(token)
        return fail("syntax.reserved",
                    Message(zh: "此处应为一个值，而“\(word)”是保留字",
                            en: "a value is expected here, and \(word) is a reserved word"),
                    hint: Message(zh: "若它是列名，请写作 `\(word)`",
                                  en: "where it is a column's name, write `\(word)`"))
    }

    private mutating func missingOperand() -> Failure {
        if isAtStageEnd || token.is(.comma) {
            return fail("syntax.operand", Message(zh: "此处缺少一个值", en: "a value is missing here"),
                        hint: danglingHint)
        }
        return fail("syntax.operand",
                    Message(zh: "此处应为一个值，而不是“\(typed(token))”",
                            en: "a value is expected here, not \(typed(token))"),
                    hint: valueHint)
    }

    /// `a`, `a.b`, `a.f(x)`, `f(x)`.
    mutating func path() throws -> Expression {
        let lower = token.span.lower
        var names = [advance().name]
        while isAtPathDot {
            tokens[index].role = .dot
            advance()
            guard names.count < Limits.path else {
                throw fail("limit.path",
                           Message(zh: "路径过长，最多 \(Limits.path) 个名称",
                                   en: "this path is too long: \(Limits.path) names at most"),
                           hint: Message(zh: "请用“派生”分步取值",
                                         en: "go on from a column that derive makes"))
            }
            note(.step(names))
            guard token.kind == .word || token.kind == .quoted else {
                throw fail("syntax.path",
                           Message(zh: "点号之后应为名称", en: "a name is missing behind the dot"),
                           hint: Message(zh: "例如 \(vocabulary.hints.path.zh)；按 Tab 键列出",
                                         en: "such as \(vocabulary.hints.path.en); Tab lists them"))
            }
            names.append(advance().name)
        }
        if token.is(.open) {
            let function = names.removeLast()
            tokens[index - 1].role = .function
            let arguments = try within(.call(path: names, function, rows: nil)) {
                try $0.arguments()
            }
            return Expression(.call(path: names, function, arguments), span(from: lower))
        }
        try grow(to: 1)
        return Expression(.path(names), span(from: lower))
    }

    /// A `.`, or a `的` between two names.
    var isAtPathDot: Bool {
        token.is(.dot)
            || token.kind == .word && token.text == Words.pathDot && token(ahead: 1).isName
    }

    /// `(a, label: b, c where d)`.
    mutating func arguments() throws -> [Argument] {
        let opener = index
        return try nested { parser in
            parser.advance()
            var all: [Argument] = []
            if parser.accept(.close) { return all }
            // `count(*)` is `count()`.
            if parser.token.is(.star), parser.token(ahead: 1).is(.close) {
                parser.tokens[parser.index].role = .absorbed
                parser.advance()
                try parser.close(opener)
                return all
            }
            repeat { all.append(try parser.argument()) } while parser.accept(.comma)
            try parser.close(opener)
            return all
        }
    }

    private mutating func argument() throws -> Argument {
        var value = try expression()
        var label: Expression?, english: Expression?
        if case .literal(.text) = value.kind, case .literal(.text) = token.kind,
           self.token(ahead: 1).is(.colon) { english = try primary(list: false) }
        if accept(.colon) {
            label = value
            value = try expression()
        }
        if token.is(.pipe) {
            throw fail("syntax.pipe",
                       Message(zh: "函数的括号内不能用 |", en: "no | inside a function's brackets"),
                       hint: Message(zh: "写作：计数(\(vocabulary.hints.relation.zh) 筛选 条件)，或将查询另放括号内",
                                     en: "write count(\(vocabulary.hints.relation.en) where C), or put the query in "
                                         + "brackets of its own"))
        }
        note(.keyword(Keyword.where.term))
        var condition: Expression?
        if accept(.where) {
            condition = if isCompleting, case .call(let path, let name, _)? = frames.last {
                try within(.call(path: path, name, rows: value)) { try $0.expression() }
            } else { try expression() }
        }
        return Argument(label: label, english: english, value, where: condition)
    }

    /// Takes the bracket that closes the one at a token.
    mutating func close(_ opener: Int) throws {
        if accept(.close) { return }
        // That it has no partner was said already.
        if tokens[opener].isUnmatched { throw Failure() }
        throw fail("syntax.bracket",
                   Message(zh: "括号内多余的内容：“\(typed(token))”",
                           en: "\(typed(token)) does not belong in these brackets"),
                   hint: token.is(.comma) ? Parser.listHint : headingHint ?? Parser.joinHint)
    }

    static let listHint = Message(zh: "列表只能用在“属于”“隶属”之后",
                                  en: "a list stands only behind `in` and `under`")
    static let joinHint = Message(zh: "是否缺少逗号或运算符？",
                                  en: "is a comma or an operator missing before it?")

    /// `(e)`, `(source | stage)`, and where a list may stand `(a, b)`.
    private mutating func bracket(list: Bool) throws -> Expression {
        let opener = index, lower = token.span.lower
        return try nested { parser in
            parser.advance()
            if parser.token.is(.close) {
                let hint = parser.valueHint
                throw parser.fail("syntax.operand",
                                  Message(zh: "括号内没有内容", en: "these brackets are empty"),
                                  at: Span(lower, parser.token.span.upper),
                                  hint: hint)
            }
            var inner = try parser.query()
            if list, parser.token.is(.comma) {
                var elements = [inner]
                while parser.accept(.comma) { elements.append(try parser.expression()) }
                try parser.close(opener)
                return Expression(.list(elements), parser.span(from: lower))
            }
            try parser.close(opener)
            inner.span = parser.span(from: lower)
            return inner
        }
    }
}
