import MusterDiagnostics
import MusterLanguage

extension Evaluator {
    func against(_ stage: Stage, _ input: Relation) throws -> Relation {
        if case .word("previous", _)? = stage.arguments["word"] {
            return try againstPrevious(stage, input)
        }
        for name in ["of", "n", "rate"] where input.shape.column(name) == nil {
            throw Refusal("against needs \(name)")
        }
        let target: (Row) throws -> Int?
        if case .word("target", _)? = stage.arguments["word"] {
            var year: Int?
            if case .expression(let expression)? = stage.arguments["year"] {
                guard case .year(let value) = asPeriod(try constant(expression, input.shape, nil))
                else { throw Refusal("not a year") }
                year = value
            }
            target = { self.target($0, year: year, input) }
        } else {
            guard case .expression(let expression)? = stage.arguments["rate"] else {
                throw Refusal("no rate")
            }
            let rate = try constant(expression, input.shape, nil)
            guard let double = rate.double else { throw Refusal("not a rate") }
            target = { _ in Int((double * 1_000_000).rounded()) }
        }
        let change = { (rows: [Row]) in try rows.map { try self.compared($0, target($0)) } }
        var output = try extend(input, Column(name: "target"), change, totals: change)
        for name in ["gap", "short", "met"] {
            output.shape.columns.append(Column(name: name))
        }
        try refuseRepeated(output.shape.columns)
        return output
    }

    /// The target of a row in millionths: a total row's is the one common to all its groups,
    /// else the year's.
    private func target(_ row: Row, year: Int?, _ input: Relation) -> Int? {
        let ownYear = year ?? self.year(row, input)
        if row.isTotal {
            let all = Set(row.groups.map { target($0, year: year, input) })
            return all.count == 1 ? all.first ?? nil : ownYear.flatMap(roster.target(year:))
        }
        guard let ownYear else { return nil }
        let units = (input.grouping?.keys ?? []).compactMap { key -> Int? in
            if case .unit(let unit)? = row.values[key.column.name] { unit } else { nil }
        }
        // Of several units in a row the lowest is meant.
        let lowest = units.max { roster.line(up: $0).count < roster.line(up: $1).count }
        return roster.target(of: lowest, year: ownYear)
    }

    /// The row's year, its month's, or the day's; a total over years has none.
    private func year(_ row: Row, _ input: Relation) -> Int? {
        if row["year"] == .total { return nil }
        if case .year(let year)? = row.values["year"] { return year }
        if case .month(let month)? = row.values["month"] { return month / 12 }
        return DayCount.parts(row.day).year
    }

    private func compared(_ row: Row, _ target: Int?) throws -> Row {
        var gap = Value.none, short = Value.none, met = Value.none
        if let target, case .integer(let of)? = row.values["of"], of > 0,
           case .integer(let n)? = row.values["n"] {
            if let rate = row.values["rate"]?.double {
                gap = .number(rate - Double(target) / 1_000_000)
            }
            let needed = (target * of + 999_999) / 1_000_000
            short = .integer(max(0, needed - n))
            met = .truth(needed <= n)
        }
        return row.with("target", target.map { .target($0) } ?? .none)
            .with("gap", gap).with("short", short).with("met", met)
    }

    // MARK: previous

    private func againstPrevious(_ stage: Stage, _ input: Relation) throws -> Relation {
        guard let periods = input.periods, let grouping = input.grouping else {
            throw Refusal("previous needs periods")
        }
        var names = [Name("rate", stage.span)]
        if case .columns(let columns)? = stage.arguments["column"], let path = columns.first,
           case .path(let typed) = path.kind { names = typed }
        guard input.shape.column(steps(names).joined(separator: ".")) != nil else {
            throw Refusal("no such column")
        }
        let others = grouping.keys.map(\.column).filter { !$0.isPeriod }.map(\.name)
        let change = { (rows: [Row]) in
            try rows.map { row in
                let now = try self.value(names, self.place(row, input.shape))
                let before = self.period(before: row[periods.column], periods)
                let match = rows.first { other in
                    other.values[periods.column] == before
                        && others.allSatisfy { other.values[$0] == row.values[$0] }
                }
                let previous = try match.map {
                    try self.value(names, self.place($0, input.shape))
                } ?? .none
                return row.with("previous", previous)
                    .with("change", try self.arithmetic(.subtract, now, previous))
            }
        }
        var output = try extend(input, Column(name: "previous"), change, totals: change)
        output.shape.columns.append(Column(name: "change"))
        try refuseRepeated(output.shape.columns)
        return output
    }

    /// The period before one, in the query.
    private func period(before period: Value, _ periods: Periods) -> Value? {
        guard let place = periods.values.firstIndex(where: { $0.0 == period }), place > 0 else {
            return nil
        }
        return periods.values[place - 1].0
    }
}
