import MusterDiagnostics
import MusterPlan
import MusterValues

/// Expressions as SQL. A value that is none is NULL.
extension Scope {
    func value(_ scalar: Scalar) throws -> SQL {
        switch scalar.node {
        case .constant(.row(let name)): return try row(named: name) ?? "\(value: .none, scalar.type)"
        case .constant(let value): return "\(value: value, scalar.type)"
        case .column(let id):
            guard let column = columns[id] else {
                throw NotInSQL(Message(zh: "缺少的列", en: "a column that is not there"))
            }
            return column
        case .named(_, let inner): return try value(inner)
        case .row: return "\(name: alias).\(name: Layout.row)"
        case .field(let entity, let column, let row):
            return try path(entity, Layout.column(column), column, row, scalar.type)
        case .ancestor(let entity, let level, let row):
            return try path(entity, Layout.ancestor(level), nil, row, scalar.type)
        case .day: return day
        case .arithmetic(let op, let a, let b): return try arithmetic(op, a, b, scalar.type)
        case .convert(let conversion, let a):
            return dialect.converted(try value(a), conversion)
        case .conditional(let test, let a, let b):
            return "case when \(try condition(test)) then \(try value(a)) else \(try value(b)) end"
        case .call(let name, let arguments): return try call(name, arguments)
        case .related(let aggregate, let row): return try related(aggregate, row)
        case .atDay(let a, let other):
            let days = try other.days(self)
            guard !days.contains(None) else { return "\(value: .none, scalar.type)" }
            return try at(days) { try value(a) }
        case .subquery:
            guard let reading = readings.first else { throw Scope.unsaid(scalar) }
            let constant = try writer.context.value(of: scalar, at: reading)
            return try value(.constant(constant, scalar.type))
        case .lowest(let rows, let entity): return try lowest(rows, entity)
        case .part(let whole, let row): return try part(of: whole, try value(row), scalar.type)
        case .not, .and, .or, .compare, .inForce, .isNone, .textTest, .below, .inGroups:
            let test = try condition(scalar)
            return mayBeNull(scalar) ? "coalesce(\(test), false)" : "(\(test))"
        case .columnTotal(let a): return try columnTotal(a)
        case .benchmark(let row, let year): return try benchmark(row, year)
        case .match(let match, let keys): return try self.match(match, keys)
        case .cell(let table, let column, let row): return try cell(table, column, row)
        case .lookUp(let lookUp, let key): return try self.lookUp(lookUp, key)
        }
    }

    private var None: Int32 { .max }

    static func unsaid(_ scalar: Scalar) -> NotInSQL {
        let what = switch scalar.node {
        case .columnTotal: Message(zh: "合计(…)", en: "total(…)")
        default: Message(zh: "这个式子", en: "this expression")
        }
        return NotInSQL(what)
    }

    /// The number of a named row in the snapshot; nil where it has none.
    func row(named name: RowName) throws -> SQL? {
        if let number = writer.context.number(of: name, snapshot: writer.snapshot) {
            return "\(value: .int(Int64(number)), .row(name.entity))"
        }
        guard let key = try writer.context.key(of: name, snapshot: writer.snapshot),
              let field = writer.context.domain.entity(name.entity)?.keyField else { return nil }
        let isKey: SQL = "\(name: field) = \(value: .text(key), .plainText)"
        return "(select \(name: Layout.row) from \(writer.table(name.entity)) where \(isKey))"
    }

    /// A column of the row that another expression gives.
    private func path(_ entity: String, _ column: String, _ stored: String?, _ row: Scalar,
                      _ type: ValueType) throws -> SQL {
        var conversion: Conversion?
        if let stored {
            guard let found = try writer.context.stored(entity, stored, as: type,
                                                        snapshot: writer.snapshot) else {
                return "\(value: .none, type)"
            }
            conversion = found.conversion
        }
        let own: SQL
        if case .row = row.bare.node, self.entity == entity {
            own = "\(name: alias).\(name: column)"
        } else {
            own = "\(name: self.row(entity, try value(row))).\(name: column)"
        }
        return conversion.map { dialect.converted(own, $0) } ?? own
    }

