import MusterDiagnostics
import MusterPlan

extension StatementWriter {
    /// The groups with all their measures, in the order of their keys, numbered.
    func grouped(_ input: Plan, _ aggregation: Aggregation) throws -> Rows {
        let readings = try readings(of: aggregation, input)
        let keys = aggregation.keys.map { column($0.column) }
        let sql = try onePass(input, aggregation) ?? groupedRows(stage(input), aggregation, keys)
        var groups = add("grouped", sql)
        if aggregation.keys.contains(where: { $0.domain != nil }) {
            groups = try withDomains(groups, keys, aggregation, readings)
        }
        return try finished(groups, keys, aggregation, readings)
    }

    /// Rows in groups: keys, measures, and where keys are hidden the place of the first row.
    func groupedRows(_ rows: Rows, _ aggregation: Aggregation, _ keys: [String]) throws -> SQL {
        let scope = rows.scope(self)
        var items = try zip(aggregation.keys, keys).map { key, name -> SQL in
            "\(try self.key(key, scope)) as \(name: name)"
        }
        let values = try aggregation.measures.map { measure -> SQL in
            "\(try scope.measure(measure)) as \(name: measure.id.name)"
        }
        items += values
        let ordinary: [SQL] = rows.totals.isEmpty ? [] : ["r._part = 0"]
        let isHidden = aggregation.hasHiddenKey
        if isHidden { items.append("\(rows.firstRow) as _first") }
        if items.isEmpty { items = ["count(*) as _count"] }
        return select(items, from: scope.source, where: ordinary + scope.required,
                      groupBy: keys.count)
    }

    private func readings(of aggregation: Aggregation, _ input: Plan) throws -> [Reading] {
        switch aggregation.readings {
        case .fixed(let reading):
            guard let reading else {
                throw NotInSQL(Message(zh: "没有快照的查询", en: "a query without a snapshot"))
            }
            return [reading]
        case .own: return input.readings
        }
    }

    /// Outputs, order and number of the groups.
    private func finished(_ groups: String, _ keys: [String], _ aggregation: Aggregation,
                          _ readings: [Reading]) throws -> Rows {
        var columns: [ColumnID: String] = [:]
        for (key, name) in zip(aggregation.keys, keys) { columns[key.column.id] = name }
        for measure in aggregation.measures { columns[measure.id] = measure.id.name }
        var source: SQL = "\(name: groups) r"
        if readings.count > 1,
           let period = aggregation.keys.firstIndex(where: { $0.column.role == .period }) {
            let type = aggregation.keys[period].column.type
            let lines = readings.enumerated().map { place, reading -> [SQL] in
                ["\(place)", "\(value: .day(reading.day), .day)",
                 "\(value: reading.period.map { .day($0) } ?? .none, type)"]
            }
            let values = dialect.rows(lines, "v", [Rows.reading, Rows.day, "_period"])
            source = "(select g.*, v._reading, v._day from \(name: groups) g "
                + "join \(values) on v._period = g.\(name: keys[period])) r"
        }
        let scope = Scope(self, "r", from: source, entity: nil,
                          columns: columns.mapValues { "r.\(name: $0)" }, readings: readings)
        let isHidden = aggregation.hasHiddenKey
        let order = try zip(aggregation.keys, keys).map { key, name in
            try scope.order("r.\(name: name)", key.column, labels: labels[key.column.id])
        } + (isHidden ? ["r._first"] : [])
        let number: SQL = "row_number() \(over([], order.isEmpty ? ["1"] : order))"
        var items: [SQL] = ["r.*", "\(number) as _order", "\(number) as _group"]
        for output in aggregation.outputs {
            let value = aggregation.expanded(output.value)
            if let own = value.column, let name = columns[own] {
                columns[output.column.id] = name
                continue
            }
            let name = column(output.column)
            columns[output.column.id] = name
            items.append("\(try scope.value(value)) as \(name: name)")
        }
        return Rows(source: "\(name: add("groups", select(items, from: scope.source)))",
                    name: "groups", entity: nil, columns: columns, readings: readings,
                    order: [Rows.order], hasGroups: true)
    }

    /// The groups that `every` shows: its values and no others, also those without rows.
    private func withDomains(_ groups: String, _ keys: [String], _ aggregation: Aggregation,
                             _ readings: [Reading]) throws -> String {
        let scope = Scope(self, "g", from: "\(name: groups) g", entity: nil, columns: [:],
                          readings: readings)
        var sources: [SQL] = [], items: [SQL] = [], shown: [SQL] = []
        let leaders = aggregation.leaders
        let others = aggregation.keys.indices.filter {
            aggregation.keys[$0].domain == nil && leaders[$0] == nil
        }
        if !others.isEmpty {
            let names = others.map { "g.\(name: keys[$0])" as SQL }
            sources.append("(select distinct \(names.joined(", ")) from \(name: groups) g) o")
        }
        for (place, key) in aggregation.keys.enumerated() {
            guard let domain = key.domain else {
                if leaders[place] == nil { items.append("o.\(name: keys[place])") }
                continue
            }
            let alias = "d\(place + 1)"
            sources.append(try values(of: domain, key.column.type, alias, readings))
            items.append("\(name: alias)._value as \(name: keys[place])")
            shown.append(try isShown(key, domain, "g.\(name: keys[place])", readings))
        }
        for measure in aggregation.measures {
            let nothing: SQL = measure.isAdditive ? "0" : "\(value: .none, measure.type)"
            items.append("\(nothing) as \(name: measure.id.name)")
        }
        if aggregation.hasHiddenKey {
            throw NotInSQL(Message(zh: "每个 之旁的隐藏列", en: "a hidden column beside every"))
        }
        let all = sources.joined("\n  cross join ")
        let demanded = try led(select(items, from: all), keys, aggregation, readings)
        let same = zip(keys, aggregation.keys).map { name, key in
            isSame("g.\(name: name)", "e.\(name: name)", key.column.type)
        }
        let known = select(["g.*"], from: scope.source, where: shown)
        let missing: SQL = "select e.*\nfrom (\n\(demanded)\n) e\n"
            + "where not exists (select 1 from \(name: groups) g "
            + "where \(same.joined(" and ")))"
        return add("every", "\(known)\nunion all\n\(missing)")
    }

