import MusterDiagnostics
import MusterLanguage

/// A part of a reference that a hint names.
struct NamedPart {
    let span: Span
    /// What is wrong with it.
    let label: Message
}

/// One change of a condition.
struct ConditionChange {
    let expression: Expression
    let message: Message
    var part: NamedPart?
}

/// A condition with its usual mistakes.
enum ConditionMistakes {
    /// Mistakes with a condition as a whole.
    static func all(_ condition: Expression) -> [ConditionChange] {
        // What is missing comes first: it says more than that and and or give the same.
        single(in: { $0.rewrite(condition) }).map {
            ConditionChange(expression: $0.changed, message: $0.message, part: $0.part)
        } + [
            ConditionChange(expression: negated(condition), message: Message(
                zh: "条件反了：数的正是相反的那些。",
                en: "The condition is turned round: these are the others.")),
            ConditionChange(expression: SyntaxRewriter(exchanged).rewrite(condition),
                            message: Message(zh: "“且”和“或”用反了。",
                                             en: "and and or are mixed up.")),
        ]
    }

    /// Mistakes with one comparison or one of several conditions, wherever it stands.
    static func single<Whole>(in rewrite: (SyntaxRewriter) -> Whole)
        -> [(changed: Whole, message: Message, part: NamedPart?)] {
        one(in: rewrite) { expression in boundary(expression, isReference: true)
            + dropped(expression) }
    }

    /// Answers whose boundary is drawn the other way, one comparison at a time.
    static func boundaries<Whole>(in rewrite: (SyntaxRewriter) -> Whole)
        -> [(changed: Whole, message: Message, part: NamedPart?)] {
        one(in: rewrite) { boundary($0, isReference: false) }
    }

    /// Changes one expression at a time.
    private static func one<Whole>(in rewrite: (SyntaxRewriter) -> Whole,
                                   _ changes: @escaping (Expression) -> [ConditionChange])
        -> [(changed: Whole, message: Message, part: NamedPart?)] {
        var found: [Expression: [ConditionChange]] = [:]
        var order: [Expression] = []
        _ = rewrite(SyntaxRewriter { expression in
            let own = changes(expression)
            if !own.isEmpty, found.updateValue(own, forKey: expression) == nil {
                order.append(expression)
            }
            return nil
        })
        return order.flatMap { expression in
            (found[expression] ?? []).map { change in
                (rewrite(SyntaxRewriter { $0 == expression ? change.expression : nil }),
                 change.message, change.part)
            }
        }
    }

    // MARK: changes

    /// The sides of a comparison stay; whether what lies on the boundary counts does not.
    private static func boundary(_ expression: Expression, isReference: Bool)
        -> [ConditionChange] {
        guard case .binary(let op, let a, let b) = expression.kind, let other = across[op] else {
            return []
        }
        let changed = Expression(.binary(other, a, b), expression.span)
        guard let message = edges[isReference ? op : other] else { return [] }
        return [ConditionChange(expression: changed, message: message)]
    }

    private static let across: [BinaryOperator: BinaryOperator] = [
        .less: .lessOrEqual, .lessOrEqual: .less, .greater: .greaterOrEqual,
        .greaterOrEqual: .greater,
    ]

    /// What is to be said where the operator is the right one.
    private static let edges: [BinaryOperator: Message] = [
        .greaterOrEqual: Message(
            zh: "边界不对：正好等于界限的也要算（满、不少于、及以上，写 >=）。",
            en: "The boundary is wrong: what lies exactly on it counts (at least, from: >=)."),
        .greater: Message(
            zh: "边界不对：正好等于界限的不算（超过、多于，写 >）。",
            en: "The boundary is wrong: what lies exactly on it does not count (more than, "
                + "after: >)."),
        .lessOrEqual: Message(
            zh: "边界不对：正好等于界限的也要算（不超过、以内、及以前，写 <=）。",
            en: "The boundary is wrong: what lies exactly on it counts (at most, by: <=)."),
        .less: Message(
            zh: "边界不对：正好等于界限的不算（不满、不足、以前，写 <）。",
            en: "The boundary is wrong: what lies exactly on it does not count (less than, "
                + "before: <)."),
    ]

    /// One of two conditions is not there, or turned round.
    private static func dropped(_ expression: Expression) -> [ConditionChange] {
        guard case .binary(.and, let a, let b) = expression.kind else { return [] }
        let missing = Message(zh: "少了一个条件。", en: "A condition is missing.")
        let turned = Message(zh: "其中一个条件反了。", en: "One of the conditions is turned round.")
        func both(_ a: Expression, _ b: Expression) -> Expression {
            Expression(.binary(.and, a, b), expression.span)
        }
        return [
            ConditionChange(expression: a, message: missing, part: lacking(b)),
            ConditionChange(expression: b, message: missing, part: lacking(a)),
            ConditionChange(expression: both(negated(a), b), message: turned, part: turning(a)),
            ConditionChange(expression: both(a, negated(b)), message: turned, part: turning(b)),
        ]
    }

    /// Each of the conditions that `and` joins.
    static func parts(_ condition: Expression) -> [Expression] {
        guard case .binary(.and, let a, let b) = condition.kind else { return [condition] }
        return parts(a) + parts(b)
    }

    static func lacking(_ condition: Expression) -> NamedPart {
        NamedPart(span: condition.span, label: Message(zh: "缺的是", en: "Missing"))
    }

    private static func turning(_ condition: Expression) -> NamedPart {
        NamedPart(span: condition.span, label: Message(zh: "反了的是", en: "Turned round"))
    }

    private static func exchanged(_ expression: Expression) -> Expression? {
        guard case .binary(let op, let a, let b) = expression.kind, op == .and || op == .or else {
            return nil
        }
        let rewriter = SyntaxRewriter(exchanged)
        return Expression(.binary(op == .and ? .or : .and, rewriter.rewrite(a),
                                  rewriter.rewrite(b)), expression.span)
    }

    private static func negated(_ condition: Expression) -> Expression {
        if case .unary(.not, let inner) = condition.kind { return inner }
        return Expression(.unary(.not, condition), condition.span)
    }
}
