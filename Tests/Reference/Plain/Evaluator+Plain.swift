import MusterDiagnostics
import MusterLanguage

extension Evaluator {
    func relation(_ plain: PlainTable, _ name: String, at reading: Reading? = nil) -> Relation {
        let reading = reading ?? chronicle.today
        var shape = Shape()
        shape.plain = name
        shape.columns = plain.columns.map { column in
            var own = Column(name: column.heading)
            (own.isFromFile, own.kind) = (true, column.kind)
            return own
        }
        let rows = plain.rows.enumerated().map { index, values in
            let row = Row(at: reading, values: Dictionary(
                uniqueKeysWithValues: zip(plain.columns.map(\.heading), values)))
            row.plain = PlainRow(table: name, index: index)
            return row
        }
        var relation = Relation(shape: shape, rows: rows, at: reading)
        relation.isTable = false
        return relation
    }

    // MARK: names and kinds

    /// Where columns are named, a literal that is exactly a column's name is that column.
    func naming(_ expression: Expression, _ shape: Shape) -> Expression {
        guard case .literal(let literal) = expression.kind else { return expression }
        if case .text = literal { return expression }
        let typed = Part(expression: expression, source: source).typed
        let name = Name(typed, expression.span, isQuoted: true)
        guard shape.column(typed: [name]) != nil else { return expression }
        return Expression(.path([name]), expression.span)
    }

    /// What an expression is, where that is known without looking at rows.
    func kind(_ expression: Expression, _ shape: Shape) -> PlainKind? {
        switch expression.kind {
        case .path(let names):
            if let column = shape.column(typed: names) { return column.kind }
            guard let table = shape.table else { return nil }
            let path = steps(names).joined(separator: ".")
            switch Item.all(table).first(where: { $0.heading == path })?.kind {
            case .truth: return .truth
            case .integer: return .whole
            case .hours: return .decimal(places: 2)
            case .text: return .text
            case .day: return .day
            default: return nil
            }
        case .literal(.integer): return .whole
        case .literal(.text): return .text
        case .literal(.day): return .day
        case .literal(.bool): return .truth
        case .call(_, let name, let arguments) where Names.function(name.text) == "lookup":
            guard let found = try? lookedUp(arguments) else { return nil }
            return found.table.shape.column(found.value)?.kind
        default: return nil
        }
    }

    // MARK: lookup

    private struct LookedUp {
        let table: Relation
        let value: String
        let key: Column
        let wanted: Expression
    }

    /// `lookup(table.value, key = wanted)`
    private func lookedUp(_ arguments: [Argument]) throws -> LookedUp {
        guard arguments.count == 2, case .path(let names) = arguments[0].value.kind,
              names.count == 2,
              case .binary(.equal, let key, let wanted) = arguments[1].value.kind,
              case .path(let keys) = key.kind, keys.count == 1 else {
            throw Refusal("lookup takes a table's column and a key")
        }
        guard let table = tables[names[0].text]
                ?? chronicle.plain[names[0].text].map({ relation($0, names[0].text) }) else {
            throw Refusal("no table \(names[0].text)")
        }
        guard let value = table.shape.column(typed: [names[1]]),
              let key = table.shape.column(typed: keys) else { throw Refusal("no such column") }
        return LookedUp(table: table, value: value.name, key: key, wanted: wanted)
    }

    /// Both sides are of one type, whichever way round.
    func checkLookup(_ arguments: [Argument], _ shape: Shape) throws {
        let found = try lookedUp(arguments)
        guard let key = found.key.kind, let wanted = kind(found.wanted, shape) else { return }
        if !key.meets(wanted) { throw Refusal("\(wanted) is looked up in \(key)") }
    }

    /// The value in the row whose key is the wanted one: none where there is no such row.
    func lookup(_ arguments: [Argument], _ place: Place) throws -> Value {
        let found = try lookedUp(arguments)
        let wanted = try value(found.wanted, place)
        let rows = found.table.rows.filter {
            compare(.equal, asPeriod($0[found.key.name], beside: wanted), wanted)
        }
        if rows.count > 1 { throw Refusal("several rows have that key") }
        return rows.first?[found.value] ?? .none
    }

    private func asPeriod(_ value: Value, beside other: Value) -> Value {
        if case .year = other { asPeriod(value) } else { value }
    }
}
