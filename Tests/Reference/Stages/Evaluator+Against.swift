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
        output.shape.columns[output.shape.columns.count - 1].isShare = true
        for name in ["gap", "short", "met"] {
            output.shape.columns.append(Column(name: name))
        }
        try refuseRepeated(output.shape.columns.map(\.inEnglish))
        return output
    }

    /// The target of a row in millionths: a total row's is the one common to all its groups,
    /// else the year's.
    private func target(_ row: Row, year: Int?, _ input: Relation) -> Int? {
        let ownYear = year ?? self.year(row, input)
        if row.isTotal {
            let all = Set(row.groups.map { target($0, year: year, input) })
            return all.count == 1 ? all.first ?? nil : ownYear.flatMap {
                chronicle.rosters[row.at.snapshot].target(year: $0)
            }
        }
        guard let ownYear else { return nil }
        let roster = chronicle.rosters[row.at.snapshot]
        let keys = (input.grouping?.keys ?? []).map { row.keys[$0.column.name] ?? Value.none }
        var units = keys.compactMap { chronicle.subject($0, in: row.at.snapshot) }
            .filter { $0.table == .units }
        // A row of units is about that unit.
        if let subject = row.subject, subject.table == .units { units.append(subject) }
        // Of several units in a row the lowest is meant.
        let lowest = units.max { roster.line(up: $0.place).count < roster.line(up: $1.place).count }
        return roster.target(of: lowest?.place, year: ownYear)
    }

    /// The row's year, its month's, or the day's; a total over years has none.
    private func year(_ row: Row, _ input: Relation) -> Int? {
        let year = row.values["year"] ?? row.keys["year"]
        if year == .total { return nil }
        if case .year(let year)? = year { return year }
        if case .month(let month)? = row.values["month"] ?? row.keys["month"] { return month / 12 }
        return DayCount.parts(row.at.day).year
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
        guard let periods = input.periods, input.grouping != nil || input.isRepeated else {
            throw Refusal("previous needs periods")
        }
        var names = [Name("rate", stage.span)]
        if case .columns(let columns)? = stage.arguments["column"], let path = columns.first,
           case .path(let typed) = path.kind { names = typed }
        guard input.shape.column(typed: names) != nil else {
            throw Refusal("no such column")
        }
        let period = input.grouping?.period
        // Groups are told apart by all other keys, rows of a table by what they are.
        func identity(_ row: Row) -> [Value] {
            if let grouping = input.grouping {
                return grouping.keys.filter { $0.column.name != period }
                    .map { row.keys[$0.column.name] ?? Value.none }
                    + (row.isSubtotal ? [.total] : [])
            }
            return row.subject.map { chronicle.identity($0, in: row.at.snapshot) }?
                .map { .integer($0) } ?? []
        }
        func own(_ row: Row) -> Value {
            period.flatMap { row.keys[$0] } ?? row[periods.column]
        }
        let compared = { (row: Row, before: Row?) in
            let now = try self.value(names, self.place(row, input.shape))
            let previous = try before.map {
                try self.value(names, self.place($0, input.shape))
            } ?? .none
            return row.with("previous", previous)
                .with("change", try self.arithmetic(.subtract, now, previous))
        }
        let change = { (rows: [Row]) in
            let identities = rows.map { identity($0) + [own($0)] }
            if Set(identities).count < rows.count { throw Refusal("several rows before") }
            return try rows.map { row in
                var before: Row?
                if let earlier = self.period(before: own(row), periods) {
                    before = rows.first { own($0) == earlier && identity($0) == identity(row) }
                }
                return try compared(row, before)
            }
        }
        var column = Column(name: "previous")
        // What was a rate is one.
        column.isShare = input.shape.column(typed: names)?.isShare ?? false
        var output = try extend(
            input, column, change, totals: change,
            later: .compared(rows: input.ordinary,
                             before: { self.period(before: $0, periods) }, compared))
        output.shape.columns.append(Column(name: "change"))
        try refuseRepeated(output.shape.columns.map(\.inEnglish))
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

extension Column {
    /// Under the English name, where a file's heading is the Chinese name of what is added.
    fileprivate var inEnglish: Column {
        Column(name: ["目标": "target", "差距": "gap", "差额": "short", "达标": "met",
                      "上期": "previous", "变化": "change"][name] ?? name)
    }
}
