/// Queries of plain tables: by themselves, looked up in, and beside the books.
extension RandomQuery {
    func plainWhole() -> String {
        switch random.below(13) {
        case 0...3: return ofPlain()
        case 4, 5: return plainLookedUp()
        case 6: return keptLookedUp()
        case 7...9: return relatedRows()
        default: return pivoted()
        }
    }

    /// The columns of a plain table as they may be named.
    func items(_ plain: PlainTable) -> [Item] {
        plain.columns.map { column in
            let kind: Item.Kind = switch column.kind {
            case .truth: .truth
            case .day: .day
            case .whole: .integer(0...20)
            case .decimal: .hours
            case .double: .number
            case .text: .text
            }
            tags.insert("plain:\(column.kind)")
            var item = Item(alias: column.heading, kind)
            item.isHeading = true
            return item
        }
    }

    func begin(_ plain: PlainTable) {
        (table, isTableRows) = (nil, false)
        columns = items(plain)
        for (place, column) in plain.columns.enumerated() {
            let values = plain.rows.map { $0[place] }.filter { !$0.isNone }.map(\.plain)
            switch column.kind {
            case .text: plainTexts += values
            case .whole, .decimal, .double: plainNumbers += values.filter { $0.first != "-" }
            default: break
            }
        }
    }

    func pickPlain() -> (String, PlainTable)? {
        random.pick(chronicle.plain.sorted { $0.key < $1.key }).map { ($0.key, $0.value) }
    }

    func ofPlain() -> String {
        guard let (name, plain) = pickPlain() else { return "p1" }
        tags.insert("source:plain")
        begin(plain)
        return staged(name, longest: 4)
    }

    // MARK: columns by literal names

    /// A column where columns are named: a heading that reads as a literal may stand bare.
    func naming(_ item: Item) -> String {
        let isLiteral = RandomFile.literalHeadings.contains(item.heading)
        guard item.isHeading, isLiteral, random.chance(60) else { return name(item) }
        tags.insert("name:literal")
        return item.heading
    }

    // MARK: lookup

    private func lookup(_ table: String, _ value: Item, _ key: Item, _ wanted: String) -> String {
        let path = table + "." + spelling.path(value)
        let condition = "\(spelling.path(key)) \(spelling.mark("=")) \(wanted)"
        return spelling.call("lookup", [path, condition])
    }

    /// A value of a plain table beside rows of the books or of another plain table.
    private func plainLookedUp() -> String {
        guard let (name, plain) = pickPlain() else { return "p1" }
        let others = items(plain)
        let head: String
        if random.chance(45), let (own, ownTable) = pickPlain() {
            begin(ownTable)
            head = own
            tags.insert("lookup:from plain")
        } else {
            let (source, table) = random.pick([("members", Table.people), ("units", .units),
                                               ("teams", .teams)]) ?? ("units", .units)
            self.table = table
            tags.insert("lookup:from books")
            head = source
        }
        // Mostly of one type; text in numbers is refused, as are numbers in text.
        let isMatched = random.chance(85)
        let pairs = others.flatMap { key in lookUpFrom.map { (key, $0) } }.filter { key, wanted in
            isMatched ? isAlike(key, wanted) : key.isText != wanted.isText
        }
        guard let (key, wanted) = random.pick(pairs), let value = random.pick(others) else {
            return staged(head, longest: 3)
        }
        tags.insert(isMatched ? "lookup:found" : "refusal:lookup")
        let alias = newName()
        var item = Item(alias: alias, value.kind)
        item.isNullable = true
        let text = lookup(name, value, key, spelling.path(wanted))
        columns.append(item)
        let stage = " | " + spelling.word("derive", "派生") + " \(alias) = " + text
        return staged(head + stage, longest: 3)
    }

    private var lookUpFrom: [Item] {
        scope.filter { item in
            if item.isQuoted || item.heading == "name" || item.heading.hasSuffix("id_number") {
                return false
            }
            return switch item.kind {
            case .text, .integer, .hours, .day, .truth: true
            default: false
            }
        }
    }

    func isAlike(_ key: Item, _ wanted: Item) -> Bool {
        switch (key.kind, wanted.kind) {
        case (.text, .text), (.day, .day), (.truth, .truth): true
        case (.integer, .integer), (.hours, .hours), (.hours, .integer), (.integer, .hours): true
        default: false
        }
    }

    /// What was kept of the books, beside the rows of a plain table.
    private func keptLookedUp() -> String {
        guard let (name, plain) = pickPlain() else { return "p1" }
        begin(plain)
        guard let wanted = random.pick(columns.filter(\.isText)) else {
            return staged(name, longest: 3)
        }
        let kept = newDefinition("kept")
        let path = random.pick(["unit.id", "unit.name", "unit.district.id", "unit.committee.name"])
            ?? "unit.id"
        let measure = random.pick(["count()", "sum(hours)", "max(age)"]) ?? "count()"
        tags.insert("lookup:into books")
        let alias = newName()
        let first = "members | summarize v = \(measure) by u = \(path) | into \(kept)\n"
        let text = spelling.function("lookup") + "(\(kept).v, u = \(spelling.path(wanted)))"
        columns.append(Item(alias: alias, measure.hasPrefix("sum") ? .hours : .integer(0...20)))
        return first + staged(name + " | derive \(alias) = \(text)", longest: 3)
    }
}
