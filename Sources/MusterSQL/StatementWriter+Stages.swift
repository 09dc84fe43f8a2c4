import MusterDiagnostics
import MusterPlan

extension Scope {
    /// What sorts by a value: none last, whichever way.
    ///
    /// - Parameter labels: the texts in their order, where they are in the order of a list.
    func order(_ value: SQL, _ type: ValueType, isDescending: Bool = false,
               labels: [String]? = nil) -> SQL {
        let way: SQL = isDescending ? "desc" : "asc"
        switch type {
        // Hidden texts have no order, which would tell of them.
        case .text where type.isSensitive: return "\(value) is null"
        case .text where type.keepsOrder:
            let listed = listed(value, labels ?? type.codes?.values.map(\.en) ?? [])
            return "\(listed) \(way) nulls last"
        case .text: return "\(dialect.byCodePoint(value)) \(way) nulls last"
        default: return "\(value) \(way) nulls last"
        }
    }

    /// What sorts by a key: of the parts of a tree, what belongs to the whole directly comes
    /// behind the others.
    func order(_ value: SQL, _ column: ColumnInfo, labels: [String]?) throws -> SQL {
        let own = order(value, column.type, labels: labels)
        guard let whole = column.whole, let root = try row(named: whole) else { return own }
        return "case when \(value) is null then 2 when \(value) = \(root) then 1 else 0 end, \(own)"
    }

    /// The place of a text in a list.
    private func listed(_ value: SQL, _ list: [String]) -> SQL {
        guard !list.isEmpty else { return dialect.byCodePoint(value) }
        let cases = list.enumerated().map { place, text -> SQL in
            "when \(value: .text(text), .plainText) then \(place)"
        }
        return "case \(value) \(cases.joined(" ")) end"
    }

    func order(_ term: SortTerm) throws -> SQL {
        order(try value(term.value), term.value.type, isDescending: term.isDescending,
              labels: term.value.column.flatMap { writer.labels[$0] })
    }
}

extension Rows {
    /// Of the rows of a group, the place of the first.
    var firstRow: SQL {
        guard order.isEmpty else { return "min(r.\(name: inOrder.last ?? Rows.order))" }
        let row: SQL = "r.\(name: Layout.row)"
        return readings.count > 1 ? "min(r._reading * 4294967296 + \(row))" : "min(\(row))"
    }

    /// Rows that are totals over the same keys, or none.
    var apart: [SQL] { totals.isEmpty ? [] : ["r._part"] }
}

extension StatementWriter {
    /// Whether two values are the same, or both none. Said twice: by the first condition a
    /// database finds the rows, the second is exact.
    func isSame(_ a: SQL, _ b: SQL, _ type: ValueType) -> SQL {
        let any: SQL? = switch type {
        case .row, .tableRow, .integer, .decimal, .month, .year: "-1"
        case .text: "''"
        case .day: "\(value: .day(0), .day)"
        case .bool, .number, .none: nil
        }
        let exact: SQL = "\(a) is not distinct from \(b)"
        return any.map { "coalesce(\(a), \($0)) = coalesce(\(b), \($0)) and \(exact)" } ?? exact
    }

    func over(_ partition: [SQL], _ order: [SQL], _ rest: SQL = "") -> SQL {
        let parts: [SQL] = (partition.isEmpty ? [] : ["partition by \(partition.joined(", "))"])
            + (order.isEmpty ? [] : ["order by \(order.joined(", "))"])
        return "over (\(parts.joined(" "))\(rest))"
    }

    func sorted(_ rows: Rows, _ terms: [SortTerm]) throws -> Rows {
        let scope = rows.scope(self)
        let judged = try terms.map { term -> SQL in
            let value = try scope.value(term.value)
            // Totals stay as they are, behind the others.
            let own: SQL = rows.totals.isEmpty ? value : "case when r._part = 0 then \(value) end"
            return scope.order(own, term.value.type, isDescending: term.isDescending,
                               labels: term.value.column.flatMap { labels[$0] })
        }
        let name = "_order_\(parts.count + 1)"
        let number = over([], rows.apart + judged + rows.inOrder.map { "r.\(name: $0)" })
        let sql = select(["r.*", "row_number() \(number) as \(name: name)"], from: scope.source)
        var result = rows.from(add("sort", sql))
        result.order = [name]
        return result
    }

