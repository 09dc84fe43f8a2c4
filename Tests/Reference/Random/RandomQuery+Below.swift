extension RandomQuery {
    /// A relation down from the rows of this table, and what it leads to.
    private func relation() -> (String, Table)? {
        let relations: [(String, Table)] = switch table {
        case .people: [("service", .service)]
        case .units: [("members", .people), ("members", .people), ("people", .people),
                      ("activists", .people), ("own_members", .people), ("teams", .teams),
                      ("service", .service), ("children", .units)]
        default: []
        }
        guard let relation = random.pick(relations) else { return nil }
        tags.insert("down:\(relation.0)")
        return relation
    }

    private func spelled(_ relation: String) -> String {
        let names = Names.sources + Names.fields
        return spelling.word(relation, names.first { $0.0 == relation }?.1 ?? relation)
    }

    /// Evaluates a closure as if the rows were those of another table.
    private func inside<Result>(_ inner: Table, _ body: () -> Result) -> Result {
        let outer = (table, columns, period)
        (table, columns, period) = (inner, [], nil)
        defer { (table, columns, period) = outer }
        return body()
    }

    private func condition(_ inner: Table, percent: Int = 50) -> String {
        guard random.chance(percent) else { return "" }
        let text = inside(inner) { truth(depth: 0) }
        tags.insert("down:where")
        return " \(spelling.word("where", "筛选")) \(text)"
    }

    func anyBelow(_ depth: Int) -> String? {
        guard depth > 0, let (relation, inner) = relation() else { return nil }
        tags.insert("function:any")
        let text = spelling.call("any", [spelled(relation) + condition(inner, percent: 70)])
        return text
    }

    /// The number of all members, or of the rows below a row's unit.
    private func elsewhere() -> Piece {
        if table == .people, random.chance(60) {
            let relation = random.pick(["members", "teams", "children", "people"]) ?? "members"
            tags.insert("below:prefix")
            let unit = spelling.word("unit", "所在组织")
            return Piece(text: spelling.call("count", [unit + "." + spelled(relation)]),
                         isNullable: false, kind: .integer)
        }
        tags.insert("below:query")
        let day = " \(spelling.word("as of", "截至")) \(spelling.day(someDay()))"
        let text = "\(spelled("members"))\(day) \(spelling.mark("|")) \(spelling.word("count", "计数"))"
        return Piece(text: spelling.bracket(text), isNullable: false, kind: .integer)
    }

    /// The number of rows below a key that is a unit, in the group's own snapshot.
    func belowKey() -> String? {
        guard let key = random.pick(keys.filter(\.isUnit)) else { return nil }
        let (relation, inner): (String, Table) = random.pick([
            ("members", .people), ("activists", .people), ("own_members", .people),
            ("teams", .teams), ("children", .units), ("service", .service),
        ]) ?? ("members", .people)
        tags.insert("below:key")
        usedKeys = true
        let rows = spelling.path(key) + "." + spelled(relation)
        return spelling.call("count", [rows + condition(inner)])
    }

    /// A number computed from the rows below.
    func below(_ depth: Int) -> Piece? {
        if random.chance(10) { return elsewhere() }
        guard depth > 0, let (relation, inner) = relation() else { return nil }
        let rows = spelled(relation)
        func path(_ item: Item) -> String { rows + "." + spelling.path(item) }
        func call(_ name: String, _ argument: String) -> String {
            tags.insert("below:\(name)")
            return spelling.call(name, [argument + condition(inner)])
        }
        if relation == "children", random.chance(40) {
            let count = rows + "." + spelling.call("count", [spelled("members")
                                                             + condition(.people)])
            return Piece(text: spelling.call("sum", [count]), isNullable: false, kind: .integer)
        }
        let items = inside(inner) { scope }
        let numbers = items.filter(\.isNumeric)
        switch random.below(5) {
        case 0:
            guard let item = random.pick(numbers) else { break }
            let isHours = if case .hours = item.kind { true } else { false }
            return Piece(text: call("sum", path(item)), isNullable: false,
                         kind: isHours ? .hours : .integer)
        case 1:
            guard let item = random.pick(numbers) else { break }
            let isHours = if case .hours = item.kind { true } else { false }
            return Piece(text: call(random.chance(50) ? "min" : "max", path(item)),
                         isNullable: true, kind: isHours ? .hours : .integer)
        case 2:
            guard let item = random.pick(numbers) else { break }
            return Piece(text: call(random.chance(50) ? "mean" : "median", path(item)),
                         isNullable: true, kind: .number)
        case 3:
            guard let item = random.pick(items.filter { $0.codes != nil }) else { break }
            return Piece(text: call("distinct", path(item)), isNullable: false, kind: .integer)
        default: break
        }
        return Piece(text: call("count", rows), isNullable: false, kind: .integer)
    }
}
