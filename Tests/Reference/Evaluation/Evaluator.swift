import MusterDiagnostics
import MusterLanguage

/// A finished table: English column names, and rows as csv shows them.
package struct Sheet: Sendable {
    package let columns: [String]
    package let rows: [[String]]
    /// Where a number is meant to the last digit.
    let isExact: [[Bool]]
}

/// Answers queries by walking the syntax tree, row by row, slowly and by the letter.
package final class Evaluator {
    struct Definition {
        let parameters: [Name]
        let value: Expression
        let source: SourceText
    }

    var chronicle: Chronicle
    var definitions: [String: Definition] = [:]
    /// What `into` has kept.
    var tables: [String: Relation] = [:]
    /// Whose rows belong to whose.
    var related: [Related] = []
    /// Where a definition is read, and what it reads besides its source.
    var given: Reading?
    /// The last result, for `drill`.
    var last: Relation?
    /// The text that is being read, for columns named by their text.
    var source = SourceText(text: "")
    /// Definitions inside definitions: more than this is a circle.
    var depth = 0

    package init(_ chronicle: Chronicle) { self.chronicle = chronicle }

    // MARK: pipelines

    func relation(_ pipeline: Pipeline, at outer: Reading? = nil, arguments: [String: Value] = [:])
        throws -> Relation {
        let shape = Shape(arguments: arguments)
        let reading = try pipeline.asOf.map { try self.reading($0, shape, at: outer) } ?? outer
        var relation: Relation
        switch pipeline.source {
        case .nested(let inner):
            relation = try self.relation(inner, at: reading, arguments: arguments)
        case .call(let name, let values):
            relation = try defined(name.text, values.map { try constant($0.value, shape, reading) },
                                   at: reading)
        case .last: throw Refusal("no last result")
        case .name(let name):
            if let over = pipeline.over {
                relation = try repeated(name.text, over, shape)
            } else if definitions[name.text] != nil {
                relation = try defined(name.text, [], at: reading)
            } else {
                relation = try table(name.text, at: reading ?? chronicle.today)
            }
        }
        let before = given
        given = outer
        defer { given = before }
        for stage in pipeline.stages { relation = try apply(stage, to: relation) }
        return relation
    }

    /// An expression that stands for rows: a source, a definition, either at a day.
    func relation(of expression: Expression, at reading: Reading?,
                  arguments: [String: Value] = [:]) throws -> Relation {
        let shape = Shape(arguments: arguments)
        switch expression.kind {
        case .pipeline(let pipeline):
            return try relation(pipeline, at: reading, arguments: arguments)
        case .asOf(let inner, let at):
            return try relation(of: inner, at: try self.reading(at, shape, at: reading),
                                arguments: arguments)
        case .path(let names) where names.count == 1:
            if definitions[names[0].text] != nil {
                return try defined(names[0].text, [], at: reading)
            }
            return try table(names[0].text, at: reading ?? chronicle.today)
        case .call(let path, let name, let values) where path.isEmpty:
            return try defined(name.text, values.map { try constant($0.value, shape, reading) },
                               at: reading)
        default: throw Refusal("not rows")
        }
    }

    private func defined(_ name: String, _ values: [Value], at reading: Reading?) throws
        -> Relation {
        guard let definition = definitions[name], definition.parameters.count == values.count else {
            throw Refusal("no table \(name)")
        }
        return try self.reading(definition) {
            let arguments = Dictionary(uniqueKeysWithValues: zip(
                definition.parameters.map(\.text), values))
            guard case .pipeline(let pipeline) = definition.value.kind else {
                return try relation(of: definition.value, at: reading,
                                    arguments: arguments)
            }
            return try relation(pipeline, at: reading, arguments: arguments)
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

    private func table(_ name: String, at reading: Reading) throws -> Relation {
        let roster = chronicle.rosters[reading.snapshot]
        if let kept = tables[name] { return self.kept(kept) }
        if let plain = chronicle.plain[name] {
            let isAway = reading != chronicle.today
            if isAway, !leadsUp(name) { throw Refusal("\(name) has no day") }
            return self.relation(plain, name, at: reading)
        }
        guard let (table, subjects) = roster.rows(of: Names.source(name), at: reading.day) else {
            throw Refusal("no table \(name)")
        }
        return Relation(shape: Shape(table: table),
                        rows: subjects.map { Row(subject: $0, at: reading) }, at: reading)
    }

    // MARK: days

    /// The current snapshot at the day that `as of` means.
    private func reading(_ expression: Expression, _ shape: Shape, at reading: Reading?) throws
        -> Reading {
        Reading(snapshot: chronicle.current,
                day: try instant(constant(expression, shape, reading)))
    }

    /// A period's last day, or the snapshot's where the period is still running.
    func instant(_ value: Value) throws -> Int {
        if case .day(let day) = value { return day }
        guard let (first, last) = asPeriod(value).span else { throw Refusal("not a day") }
        if first > chronicle.today.day { throw Refusal("a period that has not begun") }
        return min(last, chronicle.today.day)
    }

    func constant(_ expression: Expression, _ shape: Shape, _ reading: Reading?) throws -> Value {
        let reading = reading ?? chronicle.today
        return try value(expression, Place(row: Row(at: reading), shape: shape, at: reading))
    }

    /// A whole number that stands where a period is wanted is a year.
    func asPeriod(_ value: Value) -> Value {
        if case .integer(let year) = value { .year(year) } else { value }
    }

    private func repeated(_ name: String, _ over: Pipeline.Over, _ shape: Shape) throws
        -> Relation {
        let periods = try periods(over, shape)
        var rows: [Row] = []
        for (period, reading) in periods.values {
            let part = definitions[name] == nil ? try table(name, at: reading)
                : try defined(name, [], at: reading)
            rows += part.rows.map { $0.with(periods.column, period) }
        }
        let whole = definitions[name] == nil ? try table(name, at: chronicle.today)
            : try defined(name, [], at: chronicle.today)
        var relation = Relation(shape: whole.shape, rows: rows, at: chronicle.today)
        relation.readsOwn = true
        relation.shape.columns.append(Column(name: periods.column, isPeriod: true))
        relation.periods = periods
        relation.isRepeated = true
        return relation
    }

    /// Each snapshot at its own day, or the current one at the end of each year or month.
    private func periods(_ over: Pipeline.Over, _ shape: Shape) throws -> Periods {
        if over.unit == .snapshots {
            return Periods(column: "snapshot", values: chronicle.rosters.indices.map { index in
                let day = chronicle.rosters[index].book.asOf
                return (.day(day), Reading(snapshot: index, day: day))
            })
        }
        guard let range = over.range else { throw Refusal("no range") }
        let (lower, upper) = try bounds(range, shape)
        guard lower <= upper else { throw Refusal("a range that runs backwards") }
        let isYears = over.unit == .years
        return Periods(column: isYears ? "year" : "month", values: try (lower...upper).map {
            let period: Value = isYears ? .year($0) : .month($0)
            return (period, Reading(snapshot: chronicle.current, day: try instant(period)))
        })
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
