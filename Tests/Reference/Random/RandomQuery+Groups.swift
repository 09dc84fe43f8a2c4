extension RandomQuery {
    func group(_ verb: String) -> String {
        hasDomain = false
        // Targets have a year of their own.
        isDrillable = isTableRows && table != nil && columns.isEmpty
            && !(isRepeated && table == .targets)
        if isDrillable, let table { drilledColumns = Item.listed(table) }
        wasRepeated = isRepeated
        let list = keyList(atLeastOne: verb == "distinct")
        let by = list.isEmpty ? "" : spelling.list(list.map(\.text))
        let input = period
        var outputs: [(text: String, item: Item)] = []
        let text: String
        defer { countName = "n" }
        countName = !isTableRows ? "n" : table == .people ? "人数" : "数量"
        switch verb {
        case "rate":
            let condition = truth(depth: 1)
            outputs = trio(nil)
            text = head("rate", "比率", condition, by)
        case "count":
            outputs = [("", Item("n", countName, .integer(0...20), nullable: false))]
            text = head("count", "计数", "", by)
        case "distinct": text = spelling.word("distinct", "去重") + " " + by
        default:
            outputs = measured(Set(list.map(\.item.heading)))
            text = head("summarize", "汇总", spelling.list(outputs.map(\.text)), by)
        }
        let keepsPeriod = input.map { period in
            list.contains { $0.item.heading == period.heading }
        } ?? false
        period = keepsPeriod ? input : nil
        keys = list.map { key in
            var item = key.item
            item.isKey = true
            item.asOfField = nil
            return item
        }
        allKeys = keys
        hasHiddenPeriod = false
        columns = keys + outputs.map { output in
            var item = output.item
            switch item.kind {
            case .integer, .hours: item.isStock = keepsPeriod && !item.isFlow
            default: break
            }
            return item
        }
        (table, isRepeated, isTableRows, hasTotals, isPivoted) = (nil, false, false, false, false)
        (isGrouped, wasUnitRows, hasSubtotals) = (true, false, false)
        return text
    }

    private func head(_ en: String, _ zh: String, _ middle: String, _ by: String) -> String {
        let verb = spelling.word(en, zh), byWord = spelling.word("by", "按")
        let inner = middle.isEmpty ? "" : " " + middle
        if by.isEmpty { return verb + inner }
        // In Chinese the keys may stand first.
        if spelling.mood == .chinese, random.chance(30) { return "\(byWord) \(by) \(verb)\(inner)" }
        return "\(verb)\(inner) \(byWord) \(by)"
    }

    func trio(_ condition: String?) -> [(text: String, item: Item)] {
        let equal = spelling.mark("=")
        let texts = condition.map { condition in
            ["of \(equal) " + spelling.call("count", []),
             "n \(equal) " + spelling.call("count", [condition]),
             "rate \(equal) " + spelling.call("rate", [condition])]
        } ?? ["", "", ""]
        return [(texts[0], Item("of", "总数", .integer(0...20), nullable: false)),
                (texts[1], Item("n", countName, .integer(0...20), nullable: false)),
                (texts[2], Item("rate", "比率", .number))]
    }
}
