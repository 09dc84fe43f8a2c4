import MusterDiagnostics
import MusterLanguage

/// A condition with its usual mistakes.
enum ConditionMistakes {
    static func all(_ condition: Expression) -> [(Expression, Message)] {
        var changes = [(negated(condition),
                        Message(zh: "条件反了：数的正是相反的那些。",
                                en: "The condition is turned round: these are the others."))]
        let boundary: [BinaryOperator: BinaryOperator] = [
            .less: .lessOrEqual, .lessOrEqual: .less, .greater: .greaterOrEqual,
            .greaterOrEqual: .greater,
        ]
        let edge = Message(zh: "边界不对：正好等于界限的该不该算，看看题目。",
                           en: "The boundary is wrong: does what lies exactly on it count?")
        changes.append((swapping(boundary, in: condition), edge))
        changes.append((swapping([.and: .or, .or: .and], in: condition), Message(
            zh: "“且”和“或”用反了。", en: "and and or are mixed up.")))
        if case .binary(.and, let a, let b) = condition.kind {
            let message = Message(zh: "两个条件只写了一个。", en: "Only one of two conditions is there.")
            changes += [(a, message), (b, message)]
            let turned = Message(zh: "其中一个条件反了。", en: "One of the conditions is turned round.")
            for (left, right) in [(negated(a), b), (a, negated(b))] {
                changes.append((Expression(.binary(.and, left, right), condition.span), turned))
            }
        }
        return changes
    }

    private static func swapping(_ operators: [BinaryOperator: BinaryOperator],
                                 in condition: Expression) -> Expression {
        SyntaxRewriter { expression in
            guard case .binary(let op, let a, let b) = expression.kind,
                  let other = operators[op] else { return nil }
            return Expression(.binary(other, a, b), expression.span)
        }.rewrite(condition)
    }

    private static func negated(_ condition: Expression) -> Expression {
        if case .unary(.not, let inner) = condition.kind { return inner }
        return Expression(.unary(.not, condition), condition.span)
    }
}
