extension RandomQuery {
    /// Every verb as coverage counts it: the three forms of `against` are three.
    public static let verbs = [
        "where", "select", "derive", "summarize", "rate", "count", "distinct", "sort", "take",
        "rank", "label", "against target", "against rate", "against previous", "total", "pivot",
        "cumulate",
    ]

    /// Pairs of verbs that may follow one another.
    public static let legalPairs: [(String, String)] = {
        let comparisons = ["against target", "against rate", "against previous"]
        let never: [String: Set<String>] = [
            // No numbers behind the keys; no `of` and `rate`; nothing left to group or total.
            "distinct": Set(comparisons + ["pivot", "cumulate"]),
            "count": ["against target", "against rate"],
            "pivot": Set(comparisons + ["total", "pivot", "cumulate"]),
            "total": ["total"],
            // A second one would be a second column of the same name.
            "rank": ["rank"], "against previous": ["against previous"],
            "against target": ["against target", "against rate"],
            "against rate": ["against target", "against rate"],
        ]
        return verbs.flatMap { a in verbs.map { (a, $0) } }
            .filter { !(never[$0.0]?.contains($0.1) ?? false) }
    }()

    func chooseVerb() -> String {
        var weights: [(String, Int)] = []
        for verb in RandomQuery.verbs where isLegal(verb) {
            let weight = switch verb {
            case "total", "pivot", "against previous", "against target", "against rate": 16
            case "cumulate", "rank": 10
            case "rate", "summarize", "count", "distinct": isTableRows ? 14 : 4
            default: 8
            }
            weights.append((verb, weight))
        }
        var place = random.below(weights.reduce(0) { $0 + $1.1 })
        for (verb, weight) in weights {
            if place < weight { return verb }
            place -= weight
        }
        return "where"
    }

    private func column(_ name: String) -> Item? { columns.first { $0.heading == name } }
    private func has(_ name: String) -> Bool { column(name) != nil }

    private func isLegal(_ verb: String) -> Bool {
        switch verb {
        case "label": return !columns.isEmpty
        case "rank": return !has("rank")
        case "against target" where isAcross: return false
        case "against target", "against rate":
            return isGrouped && !isPivoted && has("of") && has("n") && has("rate")
                && !has("target")
        case "against previous":
            return isGrouped && !isPivoted && period != nil && !has("previous")
                && !measures.filter(\.isNumeric).isEmpty
        case "total":
            return isGrouped && !isPivoted && !hasTotals && !usedKeys && !totalKeys.isEmpty
        case "pivot": return isGrouped && !isPivoted && !keys.isEmpty && !measures.isEmpty
        case "cumulate": return isGrouped && !isPivoted && !cumulable.isEmpty
        default: return true
        }
    }

    /// Rows of units that have nothing to do with each other, whose target would be anyone's.
    private var isAcross: Bool { hasDomain && keys.filter(\.isUnit).count > 1 }

    /// Columns that are no keys.
    private var measures: [Item] { columns.filter { !$0.isKey } }

    private var totalKeys: [Item] { keys.filter { $0.heading != period?.heading } }

    private var cumulable: [Item] {
        measures.filter { item in
            if item.isRatio { return false }
            return item.isNumeric && !item.isStock && item.heading != "rank"
                && !has("cumulative_" + item.heading) && !item.isQuoted
        }
    }

    var avoidsKeys: Bool { isGrouped && isDeriving && (!isPivoted || hasTotals) }

