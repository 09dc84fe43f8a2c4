extension RandomQuery {
    func stage(_ verb: String) -> String {
        switch verb {
        case "where": return spelling.word("where", "筛选") + " " + truth(depth: 2)
        case "select": return select()
        case "derive": return derive()
        case "summarize", "rate", "count", "distinct": return group(verb)
        case "sort": return spelling.word("sort", "排序") + " " + sortKeys()
        case "take":
            let count = random.chance(15) ? 0 : random.from(1, to: 6)
            let measure = spelling.mood == .english ? "" : random.pick(["", " 个", " 名", "行"]) ?? ""
            return spelling.word("take", "取前") + " \(count)\(measure)" + within()
        case "rank": return rank()
        case "label": return label()
        case "against target", "against rate", "against previous": return against(verb)
        case "total": return total()
        case "subtotal": return subtotal()
        case "pivot": return pivot()
        default: return cumulate()
        }
    }

    private func sortKeys() -> String {
        let items = scope.filter { !$0.isQuoted }
        let keys = (0..<random.from(1, to: 3)).map { _ -> String in
            let descending = random.chance(45) ? "-" : ""
            if random.chance(20) || items.isEmpty {
                return descending + numeric(depth: 1).text
            }
            return random.pick(items).map { descending + naming($0) } ?? "1"
        }
        return spelling.list(keys)
    }

    /// `by K` of a verb that works within groups.
    private func within() -> String {
        guard random.chance(45) else { return "" }
        tags.insert("by:within")
        let items = scope.filter { !$0.isQuoted }
        let count = random.from(1, to: 2)
        let keys = (0..<count).map { _ in random.pick(items).map(naming) ?? truth(depth: 0) }
        return " \(spelling.word("by", "按")) \(spelling.list(keys))"
    }

    private func rank() -> String {
        let text = spelling.word("rank", "排名") + " " + sortKeys() + within()
        if random.chance(15) {
            let name = newName()
            columns.append(Item(alias: name, .integer(1...10)))
            return text + " " + spelling.word("as", "记为") + " " + name
        }
        columns.append(Item("rank", "名次", .integer(1...10)))
        return text
    }

    private func label() -> String {
        guard let item = random.pick(columns) else { return "" }
        let texts = random.pick([[], ["占比"], ["占比", "share"]]) ?? []
        let display = random.chance(50)
            ? " " + (random.pick(["percent", "points", "hours", "count", "day"]) ?? "count") : ""
        let headings = texts.map { " " + spelling.text($0) }.joined()
        return spelling.word("label", "标注") + " " + spelling.path(item)
            + (headings + display == "" ? " \"列\"" : headings + display)
    }

    // MARK: over groups

    private func against(_ verb: String) -> String {
        let head = spelling.word("against", "对照") + " "
        func add(_ names: [(String, String, Item.Kind)]) {
            columns += names.map { Item($0.0, $0.1, $0.2) }
        }
        if verb == "against previous" {
            let numbers = comparable
            let item = numbers.first { $0.heading == "rate" && random.chance(50) }
            let text = head + spelling.word("previous", "上期")
            guard let column = item ?? random.pick(numbers) else {
                return text + (has("rate") ? "" : " n")
            }
            add([("previous", "上期", column.kind), ("change", "变化", column.kind)])
            for place in columns.indices.suffix(2) { columns[place].isStock = true }
            let isDefault = column.heading == "rate" && random.chance(70)
            return text + (isDefault ? "" : " " + spelling.path(column))
        }
        add([("target", "目标", .number), ("gap", "差距", .number),
             ("short", "差额", .integer(0...5)), ("met", "达标", .truth)])
        if isOverPeriods { columns[columns.count - 2].isStock = true }
        if verb == "against rate" {
            return head + (random.pick(["100%", "50%", "0.6", "1", "33.3%"]) ?? "1")
        }
        return head + spelling.word("target", "目标")
            + (random.chance(25) ? " " + spelling.year(random.from(2014, to: 2018)) : "")
    }

    private func total() -> String {
        hasTotals = true
        let head = spelling.word("total", "合计")
        let isFirstFree = allKeys.first.map { $0.heading != period?.heading } ?? false
        if isFirstFree, random.chance(45) { return head }
        let chosen = random.shuffled(random.some(totalKeys, random.from(1, to: 3)))
        tags.insert("total:\(min(chosen.count, 2))")
        return head + " " + spelling.list(chosen.map { spelling.path($0) })
    }

    private func subtotal() -> String {
        hasSubtotals = true
        let chosen = random.some(subtotalKeys, random.chance(75) ? 1 : 2)
        tags.insert("subtotal:\(min(chosen.count, 2))")
        return spelling.word("subtotal", "小计") + " "
            + spelling.list(chosen.map { spelling.path($0) })
    }

    private func pivot() -> String {
        let head = spelling.word("pivot", "透视")
        let periodKey = keys.first { $0.heading == period?.heading }
        guard let key = random.chance(50) ? periodKey ?? random.pick(keys) : random.pick(keys)
        else { return head }
        let shown = random.some(measures, random.from(1, to: 3))
        let text = head + " " + spelling.path(key) + " " + spelling.word("show", "显示") + " "
            + spelling.list(shown.map { spelling.path($0) })
        keys = keys.filter { $0.heading != key.heading }
        columns = keys
        isPivoted = true
        if let period, period.heading == key.heading, period.isDay {
            for roster in chronicle.rosters { add(DayCount.text(roster.book.asOf), shown) }
            self.period = nil
        } else if let period, period.heading == key.heading {
            for value in periods {
                let isYear = if case .year = period.kind { true } else { false }
                let heading = isYear ? String(value) : DayCount.monthText(value)
                add(heading, shown)
            }
            self.period = nil
        }
        return text
    }

    /// The columns that a value of the pivoted key makes.
    private func add(_ heading: String, _ shown: [Item]) {
        for item in shown {
            var column = item
            let name = shown.count == 1 ? heading : heading + " " + item.heading
            column.steps = [(name, name)]
            column.isQuoted = true
            column.isNullable = true
            columns.append(column)
        }
    }

    private func cumulate() -> String {
        guard let item = random.pick(cumulable) else { return "" }
        let text = spelling.word("cumulate", "累计") + " " + spelling.path(item) + within()
        var column = item
        column.steps = [("cumulative_" + item.heading, "cumulative_" + item.heading)]
        // What has been added up to each period holds the earlier ones already.
        column.isStock = column.isStock || column.isFlow
        column.isNullable = true
        columns.append(column)
        return text
    }
}
