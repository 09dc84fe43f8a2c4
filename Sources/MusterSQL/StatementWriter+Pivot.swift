import MusterDiagnostics
import MusterPlan

extension StatementWriter {
    func pivoted(_ rows: Rows, _ input: Plan, _ pivot: Pivot, _ plan: Plan) throws -> Rows {
        guard let info = input.schema[pivot.column], let pivoted = rows.columns[pivot.column] else {
            throw NotInSQL(Message(zh: "这个透视", en: "this pivot"))
        }
        try checkOneRowACell(input, pivot)
        let scope = rows.scope(self)
        let column: SQL = "r.\(name: pivoted)"
        // Totals over other keys stay apart; those over the pivoted one become a column.
        let rest = rows.totals.map { $0.subtracting(info.keyIndex.map { [$0] } ?? []) }
        var kinds: [Set<Int>] = [[]]
        for set in rest where !kinds.contains(set) { kinds.append(set) }
        let cases = rest.enumerated().map { place, set -> SQL in
            "when \(place + 1) then \(kinds.firstIndex(of: set) ?? 0)"
        }
        let part: SQL = cases.isEmpty ? "0" : "case r._part \(cases.joined(" ")) else 0 end"
        let overPivoted = rows.totals.enumerated().filter { _, set in
            info.keyIndex.map { set.contains($0) } ?? false
        }.map { "\($0.offset + 1)" as SQL }
        let isTotal: SQL = overPivoted.isEmpty ? "false" : "r._part in (\(overPivoted.joined(", ")))"
        // A total of which there is none for the pivoted values is not known, and not 0.
        func parts(_ sets: [Set<Int>]) -> [SQL] {
            kinds.indices.filter { sets.contains(kinds[$0]) }.map { "\($0)" }
        }
        let totalled = Set(rows.totals.indices.filter { rows.totals[$0] != rest[$0] })
        let ofTotals = parts(totalled.map { rest[$0] })
        let ofValues = parts([[]] + rest.indices.filter { !totalled.contains($0) }.map { rest[$0] })
        var columns: [ColumnID: String] = [:]
        var items: [SQL] = [], order: [SQL] = []
        for id in pivot.keys {
            guard let name = rows.columns[id], let key = input.schema[id] else { continue }
            columns[id] = name
            items.append("r.\(name: name)")
            let own: SQL = rows.totals.isEmpty ? "r.\(name: name)"
                : "case when r._part = 0 then r.\(name: name) end"
            order.append(try scope.order(own, key, labels: labels[id]))
        }
        items.append("\(part) as _part")
        let count = items.count
        let inOrder = over([], rows.inOrder.map { "r.\(name: $0)" })
        let numbered = select(["r.*", "row_number() \(inOrder) as _place"], from: scope.source)
        items.append("min(r._place) as _first")
        for (value, cells) in zip(pivot.values, pivot.cells) {
            let isOwn = try same(scope, column, value.value, info.type)
            let isHere: SQL = value.isTotal ? isTotal
                : overPivoted.isEmpty ? isOwn : "not (\(isTotal)) and \(isOwn)"
            for ((id, shown), isZero) in zip(zip(cells, pivot.shown), pivot.zero) {
                guard let name = rows.columns[shown], let type = plan.schema[id]?.type else {
                    continue
                }
                let own: SQL = "r.\(name: name)"
                let only = dialect.filtered(type == .bool ? "bool_or(\(own))" : "max(\(own))",
                                            isHere)
                let cell = "c\(id.number)"
                columns[id] = cell
                let known = value.isTotal ? ofTotals : ofValues
                let zero: SQL = known.count == kinds.count ? "coalesce(\(only), 0)"
                    : "case when \(part) in (\(known.joined(", "))) then coalesce(\(only), 0) "
                        + "else \(only) end"
                items.append("\(isZero && !known.isEmpty ? zero : only) as \(name: cell)")
            }
        }
        let wide = add("pivot", select(items, from: "(\n\(numbered)\n) r", groupBy: count))
        // Ordinary rows by their keys, then the totals as they stand.
        let sort: [SQL] = (rows.totals.isEmpty ? [] : ["case when r._part = 0 then 0 else 1 end"])
            + (pivot.sortsRows ? order : []) + ["r._first"]
        let number = over([], sort)
        let sql = select(["r.*", "row_number() \(number) as _order"], from: "\(name: wide) r")
        return Rows(source: "\(name: add("pivot", sql))", name: "pivot", entity: nil,
                    columns: columns, readings: try readings(of: plan, rows),
                    order: [Rows.order],
                    totals: rows.totals.isEmpty ? [] : Array(kinds.dropFirst()))
    }

    private func same(_ scope: Scope, _ column: SQL, _ value: Constant, _ type: ValueType) throws
        -> SQL {
        switch value {
        case .none: return "\(column) is null"
        case .row(let name):
            guard let row = try scope.row(named: name) else { return "false" }
            return "\(column) = \(row)"
        default: return "\(column) = \(value: value, type)"
        }
    }

    private func readings(of plan: Plan, _ rows: Rows) throws -> [Reading] {
        if rows.readings.count < 2 { return rows.readings }
        guard case .fixed(let reading?) = plan.rowReadings(
            query: rows.readings.last.map { Reading(snapshot: $0.snapshot, day: $0.snapshot) },
            kept: { _ in .own }) else {
            throw NotInSQL(Message(zh: "以期间为行的透视", en: "a pivot whose rows are periods"))
        }
        return [reading]
    }

    /// Several rows in one cell are an error of the query, which no database would tell.
    private func checkOneRowACell(_ input: Plan, _ pivot: Pivot) throws {
        let apart = (pivot.keys + [pivot.column]).compactMap { input.schema[$0]?.keyIndex }
        guard let grouping = input.grouping, Set(apart) == Set(grouping.keys.indices) else {
            throw NotInSQL(Message(zh: "并非各格一行的透视", en: "a pivot of rows told apart by more"))
        }
    }
}
