import MusterDiagnostics

/// How many persons stand behind each figure of a result: the plan with hidden columns that count
/// them, beside what they belong to.
package struct Contributors {
    /// The plan with hidden columns more; it shows what the one given shows.
    package private(set) var plan: Plan
    /// For a shown column that tells of persons: the hidden columns that say of how many.
    package private(set) var behind: [ColumnID: Set<ColumnID>] = [:]
    /// Shown columns that are differences of such figures: numbers of persons themselves.
    package private(set) var differences: Set<ColumnID> = []
    /// Shown columns whose values are told by those of other rows: running totals. If one of them
    /// may not be published, none may.
    package private(set) var running: Set<ColumnID> = []
    /// Hidden columns that have the value of another one in the period before.
    package private(set) var earlier: [Earlier] = []

    package struct Earlier {
        package let column: ColumnID
        package let of: ColumnID
        package let period: ColumnID
        /// The periods of the query, in order.
        package let periods: [Int32]
    }

    /// For hidden columns that a pivot spread out: those of one row that add up to the last.
    package private(set) var sums: [(parts: [ColumnID], total: ColumnID)] = []

    let persons: Persons
    /// The hidden column of the person that a plain table's row belongs to.
    var personColumn: ColumnID?
    private var identities: Identities
    /// For each stage above the last grouping, how many were put in behind it.
    private var putIn: [Int] = []

    package init(_ plan: Plan, _ persons: Persons) {
        self.persons = persons
        self.plan = plan
        identities = Identities(above: plan)
        self.plan = counted(plan)
    }

    // MARK: stages

    private mutating func counted(_ plan: Plan) -> Plan {
        guard let given = plan.input else { return withPersons(plan) }
        let input = counted(given)
        defer { if putIn.count < stagesAboveGrouping(plan) { putIn.append(0) } }
        let carried = input.schema.columns.filter { given.schema[$0.id] == nil }
        var schema = plan.schema
        switch plan.node {
        case .scan, .table, .one, .append: return plan
        case .filter(_, let condition):
            schema.columns += carried
            return Plan(.filter(input, condition), schema)
        case .sort(_, let terms):
            schema.columns += carried
            return Plan(.sort(input, terms), schema)
        case .limit(_, let count, let by):
            schema.columns += carried
            return Plan(.limit(input, count, by: by), schema)
        case .totals(_, let totals):
            schema.columns += carried
            let rules = totals.rules.enumerated().flatMap { stage, rule in
                [TotalsRule](repeating: rule, count: 1 + (stage < putIn.count ? putIn[stage] : 0))
            }
            return Plan(.totals(input, Totals(sets: totals.sets, rules: rules,
                                              below: totals.below)), schema)
        case .window(_, let window):
            schema.columns += carried
            return self.window(Plan(.window(input, window), schema), window)
        case .project(_, let values): return project(plan, input, values, carried)
        case .aggregate(_, let aggregation): return aggregate(plan, input, aggregation)
        case .pivot(_, let pivot): return spread(plan, input, pivot, carried)
        }
    }

    /// How many stages stand above the grouping, the plan's own counting.
    private func stagesAboveGrouping(_ plan: Plan) -> Int {
        guard plan.grouping != nil else { return 0 }
        return plan.chain.prefix { if case .aggregate = $0.node { false } else { true } }.count
    }

    private mutating func window(_ plan: Plan, _ window: Window) -> Plan {
        switch window.kind {
        case .rank, .benchmark: return plan
        case .cumulate(let value):
            behind[window.column] = read(value)
            running.insert(window.column)
            return plan
        case .sum(let value):
            behind[window.column] = read(value)
            return plan
        case .shifted(let value, let distance):
            var result = plan, schema = plan.schema
            for column in read(value).sorted() {
                let info = hidden()
                schema.columns.append(info)
                result = Plan(.window(result, Window(
                    column: info.id, kind: .shifted(Scalar(.column(column), .integer), distance),
                    by: window.by)), schema)
                behind[window.column, default: []].insert(info.id)
            }
            if plan.grouping != nil { putIn.append(behind[window.column]?.count ?? 0) }
            return result
        case .previous(let value, let period, let same, let periods):
            var result = plan, schema = plan.schema
            for column in read(value).sorted() {
                let info = hidden()
                schema.columns.append(info)
                result = Plan(.window(result, Window(
                    column: info.id, kind: .previous(Scalar(.column(column), .integer),
                                                     period: period, same: same,
                                                     periods: periods), by: window.by)), schema)
                behind[window.column, default: []].insert(info.id)
                earlier.append(Earlier(column: info.id, of: column, period: period,
                                       periods: periods))
            }
            if plan.grouping != nil { putIn.append(behind[window.column]?.count ?? 0) }
            return result
        }
    }

    private mutating func project(_ plan: Plan, _ input: Plan, _ values: [Scalar],
                                  _ carried: [ColumnInfo]) -> Plan {
        var schema = plan.schema, values = values
        for (column, value) in zip(plan.schema.columns, values) where value.column != column.id {
            var found = read(value)
            for related in value.relatedAggregates {
                guard let count = count(of: related) else { continue }
                let info = hidden()
                schema.columns.append(info)
                values.append(count)
                found.insert(info.id)
            }
            if !found.isEmpty { behind[column.id] = found }
            if !found.isEmpty, case .arithmetic(.subtract, _, _) = value.bare.node {
                differences.insert(column.id)
            }
            if !running.isDisjoint(with: value.columns) { running.insert(column.id) }
        }
        schema.columns += carried
        return Plan(.project(input, values + carried.map(\.value)), schema)
    }

    private mutating func aggregate(_ plan: Plan, _ input: Plan, _ aggregation: Aggregation)
        -> Plan {
        putIn = []
        var counts: [PersonCount] = [], outputs = aggregation.outputs
        var schema = plan.schema
        var counted: [ColumnID: Set<ColumnID>] = [:]
        func shownCount(_ count: PersonCount, _ own: inout Contributors) -> ColumnID {
            if let place = counts.firstIndex(where: { $0.isSame(count) }) {
                return outputs[aggregation.outputs.count + place].column.id
            }
            counts.append(count)
            let info = own.hidden()
            outputs.append(Output(column: info, value: count.value))
            schema.columns.append(info)
            return info.id
        }
        for measure in aggregation.measures {
            for count in self.counts(of: measure, input) {
                counted[measure.id, default: []].insert(shownCount(count, &self))
            }
        }
        for output in aggregation.outputs {
            var found = output.value.columns.reduce(into: Set<ColumnID>()) {
                $0.formUnion(counted[$1] ?? [])
                $0.formUnion(behind[$1] ?? [])
            }
            for related in output.value.relatedAggregates {
                guard let count = count(of: related) else { continue }
                let info = hidden()
                outputs.append(Output(column: info, value: count))
                schema.columns.append(info)
                found.insert(info.id)
            }
            if !found.isEmpty { behind[output.column.id] = found }
            if !found.isEmpty, case .arithmetic(.subtract, _, _) = output.value.bare.node {
                differences.insert(output.column.id)
            }
        }
        return Plan(.aggregate(input, Aggregation(
            keys: aggregation.keys, measures: aggregation.measures + counts.flatMap(\.measures),
            outputs: outputs,
            readings: aggregation.readings)), schema)
    }

    private mutating func spread(_ plan: Plan, _ input: Plan, _ pivot: Pivot,
                                 _ carried: [ColumnInfo]) -> Plan {
        let carried = carried.filter { $0.id != personColumn }
        var schema = plan.schema, cells: [[ColumnID]] = []
        var spread: [ColumnID: [ColumnID]] = [:]
        for (value, own) in zip(pivot.values, pivot.cells) {
            let columns = carried.map { _ in hidden() }
            schema.columns += columns
            cells.append(own + columns.map(\.id))
            for (info, column) in zip(carried, columns) {
                spread[info.id, default: []].append(column.id)
            }
            for (id, shown) in zip(own, pivot.shown) {
                let counts = behind[shown] ?? []
                let found = zip(carried, columns).compactMap { info, column in
                    counts.contains(info.id) ? column.id : nil
                }
                if !found.isEmpty { behind[id] = Set(found) }
                if running.contains(shown) { running.insert(id) }
            }
            guard value.isTotal else { continue }
            for (_, ids) in spread where ids.count > 1 {
                sums.append((Array(ids.dropLast()), ids[ids.count - 1]))
            }
        }
        return Plan(.pivot(input, Pivot(
            column: pivot.column, shown: pivot.shown + carried.map(\.id), keys: pivot.keys,
            values: pivot.values, cells: cells, zero: pivot.zero + carried.map { _ in true },
            sortsRows: pivot.sortsRows, span: pivot.span)), schema)
    }

    // MARK: counts

    /// The persons behind a measure: those among the rows, those that the rows refer to, or those
    /// behind what was counted already.
    private mutating func counts(of measure: Measure, _ input: Plan) -> [PersonCount] {
        if let personColumn, let info = input.schema[personColumn] {
            return [persons(info.value, where: measure.condition, mayBeNone: true)]
        }
        if let entity = input.rowEntity, input.schema.entity != nil || measure.measured.isEmpty
            || entity == persons.entity || persons.references[entity] != nil {
            if entity == persons.entity {
                return [PersonCount(measures: [made(.count, measure.condition)])]
            }
            if let person = persons.person(of: .entity(entity)) {
                return [persons(person, where: measure.condition, mayBeNone: false)]
            }
        }
        let isSum = if case .sum = measure.kind { true } else { false }
        return Set(measure.measured.flatMap { read($0) }).sorted().map { column in
            let count = Scalar(.column(column), .integer)
            let kind: Measure.Kind = isSum ? .sum(count) : .minimum(count)
            return PersonCount(measures: [made(kind, measure.condition)])
        }
    }

    mutating func made(_ kind: Measure.Kind, _ condition: Scalar?) -> Measure {
        Measure(id: identities.next(), kind: kind, condition: condition, type: .integer)
    }

    /// The persons behind an aggregate of related rows, of the same row.
    private mutating func count(of scalar: Scalar) -> Scalar? {
        guard case .related(let aggregate, let row) = scalar.node,
              let person = persons.person(of: aggregate.rows) else { return nil }
        let conditions = aggregate.measures.map(\.condition)
        let shared = conditions.contains { $0 == nil } ? nil
            : Scalar.any(conditions.compactMap { $0 })
        let count = aggregate.rows == .entity(persons.entity)
            ? PersonCount(measures: [made(.count, shared)])
            : persons(person, where: shared, mayBeNone: aggregate.rows.table != nil)
        return Scalar(.related(RelatedAggregate(
            aggregate.rows, condition: aggregate.condition, owner: aggregate.owner,
            includesBelow: aggregate.includesBelow, measures: count.measures,
            output: count.value), row), .integer)
    }

    private func read(_ value: Scalar) -> Set<ColumnID> {
        value.columns.reduce(into: []) { $0.formUnion(behind[$1] ?? []) }
    }

    mutating func hidden() -> ColumnInfo {
        var info = ColumnInfo(identities.next(), [Term("")], .integer)
        info.isHidden = true
        return info
    }
}

extension Scalar {
    /// The aggregates of related rows inside it.
    fileprivate var relatedAggregates: [Scalar] {
        if case .related = node { return [self] }
        return parts.flatMap(\.relatedAggregates)
    }
}
