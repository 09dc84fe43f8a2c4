import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore

/// Rows that stand in a database are filtered, projected and grouped there; what comes back, the
/// groups with their measures or a list of rows, goes on here as if it had been made here.
extension Executor {
    /// The rows of a source with its filters and projections, where some of them stand in a
    /// database; nil where none do.
    func remoteRows(_ plan: Plan) throws -> Frame? {
        guard let scan = plan.remoteScan(run) else { return nil }
        let parts = try scan.byDataSet(run).map { data, readings -> Frame in
            let part = plan.reading(readings)
            guard data.isRemote(scan.entity) else { return try execute(part) }
            do {
                return try guessing { try fetchedRows(part, scan.entity, data, readings) }
            } catch let fault as NotInSQL {
                throw Diagnostic.notInDatabase(fault.what)
            }
        }
        return try Frame.concatenated(parts, run)
    }

    /// The rows with as many of the plan's stages done there as can be, and the others here.
    private func fetchedRows(_ plan: Plan, _ entity: String, _ data: DataSet,
                             _ readings: [Reading]) throws -> Frame {
        do {
            return try rows(plan, entity, data, readings)
        } catch let fault as NotInSQL {
            switch plan.node {
            case .filter(let input, let condition):
                let (there, here) = try split(condition) { part in
                    _ = try write(data) {
                        try $0.listing(Plan(.filter(input, part), plan.schema), entity)
                    }
                }
                guard !here.isEmpty else { throw fault }
                let fewer = Scalar.all(there).map { Plan(.filter(input, $0), plan.schema) }
                let frame = try fetchedRows(fewer ?? input, entity, data, readings)
                return try filter(frame, Scalar.all(here) ?? .yes)
            case .project(let input, let values):
                return try project(try fetchedRows(input, entity, data, readings), plan.schema,
                                   values)
            case .scan(let scan):
                guard let condition = scan.condition else { throw fault }
                let all = Plan(.scan(Scan(entity: scan.entity, condition: nil,
                                          readings: scan.readings, period: scan.period)),
                               plan.schema)
                return try filter(try rows(all, entity, data, readings), condition)
            default: throw fault
            }
        }
    }

    /// What must hold that a database can be asked, and what cannot.
    private func split(_ condition: Scalar, _ attempt: (Scalar) throws -> Void) throws
        -> (there: [Scalar], here: [Scalar]) {
        var there: [Scalar] = [], here: [Scalar] = []
        for part in condition.conjuncts {
            do {
                try attempt(part)
                there.append(part)
            } catch is NotInSQL { here.append(part) }
        }
        return (there, here)
    }

    private func rows(_ plan: Plan, _ entity: String, _ data: DataSet, _ readings: [Reading])
        throws -> Frame {
        let statement = try write(data) { try $0.listing(plan, entity) }
        var columns = try fetch(statement, data)
        guard case .row(let rows) = columns.removeFirst() else {
            preconditionFailure("rows are numbered")
        }
        try run.checkCells(rows: rows.count, columns: columns.count)
        let places = try readings.map { try run.universe.place($0) }
        var result = Frame(count: rows.count, ids: plan.schema.columns.map(\.id), columns: [],
                           rows: .list(rows), places: .same(places[0]))
        if readings.count > 1, case .int(let numbers) = columns.removeFirst() {
            result.places = .each(numbers.map { Int32($0) }, of: places)
        }
        result.columns = try zip(columns, plan.schema.columns).map {
            try adopted($0, $1.type, data)
        }
        return result
    }

    /// Rows in groups, where some of them stand in a database; nil where none do.
    func remoteGroups(_ input: Plan, _ aggregation: Aggregation, _ worker: GroupWorker,
                      at place: Place?) throws -> Accumulated? {
        guard let scan = input.remoteScan(run, at: place) else { return nil }
        var result: Accumulated?
        for (data, readings) in try scan.byDataSet(run, at: place) {
            let part = input.reading(readings)
            let own: Accumulated
            if data.isRemote(scan.entity) {
                own = try guessing { try groups(part, aggregation, worker, data) }
            } else {
                own = try accumulate(part, aggregation, routing: nil, at: place)
            }
            if let known = result { result = try merge([known, own], worker) } else { result = own }
        }
        return result
    }

    private func groups(_ input: Plan, _ aggregation: Aggregation, _ worker: GroupWorker,
                        _ data: DataSet) throws -> Accumulated {
        let statement: SQLStatement
        do {
            statement = try write(data) { try $0.groups(input, aggregation) }
        } catch is NotInSQL {
            // What no database can be asked is worked out here, of the rows.
            guard let rows = try remoteRows(input) else { return worker.start() }
            var state = worker.start()
            try worker.add(rows, to: &state)
            return state
        }
        let columns = try fetch(statement, data)
        var state = worker.start()
        let count = columns.first?.count ?? 0
        let keys = try zip(aggregation.keys, columns).map { key, vector in
            try worker.keepsLocal ? vector : adopted(key.written(vector), key.column.type, data)
        }
        let groups = aggregation.keys.isEmpty ? [Int32](repeating: 0, count: count)
            : state.index.groups(of: keys, count: count)
        try run.checkGroups(state.index.count)
        let total = max(state.index.count, aggregation.keys.isEmpty ? 1 : 0)
        let measures = columns.dropFirst(keys.count)
        state.accumulators = try zip(aggregation.measures, measures).map { measure, vector in
            Accumulator(measure, worked: try adopted(vector, measure.type, data), groups, total)
        }
        return state
    }

