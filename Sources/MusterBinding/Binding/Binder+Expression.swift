import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

extension Binder {
    func bindNode(_ expression: Expression, _ scope: Scope) throws -> Scalar {
        switch expression.kind {
        case .literal(let literal):
            try refuseColumnName(expression, scope)
            return bind(literal)
        case .parameter(let name): return try parameter(name, scope)
        case .path(let names): return try resolve(names, scope).value
        case .call(let path, let name, let arguments):
            return try call(path, name, arguments, scope, expression.span)
        case .unary(.not, let a):
            return Scalar(.not(try condition(a, scope)), .bool)
        case .unary(.minus, let a): return try negated(a, scope)
        case .binary(let op, let a, let b):
            return try binary(op, a, b, scope, expression.span)
        case .membership(let a, let b, let negated):
            let inside = try membership(a, b, scope)
            return negated ? Scalar(.not(inside), .bool) : inside
        case .between(let a, let low, let high):
            return try within(a, low, high, scope)
        case .isNone(let a, let negated):
            let test = Scalar(.isNone(try valueOrRow(a, scope)), .bool)
            return negated ? Scalar(.not(test), .bool) : test
        case .conditional(let test, let a, let b):
            return try conditional(test, a, b, scope, expression.span)
        case .asOf(let inner, let dayExpression):
            let (day, _) = try day(dayExpression, scope)
            let value = try bind(inner, scope)
            return Scalar(.atDay(value, .constant(.day(day), .day)), value.type)
        case .pipeline(let pipeline): return try subquery(pipeline, expression.span)
        case .list:
            throw Diagnostic("list.place", Message(
                zh: "一列值只能写在 属于、隶属 后面", en: "a list stands only behind in or under"),
                at: expression.span)
        case .range:
            throw Diagnostic("range.place", Message(
                zh: "范围只能写在 属于 或 历年、历月 后面",
                en: "a range stands only behind in or over"), at: expression.span)
        }
    }

    /// A value, or the row of a plain table, which may be there or not.
    private func valueOrRow(_ expression: Expression, _ scope: Scope) throws -> Scalar {
        if case .path(let names) = expression.kind,
           let found = try? trial.resolvePath(names, scope), case .tableRow = found.value.type {
            return try resolvePath(names, scope).value
        }
        return try bind(expression, scope)
    }

    /// An expression that must be yes or no.
    func condition(_ expression: Expression, _ scope: Scope) throws -> Scalar {
        let scalar = try bind(expression, scope)
        guard scalar.type == .bool || scalar.type == .none else {
            throw Diagnostic.mismatch(Message(
                zh: "这里须是条件，不是\(domain.name(of: scalar.type).zh)",
                en: "a condition is needed here, not \(domain.name(of: scalar.type).en)"),
                at: expression.span,
                hint: scalar.type.isTemporal
                    ? Message(zh: "例如 … 不为空", en: "for example … is not none")
                    : Message(zh: "例如 … = …", en: "for example … = …"))
        }
        return scalar
    }

    private func bind(_ literal: Literal) -> Scalar {
        switch literal {
        case .integer(let value): return .constant(.int(value), .integer)
        case .decimal(let digits, let scale): return decimal(digits, scale)
        case .text(let template):
            let (text, type) = text(template)
            return .constant(.text(text), type)
        case .day(let day): return .constant(.day(day), .day)
        case .month(let month): return .constant(.day(month), .month)
        case .year(let year): return .constant(.day(year), .year)
        case .bool(let value): return .constant(.bool(value), .bool)
        case .none: return .constant(.none, .none)
        }
    }

    /// Up to six decimals are exact, with two at the least; more are a double.
    private func decimal(_ digits: Int64, _ scale: Int) -> Scalar {
        let places = max(2, scale)
        if scale >= 0, places <= FixedPoint.mostPlaces {
            let (value, overflow) = digits.multipliedReportingOverflow(
                by: FixedPoint.unit(places - scale))
            if !overflow { return .constant(.int(value), .decimal(places)) }
        }
        // A quotient of two whole numbers is correctly rounded while both fit in 53 bits; more
        // digits than that go through the decimal text.
        return .constant(.double(Double("\(digits)e-\(scale)") ?? 0), .number)
    }

    private func parameter(_ name: Name, _ scope: Scope) throws -> Scalar {
        if let substitution = scope.substitutions[name.text] {
            return try value(of: substitution)
        }
        guard let parameter = catalog.parameters[name.text] else {
            throw Diagnostic("parameter.unknown", Message(
                zh: "没有名为“\(name.text)”的参数", en: "there is no parameter \"\(name.text)\""),
                at: name.span,
                typed: name.text, among: catalog.parameters.keys.sorted().map { Term($0) },
                hint: Message(zh: "先写：参数 \(name.text): 类型",
                              en: "declare it first: param \(name.text): TYPE"))
        }
        return .constant(parameter.value, parameter.type)
    }

    private func negated(_ expression: Expression, _ scope: Scope) throws -> Scalar {
        let scalar = try bind(expression, scope)
        guard scalar.type.isNumeric else {
            throw Diagnostic.mismatch(Message(
                zh: "负号后面须是数，不是\(domain.name(of: scalar.type).zh)",
                en: "a minus needs a number, not \(domain.name(of: scalar.type).en)"),
                at: expression.span)
        }
        switch scalar.bare.constantValue {
        case .int(let value)? where value != Int64.min + 1:
            return .constant(.int(-value), scalar.type)
        case .double(let value)?: return .constant(.double(-value), scalar.type)
        default:
            let zero = Scalar.constant(scalar.type == .number ? .double(0) : .int(0), scalar.type)
            return Scalar(.arithmetic(.subtract, zero, scalar), scalar.type)
        }
    }

