import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

extension Binder {
    func textTest(_ op: BinaryOperator, _ a: Expression, _ b: Expression, _ scope: Scope) throws
        -> Scalar {
        let left = try labelled(try bind(a, scope))
        let right = try bind(b, scope)
        for (side, span) in [(left, a.span), (right, b.span)]
        where !side.type.isText && side.type != .none {
            throw Diagnostic.mismatch(Message(
                zh: "这里须是文字，不是\(domain.name(of: side.type).zh)",
                en: "a text is needed here, not \(domain.name(of: side.type).en)"), at: span,
                hint: side.type.isNumeric
                    ? Message(zh: "数用 =、<、> 比较", en: "numbers are compared with = < >") : nil)
        }
        guard let test = TextOperator(rawValue: op.rawValue) else {
            preconditionFailure("every test of a text has its operator")
        }
        guard case .text(let pattern)? = right.bare.constantValue else {
            guard op != .matches else {
                throw Diagnostic.mismatch(Message(
                    zh: "匹配 后面须是写定的正则表达式",
                    en: "matches takes a regular expression that is written out"), at: b.span)
            }
            return Scalar(.call(TextTests.name(of: test), [left, right]), .bool)
        }
        if test == .matches { _ = try Pattern(pattern, at: b.span) }
        return Scalar(.textTest(test, ExactText(pattern), left), .bool)
    }

    /// A row stands for its label where a text is wanted.
    private func labelled(_ scalar: Scalar) throws -> Scalar {
        guard case .row(let name) = scalar.type, let entity = domain.entity(name),
              let label = entity.labelField else { return scalar }
        return Scalar(.field(entity: name, column: label, row: scalar),
                      entity.field(label)?.type ?? .plainText)
    }
}
