extension RandomQuery {
    func group(_ verb: String) -> String {
        hasDomain = false
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
        columns = keys + outputs.map { output in
            var item = output.item
            switch item.kind {
            case .integer, .hours: item.isStock = keepsPeriod && !item.isFlow
            default: break
            }
            return item
        }
        (table, isRepeated, isTableRows, hasTotals, isPivoted) = (nil, false, false, false, false)
        isGrouped = true
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

    private func trio(_ condition: String?) -> [(text: String, item: Item)] {
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

    // MARK: aggregates

    private func measured(_ taken: Set<String>) -> [(text: String, item: Item)] {
        var all: [(text: String, item: Item)] = []
        if random.chance(25) {
            all = trio(truth(depth: 1))
            tags.formUnion(["aggregate:count(C)", "aggregate:rate"])
        }
        if isRepeated, random.chance(30), let flow = flow() { all.append(flow) }
        for _ in 0..<random.from(all.isEmpty ? 1 : 0, to: 3) {
            let (text, kind) = aggregate()
            if random.chance(8), !spelling.isFullWidth, !all.contains(where: { $0.item.heading == text }) {
                var item = Item(alias: text, kind)
                item.isQuoted = true
                tags.insert("aggregate:unnamed")
                all.append((text, item))
                continue
            }
            let alias = newName()
            all.append(("\(alias) \(spelling.mark("=")) \(text)", Item(alias: alias, kind)))
        }
        let numbers = all.filter { $0.item.isNumeric && !$0.item.isQuoted }
        if random.chance(35), let a = random.pick(numbers), let b = random.pick(numbers) {
            let alias = newName()
            let operation = mark(random.pick(isPivoted ? ["/", "-"] : ["/", "+", "-"]) ?? "/")
            all.append(("\(alias) \(spelling.mark("=")) \(a.item.heading) \(operation) "
                        + b.item.heading, Item(alias: alias, .number)))
            tags.insert("aggregate:arithmetic")
        }
        return all
    }

    /// What happened in a period, such as new registrations: this may be added up over periods.
    private func flow() -> (text: String, item: Item)? {
        guard let period, let day = random.pick(scope.filter { $0.isDay && !$0.isQuoted }) else {
            return nil
        }
        let alias = newName()
        let happened = "\(name(day)) \(word("in", "属于")) \(spelling.path(period))"
        tags.insert("aggregate:flow")
        var item = Item(alias: alias, .integer(0...20), nullable: false)
        item.isFlow = true
        return ("\(alias) \(spelling.mark("=")) " + spelling.call("count", [happened]), item)
    }

    private func note(_ aggregate: String) { tags.insert("aggregate:\(aggregate)") }

    private func aggregate() -> (String, Item.Kind) {
        let numbers = scope.filter { $0.isNumeric && !$0.isStock && !$0.isQuoted }
        let part = random.chance(30)
            ? " \(spelling.word("where", "筛选")) \(truth(depth: 0))" : ""
        if !part.isEmpty { note("where") }
        let number = random.pick(numbers)
        switch random.below(12) {
        case 0:
            note("count")
            return (spelling.call("count", []), .integer(0...20))
        case 1, 2:
            note("count(C)")
            return (spelling.call("count", [truth(depth: 1)]), .integer(0...20))
        case 3:
            note("rate")
            return (spelling.call("rate", [truth(depth: 1)]), .number)
        case 4, 5:
            // Rates and means do not add up.
            guard let number = random.pick(numbers.filter { !$0.isRatio && !$0.isFlow }) else { break }
            note("sum")
            return (spelling.call("sum", [name(number) + part]), number.kind)
        case 6:
            guard let number else { break }
            let name = random.chance(50) ? "mean" : "median"
            note(name)
            return (spelling.call(name, [self.name(number) + part]), .number)
        case 7:
            guard let number else { break }
            note("percentile")
            let share = random.pick(["0.9", "0.25", "90", "33", "0", "100"]) ?? "0.5"
            return (spelling.call("percentile", [name(number) + part, share]), .number)
        case 8, 9:
            let items = scope.filter { $0.isNumeric || $0.isDay }.filter { !$0.isQuoted }
            guard let item = random.pick(items) else { break }
            let name = random.chance(50) ? "min" : "max"
            note(name)
            return (spelling.call(name, [self.name(item) + part]), item.kind)
        case 10:
            let piece = numeric(depth: 1)
            guard period == nil || isRepeated else { break }
            if columns.contains(where: \.isStock) { break }
            if piece.isRatio || scope.contains(where: \.isRatio) { break }
            note("sum(e)")
            return (spelling.call("sum", [piece.text + part]),
                    piece.kind == .hours ? .hours : .integer(0...20))
        default:
            guard let item = random.pick(scope.filter { !$0.isQuoted }) else { break }
            note("distinct")
            return (spelling.call("distinct", [name(item) + part]), .integer(0...20))
        }
        note("count")
        return (spelling.call("count", []), .integer(0...20))
    }

    // MARK: keys

    private func keyList(atLeastOne: Bool) -> [(text: String, item: Item)] {
        var all: [(text: String, item: Item)] = []
        let count = random.from(atLeastOne || isGrouped || random.chance(85) ? 1 : 0, to: 3)
        for _ in 0..<count {
            guard let key = key() else { continue }
            let isNew = !all.contains { $0.item.heading == key.item.heading }
            if isNew, !["of", "n", "rate"].contains(key.item.heading) { all.append(key) }
        }
        let keepsPeriod = isRepeated || random.chance(70)
        if let period, keepsPeriod, !all.contains(where: { $0.item.heading == period.heading }) {
            let isEvery = random.chance(15)
            if isEvery { tags.insert("key:every period") }
            let text = (isEvery ? spelling.word("every", "每个") + " " : "") + spelling.path(period)
            all.insert((text, period), at: random.from(0, to: all.count))
        }
        if all.isEmpty, atLeastOne, let item = random.pick(scope) { all.append((name(item), item)) }
        return all
    }

    /// Fields and columns with few values.
    private var groupable: [Item] {
        scope.filter { item in
            if item.isQuoted { return false }
            return switch item.kind {
            case .truth, .code, .unit, .integer: true
            case .text: random.chance(20)
            case .year, .month: !isRepeated
            case .day: random.chance(10)
            case .hours, .number: random.chance(8)
            }
        }
    }

    private func key() -> (text: String, item: Item)? {
        switch random.below(12) {
        case 0, 1:
            if let key = every() { return key }
        case 2:
            return labels()
        case 3:
            let alias = newName(), text = truth(depth: 1)
            tags.insert("key:alias")
            return ("\(alias) \(spelling.mark("=")) \(text)",
                    Item(alias: alias, .truth, nullable: false))
        case 4:
            if let key = expression() { return key }
        case 5:
            guard let item = random.pick(groupable) else { break }
            let alias = newName()
            tags.insert("key:alias")
            return ("\(alias) \(spelling.mark("=")) \(name(item))",
                    Item(alias: alias, item.kind, nullable: item.isNullable))
        default: break
        }
        // Units by level are the commonest key of all.
        let levels = scope.filter { item in
            item.isUnit && Names.levels.contains { item.heading.hasSuffix($0.0) }
        }
        guard let item = random.chance(35) ? random.pick(levels) ?? random.pick(groupable)
            : random.pick(groupable) else { return nil }
        tags.insert("key:path")
        return (name(item), item)
    }

    private func expression() -> (text: String, item: Item)? {
        guard let day = scope.filter(\.isDay).randomItem(&random), !day.isQuoted else { return nil }
        let function = random.chance(50) ? "year" : "month"
        let text = self.function(function, [name(day)])
        let kind: Item.Kind = function == "year" ? .year : .integer(1...12)
        if random.chance(60) || spelling.isFullWidth {
            let alias = newName()
            tags.insert("key:alias")
            return ("\(alias) \(spelling.mark("=")) \(text)", Item(alias: alias, kind))
        }
        tags.insert("key:expression")
        var item = Item(alias: text, kind)
        item.isQuoted = true
        return (text, item)
    }

    /// `every k`, sometimes `under "…"`.
    private func every() -> (text: String, item: Item)? {
        guard table != nil else { return nil }
        let items = scope.filter { item in
            guard !item.isQuoted, item.steps.count > 1 || !item.isUnit else { return false }
            if item.codes != nil { return true }
            switch item.steps[item.steps.count - 1].en {
            case "stars", "certified_stars": return true
            case let last: return Names.levels.contains { $0.0 == last }
            }
        }
        guard let item = random.pick(items) else { return nil }
        var text = spelling.word("every", "每个") + " " + name(item)
        tags.insert("key:every")
        hasDomain = true
        if item.isUnit, random.chance(35), let unit = unitText() {
            tags.insert("key:every under")
            text += " \(spelling.word("under", "隶属")) \(unit)"
        }
        return (text, item)
    }

    private func labels() -> (text: String, item: Item) {
        let alias = newName()
        let labels = random.shuffled(["甲", "乙", "A", "其他"]).prefix(random.from(1, to: 3))
        let list = labels.map { label in
            spelling.text(label) + spelling.mark(":") + " " + truth(depth: 1)
        }
        tags.insert("key:each")
        return ("\(alias) \(spelling.mark("=")) " + spelling.call("each", list),
                Item(alias: alias, .text, nullable: false))
    }
}

extension Array {
    fileprivate func randomItem(_ random: inout RandomSource) -> Element? { random.pick(self) }
}
