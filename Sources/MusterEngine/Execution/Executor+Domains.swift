import MusterPlan
import MusterStore

extension Executor {
    /// The data sets whose rows an `every` key has all of: those that the input reads; for a kept
    /// table, which has no readings, those of its rows.
    func dataSets(_ readings: [Reading], _ aggregation: Aggregation, _ state: Accumulated) throws
        -> [Int] {
        var places = try readings.map { try run.universe.place($0) }
        if places.isEmpty {
            switch aggregation.readings {
            case .fixed(let reading?): places = [try run.universe.place(reading)]
            case .fixed(nil): break
            case .own: places = state.places.places
            }
        }
        var found: [Int] = []
        for place in places where run.data(place) != nil && !found.contains(place.dataSet) {
            found.append(place.dataSet)
        }
        return found
    }

    /// All values that a key can have, in order: rows of a tree in the order of their files.
    func values(of domain: KeyDomain, _ type: ValueType, _ dataSets: [Int]) throws -> Vector {
        switch domain {
        case .values(let values): return run.vector(values, type)
        case .rows(let entity, let level, let under):
            var seen: Set<Int32> = [], numbers: [Int32] = []
            for index in dataSets {
                let rows = rows(of: entity, level, under, index)
                for number in run.union.united(rows, entity: entity, from: index)
                where seen.insert(number).inserted { numbers.append(number) }
            }
            return .row(numbers.sorted())
        case .parts(let whole):
            var numbers: Set<Int32> = []
            for index in dataSets {
                let root = run.row(whole, in: index)
                let above = run.universe.dataSets[index].parents[whole.entity] ?? []
                let rows = above.indices.filter { root >= 0 && above[$0] == root }
                numbers.formUnion(run.union.united(rows.map { Int32($0) }, entity: whole.entity,
                                                   from: index))
            }
            return .row(numbers.sorted())
        }
    }

    private func rows(of entity: String, _ level: String?, _ under: [RowName]?, _ dataSet: Int)
        -> [Int32] {
        let data = run.universe.dataSets[dataSet]
        var rows = Array(0..<Int32(data.rowCount(entity)))
        if let level {
            guard let field = run.domain.entity(entity)?.levelField,
                  case .text(let codes, let dictionary)? = data.column(entity, field) else {
                return []
            }
            let code = dictionary.code(of: level) ?? -2
            rows = rows.filter { codes[Int($0)] == code }
        }
        if let under {
            let inside = run.members(of: under, dataSet: dataSet)
            rows = rows.filter { inside[Int($0)] == 1 }
        }
        return rows
    }

    /// Groups that an `every` key demands though no row has them.
    func addDomainGroups(_ aggregation: Aggregation, _ domains: [Vector?], at place: Place,
                         _ index: inout GroupIndex) throws {
        let keys = aggregation.keys
        guard domains.contains(where: { $0 != nil }) else { return }
        let leaders = aggregation.leaders
        let others = keys.indices.filter { domains[$0] == nil && leaders[$0] == nil }
        let values = keys.indices.map { index.values(ofKey: $0) }
        // The combinations of the other keys' values that occur; one empty one without others.
        var combinations: [Int32] = []
        var seen: Set<[Datum]> = []
        if others.isEmpty {
            combinations = [-1]
        } else {
            for group in 0..<index.count
            where seen.insert(others.map { values[$0].datum(group) }).inserted {
                combinations.append(Int32(group))
            }
        }
        var demanded = combinations.count
        for domain in domains.compactMap(\.self) {
            let (product, isBeyond) = demanded.multipliedReportingOverflow(by: domain.count)
            demanded = isBeyond ? .max : product
        }
        try run.checkGroups(demanded)
        var columns = keys.indices.map { position in
            others.contains(position) ? values[position].gathered(combinations)
                : keys[position].column.type.nones(combinations.count)
        }
        for position in keys.indices {
            guard let domain = domains[position] else { continue }
            try run.checkCancelled()
            let rows = columns.first?.count ?? 0
            let repeats = (0..<rows).flatMap { row in
                [Int32](repeating: Int32(row), count: domain.count)
            }
            columns = columns.map { $0.gathered(repeats) }
            columns[position] = domain.gathered(
                (0..<rows).flatMap { _ in Array(0..<Int32(domain.count)) })
        }
        for position in keys.indices {
            guard let leader = leaders[position], case .value(let value) = keys[position].kind,
                  case .value(let leading) = keys[leader].kind, let id = leading.column else {
                continue
            }
            var frame = Frame(count: columns[leader].count, ids: [id],
                              columns: [columns[leader]], places: .same(place))
            frame.isLocal = false
            columns[position] = try Evaluator(run).evaluate(value, frame)
        }
        _ = index.groups(of: columns, count: columns.first?.count ?? 0)
    }
}
