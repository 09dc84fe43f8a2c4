import MusterDiagnostics
@testable import MusterLanguage

// Trees as short texts, so that a test says in one line what it expects.

func outline(_ e: Expression) -> String {
    switch e.kind {
    case .literal(let literal): outline(literal)
    case .parameter(let name): "{\(name.text)}"
    case .path(let names): names.map { $0.isQuoted ? "`\($0.text)`" : $0.text }
        .joined(separator: ".")
    case .call(let path, let name, let arguments):
        (path + [name]).map(\.text).joined(separator: ".")
            + "(" + arguments.map(outline).joined(separator: ", ") + ")"
    case .unary(let operation, let operand): "[\(operation.rawValue) \(outline(operand))]"
    case .binary(let operation, let left, let right):
        "[\(outline(left)) \(operation.rawValue) \(outline(right))]"
    case .membership(let left, let right, let negated):
        "[\(outline(left)) \(negated ? "not in" : "in") \(outline(right))]"
    case .between(let value, let lower, let upper):
        "[\(outline(value)) between \(outline(lower)) and \(outline(upper))]"
    case .isNone(let value, let negated): "[\(outline(value)) is \(negated ? "not " : "")none]"
    case .list(let all): "(" + all.map(outline).joined(separator: ", ") + ")"
    case .range(let lower, let upper): "\(outline(lower))..\(outline(upper))"
    case .conditional(let condition, let first, let second):
        "[if \(outline(condition)) then \(outline(first)) else \(outline(second))]"
    case .asOf(let value, let day): "[\(outline(value)) as of \(outline(day))]"
    case .pipeline(let pipeline): "<\(outline(pipeline))>"
    }
}

func outline(_ literal: Literal) -> String {
    switch literal {
    case .integer(let value): String(value)
    case .decimal(let digits, let scale): "\(digits)e-\(scale)"
    case .text(let template): "\"\(outline(template))\""
    case .day(let day): "day \(day)"
    case .month(let month): "month \(month / 12)-\(month % 12 + 1)"
    case .year(let year): "year \(year)"
    case .bool(let value): String(value)
    case .none: "none"
    }
}

func outline(_ template: Template) -> String {
    template.parts.map { part in
        switch part {
        case .text(let text): text
        case .hole(let name): "{\(name.text)}"
        }
    }.joined()
}

func outline(_ argument: Argument) -> String {
    (argument.label.map { outline($0) + ": " } ?? "") + outline(argument.value)
        + (argument.condition.map { " where " + outline($0) } ?? "")
}

func outline(_ pipeline: Pipeline) -> String {
    var text = switch pipeline.source {
    case .name(let name): name.text
    case .call(let name, let arguments):
        name.text + "(" + arguments.map(outline).joined(separator: ", ") + ")"
    case .nested(let inner): "(\(outline(inner)))"
    case .last: "^"
    }
    if let day = pipeline.asOf { text += " as of " + outline(day) }
    if let over = pipeline.over {
        text += " over \(over.unit.rawValue)" + (over.range.map { " " + outline($0) } ?? "")
    }
    return ([text] + pipeline.stages.map(outline)).joined(separator: " | ")
}

func outline(_ stage: Stage) -> String {
    stage.verb + outline(stage.arguments)
}

func outline(_ arguments: [String: SlotValue]) -> String {
    arguments.sorted { $0.key < $1.key }.map { " \($0.key)=" + outline($0.value) }.joined()
}

func outline(_ value: SlotValue) -> String {
    switch value {
    case .expression(let e): outline(e)
    case .bindings(let all): all.map {
        ($0.alias.map { $0.text + ":=" } ?? "") + outline($0.value)
    }.joined(separator: ", ")
    case .keys(let all): all.map { key in
        (key.alias.map { $0.text + ":=" } ?? "") + (key.every == nil ? "" : "every ")
            + outline(key.value) + (key.under.map { " under " + outline($0) } ?? "")
    }.joined(separator: ", ")
    case .sortKeys(let all): all.map { ($0.isDescending ? "desc " : "") + outline($0.value) }
        .joined(separator: ", ")
    case .columns(let all): all.map(outline).joined(separator: ", ")
    case .word(let word, _): word
    case .words(let names): names.map(\.text).joined(separator: " ")
    case .name(let name): name.text
    case .text(let template), .path(let template): "\"\(outline(template))\""
    case .paths(let all): all.map { "\"\(outline($0))\"" }.joined(separator: ", ")
    case .settings(let all): all.map { "\($0.name.text)=\(outline($0.value))" }
        .joined(separator: " ")
    case .typings(let all): all.map { "\($0.column.text):\($0.type)" }.joined(separator: " ")
    case .keyed(let keyed):
        "\(keyed.table.text).(\(keyed.keys.map(outline).joined(separator: ", ")))"
    case .statement(let statement): "<\(outline(statement))>"
    case .rest(let text, _): "'\(text)'"
    }
}

func outline(_ statement: Statement) -> String {
    switch statement.kind {
    case .query(let e):
        if case .pipeline(let pipeline) = e.kind { outline(pipeline) } else { outline(e) }
    case .assignment(let name, let parameters, let e):
        "let \(name.text)" + (parameters.isEmpty ? ""
            : "(\(parameters.map(\.text).joined(separator: ", ")))") + " = " + outline(e)
    case .parameter(let name, let type, let value, let zh, let en):
        "param \(name.text): \(type.text)" + (value.map { " = " + outline($0) } ?? "")
            + [zh, en].compactMap { $0 }.map { " \"\(outline($0))\"" }.joined()
    case .command(let verb, _, let arguments): "!" + verb + outline(arguments)
    }
}

/// The statements of a text, or its faults where it has any.
func read(_ text: String) -> [String] {
    let script = parsed(text)
    let faults = script.diagnostics.map { fault in
        let span = fault.span ?? Span(0, 0)
        let place = String(decoding: Array(text.utf8)[span.lower..<span.upper], as: UTF8.self)
        return "\(fault.code) «\(place)»"
    }
    return faults.isEmpty ? script.statements.map(outline) : faults
}
