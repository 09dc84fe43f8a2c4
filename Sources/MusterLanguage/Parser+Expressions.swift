import MusterDiagnostics

extension Parser {
    /// How tightly operators bind, loosest first; `as of` and paths are tighter still.
    enum Level: Int, Comparable {
        case or = 1, and, not, comparison, range, sum, product, sign

        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
        var next: Level { Level(rawValue: rawValue + 1) ?? .sign }
    }

    /// An expression of operators that bind at least as tightly as `level`. With `list`, its
    /// first operand may be `(a, b)`.
    mutating func expression(_ level: Level = .or, list: Bool = false) throws -> Expression {
        var left = try prefix(list: list)
        var compared = false
        note(.operators(after: left))
        while let (operation, at) = infix(), at >= level {
            if at == .comparison, compared {
                throw fail("syntax.chain",
                           Message(zh: "比较不能连写", en: "comparisons cannot be chained"),
                           hint: Message(zh: "请用“且”连接两个比较，或写“属于 a..b”",
                                         en: "join two comparisons by `and`, or use in a..b"))
            }
            let leftHeight = height
            left = try combine(left, operation, at)
            try grow(to: max(leftHeight, height) + 1)
            compared = at == .comparison
            note(.operators(after: left))
        }
        return left
    }

    /// What may stand between two operands, or behind one.
    enum Infix {
        case plain(BinaryOperator, Phrase?)
        case range, membership(negated: Bool), between, isNone(negated: Bool), isOther
    }

    private func infix() -> (Infix, Level)? {
        switch token.kind {
        case .symbol(let symbol): infix(symbol)
        case .word: infixWord()
        default: nil
        }
    }

    private func infix(_ symbol: Symbol) -> (Infix, Level)? {
        switch symbol {
        case .equal: (.plain(.equal, nil), .comparison)
        case .notEqual: (.plain(.notEqual, nil), .comparison)
        case .less: (.plain(.less, nil), .comparison)
        case .lessOrEqual: (.plain(.lessOrEqual, nil), .comparison)
        case .greater: (.plain(.greater, nil), .comparison)
        case .greaterOrEqual: (.plain(.greaterOrEqual, nil), .comparison)
        case .range: (.range, .range)
        case .plus: (.plain(.add, nil), .sum)
        case .minus: (.plain(.subtract, nil), .sum)
        case .star: (.plain(.multiply, nil), .product)
        case .slash: (.plain(.divide, nil), .product)
        case .percent: (.plain(.modulo, nil), .product)
        default: nil
        }
    }

    private func infixWord() -> (Infix, Level)? {
        switch token.keyword {
        case .or: (.plain(.or, nil), .or)
        case .and: (.plain(.and, nil), .and)
        case .in: (.membership(negated: false), .comparison)
        case .between: (.between, .comparison)
        case .contains: (.plain(.contains, nil), .comparison)
        case .matches: (.plain(.matches, nil), .comparison)
        case .under: (.plain(.under, nil), .comparison)
        case .starts where isAt(.startsWith): (.plain(.startsWith, .startsWith), .comparison)
        case .ends where isAt(.endsWith): (.plain(.endsWith, .endsWith), .comparison)
        case .is where isAt(.isNone): (.isNone(negated: false), .comparison)
        case .is where isAt(.isNotNone): (.isNone(negated: true), .comparison)
        case .is: (.isOther, .comparison)
        case .not: negatedInfix()
        default: nil
        }
    }

    /// `not in`, and likewise `not under`, `not contains` …
    private func negatedInfix() -> (Infix, Level)? {
        guard token(ahead: 1).kind == .word else { return nil }
        return switch token(ahead: 1).keyword {
        case .in: (.membership(negated: true), .comparison)
        case .under, .contains, .matches, .starts, .ends, .between:
            (.plain(.or, nil), .comparison)
        default: nil
        }
    }

    private mutating func combine(_ left: Expression, _ infix: Infix,
                                  _ level: Level) throws -> Expression {
        switch infix {
        case .plain where isAt(.not): return try negated(left)
        case .plain(let operation, let phrase):
            if let phrase { _ = accept(phrase) } else if let keyword = token.keyword {
                _ = accept(keyword)
            } else { advance() }
            let right = try within(operation.isComparison
                ? .beside(left, isUnder: operation == .under) : .operation) {
                try $0.expression(level.next, list: operation == .under)
            }
            return Expression(.binary(operation, left, right), left.span.union(right.span))
        case .range:
            advance()
            let right = try expression(level.next)
            return Expression(.range(left, right), left.span.union(right.span))
        case .membership(let negated):
            if negated {
                acceptNot()
            } else {
                _ = accept(.in)
            }
            let right = try within(.beside(left, isUnder: false)) {
                try $0.expression(level.next, list: true)
            }
            return Expression(.membership(left, right, negated: negated),
                              left.span.union(right.span))
        case .between: return try between(left)
        case .isNone(let negated):
            _ = accept(negated ? Phrase.isNotNone : Phrase.isNone)
            return Expression(.isNone(left, negated: negated), span(from: left.span.lower))
        case .isOther:
            throw fail("syntax.is", Message(zh: "“为”之后应是“空”", en: "`is` is followed by `none`"),
                       hint: Message(zh: "相等写作 =", en: "equality is written ="),
                       fixes: [Fix(token.span, "=")])
        }
    }

