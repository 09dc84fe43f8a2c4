/// Queries along relations of plain tables: up to the one row, down to the many.
extension RandomQuery {
    /// A table that rows may belong to, with the columns that may be keys.
    private struct Upper {
        let name: String
        let table: Table?
        let items: [Item]
    }

    private func uppers() -> [Upper] {
        let books = [("units", Table.units), ("people", Table.people)].map { name, table in
            Upper(name: name, table: table, items: Item.all(table).filter { item in
                item.steps.count == 1 && item.asOfField == nil && item.codes == nil
                    && !item.isUnit
            })
        }
        return books + chronicle.plain.sorted { $0.key < $1.key }.map { name, plain in
            Upper(name: name, table: nil, items: items(plain))
        }
    }

    func relatedRows() -> String {
        guard let (name, plain) = pickPlain(), let upper = random.pick(uppers()) else { return "p1" }
        let own = items(plain)
        let isMatched = random.chance(92)
        let pairs = own.flatMap { key in upper.items.map { (key, $0) } }.filter { key, other in
            isMatched ? isAlike(key, other) : isUnlike(key, other)
        }
        guard let pair = random.pick(pairs) else { return ofPlain() }
        var keys = [pair]
        if random.chance(20), let second = random.pick(pairs) { keys.append(second) }
        let names = (up: newDefinition("up"), down: newDefinition("down"))
        let to = spelling.word("to", "到"), called = spelling.word("as", "为")
        lets.append(spelling.word("relate", "关联") + " \(side(name, keys.map(\.0))) \(to) "
            + "\(side(upper.name, keys.map(\.1))) \(called) \(names.up), \(names.down)")
        tags.insert(!isMatched ? "refusal:relate" : keys.count > 1 ? "relate:keys" : "relate:key")
        tags.insert("relate:to \(upper.table.map { "\($0)" } ?? "plain")")
        return random.chance(50) ? upwards(name, plain, upper, names.up)
            : downwards(own, upper, names.down)
    }

    /// `p1.a`, `p1.(a, b)`.
    private func side(_ name: String, _ keys: [Item]) -> String {
        let paths = keys.map { spelling.path($0) }
        if paths.count == 1, random.chance(80) { return name + "." + paths[0] }
        return name + "." + spelling.bracket(spelling.list(paths))
    }

    private func isUnlike(_ key: Item, _ other: Item) -> Bool {
        key.isText && (other.isNumeric || other.isDay) || key.isDay && other.isNumeric
    }

    // MARK: up

    private func upwards(_ name: String, _ plain: PlainTable, _ upper: Upper, _ up: String)
        -> String {
        begin(plain)
        tags.insert("relate:up")
        var head = spelling.word(name, name)
        if random.chance(30) {
            isTableRows = false
            head += modifiers()
            tags.insert("relate:at a day")
        }
        var values = upper.items
        if let table = upper.table {
            values = Item.all(table).filter { $0.steps.count < 3 && $0.codes == nil }
        }
        if random.chance(50) {
            let test = spelling.word("is none", "为空"), not = spelling.word("is not none", "不为空")
            head += " \(spelling.mark("|")) " + spelling.word("where", "筛选") + " \(up) "
                + (random.chance(50) ? test : not)
        }
        for _ in 0..<random.from(1, to: 2) {
            guard let value = random.pick(values) else { continue }
            let alias = newName()
            head += " \(spelling.mark("|")) " + spelling.word("derive", "派生")
                + " \(alias) = \(up).\(spelling.path(value))"
            var item = Item(alias: alias, value.kind)
            item.isNullable = true
            columns.append(item)
        }
        return staged(head, longest: 3)
    }

    // MARK: down

    private func downwards(_ lower: [Item], _ upper: Upper, _ down: String) -> String {
        tags.insert("relate:down")
        var head = upper.name
        if let table = upper.table {
            self.table = table
            if random.chance(40) { head += modifiers() }
        } else if let plain = chronicle.plain[upper.name] {
            begin(plain)
        }
        let (text, kind) = measured(lower, down)
        let alias = newName()
        var item = Item(alias: alias, kind)
        item.isNullable = true
        columns.append(item)
        return staged(head + " \(spelling.mark("|")) " + spelling.word("derive", "派生")
            + " \(alias) = \(text)", longest: 3)
    }

    /// A value of the rows that belong to a row.
    private func measured(_ lower: [Item], _ down: String) -> (String, Item.Kind) {
        func call(_ name: String, _ item: Item? = nil) -> String {
            let path = item.map { down + "." + spelling.path($0) } ?? down
            return spelling.call(name, [path + condition(lower)])
        }
        let numbers = lower.filter { if case .number = $0.kind { false } else { $0.isNumeric } }
        switch random.below(4) {
        case 0:
            tags.insert("relate:any")
            return (call("any"), .truth)
        case 1:
            guard let item = random.pick(numbers) else { break }
            return (call("sum", item), item.kind)
        case 2:
            guard let item = random.pick(numbers) else { break }
            return (call(random.chance(50) ? "min" : "max", item), item.kind)
        default: break
        }
        return (call("count"), .integer(0...20))
    }

    /// `where …` over the lower rows.
    private func condition(_ lower: [Item]) -> String {
        guard random.chance(50) else { return "" }
        let outer = (table, columns, period)
        (table, columns, period) = (nil, lower, nil)
        defer { (table, columns, period) = outer }
        return " \(spelling.word("where", "筛选")) \(truth(depth: 0))"
    }
}
