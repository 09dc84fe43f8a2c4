/// Random well-typed queries over a roster: every source, verb, key form and as-of field, in
/// both languages.
package final class RandomQuery {
    /// A query and what it exercises.
    package struct Draft: Sendable {
        package let text: String
        /// `verb:rank`, `pair:rank>total`, `field:age`, `key:each`, `operator:under` …
        package let tags: Set<String>
    }

    /// The fields that depend on the day, for the coverage of tests.
    package static let asOfFields = Item.asOfFields

    var chronicle: Chronicle
    /// The current book, for values that occur.
    var roster: Roster { chronicle.roster }
    var random: RandomSource
    var spelling: Spelling
    var tags: Set<String> = []
    /// Makes names of one query different from those of another in the same session.
    let number: Int
    var names = 0

    // What is known of the rows so far.
    var table: Table?
    /// Columns that were derived on table rows, or all columns behind a grouping or selection.
    var columns: [Item] = []
    var keys: [Item] = []
    var period: Item?
    /// `select` left the period out: rows are still told apart by it.
    var hasHiddenPeriod = false
    /// The last grouping is one of the rows of a table, and these are their columns.
    var isDrillable = false
    var drilledColumns: [Item] = []
    /// Those rows were repeated over periods.
    var wasRepeated = false
    /// The keys of the grouping, also those that `select` left out.
    var allKeys: [Item] = []
    var periods: ClosedRange<Int> = 0...0
    var isRepeated = false
    var isGrouped = false
    /// They were rows of units before `select`.
    var wasUnitRows = false
    var isTableRows = true
    var hasTotals = false
    var hasSubtotals = false
    var hasFeet: Bool { hasTotals || hasSubtotals }
    var isPivoted = false
    /// Something was computed from a key: a total over that key would have no answer.
    var usedKeys = false
    /// A key is `every`.
    var hasDomain = false
    /// What the number of rows is called in Chinese: of persons, or of other things.
    var countName = "n"
    var isDeriving = false
    var lets: [String] = []
    /// Conditions that were given a name, for the rows of a table.
    var conditions: [(table: Table, item: Item)] = []
    /// Texts and numbers that occur in plain tables.
    var plainTexts: [String] = []
    var plainNumbers: [String] = []

    init(_ chronicle: Chronicle, seed: UInt64, number: Int) {
        self.chronicle = chronicle
        self.number = number
        random = RandomSource(seed: seed)
        spelling = Spelling(&random)
    }

    /// The query of a seed. `number` distinguishes the names it defines.
    package static func draft(_ chronicle: Chronicle, seed: UInt64, number: Int = 0) -> Draft {
        let query = RandomQuery(chronicle, seed: seed, number: number)
        // Every fifth query is one of plain tables or pivots.
        let isPlain = number % 5 == 4 && !chronicle.plain.isEmpty
        let text = isPlain ? query.plainWhole() : query.whole()
        return Draft(text: text, tags: query.tags)
    }

    var scope: [Item] {
        guard let table else { return columns }
        return Item.all(table) + columns
            + conditions.filter { $0.table == table }.map(\.item)
    }

    func newName() -> String {
        names += 1
        let stems = spelling.mood == .english ? ["c", "x"] : ["c", "指标", "项"]
        return (random.pick(stems) ?? "c") + String(names)
    }

    /// A name that no other query of the session defines.
    func newDefinition(_ stem: String) -> String {
        names += 1
        return "\(stem)\(number)_\(names)"
    }

    // MARK: the whole

    private static let sources: [(String, Table)] = [
        ("members", .people), ("members", .people), ("members", .people), ("people", .people),
        ("activists", .people), ("units", .units), ("units", .units), ("service", .service),
        ("service", .service), ("teams", .teams), ("targets", .targets),
    ]

    private func whole() -> String {
        let (source, table) = random.pick(RandomQuery.sources) ?? ("members", .people)
        self.table = table
        tags.insert("source:\(source)")
        if random.chance(20) { defineCondition(table) }
        if random.chance(8) { defineFunction(table) }
        var head = spelling.word(source, Names.sources.first { $0.0 == source }?.1 ?? source)
        if random.chance(4) {
            let name = newDefinition("at")
            let asOf = spelling.word("as of", "截至")
            lets.append(spelling.word("let", "令") + " \(name)(d) = \(head) \(asOf) (d)")
            tags.insert("let:rows with parameters")
            return finished("\(name)(\(instant()))")
        }
        if random.chance(12) {
            let name = newDefinition("base")
            var text = head
            if random.chance(60) { text += " | " + stage("where") }
            lets.append(spelling.word("let", "令") + " \(name) = \(text)")
            tags.insert("let:rows")
            head = name
        }
        return finished(head + modifiers())
    }

    /// The stages behind a source, and perhaps what is asked of the result.
    func finished(_ head: String) -> String {
        let first = staged(head)
        if isDrillable, random.chance(has("short") ? 65 : 15) { return first + drilled() }
        guard !hasFeet, random.chance(14) else { return first }
        let name = newDefinition("kept")
        tags.insert("verb:into")
        let kept = first + " " + spelling.mark("|") + " " + spelling.word("into", "存为")
        return kept + " \(name)\n" + again(name)
    }

    func staged(_ head: String, longest: Int = 6) -> String {
        var stages: [String] = []
        var previous: String?
        for _ in 0..<random.from(1, to: longest) {
            let verb = chooseVerb()
            stages.append(stage(verb))
            tags.insert("verb:\(verb)")
            if let previous { tags.insert("pair:\(previous)>\(verb)") }
            previous = verb
        }
        if isTableRows {
            stages.append(stage("select"))
            tags.insert("verb:select")
            if let previous { tags.insert("pair:\(previous)>select") }
        }
        return lets.joined(separator: "\n") + (lets.isEmpty ? "" : "\n")
            + assembled(head, stages)
    }

    /// The pipeline, perhaps with its beginning in brackets or under a name of its own.
    private func assembled(_ head: String, _ stages: [String]) -> String {
        let pipe = " " + spelling.mark("|") + " "
        var begun = head, rest = stages
        let cut = random.from(0, to: stages.count - 1)
        if cut > 0, random.chance(15) {
            let inner = ([head] + stages[..<cut]).joined(separator: pipe)
            rest = Array(stages[cut...])
            if random.chance(60) {
                let name = newDefinition("part")
                lets.append("let \(name) = \(inner)")
                tags.insert("let:pipeline")
                return "let \(name) = \(inner)\n" + ([name] + rest).joined(separator: pipe)
            }
            tags.insert("source:bracket")
            begun = spelling.bracket(inner)
        }
        if random.chance(15) { return ([begun] + rest).joined(separator: "\n| ") }
        return ([begun] + rest).joined(separator: pipe)
    }

    func modifiers() -> String {
        switch random.below(10) {
        case 0...2:
            tags.insert("as of:source")
            return " " + spelling.word("as of", "截至") + " " + instant()
        case 3...5: return over()
        default: return ""
        }
    }

    private func over() -> String {
        let asOf = DayCount.parts(roster.book.asOf)
        isRepeated = true
        if random.chance(chronicle.rosters.count > 1 ? 60 : 8) {
            periods = 0...0
            period = Item("snapshot", "快照", .day, nullable: false)
            tags.insert("over:snapshots")
            return " " + spelling.word("over snapshots", "历次")
        }
        if random.chance(65) {
            let last = random.from(max(2014, asOf.year - 1), to: asOf.year)
            let first = random.from(2013, to: last)
            periods = first...last
            period = Item("year", "年度", .year, nullable: false)
            tags.insert("over:years")
            let range = first == last && random.chance(50) ? "\(first)" : "\(first)..\(last)"
            return " " + spelling.word("over years", "历年") + " " + range
        }
        let last = asOf.year * 12 + asOf.month - 1 - random.below(4)
        let first = last - random.below(5)
        periods = first...last
        period = Item("month", "月份", .month, nullable: false)
        tags.insert("over:months")
        return " " + spelling.word("over months", "历月") + " "
            + "\(DayCount.monthText(first))..\(DayCount.monthText(last))"
    }

    // MARK: definitions

    private func defineCondition(_ table: Table) {
        let name = newDefinition("cond"), text = truth(depth: 2)
        lets.append(spelling.word("let", "令") + " \(name) = \(text)")
        tags.insert("let:expression")
        var item = Item(alias: name, .truth, nullable: false)
        item.isQuoted = false
        conditions.append((table, item))
    }

    /// `let late(d) = registered.date > d`, and a condition that uses it.
    private func defineFunction(_ table: Table) {
        guard let item = random.pick(scope.filter { $0.isDay }) else { return }
        let name = newDefinition("after")
        lets.append("let \(name)(d) = \(spelling.path(item)) > d")
        tags.insert("let:parameters")
        let use = newDefinition("cond")
        lets.append("let \(use) = \(name)(\(spelling.day(someDay())))")
        conditions.append((table, Item(alias: use, .truth, nullable: false)))
    }
}

extension RandomQuery {
    /// Rows are of several periods, whether the column is still there or not.
    var isOverPeriods: Bool { period != nil || hasHiddenPeriod }
}

extension Item {
    var isDay: Bool { if case .day = kind { true } else { false } }
    var isUnit: Bool { if case .unit = kind { true } else { false } }
    var isTruth: Bool { if case .truth = kind { true } else { false } }
    var isText: Bool { if case .text = kind { true } else { false } }
    var isPeriod: Bool {
        switch kind {
        case .year, .month: true
        default: false
        }
    }
    var isNumeric: Bool {
        switch kind {
        case .integer, .hours, .number: true
        default: false
        }
    }
    /// Rates, means and whatever is made of them: they do not add up.
    var isRatio: Bool {
        if case .number = kind { return true }
        return isRounded
    }
    var codes: CodeList? { if case .code(let list) = kind { list } else { nil } }
}
