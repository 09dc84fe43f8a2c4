extension RandomQuery {
    /// A path as it is spelled, noted for coverage.
    func name(_ item: Item) -> String {
        if let field = item.asOfField { tags.insert("field:\(field)") }
        if item.steps.count > 1 { tags.insert("path:up") }
        return spelling.path(item)
    }

    func word(_ en: String, _ zh: String) -> String {
        tags.insert("operator:\(en)")
        return spelling.word(en, zh)
    }

    func mark(_ operation: String) -> String {
        tags.insert("operator:\(operation)")
        return spelling.mark(operation)
    }

    // MARK: conditions

    func truth(depth: Int) -> String {
        if depth > 0, random.chance(35) { return combined(depth - 1) }
        for _ in 0..<8 {
            if let text = comparison(depth) { return text }
        }
        return random.chance(50) ? spelling.word("true", "是") : spelling.word("false", "否")
    }

    private func combined(_ depth: Int) -> String {
        let a = truth(depth: depth), b = truth(depth: depth)
        switch random.below(6) {
        case 0, 1: return spelling.bracket("\(a) \(word("and", "且")) \(b)")
        case 2, 3: return spelling.bracket("\(a) \(word("or", "或")) \(b)")
        case 4: return "\(word("not", "非")) \(spelling.bracket(a))"
        default:
            return spelling.bracket("\(word("if", "若")) \(a) \(spelling.word("then", "则")) \(b)"
                + " \(spelling.word("else", "否则")) \(truth(depth: depth))")
        }
    }

    private func comparison(_ depth: Int) -> String? {
        switch random.below(16) {
        case 0, 1, 2: return bare()
        case 3, 4, 5: return compareNumbers(depth)
        case 6, 7: return compareCodes()
        case 8: return compareTexts()
        case 9, 10, 11: return compareDays()
        case 12: return testNone()
        case 13: return compareUnits()
        case 14: return comparePeriods()
        default: return table == nil ? nil : anyBelow(depth)
        }
    }

    private func bare() -> String? {
        guard let item = random.pick(scope.filter { $0.isTruth && !isForbidden($0) }) else {
            return nil
        }
        let path = name(item)
        guard table != nil, item.asOfField != nil else {
            if item.asOfField == nil, random.chance(30) {
                let value = random.chance(50) ? spelling.word("true", "是")
                    : spelling.word("false", "否")
                return "\(path) \(mark(random.chance(60) ? "=" : "!=")) \(value)"
            }
            return path
        }
        switch random.below(5) {
        case 0:
            tags.insert("as of:name")
            return "\(path) \(spelling.word("as of", "截至")) \(instant())"
        case 1:
            tags.insert("as of:expression")
            let other = truth(depth: 0)
            return spelling.bracket("\(path) \(word("and", "且")) \(other)")
                + " \(spelling.word("as of", "截至")) \(instant())"
        default: return path
        }
    }

    /// In rows that totals may be computed for, keys are left alone: a total row has none.
    func isForbidden(_ item: Item) -> Bool {
        avoidsKeys && item.isKey && item.heading != period?.heading
    }

    private func compareNumbers(_ depth: Int) -> String? {
        let left = numeric(depth: min(depth, 1))
        let value = random.chance(75) ? literal(like: left) : numeric(depth: 0).text
        switch random.below(8) {
        case 0:
            let low = random.from(0, to: 20)
            return "\(left.text) \(word("between", "介于")) \(spelling.number(low)) "
                + "\(spelling.word("and", "与")) \(spelling.number(low + random.below(20)))"
        case 1:
            let list = spelling.list((0..<3).map { _ in literal(like: left) })
            return "\(left.text) \(membership()) \(spelling.bracket(list))"
        case 2:
            let low = random.from(0, to: 20)
            return "\(left.text) \(membership()) \(low)..\(low + random.below(12))"
        default:
            let operation = random.pick(["=", "!=", "<", "<=", ">", ">="]) ?? "="
            return "\(left.text) \(mark(operation)) \(value)"
        }
    }

    func membership() -> String {
        random.chance(65) ? word("in", "属于") : word("not in", "不属于")
    }

    private func compareCodes() -> String? {
        guard let item = random.pick(scope.filter { $0.codes != nil && !isForbidden($0) }),
              let codes = item.codes else { return nil }
        func code() -> String {
            if codes.codes.count == CodeList.unitKind.codes.count,
               item.heading.hasSuffix("kind"), random.chance(8) {
                return spelling.text(random.pick(["社会组织", "startup"]) ?? "")
            }
            guard let code = random.pick(codes.codes) else { return spelling.text("?") }
            let name = spelling.word(code.en, code.zh)
            return random.chance(30) ? spelling.text(name) : name
        }
        if random.chance(30) {
            let list = spelling.list((0..<random.from(1, to: 3)).map { _ in code() })
            return "\(name(item)) \(membership()) \(spelling.bracket(list))"
        }
        return "\(name(item)) \(mark(random.chance(70) ? "=" : "!=")) \(code())"
    }

    private func compareTexts() -> String? {
        let left = text(depth: 0)
        let values = roster.book.people.map(\.name) + roster.book.units.map(\.name)
            + roster.book.service.compactMap(\.project) + ["U1", "P2", "a"]
        let isPlain = random.chance(70) && !plainTexts.isEmpty
        let value = random.pick(isPlain ? plainTexts : values) ?? ""
        let part = value.isEmpty ? "" : String(random.pick(Array(value)) ?? "a")
        switch random.below(6) {
        case 0: return "\(left.text) \(mark("=")) \(spelling.text(value))"
        case 1: return "\(left.text) \(mark("!=")) \(spelling.text(value))"
        case 2: return "\(left.text) \(word("contains", "包含")) \(spelling.text(part))"
        case 3: return "\(left.text) \(word("starts with", "开头为")) \(spelling.text(part))"
        case 4: return "\(left.text) \(word("ends with", "结尾为")) \(spelling.text(part))"
        default:
            let pattern = random.pick(["^第", "委$", "[0-9]", "^[A-Za-z ]+$", "王|李", "a.*e"]) ?? ""
            return "\(left.text) \(word("matches", "匹配")) \"\(pattern)\""
        }
    }

    private func testNone() -> String? {
        guard let item = random.pick(scope.filter { $0.isNullable && !isForbidden($0) }) else {
            return nil
        }
        return name(item) + " "
            + (random.chance(50) ? word("is none", "为空") : word("is not none", "不为空"))
    }

    // MARK: units

    /// A text that names exactly one unit.
    func unitText() -> String? {
        for _ in 0..<6 {
            guard let unit = random.pick(roster.book.units) else { return nil }
            let choices = [unit.name, unit.name, unit.id, String(unit.name.prefix(3))]
                + unit.formerly
            if let text = random.pick(choices), (try? roster.unit(named: text)) != nil {
                return spelling.text(text)
            }
        }
        return nil
    }

    private func compareUnits() -> String? {
        guard let item = random.pick(scope.filter { $0.isUnit && !isForbidden($0) }),
              let first = unitText() else { return nil }
        switch random.below(7) {
        case 6:
            guard let second = unitText() else { return nil }
            let list = spelling.bracket(spelling.list([first, second]))
            return "\(name(item)) \(membership()) \(list)"
        case 0: return "\(name(item)) \(mark("=")) \(first)"
        case 1: return "\(name(item)) \(mark("!=")) \(first)"
        case 2:
            guard let second = unitText() else { return nil }
            let list = spelling.bracket(spelling.list([first, second]))
            return "\(name(item)) \(word("under", "隶属")) \(list)"
        case 3: return "\(name(item)) \(word("not under", "不隶属")) \(first)"
        default: return "\(name(item)) \(word("under", "隶属")) \(first)"
        }
    }
}