    private mutating func acceptNot() {
        if !accept(.notIn) {
            _ = accept(.not)
            _ = accept(.in)
        }
    }

    /// `a not under b` is `not (a under b)`.
    private mutating func negated(_ left: Expression) throws -> Expression {
        if isAt(.notUnder) { mark(Phrase.notUnder.term) }
        if isAt(.notContains) { mark(Phrase.notContains.term) }
        if token.term == nil { mark(Keyword.not.term) } else { tokens[index + 1].role = .absorbed }
        advance()
        guard let (infix, level) = infix() else {
            throw fail("syntax.operator", Message(zh: "缺少运算符", en: "an operator is missing"))
        }
        let inner = try combine(left, infix, level)
        return Expression(.unary(.not, inner), inner.span)
    }

    private mutating func between(_ value: Expression) throws -> Expression {
        _ = accept(.between)
        let lower = try within(.beside(value, isUnder: false)) { try $0.expression(.range) }
        note(.keyword(Term("and", Words.between)))
        if isAt(.and) || token.kind == .word && Words.betweens.contains(token.text) {
            mark(Term("and", Words.between))
            advance()
        } else {
            throw fail("syntax.between",
                       Message(zh: "“介于”需要两个界限", en: "`between` takes two bounds"),
                       hint: Message(zh: "例如 介于 14 与 17", en: "such as between 14 and 17"))
        }
        let upper = try expression(.range)
        return Expression(.between(value, lower, upper), value.span.union(upper.span))
    }

    /// Everything that stands before an operand, and the operand with its `as of`.
    private mutating func prefix(list: Bool) throws -> Expression {
        let lower = token.span.lower
        note(.operand)
        if isAt(.not) {
            return try nested { parser in
                _ = parser.accept(.not)
                let operand = try parser.expression(.not)
                return Expression(.unary(.not, operand), parser.span(from: lower))
            }
        }
        if token.is(.minus) {
            return try nested { parser in
                parser.tokens[parser.index].role = .sign
                parser.advance()
                let operand = try parser.expression(.sign)
                return Expression(.unary(.minus, operand), parser.span(from: lower))
            }
        }
        if isAt(.if) { return try conditional() }
        var value = try primary(list: list)
        while isAt(.asOf) {
            let tall = height
            _ = accept(.asOf)
            note(.period)
            let day = try instant()
            try grow(to: max(tall, height) + 1)
            value = Expression(.asOf(value, day), value.span.union(day.span))
        }
        return value
    }

    private mutating func conditional() throws -> Expression {
        let lower = token.span.lower
        return try nested { parser in
            _ = parser.accept(.if)
            let condition = try parser.expression()
            try parser.expect(.then)
            let first = try parser.expression()
            try parser.expect(.else)
            let second = try parser.expression()
            return Expression(.conditional(condition, then: first, else: second),
                              parser.span(from: lower))
        }
    }

    private mutating func expect(_ keyword: Keyword) throws {
        note(.keyword(keyword.term))
        guard !accept(keyword) else { return }
        throw fail("syntax.if",
                   Message(zh: "此处应为“\(keyword.term.zh)”", en: "`\(keyword.term.en)` is missing"),
                   hint: Message(zh: "写作：若 条件 则 a 否则 b",
                                 en: "write if CONDITION then a else b"))
    }

    /// What `as of` takes: a literal, a parameter or a bracket.
    private mutating func instant() throws -> Expression {
        switch token.kind {
        case .literal(.integer), .literal(.day), .literal(.month), .literal(.year), .parameter,
             .symbol(.open):
            return try primary(list: false)
        case .word where isRelativeTime(token):
            let name = advance().name
            try grow(to: 1)
            return Expression(.path([name]), name.span)
        default:
            throw fail("syntax.asof",
                       Message(zh: "“截至”之后应为日期", en: "`as of` is followed by a day"),
                       hint: token.isName
                        ? Message(zh: "表达式须放在括号内：截至 (\(typed(token)))",
                                  en: "an expression stands in brackets: as of (\(typed(token)))")
                        : Message(zh: "例如 2015-10-31、2015-10、2015、去年、{参数} 或 (表达式)",
                                  en: "such as 2015-10-31, 2015-10, 2015, last_year, {parameter} "
                                      + "or (expression)"))
        }
    }

    /// `截至 去年`, and what is said so in passing, which binding puts straight.
    private func isRelativeTime(_ token: Token) -> Bool {
        RelativeTime.called(token.text) != nil || RelativeTime.month(in: token.text) != nil
    }
}
