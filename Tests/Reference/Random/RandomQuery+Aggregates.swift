extension RandomQuery {
    func measured(_ taken: Set<String>) -> [(text: String, item: Item)] {
        var all: [(text: String, item: Item)] = []
        if random.chance(25) {
            all = trio(truth(depth: 1))
            tags.formUnion(["aggregate:count(C)", "aggregate:rate"])
        }
        if isRepeated, random.chance(30), let flow = flow() { all.append(flow) }
        for _ in 0..<random.from(all.isEmpty ? 1 : 0, to: 3) {
            let (text, kind) = aggregate()
            if random.chance(8), !spelling.isFullWidth,
               !all.contains(where: { $0.item.heading == text }) {
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
        guard let period else { return nil }
        let days = scope.filter { item in
            item.isDay && !item.isQuoted && item.heading != period.heading
                && !columns.contains { $0.heading == item.heading }
        }
        guard let day = random.pick(days) else { return nil }
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
            let addable = numbers.filter { !$0.isRatio && !$0.isFlow }
            guard let number = random.pick(addable) else { break }
            note("sum")
            return (spelling.call("sum", [name(number) + part]), number.kind)
        case 6:
            guard let number else { break }
            let name = random.pick(["mean", "mean", "median", "median", "variance", "stddev"])
                ?? "mean"
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
            guard !isOverPeriods || isRepeated else { break }
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
}