    private func binary(_ op: BinaryOperator, _ a: Expression, _ b: Expression, _ scope: Scope,
                        _ span: Span) throws -> Scalar {
        switch op {
        case .and: return Scalar(.and(try condition(a, scope), try condition(b, scope)), .bool)
        case .or: return Scalar(.or(try condition(a, scope), try condition(b, scope)), .bool)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard let comparison = ComparisonOperator(rawValue: op.rawValue) else {
                preconditionFailure("every comparison has its kernel")
            }
            if comparison == .equal { warnPattern(b) }
            let (left, right) = try sides(a, b, scope)
            return try compare(comparison, left, right, a.span, b.span)
        case .contains, .startsWith, .endsWith, .matches: return try textTest(op, a, b, scope)
        case .under: return try under(a, b, scope)
        case .add, .subtract, .multiply, .divide, .modulo:
            guard let operation = ArithmeticOperator(rawValue: op.rawValue) else {
                preconditionFailure("every operation has its kernel")
            }
            return try arithmetic(operation, try bind(a, scope), try bind(b, scope), span)
        }
    }

    /// `name = "王%"` is never true: % stands for nothing here.
    private func warnPattern(_ expression: Expression) {
        guard case .literal(.text(let template)) = expression.kind else { return }
        let pattern = text(template).text
        guard pattern.count > 1, pattern.hasSuffix("%"),
              pattern.dropLast().last?.isNumber != true else { return }
        let start = pattern.dropLast()
        warn(Diagnostic("text.pattern", Message(
            zh: "文字中的 % 就是百分号本身", en: "% in a text is just a percent sign"),
            at: expression.span, hint: Message(zh: "写作：开头为 \"\(start)\"",
                                               en: "write starts with \"\(start)\""),
            severity: .warning))
    }

    private func conditional(_ test: Expression, _ a: Expression, _ b: Expression,
                             _ scope: Scope, _ span: Span) throws -> Scalar {
        let test = try condition(test, scope)
        let (left, right) = try united(try bind(a, scope), try bind(b, scope), span)
        return Scalar(.conditional(test, left, right), left.type)
    }

    /// Two values as one type, where they can both be of it.
    func united(_ a: Scalar, _ b: Scalar, _ span: Span) throws -> (Scalar, Scalar) {
        if a.type == b.type { return (a, b) }
        if a.type == .none { return (.constant(.none, b.type), b) }
        if b.type == .none { return (a, .constant(.none, a.type)) }
        if a.type.isNumeric, b.type.isNumeric {
            let type = a.type.common(with: b.type)
            return (converted(a, to: type), converted(b, to: type))
        }
        if a.type.isText, b.type.isText {
            let type = ValueType.text(uniting: a, b)
            return (a.asCode(of: type), b.asCode(of: type))
        }
        throw Diagnostic.mismatch(Message(
            zh: "两个结果的类型不同：\(domain.name(of: a.type).zh)与\(domain.name(of: b.type).zh)",
            en: "the two results differ in type: \(domain.name(of: a.type).en) and "
                + domain.name(of: b.type).en), at: span,
            hint: Message(zh: "两边应同为数、文字或日期",
                          en: "both are to be numbers, texts or days"))
    }

    private func subquery(_ pipeline: Pipeline, _ span: Span) throws -> Scalar {
        let plan = try bind(pipeline)
        guard plan.schema.shown.count == 1, plan.schema.entity == nil else {
            throw Diagnostic("subquery.shape", Message(
                zh: "括号内的查询须只有一行一列，才能当作一个值",
                en: "a query used as a value must give one row and one column"), at: span,
                hint: Message(zh: "例如 (\(domain.words.hints.source.zh) | 计数)",
                              en: "for example (\(domain.words.hints.source.en) | count)"))
        }
        return Scalar(.subquery(plan), plan.schema.shown[0].type)
    }
}

extension ValueType {
    /// Of two texts as one: codes stay codes, with what stands beside them as one more value.
    fileprivate static func text(uniting a: Scalar, _ b: Scalar) -> ValueType {
        let made = ValueType.text(madeOf: [a.type, b.type])
        guard made == .plainText else { return made }
        switch (a.type.codes, b.type.codes) {
        case (let x?, let y?): return .text(.code(x.united(with: y)))
        case (let x?, nil): return .text(.code(x.united(with: b)))
        case (nil, let y?): return .text(.code(y.united(with: a)))
        case (nil, nil): return made
        }
    }
}

extension CodeSet {
    fileprivate func united(with other: CodeSet) -> CodeSet {
        extended(by: other.values, isClosed: isClosed && other.isClosed)
    }

    /// A text that is written down is one more value; other texts may be anything.
    fileprivate func united(with text: Scalar) -> CodeSet {
        guard case .text(let value)? = text.bare.constantValue else {
            return extended(by: [], isClosed: false)
        }
        return code(value) != nil ? self : extended(by: [Term(value)], isClosed: isClosed)
    }

    private func extended(by more: [Term], isClosed: Bool) -> CodeSet {
        let new = more.filter { term in !values.contains { $0.en == term.en } }
        if new.isEmpty, isClosed == self.isClosed { return self }
        return CodeSet(name, values + new, isClosed: isClosed, keepsOrder: keepsOrder,
                       facts: facts)
    }
}

extension Scalar {
    /// A text written beside codes means the code of that name.
    fileprivate func asCode(of type: ValueType) -> Scalar {
        if let codes = type.codes, self.type.codes == nil,
           case .text(let text)? = bare.constantValue, let code = codes.code(text) {
            return .constant(.text(code), type)
        }
        return Scalar(node, type)
    }
}
