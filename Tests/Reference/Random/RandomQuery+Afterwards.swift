/// What is asked of a finished result: kept as a table, or drilled.
extension RandomQuery {
    /// A kept table asked, perhaps with another snapshot current.
    func again(_ name: String) -> String {
        forgetRecipe()
        var use = ""
        let rosters = chronicle.rosters
        if random.chance(50), rosters.count > 1, let index = random.pick(Array(rosters.indices)) {
            // What a name means is asked of that snapshot first from here on.
            chronicle = Chronicle(rosters, current: index, plain: chronicle.plain)
            let day = rosters[index].book.asOf
            tags.insert("into:another snapshot")
            use = spelling.word("use", "使用") + " \(spelling.day(day))\n"
        }
        lets = []
        return use + staged(random.chance(35) ? appended(name) : name, longest: 3)
    }

    /// A kept table behind itself, perhaps fewer of its rows or columns.
    private func appended(_ name: String) -> String {
        tags.insert("verb:append")
        let head = name + " | " + spelling.word("append", "并入") + " "
        switch random.below(3) {
        case 0: return head + name
        case 1: return head + spelling.bracket("\(name) | \(stage("where"))")
        default:
            let chosen = random.shuffled(random.some(columns, random.from(1, to: 3)))
            for place in columns.indices where !chosen.contains(where: {
                $0.heading == columns[place].heading
            }) { columns[place].isNullable = true }
            let list = spelling.list(chosen.map { spelling.path($0) })
            return head + spelling.bracket("\(name) | \(spelling.word("select", "选取")) \(list)")
        }
    }

    /// The rows behind a row of the result, and a query of them.
    func drilled() -> String {
        let name = newDefinition("drilled")
        let column = has("short") && random.chance(70) ? " " + spelling.word("short", "差额")
            : has("n") && random.chance(30) ? " n" : ""
        tags.insert(column.isEmpty ? "drill:all" : column == " n" ? "drill:n" : "drill:short")
        let row = random.pick([1, 1, 1, 2, 2, 3]) ?? 1
        let command = "\n" + spelling.word("drill", "展开") + " \(row)\(column) "
            + spelling.word("into", "存为") + " \(name)\n"
        columns = drilledColumns.map { item in
            var stock = item
            stock.isStock = item.isNumeric && wasRepeated
            return stock
        }
        forgetRecipe()
        lets = []
        return command + (random.chance(50) ? name + " | " + listed()
                          : staged(name, longest: 2))
    }

    /// Every column of a drilled table, as it stands.
    private func listed() -> String {
        "select " + columns.map { $0.heading }.joined(separator: ", ")
    }

    /// A table of values, and nothing more.
    private func forgetRecipe() {
        (table, period, hasHiddenPeriod) = (nil, nil, false)
        (isRepeated, isGrouped, isTableRows, wasUnitRows) = (false, false, false, false)
        (keys, allKeys, usedKeys, hasDomain, hasTotals) = ([], [], false, false, false)
        isDrillable = false
        columns = columns.map { item in
            var kept = item
            kept.isKey = false
            kept.asOfField = nil
            return kept
        }
    }
}
