import MusterValues

/// What may be done with a hidden text: it may be passed on (its type goes with it), asked
/// whether it is there, counted, compared for equality with a text that was typed out, and matched
/// with the keys of another table in a relation, which is recorded.
/// Everything else, comparing, testing, converting, measuring or looking it up, would tell it
/// piece by piece.
extension Scalar {
    /// Whether an operation would tell more of a hidden text.
    static func isProbe(_ node: ScalarNode, _ type: ValueType, _ parts: [Scalar]) -> Bool {
        guard parts.contains(where: \.type.isSensitive) else { return false }
        switch node {
        case .isNone, .match: return false
        case .lookUp: return true
        case .compare: return soughtText(node) == nil
        default: return !type.isSensitive
        }
    }

    /// The typed text with which a comparison looks for a hidden one; nil where it is none.
    private static func soughtText(_ node: ScalarNode) -> String? {
        guard case .compare(let op, let a, let b) = node, op == .equal || op == .notEqual,
              a.type.isSensitive != b.type.isSensitive else { return nil }
        let typed = a.type.isSensitive ? b : a
        guard typed.type.isText, case .text(let text)? = typed.bare.constantValue else {
            return nil
        }
        return text
    }

    /// The texts with which it looks for hidden ones, each as often as it is compared.
    package var soughtTexts: [String] {
        parts.flatMap(\.soughtTexts) + (Scalar.soughtText(node).map { [$0] } ?? [])
            + (related?.soughtTexts ?? []) + (inner?.soughtTexts ?? [])
    }

    private var related: RelatedAggregate? {
        if case .related(let aggregate, _) = node { aggregate } else { nil }
    }

    private var inner: Plan? { if case .subquery(let plan) = node { plan } else { nil } }
}

extension RelatedAggregate {
    fileprivate var soughtTexts: [String] {
        ([condition, output].compactMap { $0 } + measures.flatMap(\.scalars))
            .flatMap(\.soughtTexts)
    }
}

extension Plan {
    /// The shown column that is just this value.
    package func shownColumn(of value: Scalar) -> ColumnID? {
        if let id = value.column { return schema.shown.first { $0.id == id }?.id }
        guard case .project(_, let values) = node else { return nil }
        return zip(schema.columns, values).first {
            !$0.isHidden && $1.bare.node == value.bare.node
        }?.0.id
    }

    /// The texts with which its steps look for hidden ones.
    package var soughtTexts: [String] { steps.flatMap(\.scalars).flatMap(\.soughtTexts) }
}
