import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterValues

/// Rates and shares are numbers up to 1: beside 90, 90% was meant.
extension Binder {
    /// Throws where one side is a rate and the other a plain number greater than 1.
    func refuseWholePercent(_ value: Scalar, beside other: Scalar, _ span: Span, _ scope: Scope)
        throws {
        guard let number = wholeNumber(value), number > 1, isShare(other, scope),
              let typed = source?.slice(span), !typed.hasSuffix("%"), !typed.hasSuffix("％")
        else { return }
        let percent = asciiForms(typed) + "%"
        throw Diagnostic("rate.percent", Message(
            zh: "比率最大为 1（即 100%），\(typed) 不是百分比",
            en: "a rate is 1 (100%) at most: \(typed) is no percentage"), at: span,
            hint: Message(zh: "写作 \(percent)", en: "write \(percent)"),
            fixes: [Fix(span, percent)])
    }

    private func wholeNumber(_ scalar: Scalar) -> Double? {
        switch (scalar.bare.constantValue, scalar.type) {
        case (.int(let value)?, let type): FixedPoint.double(value, type.places)
        case (.double(let value)?, .number): value
        default: nil
        }
    }

    /// A rate, or a part of the whole.
    private func isShare(_ scalar: Scalar, _ scope: Scope) -> Bool {
        switch scalar.bare.node {
        case .column(let id):
            if scope.columns.first(where: { $0.id == id })?.display == .percent { return true }
            return scope.rows?.chain.contains { step in
                guard case .project(_, let values) = step.node,
                      let place = step.schema.position(of: id) else { return false }
                return values[place].isPart
            } ?? false
        case .field(let entity, let column, _):
            return domain.entity(entity)?.fields.contains {
                $0.origin == .stored(column) && $0.display == .percent
            } ?? false
        default: return scalar.isPart
        }
    }
}

extension Scalar {
    /// `x / total(y)`, or how many of the related rows meet a condition.
    fileprivate var isPart: Bool {
        switch bare.node {
        case .arithmetic(.divide, _, let whole): return whole.isTotal
        case .related(let aggregate, _):
            guard case .arithmetic(.divide, _, _) = aggregate.output.node else { return false }
            return aggregate.measures.allSatisfy { $0.kind == .count }
        default: return false
        }
    }

    private var isTotal: Bool {
        switch bare.node {
        case .columnTotal: true
        case .convert(_, let inner): inner.isTotal
        case .arithmetic(.multiply, let a, let b): a.isTotal || b.isTotal
        default: false
        }
    }
}
