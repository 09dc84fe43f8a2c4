import MusterValues
import MusterDiagnostics
import MusterStore

/// Turns values into what may be shown: rows by their label, codes by their names, sensitive
/// texts masked. The only way out of the engine.
package struct CellMaker: Sendable {
    private let environment: Environment
    private let labels: [String: Column]
    /// Entities whose label is a person's name.
    private let personal: Set<String>

    package init(_ environment: Environment) {
        self.environment = environment
        var labels: [String: Column] = [:]
        for entity in environment.domain.entities {
            if let field = entity.labelField ?? entity.keyField {
                labels[entity.name] = environment.data?.column(entity.name, field)
            }
        }
        self.labels = labels
        personal = Set(environment.domain.entities.filter { entity in
            entity.labelField.flatMap(entity.field)?.type.isPersonal == true
        }.map(\.name))
    }

    func cell(_ value: Constant, _ type: ValueType) -> Cell {
        switch (value, type) {
        case (.none, _): return .none
        case (.bool(let v), _): return .bool(v)
        case (.int(let v), .hundredths): return .hundredths(v)
        case (.int(let v), _): return .integer(v)
        case (.double(let v), _): return .number(v)
        case (.day(let v), .year): return .year(v)
        case (.day(let v), .month): return .month(v)
        case (.day(let v), _): return .day(v)
        case (.row(let row), .row(let entity)):
            let text = label(row, entity)
            return .text(personal.contains(entity) ? named(text) : text)
        case (.row(let row), _): return .integer(Int64(row))
        case (.text(let text), .text(.sensitive)): return .text(masked(text))
        case (.text(let text), .text(.personal)): return .text(named(text))
        case (.text(let text), .text(.code(let codes))): return .term(codes.term(text))
        case (.text(let text), _): return .text(text)
        }
    }

    /// A person's name as it may be shown: `王**` where names are hidden, whatever its length.
    private func named(_ text: String) -> String {
        environment.hidesNames && !text.isEmpty ? text.prefix(1) + "**" : text
    }

    private func label(_ row: Int32, _ entity: String) -> String {
        guard case .text(let codes, let dictionary)? = labels[entity] else { return "" }
        guard codes.indices.contains(Int(row)) else { return foreignLabel(row, entity) }
        return codes[Int(row)] < 0 ? "" : dictionary[codes[Int(row)]]
    }

    /// What tells the row from others of its name: its id.
    func key(_ row: Int32, _ entity: String) -> String? {
        guard let field = environment.domain.entity(entity)?.keyField,
              case .text(let codes, let dictionary)? = environment.data?.column(entity, field),
              codes.indices.contains(Int(row)), codes[Int(row)] >= 0 else { return nil }
        return dictionary[codes[Int(row)]]
    }

    /// The label of a row that only another snapshot has.
    private func foreignLabel(_ row: Int32, _ entity: String) -> String {
        guard let (data, own) = environment.union?.origin(of: row, entity: entity),
              let field = environment.domain.entity(entity)?.labelField,
              case .text(let codes, let dictionary)? = data.column(entity, field),
              codes.indices.contains(Int(own)), codes[Int(own)] >= 0 else { return "" }
        return dictionary[codes[Int(own)]]
    }

    /// Everything but the last character as asterisks.
    package func masked(_ text: String) -> String { CellMaker.masked(text) }

    package static func masked(_ text: String) -> String {
        String(repeating: "*", count: max(0, text.count - 1)) + text.suffix(1)
    }
}

/// Makes result tables of finished frames.
package struct Results {
    private let environment: Environment

    package init(_ environment: Environment) { self.environment = environment }

    /// The plan with the columns that a listing of its rows shows, where no verb chose any.
    package func listing(_ plan: Plan) -> Plan {
        guard let name = plan.schema.entity, let entity = environment.domain.entity(name) else {
            return plan
        }
        let row = Scalar(.rowNumber, .row(name))
        var columns: [ColumnInfo] = [], add: [Scalar] = []
        for field in entity.fields where field.isListed {
            guard case .stored(let column) = field.origin else { continue }
            var info = ColumnInfo([field.name], field.type)
            info.display = field.display
            columns.append(info)
            add.append(Scalar(.field(entity: name, column: column, row: row), field.type))
        }
        if let table = environment.data?.tables[name] {
            for column in table.undeclared {
                guard let type = table[column]?.type else { continue }
                columns.append(ColumnInfo([Term(column)], type))
                add.append(Scalar(.field(entity: name, column: column, row: row), type))
            }
        }
        var schema = plan.schema
        schema.entity = nil
        schema.columns += columns
        return Plan(.project(plan, keep: Array(plan.schema.columns.indices), add: add), schema)
    }

    package func table(_ plan: Plan, _ frame: Frame) -> ResultTable {
        let maker = CellMaker(environment)
        let running = plan.instants.last { $0.isRunning }
        let columns = plan.schema.columns.map { info in
            ResultColumn(name: info.name, label: info.label, display: info.display,
                         isNumeric: info.type.isNumeric, running: self.running(info, running),
                         isKey: info.isKey, goal: info.goal)
        }
        var cells: [[Cell]] = []
        for (position, info) in plan.schema.columns.enumerated() {
            let vector = frame.columns[position]
            cells.append((0..<frame.count).map { row in
                if let marks = frame.totals, marks[row] & Executor.mark(position) != 0 {
                    return .term(ColumnNames.total)
                }
                return maker.cell(vector.constant(row), info.type)
            })
        }
        return ResultTable(columns: columns, cells: cells, rowCount: frame.count,
                           totalRows: Set((0..<frame.count).filter { frame.isTotal($0) }))
    }

    private func running(_ info: ColumnInfo, _ instant: Instant?) -> (Cell, Int32)? {
        if let day = info.runningDay { return (.none, day) }
        guard info.role == .period, let instant, let period = instant.period else { return nil }
        switch info.type {
        case .year: return (.year(period), instant.day)
        case .month: return (.month(period), instant.day)
        default: return nil
        }
    }

    /// A finished result as a table that stays as it is: rows of people or units keep their
    /// meaning, the recipe goes.
    package func frozen(_ plan: Plan, _ frame: Frame, name: String) -> FrozenTable {
        let columns = plan.schema.columns.map { info -> ColumnInfo in
            var copy = info
            copy.wasKey = info.isKey
            copy.role = .value
            copy.keyIndex = nil
            copy.overPeriods = info.overPeriods
            return copy
        }
        var kept = frame
        kept.groups = nil
        kept.rows = nil
        return FrozenTable(name: name, columns: columns, frame: kept)
    }

    /// A table of the right columns without rows, for checking what comes after it.
    package func placeholder(_ plan: Plan, name: String) -> FrozenTable {
        let shown = listing(plan)
        let frame = Frame(count: 0, columns: shown.schema.columns.map { $0.type.nones(0) },
                          days: .same(0), dataSet: 0)
        return frozen(shown, frame, name: name)
    }

    /// A loaded plain table.
    package static func frozen(_ table: Table, name: String, day: Int32) -> FrozenTable {
        let columns = table.columnNames.map { column in
            ColumnInfo([ColumnNames.term(column)], table[column]?.type ?? .plainText)
        }
        let frame = Frame(
            count: table.rowCount,
            columns: table.columnNames.compactMap { table[$0]?.values(0..<table.rowCount) },
            days: .same(day), dataSet: 0)
        return FrozenTable(name: name, columns: columns, frame: frame)
    }
}
