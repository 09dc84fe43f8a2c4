import MusterDiagnostics
import MusterLanguage

/// Ways to make a query's text smaller: a stage, a column or key left out, an expression
/// replaced by a part of it. Whether the result still means something is for others to find out.
struct QueryEdits {
    private let source: SourceText
    private let bytes: [UInt8]
    private var edits: [(Range<Int>, String)] = []

    /// Every smaller text, the most promising first.
    static func smaller(_ text: String) -> [String] {
        var edits = QueryEdits(text)
        let script = parse(edits.source, vocabulary: ReferenceVocabulary())
        for statement in script.statements { edits.walk(statement) }
        return edits.edits.sorted { $0.0.count - $0.1.utf8.count > $1.0.count - $1.1.utf8.count }
            .compactMap { range, replacement in
                let new = edits.bytes[..<range.lowerBound] + Array(replacement.utf8)
                    + edits.bytes[range.upperBound...]
                let result = String(decoding: new, as: UTF8.self)
                return result.utf8.count < text.utf8.count ? result : nil
            }
    }

    private init(_ text: String) {
        source = SourceText(text: text)
        bytes = Array(text.utf8)
    }

    private mutating func replace(_ lower: Int, _ upper: Int, _ text: String = "") {
        guard lower < upper, upper <= bytes.count else { return }
        edits.append((lower..<upper, text))
    }

    private func slice(_ span: Span) -> String {
        String(decoding: bytes[span.lower..<min(span.upper, bytes.count)], as: UTF8.self)
    }

    private mutating func walk(_ statement: Statement) {
        switch statement.kind {
        case .query(let expression): walk(expression)
        case .assignment(_, _, let value):
            replace(statement.span.lower, statement.span.upper)
            walk(value)
        default: break
        }
    }

    private mutating func walk(_ pipeline: Pipeline) {
        if case .nested(let inner) = pipeline.source {
            walk(inner)
            replace(pipeline.sourceSpan.lower, pipeline.sourceSpan.upper, slice(inner.span))
        }
        var end = pipeline.sourceSpan.upper
        for span in [pipeline.asOf?.span, pipeline.over?.range?.span].compactMap({ $0 }) {
            end = max(end, span.upper)
        }
        replace(pipeline.sourceSpan.upper, end)
        for stage in pipeline.stages {
            replace(end, stage.span.upper)
            end = stage.span.upper
            for value in stage.arguments.values { walk(value) }
        }
    }

    private mutating func list(_ spans: [Span]) {
        guard spans.count > 1 else { return }
        replace(spans[0].lower, spans[1].lower)
        for place in 1..<spans.count { replace(spans[place - 1].upper, spans[place].upper) }
    }

    private mutating func walk(_ value: SlotValue) {
        switch value {
        case .expression(let expression): walk(expression)
        case .bindings(let bindings):
            list(bindings.map { ($0.alias?.span ?? $0.value.span).union($0.value.span) })
            for binding in bindings { walk(binding.value) }
        case .keys(let keys):
            list(keys.map { key in
                [key.every, key.alias?.span, key.under?.span].compactMap { $0 }
                    .reduce(key.value.span) { $0.union($1) }
            })
            for key in keys {
                if let every = key.every { replace(every.lower, key.value.span.lower) }
                if let under = key.under { replace(key.value.span.upper, under.span.upper) }
                walk(key.value)
            }
        case .sortKeys(let keys):
            list(keys.map(\.value.span))
            for key in keys { walk(key.value) }
        case .columns(let columns): list(columns.map(\.span))
        default: break
        }
    }

    private mutating func replace(_ whole: Expression, by parts: [Expression]) {
        for part in parts {
            replace(whole.span.lower, whole.span.upper, slice(part.span))
            walk(part)
        }
    }

    private mutating func walk(_ expression: Expression) {
        switch expression.kind {
        case .literal, .parameter, .path: break
        case .call(_, _, let arguments):
            let spans = arguments.map { argument in
                [argument.label?.span, argument.condition?.span].compactMap { $0 }
                    .reduce(argument.value.span) { $0.union($1) }
            }
            list(spans)
            for argument in arguments {
                if let condition = argument.condition {
                    replace(argument.value.span.upper, condition.span.upper)
                    walk(condition)
                }
                replace(expression, by: [argument.value])
            }
        case .unary(_, let inner), .asOf(let inner, _): replace(expression, by: [inner])
        case .binary(_, let left, let right):
            replace(expression, by: [left, right])
            replace(expression.span.lower, expression.span.upper, "true")
        case .membership(let left, let right, _):
            walk(left)
            walk(right)
            replace(expression.span.lower, expression.span.upper, "true")
        case .between(let a, let b, let c):
            for part in [a, b, c] { walk(part) }
            replace(expression.span.lower, expression.span.upper, "true")
        case .isNone(let inner, _):
            walk(inner)
            replace(expression.span.lower, expression.span.upper, "true")
        case .list(let elements): list(elements.map(\.span))
        case .range(let a, let b): replace(expression, by: [a, b])
        case .conditional(let a, let b, let c): replace(expression, by: [b, c, a])
        case .pipeline(let pipeline): walk(pipeline)
        }
    }
}
