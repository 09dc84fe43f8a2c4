extension RandomQuery {
    func select() -> String {
        var chosen: [Item] = []
        let wasRows = isTableRows
        if isTableRows {
            chosen = random.some(scope, random.from(1, to: 4))
            if let period, isRepeated, !chosen.contains(where: { $0.heading == period.heading }) {
                chosen.append(period)
            }
            // A row's rate, and what it is made of.
            if random.chance(70) {
                let trio = columns.filter { ["of", "n", "rate"].contains($0.heading) }
                chosen += trio.filter { item in
                    !chosen.contains { $0.heading == item.heading }
                }
            }
        } else {
            var needed = keys.map(\.heading) + ["of", "n", "rate"]
                + (period.map { [$0.heading] } ?? [])
            // Rows are told apart by a key that is left out too.
            if isGrouped, !isPivoted, random.chance(30), let key = random.pick(keys) {
                tags.insert("key:hidden")
                needed.removeAll { $0 == key.heading }
            }
            chosen = columns.filter { needed.contains($0.heading) || random.chance(60) }
            if random.chance(40) { chosen = random.shuffled(chosen) }
        }
        var texts: [String] = [], kept: [Item] = [], headings: Set<String> = []
        for item in chosen where headings.insert(item.heading).inserted {
            let isFree = item.heading != period?.heading && !item.isKey
                && (isTableRows || !["of", "n", "rate"].contains(item.heading))
            if isFree, random.chance(15) {
                let alias = newName()
                texts.append("\(alias) \(spelling.mark("=")) \(name(item))")
                var renamed = Item(alias: alias, item.kind, nullable: item.isNullable)
                renamed.isStock = item.isStock || (wasRows && isOverPeriods)
                renamed.isFlow = item.isFlow
                renamed.isRounded = item.isRatio
                kept.append(renamed)
            } else {
                texts.append(naming(item))
                var same = item
                same.asOfField = nil
                // Numbers of rows that are repeated over periods.
                same.isStock = item.isStock || (wasRows && isOverPeriods)
                kept.append(same)
            }
        }
        if random.chance(35) || texts.isEmpty {
            let (text, item) = computed()
            texts.append(text)
            kept.append(item)
        }
        if isTableRows { wasUnitRows = table == .units }
        table = nil
        if let left = period, !kept.contains(where: { $0.heading == left.heading }) {
            (period, hasHiddenPeriod) = (nil, true)
        }
        keys = keys.filter { key in kept.contains { $0.heading == key.heading } }
        columns = kept
        isTableRows = false
        return spelling.word("select", "选取") + " " + spelling.list(texts)
    }

    /// `of`, `n` and `rate` of each unit itself.
    private func trioOfUnits() -> [String] {
        let rows = random.chance(70) ? "members" : "people"
        let condition = "registered"
        let texts = ["of", "n", "rate"].map { $0 + " " + spelling.mark("=") + " " }
        var items = trio(nil).map(\.item)
        for place in 0..<2 { items[place].isStock = isOverPeriods }
        columns += items
        tags.insert("rows:units with rates")
        return [texts[0] + "count(\(rows))", texts[1] + "count(\(rows) where \(condition))",
                texts[2] + "n / of"]
    }

    func derive() -> String {
        if table == .units, !has("of"), !has("n"), !has("rate"), random.chance(35) {
            return spelling.word("derive", "派生") + " " + spelling.list(trioOfUnits())
        }
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
        case 5 where isGrouped && !isPivoted && !hasFeet:
            guard let below = belowKey() else { fallthrough }
            text = below
            item.kind = .integer(0...20)
            item.isNullable = true
        default:
            let piece = numeric(depth: 2)
            // Always computed, so that it is no mere copy of a count.
            text = piece.kind == .number ? piece.text : "\(piece.text) + 0"
            item.kind = piece.kind == .integer ? .integer(0...20)
                : piece.kind == .hours ? .hours : .number
            item.isRounded = piece.isRatio
        }
        item.isStock = isOverPeriods || columns.contains(where: \.isStock)
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
}