    /// The rows with the keys that go along with those of a domain, which they are worked out of.
    private func led(_ demanded: SQL, _ keys: [String], _ aggregation: Aggregation,
                     _ readings: [Reading]) throws -> SQL {
        let leaders = aggregation.leaders
        guard leaders.contains(where: { $0 != nil }) else { return demanded }
        var columns: [ColumnID: SQL] = [:]
        for case let leader? in leaders {
            if case .value(let value) = aggregation.keys[leader].kind, let id = value.column {
                columns[id] = "q.\(name: keys[leader])"
            }
        }
        let scope = Scope(self, "q", from: "(\n\(demanded)\n) q", entity: nil, columns: columns,
                          readings: readings)
        let items = try aggregation.keys.indices.map { place -> SQL in
            guard leaders[place] != nil, case .value(let value) = aggregation.keys[place].kind
            else { return "q.\(name: keys[place])" }
            return "\(try scope.value(value)) as \(name: keys[place])"
        }
        let measures = aggregation.measures.map { "q.\(name: $0.id.name)" as SQL }
        return select(items + measures, from: scope.source)
    }

    private func values(of domain: KeyDomain, _ type: ValueType, _ alias: String,
                        _ readings: [Reading]) throws -> SQL {
        switch domain {
        case .values(let values):
            guard !values.isEmpty else {
                return "(select \(value: .none, type) as _value where false) \(name: alias)"
            }
            return dialect.rows(values.map { ["\(value: $0, type)"] }, alias, ["_value"])
        case .rows(let entity, let level, let under):
            let rows = try domainRows(entity, level, under)
            return "(\(rows)) \(name: alias)"
        case .parts(let whole): return "(\(try partRows(whole))) \(name: alias)"
        }
    }

    private func partRows(_ whole: RowName) throws -> SQL {
        let scope = Scope(self, "t", from: "\(table(whole.entity)) t", entity: whole.entity,
                          columns: [:], readings: [])
        guard let parent = context.domain.entity(whole.entity)?.parentField,
              let root = try scope.row(named: whole) else {
            return select(["t._row as _value"], from: "\(table(whole.entity)) t", where: ["false"])
        }
        return select(["t._row as _value"], from: "\(table(whole.entity)) t",
                      where: ["t.\(name: Layout.column(parent)) = \(root)"])
    }

    private func domainRows(_ entity: String, _ level: String?, _ under: [RowName]?) throws
        -> SQL {
        var conditions: [SQL] = []
        if let level, let field = context.domain.entity(entity)?.levelField {
            conditions.append("t.\(name: field) = \(value: .text(level), .plainText)")
        }
        if let under {
            let scope = Scope(self, "t", from: "\(table(entity)) t", entity: entity, columns: [:],
                              readings: [])
            conditions.append(try scope.condition(
                Scalar(.below(under, Scalar(.row, .row(entity))), .bool)))
        }
        return select(["t._row as _value"], from: "\(table(entity)) t", where: conditions)
    }

    /// Whether a group's value is one that is shown.
    private func isShown(_ key: GroupKey, _ domain: KeyDomain, _ value: SQL,
                         _ readings: [Reading]) throws -> SQL {
        var ways: [SQL] = []
        switch domain {
        case .values(let values):
            let all = values.filter { $0 != .none }.map {
                "\(value: $0, key.column.type)" as SQL
            }
            // A list of codes that is not closed takes in the values that occur.
            if key.column.type.codes?.isClosed == false {
                ways.append("\(value) is not null")
            } else if !all.isEmpty {
                ways.append("\(value) in (\(all.joined(", ")))")
            }
            if values.contains(.none) { ways.append("\(value) is null") }
        case .rows(let entity, let level, let under):
            ways.append("\(value) in (\(try domainRows(entity, level, under)))")
        case .parts: break
        }
        if case .parts(let whole) = domain {
            ways.append("\(value) in (\(try partRows(whole)))")
            let scope = Scope(self, "g", from: "", entity: nil, columns: [:], readings: [])
            if let root = try scope.row(named: whole) { ways.append("\(value) = \(root)") }
        }
        if key.keepsNone { ways.append("\(value) is null") }
        return ways.isEmpty ? "false" : "(\(ways.joined(" or ")))"
    }
}

extension ColumnID {
    /// What a measure is called in a statement.
    var name: String { "m\(number)" }
}

extension Aggregation {
    /// Whether a key is a hidden text.
    var hasHiddenKey: Bool { keys.contains { $0.column.type.isSensitive } }
}
