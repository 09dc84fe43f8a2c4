import MusterDiagnostics
import MusterLanguage

/// A finished table: English column names, and rows.
package struct Sheet: Sendable {
    package let columns: [String]
    package let rows: [[Value]]
}

/// Answers queries by walking the syntax tree, row by row, slowly and by the letter.
package final class Evaluator {
    struct Definition {
        let parameters: [Name]
        let value: Expression
        let source: SourceText
    }

    package let roster: Roster
    var definitions: [String: Definition] = [:]
    /// The text that is being read, for columns named by their text.
    var source = SourceText(text: "")
    /// Definitions inside definitions: more than this is a circle.
    var depth = 0

    package init(_ roster: Roster) { self.roster = roster }

    /// The answers of a text's queries, in order.
    package func run(_ text: String) throws -> [Sheet] {
        source = SourceText(text: text)
        let script = parse(source, vocabulary: ReferenceVocabulary())
        if let fault = script.diagnostics.first(where: { $0.severity == .error }) {
            throw Refusal("syntax: \(fault.message.en)")
        }
        var sheets: [Sheet] = []
        for statement in script.statements {
            switch statement.kind {
            case .assignment(let name, let parameters, let value):
                definitions[name.text] = Definition(parameters: parameters, value: value,
                                                    source: source)
            case .query(let expression): sheets.append(try answer(expression))
            case .parameter, .command: throw Refusal("not a query")
            }
        }
        return sheets
    }

    private func answer(_ expression: Expression) throws -> Sheet {
        let relation = switch expression.kind {
        case .pipeline(let pipeline): try self.relation(pipeline)
        default: try self.relation(of: expression, day: nil)
        }
        guard !relation.isTable else {
            throw Refusal("a bare table is not compared", isOutside: true)
        }
        let columns = relation.shape.columns.map(\.name)
        return Sheet(columns: columns, rows: relation.rows.map { row in
            columns.map { row[$0] }
        })
    }

    // MARK: pipelines

    func relation(_ pipeline: Pipeline, day outer: Int? = nil, arguments: [String: Value] = [:])
        throws -> Relation {
        let shape = Shape(arguments: arguments)
        let day = try pipeline.asOf.map { try instant($0, shape, at: outer) } ?? outer
        var relation: Relation
        switch pipeline.source {
        case .nested(let inner):
            relation = try self.relation(inner, day: day, arguments: arguments)
        case .call(let name, let values):
            relation = try defined(name.text, values.map { try constant($0.value, shape, day) },
                                   day: day)
        case .last: throw Refusal("no last result")
        case .name(let name):
            if let over = pipeline.over {
                relation = try repeated(name.text, over, shape, outer: day)
            } else if definitions[name.text] != nil {
                relation = try defined(name.text, [], day: day)
            } else {
                relation = try table(name.text, day: day ?? roster.book.asOf)
            }
        }
        for stage in pipeline.stages { relation = try apply(stage, to: relation) }
        return relation
    }

    /// An expression that stands for rows: a source, a definition, either at a day.
    func relation(of expression: Expression, day: Int?, arguments: [String: Value] = [:]) throws
        -> Relation {
        let shape = Shape(arguments: arguments)
        switch expression.kind {
        case .pipeline(let pipeline):
            return try relation(pipeline, day: day, arguments: arguments)
        case .asOf(let inner, let at):
            return try relation(of: inner, day: try instant(at, shape, at: day),
                                arguments: arguments)
        case .path(let names) where names.count == 1:
            if definitions[names[0].text] != nil {
                return try defined(names[0].text, [], day: day)
            }
            return try table(names[0].text, day: day ?? roster.book.asOf)
        case .call(let path, let name, let values) where path.isEmpty:
            return try defined(name.text, values.map { try constant($0.value, shape, day) },
                               day: day)
        default: throw Refusal("not rows")
        }
    }

    private func defined(_ name: String, _ values: [Value], day: Int?) throws -> Relation {
        guard let definition = definitions[name], definition.parameters.count == values.count else {
            throw Refusal("no table \(name)")
        }
        return try reading(definition) {
            let arguments = Dictionary(uniqueKeysWithValues: zip(
                definition.parameters.map(\.text), values))
            guard case .pipeline(let pipeline) = definition.value.kind else {
                return try relation(of: definition.value, day: day, arguments: arguments)
            }
            return try relation(pipeline, day: day, arguments: arguments)
        }
    }

    /// Evaluates a definition's text as its own.
    func reading<Result>(_ definition: Definition, _ body: () throws -> Result) throws -> Result {
        guard depth < 20 else { throw Refusal("definitions in a circle") }
        let outer = source
        source = definition.source
        depth += 1
        defer {
            source = outer
            depth -= 1
        }
        return try body()
    }

    private func table(_ name: String, day: Int) throws -> Relation {
        guard let (table, subjects) = roster.rows(of: Names.source(name), at: day) else {
            throw Refusal("no table \(name)")
        }
        return Relation(shape: Shape(table: table),
                        rows: subjects.map { Row(subject: $0, day: day) }, day: day)
    }

    // MARK: days

    /// The day that `as of` means: a period's last day, or the snapshot's where the period is
    /// still running.
    func instant(_ expression: Expression, _ shape: Shape, at day: Int?) throws -> Int {
        try instant(constant(expression, shape, day))
    }

    func instant(_ value: Value) throws -> Int {
        if case .day(let day) = value { return day }
        guard let (first, last) = asPeriod(value).span else { throw Refusal("not a day") }
        if first > roster.book.asOf { throw Refusal("a period that has not begun") }
        return min(last, roster.book.asOf)
    }

    func constant(_ expression: Expression, _ shape: Shape, _ day: Int?) throws -> Value {
        let day = day ?? roster.book.asOf
        return try value(expression, Place(row: Row(day: day), shape: shape, day: day))
    }

    /// A whole number that stands where a period is wanted is a year.
    func asPeriod(_ value: Value) -> Value {
        if case .integer(let year) = value { .year(year) } else { value }
    }

    private func repeated(_ name: String, _ over: Pipeline.Over, _ shape: Shape, outer: Int?)
        throws -> Relation {
        guard let range = over.range else { throw Refusal("one snapshot only") }
        let (lower, upper) = try bounds(range, shape)
        let column = over.unit == .years ? "year" : "month"
        var values: [(Value, Int)] = []
        guard lower <= upper else { throw Refusal("a range that runs backwards") }
        for number in lower...upper {
            let period: Value = over.unit == .years ? .year(number) : .month(number)
            values.append((period, try instant(period)))
        }
        var rows: [Row] = []
        for (period, day) in values {
            let part = definitions[name] == nil ? try table(name, day: day)
                : try defined(name, [], day: day)
            rows += part.rows.map { Row(subject: $0.subject, day: day, values: $0.values)
                .with(column, period) }
        }
        let whole = definitions[name] == nil ? try table(name, day: roster.book.asOf)
            : try defined(name, [], day: roster.book.asOf)
        var relation = Relation(shape: whole.shape, rows: rows, day: roster.book.asOf)
        relation.shape.columns.append(Column(name: column, isPeriod: true))
        relation.periods = Periods(column: column, values: values)
        relation.isRepeated = true
        return relation
    }

    private func bounds(_ range: Expression, _ shape: Shape) throws -> (Int, Int) {
        func number(_ expression: Expression) throws -> Int {
            switch asPeriod(try constant(expression, shape, nil)) {
            case .year(let year): return year
            case .month(let month): return month
            default: throw Refusal("not a period")
            }
        }
        if case .range(let lower, let upper) = range.kind {
            return (try number(lower), try number(upper))
        }
        let only = try number(range)
        return (only, only)
    }
}
