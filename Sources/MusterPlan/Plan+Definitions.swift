import MusterDiagnostics

/// A rate in words: read from the plan when a report says what it counted.
package struct MeasureDefinition: Sendable, Hashable {
    /// The column that shows it.
    package let column: Term
    /// What is counted, among what.
    package let share: Message
    /// The fields that it reads, each with what it means.
    package let fields: [Message]

    fileprivate init(_ column: Term, _ share: Share, of origin: Origin) {
        self.column = column
        fields = share.fields
        let conditions = origin.conditions + [share.within].compactMap { $0 }
        let narrowed = conditions.isEmpty ? Message("") : Message(
            zh: "，限于 " + conditions.map(\.zh).joined(separator: " 且 "),
            en: ", where " + conditions.map(\.en).joined(separator: " and "))
        self.share = Message(
            zh: "\(origin.source.zh)（\(origin.gloss.zh)\(narrowed.zh)）中“\(share.condition.zh)”的占比",
            en: "of \(origin.source.en) (\(origin.gloss.en)\(narrowed.en)), the share for whom "
                + share.condition.en).onPaper
    }

    /// The definition under the column's heading, where the result gives it one of its own.
    package func text(in schema: Schema) -> Message {
        let heading = schema.columns.first { $0.name == column }?.label ?? column
        return Message(zh: heading.zh + "：" + share.zh, en: heading.en + ": " + share.en)
    }
}

extension Plan {
    /// The rates of the result in words, those of queries within it first.
    package var definitions: [MeasureDefinition] {
        var found: [MeasureDefinition] = []
        for step in steps.reversed() {
            for value in step.scalars { found += value.definitionsWithin }
            guard case .aggregate(let input, let aggregation) = step.node,
                  let origin = input.schema.origin else { continue }
            for output in aggregation.outputs {
                found += output.shares.map {
                    MeasureDefinition(output.column.name, $0, of: origin)
                }
            }
        }
        var seen: Set<MeasureDefinition> = []
        return found.filter { seen.insert($0).inserted }
    }
}

extension Scalar {
    fileprivate var definitionsWithin: [MeasureDefinition] {
        if case .subquery(let plan) = node { return plan.definitions }
        return parts.flatMap(\.definitionsWithin)
    }
}

extension Message {
    /// Comparisons as people write them, not as they are typed.
    fileprivate var onPaper: Message {
        func written(_ text: String) -> String {
            text.replacing(" >= ", with: " ≥ ").replacing(" <= ", with: " ≤ ")
                .replacing(" != ", with: " ≠ ")
        }
        return Message(zh: written(zh), en: written(en))
    }
}