    /// Has statements carried out that may guess what values there are; where one is wrong, once
    /// more, and no statement of this execution guesses any more.
    func guessing<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
        do { return try body() } catch is UnsaidValue {
            run.memory.withLock { $0.hasGuessedWrong = true }
            return try body()
        }
    }

    func write(_ data: DataSet, _ body: (StatementWriter) throws -> SQLStatement) throws
        -> SQLStatement {
        guard let remote = data.remote else { preconditionFailure("rows in a database") }
        let context = RemoteContext(run: run, dialect: remote.server.dialect)
        return try body(StatementWriter(context, snapshot: data.asOf))
    }

    func fetch(_ statement: SQLStatement, _ data: DataSet) throws -> [Vector] {
        guard let remote = data.remote else { preconditionFailure("rows in a database") }
        try run.checkCancelled()
        return try remote.server.columns(of: statement, isCancelled: run.isCancelledNow)
    }

    /// Values from a database as results have them: rows by the union's numbers, and with their
    /// keys and labels at hand.
    func adopted(_ vector: Vector, _ type: ValueType, _ data: DataSet) throws -> Vector {
        guard case .row(let rows) = vector, case .row(let entity) = type,
              let index = run.universe.index(of: data) else { return vector }
        if data.isRemote(entity) {
            try learnNames(Set(rows), entity, data)
        }
        return run.united(vector, type, from: index)
    }

    /// Fetches what rows are called, once each.
    func learnNames(_ rows: Set<Int32>, _ entity: String, _ data: DataSet) throws {
        guard let remote = data.remote, let definition = run.domain.entity(entity) else { return }
        for column in Set([definition.keyField, definition.labelField].compactMap { $0 }).sorted() {
            let unknown = remote.unknown(rows, entity, column)
            guard !unknown.isEmpty else { continue }
            let values = try remoteValues(entity, column, unknown, .plainText, data)
            remote.note(zip(unknown, 0..<values.count).compactMap { row, place in
                if case .text(let text) = values.constant(place) { (row, text) } else { nil }
            }, entity, column)
        }
    }

    /// The values of a stored column at some rows of a table in a database, in their order.
    func remoteValues(_ entity: String, _ column: String, _ rows: [Int32], _ type: ValueType,
                      _ data: DataSet) throws -> Vector {
        let wanted = Set(rows.filter { $0 >= 0 }).sorted()
        guard !wanted.isEmpty, data.tables[entity]?[column] != nil else {
            return type.nones(rows.count)
        }
        let statement = try write(data) { $0.values(entity, column, at: wanted, type) }
        let found = try fetch(statement, data)
        guard case .row(let numbers) = found[0] else { return type.nones(rows.count) }
        var places = [Int32: Int32](minimumCapacity: numbers.count)
        for (place, row) in numbers.enumerated() { places[row] = Int32(place) }
        return found[1].gathered(rows.map { places[$0] ?? -1 })
    }
}

extension GroupKey {
    /// A key's texts coded in the order in which they were written, where that is their order.
    fileprivate func written(_ vector: Vector) -> Vector {
        guard column.type.keepsOrder, case .text(let codes, let texts) = vector else {
            return vector
        }
        var order = column.type.codes?.values.map(\.en) ?? []
        if case .each(let labels, _) = kind { order = labels }
        var builder = TextBuilder()
        for text in order { _ = builder.code(text) }
        let own = codes.map { $0 < 0 ? None.code : builder.code(texts[$0]) }
        return .text(own, builder.dictionary)
    }
}

extension Plan {
    /// The scan at the bottom of filters and projections, where a snapshot that it reads has the
    /// entity's rows in a database; nil otherwise.
    func remoteScan(_ run: Run, at place: Place? = nil) -> Scan? {
        switch node {
        case .scan(let scan):
            let isRemote = place.map { run.data($0)?.isRemote(scan.entity) == true }
                ?? scan.readings.contains { reading in
                    run.universe.dataSets.contains {
                        $0.asOf == reading.snapshot && $0.isRemote(scan.entity)
                    }
                }
            return isRemote ? scan : nil
        case .filter(let input, let condition):
            return condition.hasColumnTotal ? nil : input.remoteScan(run, at: place)
        case .project(let input, let values):
            return values.contains(where: \.hasColumnTotal) ? nil
                : input.remoteScan(run, at: place)
        default: return nil
        }
    }

    /// The same as it is read at a place of a data set; without one as it says itself.
    func at(_ place: Place?, _ data: DataSet) -> Plan {
        guard let place else { return self }
        return reading(readings.map {
            Reading(snapshot: data.asOf, day: place.day, period: $0.period)
        })
    }

    /// The same over some of the readings.
    fileprivate func reading(_ readings: [Reading]) -> Plan {
        switch node {
        case .scan(let scan):
            Plan(.scan(Scan(entity: scan.entity, condition: scan.condition, readings: readings,
                            period: scan.period)), schema)
        case .filter(let input, let condition):
            Plan(.filter(input.reading(readings), condition), schema)
        case .project(let input, let values):
            Plan(.project(input.reading(readings), values), schema)
        default: self
        }
    }
}

extension Scan {
    /// The readings of each data set, in their order.
    fileprivate func byDataSet(_ run: Run, at place: Place? = nil) throws
        -> [(DataSet, [Reading])] {
        var found: [(DataSet, [Reading])] = []
        for reading in readings {
            let own = try place ?? run.universe.place(reading)
            let data = run.universe.dataSets[own.dataSet]
            let read = place == nil ? reading
                : Reading(snapshot: data.asOf, day: own.day, period: reading.period)
            if let last = found.last, last.0 === data {
                found[found.count - 1].1.append(read)
            } else {
                found.append((data, [read]))
            }
        }
        return found
    }
}