    // MARK: stages

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
            return random.pick(items).map { descending + name($0) } ?? "1"
        }
        return spelling.list(keys)
    }

    /// `by K` of a verb that works within groups.
    private func within() -> String {
        guard random.chance(45) else { return "" }
        tags.insert("by:within")
        let items = scope.filter { !$0.isQuoted }
        let count = random.from(1, to: 2)
        let keys = (0..<count).map { _ in random.pick(items).map(name) ?? truth(depth: 0) }
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

    private func select() -> String {
        var chosen: [Item] = []
        if isTableRows {
            chosen = random.some(scope, random.from(1, to: 4))
            if let period, isRepeated, !chosen.contains(where: { $0.heading == period.heading }) {
                chosen.append(period)
            }
        } else {
            let needed = keys.map(\.heading) + ["of", "n", "rate"] + (period.map { [$0.heading] } ?? [])
            chosen = columns.filter { needed.contains($0.heading) || random.chance(60) }
            if random.chance(40) { chosen = random.shuffled(chosen) }
        }
        var texts: [String] = [], kept: [Item] = [], headings: Set<String> = []
        for item in chosen where headings.insert(item.heading).inserted {
            let isFree = isTableRows ? item.heading != period?.heading
                : !item.isKey && !["of", "n", "rate"].contains(item.heading)
            if isFree, random.chance(15) {
                let alias = newName()
                texts.append("\(alias) \(spelling.mark("=")) \(name(item))")
                var renamed = Item(alias: alias, item.kind, nullable: item.isNullable)
                renamed.isStock = item.isStock
                renamed.isFlow = item.isFlow
                renamed.isRounded = item.isRatio
                kept.append(renamed)
            } else {
                texts.append(name(item))
                var same = item
                same.asOfField = nil
                kept.append(same)
            }
        }
        if random.chance(35) || texts.isEmpty {
            let (text, item) = computed()
            texts.append(text)
            kept.append(item)
        }
        table = nil
        columns = kept
        isTableRows = false
        return spelling.word("select", "选取") + " " + spelling.list(texts)
    }

    private func derive() -> String {
        var texts: [String] = []
        for _ in 0..<random.from(1, to: 2) {
            let (text, item) = computed()
            texts.append(text)
            columns.append(item)
        }
        return spelling.word("derive", "派生") + " " + spelling.list(texts)
    }

    /// `x = e`, and what x is.
    private func computed() -> (String, Item) {
        isDeriving = true
        defer { isDeriving = false }
        let alias = newName()
        var item = Item(alias: alias, .number)
        let text: String
        switch random.below(7) {
        case 0, 1:
            text = truth(depth: 2)
            item.kind = .truth
        case 2:
            let piece = self.text(depth: 0)
            text = spelling.call("concat", [spelling.text("x"), coalesced(piece)])
            item.kind = .text
        case 3:
            guard let piece = day(depth: 1) else { fallthrough }
            text = piece.text
            item.kind = .day
        case 4 where isGrouped && !isPivoted:
            text = share()
        default:
            let piece = numeric(depth: 2)
            // Always computed, so that it is no mere copy of a count.
            text = piece.kind == .number ? piece.text : "\(piece.text) + 0"
            item.kind = piece.kind == .integer ? .integer(0...20)
                : piece.kind == .hours ? .hours : .number
            item.isRounded = piece.isRatio
        }
        item.isStock = period != nil || columns.contains(where: \.isStock)
        return ("\(alias) \(spelling.mark("=")) \(text)", item)
    }

    private func coalesced(_ piece: Piece) -> String {
        piece.isNullable ? function("coalesce", [piece.text, spelling.text("无")]) : piece.text
    }

    /// `n / total(n)`
    private func share() -> String {
        let items = measures.filter {
            $0.isNumeric && !$0.isStock && !$0.isFlow && !$0.isQuoted && !$0.isRatio
        }
        guard let item = random.pick(items) else { return numeric(depth: 1).text + " / 1" }
        let path = spelling.path(item)
        return "\(path) \(mark("/")) \(function("total", [path]))"
    }

    // MARK: over groups

    private func against(_ verb: String) -> String {
        let head = spelling.word("against", "对照") + " "
        func add(_ names: [(String, String, Item.Kind)]) {
            columns += names.map { Item($0.0, $0.1, $0.2) }
        }
        if verb == "against previous" {
            let numbers = measures.filter { $0.isNumeric && !$0.isQuoted && $0.heading != "rank" }
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
        if period != nil { columns[columns.count - 2].isStock = true }
        if verb == "against rate" {
            return head + (random.pick(["100%", "50%", "0.6", "1", "33.3%"]) ?? "1")
        }
        return head + spelling.word("target", "目标")
            + (random.chance(25) ? " " + spelling.year(random.from(2014, to: 2018)) : "")
    }

    private func total() -> String {
        hasTotals = true
        let head = spelling.word("total", "合计")
        let isFirstFree = keys.first.map { $0.heading != period?.heading } ?? false
        if isFirstFree, random.chance(45) { return head }
        let chosen = random.shuffled(random.some(totalKeys, random.from(1, to: 3)))
        tags.insert("total:\(min(chosen.count, 2))")
        return head + " " + spelling.list(chosen.map { spelling.path($0) })
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
        if let period, period.heading == key.heading {
            for value in periods {
                let isYear = if case .year = period.kind { true } else { false }
                let heading = isYear ? String(value) : DayCount.monthText(value)
                for item in shown {
                    var column = item
                    let name = shown.count == 1 ? heading : heading + " " + item.heading
                    column.steps = [(name, name)]
                    column.isQuoted = true
                    column.isNullable = true
                    columns.append(column)
                }
            }
            self.period = nil
        }
        return text
    }

    private func cumulate() -> String {
        guard let item = random.pick(cumulable) else { return "" }
        let text = spelling.word("cumulate", "累计") + " " + spelling.path(item) + within()
        var column = item
        column.steps = [("cumulative_" + item.heading, "cumulative_" + item.heading)]
        column.isNullable = true
        columns.append(column)
        return text
    }
}