    func limited(_ rows: Rows, _ count: Int, _ by: [Scalar]) throws -> Rows {
        let scope = rows.scope(self)
        let groups = try by.map { try scope.value($0) }
        let number = over(rows.apart + groups, rows.inOrder.map { "r.\(name: $0)" })
        let name = "_number_\(parts.count + 1)"
        let numbered = select(["r.*", "row_number() \(number) as \(name: name)"],
                              from: scope.source)
        let kept: SQL = rows.totals.isEmpty ? "r.\(name: name) <= \(count)"
            : "(r.\(name: name) <= \(count) or r._part <> 0)"
        let sql = select(["r.*"], from: "(\n\(numbered)\n) r", where: [kept])
        return rows.from(add("take", sql))
    }

    func windowed(_ rows: Rows, _ window: Window, _ plan: Plan) throws -> Rows {
        let scope = rows.scope(self)
        guard let info = plan.schema[window.column] else {
            throw NotInSQL(Message(zh: "缺少的列", en: "a column that is not there"))
        }
        let value = try windowValue(rows, scope, window)
        let name = column(info)
        let sql = select(["r.*", "\(value) as \(name: name)"], from: scope.source)
        var result = rows.from(add(window.name, sql))
        result.columns[window.column] = name
        return result
    }

    func windowValue(_ rows: Rows, _ scope: Scope, _ window: Window) throws -> SQL {
        let by = try window.by.map { try scope.value($0) }
        let order = rows.inOrder.map { "r.\(name: $0)" as SQL }
        switch window.kind {
        case .rank(let terms):
            let rank = over(rows.apart + by, try terms.map { try scope.order($0) })
            return rows.totals.isEmpty ? "rank() \(rank)"
                : "case when r._part = 0 then rank() \(rank) end"
        case .cumulate(let scalar):
            let sum: SQL = "sum(coalesce(\(try scope.value(scalar)), 0))"
            let running = over(rows.apart + by, order,
                               " rows between unbounded preceding and current row")
            return dialect.total("\(sum) \(running)", scalar.type)
        case .sum(let scalar):
            let all = over(rows.apart + by, order,
                           " rows between unbounded preceding and unbounded following")
            return dialect.total("sum(coalesce(\(try scope.value(scalar)), 0)) \(all)", scalar.type)
        case .shifted(let scalar, let distance):
            let line = over(rows.apart + by, order), value = try scope.value(scalar)
            let other: SQL = distance > 0 ? "lag(\(value), \(distance)) \(line)"
                : "lead(\(value), \(-distance)) \(line)"
            return rows.totals.isEmpty ? other : "case when r._part = 0 then \(other) end"
        case .previous(let scalar, let period, let same, let periods):
            return try previous(rows, scope, scalar, period, same, periods)
        case .benchmark(let row, let year):
            guard rows.totals.isEmpty else {
                throw NotInSQL(Message(zh: "合计之后的 对照 目标", en: "against behind total"))
            }
            return try scope.benchmark(row, year)
        }
    }

    /// The value in the row of the period before that agrees in all of `same`: the one before it
    /// among those, where that is of the period before.
    private func previous(_ rows: Rows, _ scope: Scope, _ scalar: Scalar, _ period: ColumnID,
                          _ same: [Scalar], _ periods: [Int32]) throws -> SQL {
        guard let own = rows.columns[period], rows.hasGroups else {
            throw NotInSQL(Message(zh: "分组之外的 对照 上期", en: "against previous of other rows"))
        }
        let column: SQL = "r.\(name: own)"
        let type = scope.periodType(of: periods)
        let cases = zip(periods, periods.dropFirst()).map { earlier, later -> SQL in
            "when \(value: .day(later), type) then \(value: .day(earlier), type)"
        }
        guard !cases.isEmpty else { return "\(value: .none, scalar.type)" }
        let before = over(rows.apart + (try same.map { try scope.value($0) }), [column])
        let value = try scope.value(scalar)
        return "case when lag(\(column)) \(before) = case \(column) \(cases.joined(" ")) end "
            + "then lag(\(value)) \(before) end"
    }
}

extension Scope {
    fileprivate func periodType(of periods: [Int32]) -> ValueType {
        // Years and months are whole numbers, days of snapshots are days.
        guard let first = periods.first else { return .year }
        return readings.contains { $0.period == first && $0.snapshot == first } ? .day
            : first < 10_000 ? .year : .month
    }
}

extension Window {
    /// What the part of a statement is called.
    fileprivate var name: String {
        switch kind {
        case .rank: "rank"
        case .cumulate: "cumulate"
        case .sum: "share"
        case .shifted: "shifted"
        case .previous: "previous"
        case .benchmark: "target"
        }
    }
}
