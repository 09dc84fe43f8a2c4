extension RandomQuery {
    func keyList(atLeastOne: Bool) -> [(text: String, item: Item)] {
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
            if item.isQuoted || item.heading == period?.heading { return false }
            return switch item.kind {
            case .truth, .code, .unit, .integer: true
            case .text: random.chance(20)
            // The period by another name would be a second one.
            case .year, .month: period == nil
            case .day: random.chance(10)
            case .hours, .number: random.chance(8)
            }
        }
    }

    private func key() -> (text: String, item: Item)? {
        switch random.below(14) {
        case 12:
            if let key = partKey() { return key }
        case 13:
            if let key = orderKey() { return key }
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
        return (naming(item), item)
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

    /// `p = part(unit, "…")`, often with `every`.
    private func partKey() -> (text: String, item: Item)? {
        let units = scope.filter { $0.isUnit && !$0.isQuoted }
        guard let item = random.pick(units), let unit = wholeText() else { return nil }
        let alias = newName(), isEvery = table != nil && random.chance(60)
        tags.insert(isEvery ? "key:every part" : "key:part")
        if isEvery { hasDomain = true }
        let every = isEvery ? spelling.word("every", "每个") + " " : ""
        return ("\(every)\(alias) \(spelling.mark("=")) "
                    + spelling.call("part", [name(item), unit]),
                Item(alias: alias, .unit, nullable: !isEvery))
    }

    /// A unit that has others below it: by its name, or the top of all.
    func wholeText() -> String? {
        let hasRoot = roster.parents.filter { $0 == nil }.count == 1
        guard hasRoot, random.chance(25) else { return unitText() }
        tags.insert("key:root")
        return spelling.word("root", "顶级")
    }

    /// `o = order(kind)`.
    private func orderKey() -> (text: String, item: Item)? {
        let codes = scope.filter { $0.codes != nil && !$0.isQuoted }
        guard let item = random.pick(codes) else { return nil }
        let alias = newName()
        tags.insert("key:order")
        return ("\(alias) \(spelling.mark("=")) " + spelling.call("order", [name(item)]),
                Item(alias: alias, .integer(1...12), nullable: true))
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
