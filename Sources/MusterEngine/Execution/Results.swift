import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore
import MusterValues

/// Makes result tables of finished frames.
package struct Results {
    private let environment: Environment

    package init(_ environment: Environment) { self.environment = environment }

    /// The plan with the columns that a listing of its rows shows, where no verb chose any.
    package func listing(_ plan: Plan) -> Plan {
        guard let name = plan.schema.entity, let entity = environment.domain.entity(name) else {
            return plan
        }
        let row = Scalar(.row, .row(name))
        var identities = Identities(above: plan)
        var columns: [ColumnInfo] = [], values: [Scalar] = []
        func add(_ term: Term, _ value: Scalar, _ display: Display = .plain) {
            var info = ColumnInfo(identities.next(), [term], value.type)
            info.display = display
            columns.append(info)
            values.append(value)
        }
        let catalog = environment.catalog
        // What is nobody's business stands behind: a narrow window leaves it out first.
        let listed = entity.fields.filter(\.isListed)
        for field in listed.filter({ !$0.type.isSensitive })
            + listed.filter(\.type.isSensitive) {
            guard case .stored(let column) = field.origin else { continue }
            add(field.name, catalog.value(of: field, column, entity: name, at: row), field.display)
        }
        if let table = environment.data?.tables[name] {
            for column in table.undeclared {
                if let type = environment.data?.extraType(name, column, environment.domain,
                                                          beside: environment.dataSets) {
                    add(Term(column), Scalar(.field(entity: name, column: column, row: row), type))
                }
            }
        }
        var schema = plan.schema
        (schema.entity, schema.table) = (nil, nil)
        schema.columns += columns
        return Plan(.project(plan, plan.schema.columns.map(\.value) + values), schema)
    }

    /// Throws where the run is interrupted, or the table would be too large.
    ///
    /// - Parameter revealed: columns that are shown in full although their type hides them.
    package func table(_ plan: Plan, _ frame: Frame, _ run: Run,
                       revealing revealed: Set<ColumnID> = []) throws -> ResultTable {
        try run.checkSound()
        let maker = CellMaker(environment)
        let running = plan.readings.last { $0.isRunning }
        let shown = plan.schema.shown
        let masked = environment.domain.words.sensitive.maskedInValues
        func heading(_ term: Term) -> Term { Term(masked(term.en), masked(term.zh)) }
        func name(_ id: ColumnID) -> Term? { shown.first { $0.id == id }.map { heading($0.name) } }
        let columns = shown.map { info in
            ResultColumn(name: heading(info.name), label: info.label.map(heading),
                         display: info.display,
                         isNumeric: info.type.isNumeric, running: self.running(info, running),
                         isKey: info.isKey, noneLabel: info.noneLabel.map(heading),
                         goal: info.goal.flatMap(name),
                         difference: info.difference.flatMap { difference in
                             guard let minuend = name(difference.minuend),
                                   let subtrahend = name(difference.subtrahend) else { return nil }
                             return .init(minuend: minuend, subtrahend: subtrahend)
                         },
                         unit: info.unit, isVerdict: info.isVerdict,
                         head: info.head.map {
                             SpanningHead(over: heading($0.over), own: heading($0.own))
                         })
        }
        try run.checkCells(rows: frame.count, columns: shown.count)
        let keys = Set(shown.compactMap(\.keyIndex))
        let cells = try shown.map { info -> [Cell] in
            let vector = frame[info.id] ?? info.type.nones(frame.count)
            var cells = revealed.contains(info.id) ? maker.cells(inFull: vector)
                : try maker.cells(vector, info.type, frame.places, run)
            if let whole = info.whole, case .row(let rows) = vector {
                let own = run.number(of: whole)
                for row in rows.indices where own >= 0 && rows[row] == own {
                    if case .text(let name) = cells[row] { cells[row] = .own(name) }
                }
            }
            let mark = mark(info, keys, plan)
            for (row, marks) in (frame.totals ?? []).enumerated() where marks & mark != 0 {
                cells[row] = .term(frame.isSubtotal(row) ? ColumnNames.subtotal : ColumnNames.total)
            }
            return cells
        }
        return ResultTable(columns: columns, cells: cells, rowCount: frame.count,
                           totalRows: Set((0..<frame.count).filter {
                               frame.isTotal($0) && !frame.isSubtotal($0)
                           }),
                           subtotalRows: Set((0..<frame.count).filter { frame.isSubtotal($0) }))
    }

    /// The totals that show as such in a column: those over it as a key, or over a key that only
    /// it tells of.
    private func mark(_ info: ColumnInfo, _ shown: Set<Int>, _ plan: Plan) -> UInt64 {
        if let key = info.keyIndex { return Frame.mark(key) }
        return (plan.keysBehind(info.id) ?? []).subtracting(shown)
            .reduce(0) { $0 | Frame.mark($1) }
    }

    private func running(_ info: ColumnInfo, _ reading: Reading?) -> (Cell, Int32)? {
        if let day = info.runningDay { return (.none, day) }
        guard info.role == .period, let reading, let period = reading.period else { return nil }
        switch info.type {
        case .year: return (.year(period), reading.day)
        case .month: return (.month(period), reading.day)
        default: return nil
        }
    }

    /// A finished result as a table that stays as it is: rows of people or units keep their
    /// meaning, the recipe goes.
    package func frozen(_ plan: Plan, _ frame: Frame, name: String) -> FrozenTable {
        let shown = plan.schema.shown
        let columns = shown.map { info -> ColumnInfo in
            var copy = info
            copy.wasKey = info.isKey
            copy.role = .value
            copy.kept = plan.additivity(of: info.id)
            copy.isShare = plan.isShare(info.id)
            return copy
        }
        let readings = plan.rowReadings(query: nil) { table in
            environment.tables[table.name]?.readings ?? .fixed(nil)
        }
        return FrozenTable(name, columns: columns, frame: kept(frame, shown),
                           universe: environment.universe, isReadAtOwn: readings == .own)
    }

    private func kept(_ frame: Frame, _ shown: [ColumnInfo]) -> Frame {
        var result = frame
        result.ids = shown.map(\.id)
        result.columns = shown.map { frame[$0.id] ?? $0.type.nones(frame.count) }
        result.rows = nil
        if let basis = frame.basis {
            result.basis = Basis(frame: kept(basis.frame, shown), members: basis.members)
        } else { result.groups = nil }
        return result
    }

    /// A table of the right columns without rows, for checking what comes after it.
    package func placeholder(_ plan: Plan, name: String) -> FrozenTable {
        let listing = listing(plan)
        let columns = listing.schema.shown
        let frame = Frame(count: 0, ids: columns.map(\.id),
                          columns: columns.map { $0.type.nones(0) },
                          places: .same(Place(dataSet: 0, day: 0)))
        return frozen(listing, frame, name: name)
    }

    /// A loaded plain table, read at a day. What is under a heading of personal data, or holds
    /// such values, has their sensitivity.
    package static func frozen(_ loaded: LoadedPlainTable, name: String, day: Int32,
                               domain: Domain) -> FrozenTable {
        let table = loaded.table
        var identities = Identities()
        let columns = table.columnNames.map { column in
            ColumnInfo(identities.next(), [Term(column)],
                       table.type(ofUndeclared: column, domain) ?? .plainText)
        }
        let frame = Frame(
            count: table.rowCount, ids: columns.map(\.id),
            columns: table.columnNames.compactMap { table[$0]?.values(0..<table.rowCount) },
            places: .same(Place(dataSet: 0, day: day)))
        return FrozenTable(name, columns: columns, frame: frame, universe: nil)
    }
}
