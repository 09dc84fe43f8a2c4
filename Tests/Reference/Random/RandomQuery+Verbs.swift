extension RandomQuery {
    /// Every verb as coverage counts it: the three forms of `against` are three.
    package static let verbs = [
        "where", "select", "derive", "summarize", "rate", "count", "distinct", "sort", "take",
        "rank", "label", "against target", "against rate", "against previous", "total", "subtotal",
        "pivot", "cumulate",
    ]

    /// Pairs of verbs that may follow one another.
    package static let legalPairs: [(String, String)] = {
        let comparisons = ["against target", "against rate", "against previous"]
        let never: [String: Set<String>] = [
            // No numbers behind the keys; no `of` and `rate`; nothing left to group or total.
            "distinct": Set(comparisons + ["pivot", "cumulate"]),
            "count": ["against target", "against rate"],
            "pivot": Set(comparisons + ["total", "subtotal", "pivot", "cumulate"]),
            "total": ["total", "subtotal"],
            // A pivot of rows with subtotals is held by cases of its own.
            "subtotal": ["pivot"],
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
            case "total", "subtotal", "pivot", "against previous", "against target", "against rate": 16
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

    func column(_ name: String) -> Item? { columns.first { $0.heading == name } }
    func has(_ name: String) -> Bool { column(name) != nil }

    private func isLegal(_ verb: String) -> Bool {
        switch verb {
        case "label": return !columns.isEmpty
        case "rank": return !has("rank")
        case "against target" where isAcross: return false
        case "against target", "against rate":
            return (isGrouped || isUnitRows) && !isPivoted && has("of") && has("n") && has("rate")
                && !has("target")
        case "against previous":
            return (isGrouped || isRepeated) && !isPivoted && isOverPeriods && !has("previous")
                && !comparable.isEmpty
        case "total":
            return isGrouped && !isPivoted && !hasTotals && !usedKeys && !totalKeys.isEmpty
        case "subtotal":
            return isGrouped && !isPivoted && !hasTotals && !usedKeys && !subtotalKeys.isEmpty
        case "pivot":
            return isGrouped && !isPivoted && !hasSubtotals && !keys.isEmpty && !measures.isEmpty
        case "cumulate": return isGrouped && !isPivoted && !cumulable.isEmpty
        default: return true
        }
    }

    /// Rows of the table of units, also behind `select`.
    var isUnitRows: Bool { isTableRows ? table == .units : wasUnitRows }

    /// Rows of units that have nothing to do with each other, whose target would be anyone's.
    var isAcross: Bool { hasDomain && allKeys.filter(\.isUnit).count > 1 }

    /// Columns that are no keys.
    var measures: [Item] { columns.filter { !$0.isKey } }

    /// Columns that may be compared with those of the period before.
    var comparable: [Item] {
        measures.filter { $0.isNumeric && !$0.isQuoted && $0.heading != "rank" }
    }

    var totalKeys: [Item] { keys.filter { $0.heading != period?.heading } }

    /// Keys that have another before them.
    var subtotalKeys: [Item] {
        totalKeys.filter { $0.heading != allKeys.first?.heading }
    }

    var cumulable: [Item] {
        measures.filter { item in
            if item.isRatio { return false }
            return item.isNumeric && !item.isStock && item.heading != "rank"
                && !has("cumulative_" + item.heading) && !item.isQuoted
        }
    }

    var avoidsKeys: Bool {
        isGrouped && isDeriving && (!isPivoted || hasFeet)
    }
}
