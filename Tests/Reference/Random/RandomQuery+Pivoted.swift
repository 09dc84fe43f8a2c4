/// Pivots whose columns are computed on by the names that the values gave them. Which there are
/// the reference says.
extension RandomQuery {
    func pivoted() -> String {
        let (head, key, isYear) = pivotSource()
        let shown = random.pick(["n", "n", "n, h", "h"]) ?? "n"
        let total = isYear || random.chance(70) ? "" : " | total \(key)"
        let begun = head + total + " | pivot \(key) show \(shown)"
        guard let sheet = try? Evaluator(chronicle).run(begun).last, sheet.columns.count > 1 else {
            return begun
        }
        tags.insert("pivot:computed")
        let values = sheet.columns.dropFirst().filter { !$0.contains("`") }
        guard !values.isEmpty else { return begun }
        var stages: [String] = []
        for _ in 0..<random.from(1, to: 3) {
            stages.append(computed(sheet.columns[0], Array(values), isFirst: stages.isEmpty))
        }
        return ([begun] + stages).joined(separator: " | ")
    }

    /// A grouping, the key that becomes columns, and whether that is a period.
    private func pivotSource() -> (String, String, Bool) {
        let outputs = "summarize n = count(), h = "
        if random.chance(35), let (name, plain) = chronicle.plain.sorted(by: { $0.key < $1.key })
            .first {
            let numbers = plain.columns.filter { $0.kind.isExact }
            let keys = plain.columns.filter { $0.kind != .double }
            if let number = random.pick(numbers), keys.count > 1 {
                let two = random.shuffled(keys)
                tags.insert("pivot:plain")
                let by = " by `\(two[0].heading)`, `\(two[1].heading)`"
                return ("\(name) | \(outputs)sum(`\(number.heading)`)\(by)",
                        "`\(two[1].heading)`", false)
            }
        }
        let row = random.pick(["gender", "unit.district", "cadre"]) ?? "gender"
        if random.chance(50) {
            tags.insert("pivot:years")
            return ("members over years 2014..2015 | \(outputs)sum(hours) by \(row), year", "year",
                    true)
        }
        let key = random.pick(["registered", "on_roll", "unit.kind", "stars", "insured"]) ?? "stars"
        tags.insert(["unit.kind", "stars"].contains(key) ? "pivot:codes" : "pivot:yes and no")
        return ("people | \(outputs)sum(hours) by \(row), \(key)", key, false)
    }

    private func computed(_ key: String, _ values: [String], isFirst: Bool) -> String {
        let a = random.pick(values) ?? "", b = random.pick(values) ?? ""
        func quoted(_ name: String) -> String {
            let other = ["true": "是", "false": "否", "total": "合计"][name]
                ?? CodeList.unitKind.codes.first { $0.en == name }?.zh
            let text = random.chance(30) ? other ?? name : name
            return isFullWidth && random.chance(40) ? "【\(text)】" : "`\(text)`"
        }
        /// Where columns are named, a literal may stand bare.
        func named(_ name: String) -> String {
            let isLiteral = name == "true" || name == "false" || Int(name) != nil
            guard isLiteral, random.chance(60) else { return quoted(name) }
            tags.insert("pivot:bare")
            return name == "true" ? random.pick(["true", "是"]) ?? name
                : name == "false" ? random.pick(["false", "否"]) ?? name : name
        }
        func note(_ verb: String) { tags.insert("pivot>\(verb)") }
        switch random.below(9) {
        case 0, 1:
            note("derive")
            // Counts of several periods do not add up.
            let isPeriods = values.contains { $0.hasPrefix("2014") }
            let sign = random.pick(isPeriods ? ["-", "*", "/"] : ["-", "+", "*", "/"]) ?? "-"
            return "derive \(newName()) = \(quoted(a)) \(sign) \(quoted(b))"
        case 2:
            note("where")
            return "where \(quoted(a)) \(random.pick([">", "=", "<="]) ?? ">") "
                + random.pick(["1", "(2)", quoted(b)])!
        case 3:
            note("sort")
            return "sort -\(named(a))" + (random.chance(40) ? ", \(named(b))" : "")
        case 4 where isFirst:
            note("select")
            return "select " + (random.chance(70) ? "\(key), " : "")
                + (a == b ? named(a) : "\(named(a)), \(named(b))")
        case 5:
            note("rank")
            return "rank -\(named(a)) as \(newName())"
        case 6 where isFirst:
            note("cumulate")
            return "cumulate \(named(a))"
        case 7:
            // What reads two ways is refused.
            guard ["2014", "2015", "true", "false"].contains(a) else { fallthrough }
            tags.insert("refusal:literal")
            return "derive \(newName()) = \(a)"
        default:
            note("summarize")
            return isFirst ? "summarize \(newName()) = sum(\(quoted(a)))"
                : "take \(random.from(1, to: 3))"
        }
    }

    private var isFullWidth: Bool { spelling.isFullWidth }
}