    private func arithmetic(_ op: ArithmeticOperator, _ a: Scalar, _ b: Scalar, _ type: ValueType)
        throws -> SQL {
        let x = try value(a), y = try value(b)
        if a.type == .day {
            switch (op, b.type == .day) {
            case (.subtract, true): return dialect.days(from: y, to: x)
            case (.subtract, false): return dialect.later(x, by: "(-\(y))")
            default: return dialect.later(x, by: y)
            }
        }
        if type.isPeriod {
            // A period so many later is a period.
            return dialect.cast(op == .subtract ? "\(x) - \(y)" : "\(x) + \(y)", type)
        }
        switch op {
        case .add: return "(\(x) + \(y))"
        case .subtract: return "(\(x) - \(y))"
        case .multiply: return "(\(x) * \(y))"
        case .divide: return "(\(x) / nullif(\(y), 0))"
        case .modulo:
            guard type.isExact else { throw NotInSQL(Message(zh: "小数的 %", en: "% of decimals")) }
            return "(\(x) % nullif(\(y), 0))"
        }
    }

    private func call(_ name: String, _ arguments: [Scalar]) throws -> SQL {
        guard let function = writer.context.registry.sql(named: name),
              !function.isGuess || writer.context.mayGuess,
              let form = function.form(of: arguments.map(\.type), in: dialect.name) else {
            throw NotInSQL(Message(zh: "函数 \(name)", en: "the function \(name)"))
        }
        return "(\(try SQL(form: form, arguments.map(value))))"
    }

    /// The row directly below the named one on the way up.
    private func part(of whole: RowName, _ row: SQL, _ type: ValueType) throws -> SQL {
        guard let parent = writer.context.domain.entity(whole.entity)?.parentField,
              let root = try self.row(named: whole) else { return "\(value: .none, type)" }
        let closure = writer.table(Layout.closure(whole.entity))
        let parts: SQL = """
            (select c.\(name: Layout.below), c.\(name: Layout.above) from \(closure) c
            join \(writer.table(whole.entity)) t on t.\(name: Layout.row) = c.\(name: Layout.above)
            where t.\(name: Layout.column(parent)) = \(root))
            """
        let part = join(parts, "part") { "\(name: $0).\(name: Layout.below) = \(row)" }
        return "coalesce(\(name: part).\(name: Layout.above), "
            + "case when \(row) = \(root) then \(root) end)"
    }

    /// Of several rows of a tree the lowest, the first of several such.
    private func lowest(_ rows: [Scalar], _ entity: String) throws -> SQL {
        let numbers = try rows.map(value)
        let depths = numbers.map { "coalesce(\(name: row(entity, $0)).\(name: Layout.depth), -1)" as SQL }
        let cases = numbers.indices.dropLast().map { place -> SQL in
            let others = depths.indices.filter { $0 != place }.map { other -> SQL in
                "\(depths[place]) \(other < place ? ">" : ">=") \(depths[other])"
            }
            return "when \(others.joined(" and ")) then \(numbers[place])"
        }
        guard let last = numbers.last else { return "\(value: .none, .row(entity))" }
        return cases.isEmpty ? last : "case \(cases.joined(" ")) else \(last) end"
    }
}

extension Scope {
    /// The sum over the ordinary rows.
    private func columnTotal(_ a: Scalar) throws -> SQL {
        guard let ordinary else { throw Scope.unsaid(Scalar(.columnTotal(a), a.type)) }
        let scope = ordinary.scope(writer)
        let sum = writer.dialect.total("sum(\(try scope.value(a)))", a.type)
        let own: [SQL] = ordinary.totals.isEmpty ? [] : ["r._part = 0"]
        return "(\(writer.select([sum], from: scope.source, where: own)))"
    }
}

extension Scalar {
    /// The days that it comes to at each reading's day.
    fileprivate func days(_ scope: Scope) throws -> [Int32] {
        try zip(scope.readings, scope.days).map { reading, day in
            let place = Reading(snapshot: reading.snapshot, day: day, period: reading.period)
            switch try scope.writer.context.value(of: self, at: place) {
            case .day(let day): return day
            default: return .max
            }
        }
    }
}

extension SQL {
    /// A form with its arguments in their places.
    init(form: String, _ arguments: [SQL]) throws {
        var pieces: [Piece] = []
        var rest = form[...]
        while let open = rest.firstIndex(of: "{") {
            pieces.append(.text(String(rest[..<open])))
            guard let close = rest[open...].firstIndex(of: "}"),
                  let place = Int(rest[rest.index(after: open)..<close]),
                  arguments.indices.contains(place) else {
                throw NotInSQL(Message(zh: "这个式子", en: "this expression"))
            }
            pieces += arguments[place].pieces
            rest = rest[rest.index(after: close)...]
        }
        pieces.append(.text(String(rest)))
        self.init(pieces)
    }
}
