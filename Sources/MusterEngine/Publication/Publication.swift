import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// A result as it may be published: no persons, and no figure of fewer persons than the least,
/// nor one from which such a figure can be worked out (see `Suppression`).
package struct Publication {
    private let environment: Environment
    private let run: Run
    private let least: Int64
    private let persons: Contributors.Persons

    /// - Parameter least: persons behind a figure, from 2.
    /// - Returns: nil where the domain knows no persons.
    package init?(_ environment: Environment, _ run: Run, least: Int) {
        let domain = environment.domain
        guard let entity = domain.entities.first(where: \.countsPersons) else { return nil }
        var references: [String: String] = [:]
        for other in domain.entities where other.name != entity.name {
            for field in other.fields where field.type == .row(entity.name) {
                if case .stored(let column) = field.origin { references[other.name] = column }
            }
        }
        self.environment = environment
        self.run = run
        self.least = Int64(least)
        persons = Contributors.Persons(entity: entity.name, references: references,
                                       tables: environment.wayToPersons(entity.name, references))
    }

    /// Figures of one or two persons give them away.
    package static let usualLeast = 3

    /// What stands for a figure that is withheld.
    package static let mark = Term("*", "*")

    /// The table of a plan that was made a listing.
    ///
    /// - Throws: `publish.persons` where it lists persons, `publish.kept` where it cannot be told
    ///   any more how many persons its figures are of, `publish.large` where that is too much to
    ///   be checked.
    package func table(_ plan: Plan) throws -> (table: ResultTable, frame: Frame, note: Message?) {
        try check(plan)
        let contributors = Contributors(plan, persons)
        let frame = try Executor(run).execute(contributors.plan)
        var table = try Results(environment).table(contributors.plan, frame, run)
        let hidden = try withheld(contributors, frame)
        var count = 0
        for (place, info) in contributors.plan.schema.shown.enumerated() {
            guard let behind = contributors.behind[info.id] else { continue }
            let rows = (0..<frame.count).filter { row in behind.contains { hidden($0, row) } }
            let all = contributors.running.contains(info.id) && !rows.isEmpty
            // What is a difference of counts is a number of persons, too.
            let small = !contributors.differences.contains(info.id) ? []
                : table.cells[place].indices.filter { isSmall(table.cells[place][$0]) }
            for row in all ? Array(0..<frame.count) : rows + small {
                if [.none, .term(Self.mark)].contains(table.cells[place][row]) { continue }
                table.cells[place][row] = .term(Self.mark)
                count += 1
            }
        }
        return (table, frame, count == 0 ? nil : Message(
            zh: "* 不足 \(least) 人，或可由其他数推算出来，不予公布",
            en: "* fewer than \(least) persons, or to be worked out from other figures: not "
                + "published"))
    }

    private func isSmall(_ cell: Cell) -> Bool {
        if case .integer(let value) = cell { (1..<least).contains(value) } else { false }
    }

    /// What names single persons is for use inside alone.
    package static let refusal = Diagnostic("publish.persons", Message(
        zh: "公布的结果里不能有个人", en: "what is published lists no persons"),
        hint: Message(zh: "先计数或汇总；内部使用的名单不加 --publish",
                      en: "count or summarize first; lists for use inside go without --publish"))

    private func check(_ plan: Plan) throws {
        let personal = plan.schema.shown.contains { column in
            column.type.isSensitive || column.type.isPersonal
                || column.type == .row(persons.entity)
        }
        let source = plan.chain.last?.rowEntity.flatMap(environment.domain.entity)
        if isOfPersons(plan) || personal || source?.tellsOfPersons == true
            || plan.chain.contains(where: showsOne) {
            throw Self.refusal
        }
        if plan.steps.contains(where: { !$0.branches.isEmpty }) {
            throw Diagnostic("publish.appended", Message(
                zh: "接在一起的两个结果，看不出一边的数能否由另一边推算出来，不能公布",
                en: "of results that were put together there is no telling whether figures of "
                    + "one can be worked out from the other: they cannot be published"),
                hint: Message(zh: "两个结果分别公布", en: "publish each by itself"))
        }
        for table in plan.tables where environment.tables[table.name]?.isKept == true {
            throw Diagnostic("publish.kept", Message(
                zh: "表 \(table.name) 是存下的结果，已看不出其中的数是多少人的，不能公布",
                en: "the table \(table.name) was kept, and does not tell how many persons its "
                    + "figures are of: it cannot be published"),
                hint: Message(zh: "把查询写成一条，不经过“存为”",
                              en: "write the query as one, without into"))
        }
    }

    /// Whether an entity's rows are persons, or of one person each.
    private func isOfPersons(_ rows: RowSource?) -> Bool {
        rows.flatMap(persons.person) != nil
    }

    /// The same of a plan's rows.
    private func isOfPersons(_ plan: Plan) -> Bool {
        isOfPersons(plan.rowEntity.map(RowSource.entity) ?? plan.rowTable)
    }

    /// Whether a step shows single persons' values: a group for each of them, or the least and
    /// the greatest of their values, which are those of one.
    private func showsOne(_ step: Plan) -> Bool {
        let related = step.scalars.contains { scalar in
            scalar.contains { node in
                guard case .related(let aggregate, _) = node else { return false }
                return isOfPersons(aggregate.rows)
                    && aggregate.measures.contains(where: \.isExtreme)
            }
        }
        guard !related, case .aggregate(let input, let aggregation) = step.node else {
            return related
        }
        let key = environment.domain.entity(persons.entity)?.keyField
        return isOfPersons(input) && aggregation.measures.contains(where: \.isExtreme)
            || aggregation.keys.contains { $0.reads(key) } || isOfEach(aggregation.keys, input)
    }

    /// Whether rows are grouped by all that tells which person each belongs to.
    private func isOfEach(_ keys: [GroupKey], _ input: Plan) -> Bool {
        guard case .table(let table, let columns)? = input.rowTable,
              let path = persons.tables[table] else { return false }
        let read = Set(keys.compactMap { key -> ColumnID? in
            if case .value(let value) = key.kind { value.column } else { nil }
        })
        return path.keys.isSubset(of: columns.indices.filter { read.contains(columns[$0]) })
    }

    private func withheld(_ contributors: Contributors, _ frame: Frame) throws
        -> (ColumnID, Int) -> Bool {
        let columns = Set(contributors.behind.values.joined()).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(columns, columns.indices))
        let values = columns.flatMap { column -> [Int64] in
            guard case .int(let counts)? = frame[column] else {
                return [Int64](repeating: 0, count: frame.count)
            }
            return counts.map { $0 == None.integer ? 0 : $0 }
        }
        func figure(_ column: Int, _ row: Int) -> Int { column * frame.count + row }
        let found: Suppression
        do {
            found = try Suppression(values, least: least, equations(
                columns.count, values, contributors, places, frame, figure),
                                    check: run.checkCancelled)
        } catch is Suppression.TooLarge {
            throw Diagnostic("publish.large", Message(
                zh: "表太大，无法核对哪些数会泄露个人", en: "the table is too large to be checked for "
                    + "figures that tell of persons"),
                hint: Message(zh: "分成几张表，或少要几级合计",
                              en: "make several tables of it, or ask for fewer totals"))
        }
        return { column, row in
            places[column].map { found.withheld.contains(figure($0, row)) } ?? false
        }
    }

    // MARK: what a reader knows

    private func equations(_ columns: Int, _ values: [Int64], _ contributors: Contributors,
                           _ places: [ColumnID: Int], _ frame: Frame,
                           _ figure: (Int, Int) -> Int) throws -> [Suppression.Equation] {
        var equations: [Suppression.Equation] = []
        for (total, parts) in try totals(contributors.plan.schema, frame) {
            try run.checkCancelled()
            for column in 0..<columns {
                equations.append(.init(parts: parts.map { figure(column, $0) },
                                       total: figure(column, total)))
            }
        }
        for sum in contributors.sums {
            let parts = sum.parts.compactMap { places[$0] }
            guard let total = places[sum.total], parts.count == sum.parts.count else { continue }
            for row in 0..<frame.count {
                equations.append(.init(parts: parts.map { figure($0, row) },
                                       total: figure(total, row)))
            }
        }
        return try equations + earlier(contributors, places, frame, figure)
            + complements(columns, values, frame.count, figure)
    }

    /// A figure of the period before is the one that stands in that period's row.
    private func earlier(_ contributors: Contributors, _ places: [ColumnID: Int], _ frame: Frame,
                         _ figure: (Int, Int) -> Int) throws -> [Suppression.Equation] {
        let schema = contributors.plan.schema
        var step = 0
        return try contributors.earlier.flatMap { link -> [Suppression.Equation] in
            guard let column = places[link.column], let other = places[link.of],
                  let periods = frame[link.period] else { return [] }
            let order = Dictionary(link.periods.enumerated().map { ($1, $0) }) { first, _ in first }
            let keys = schema.columns.filter { $0.keyIndex != nil && $0.id != link.period }
                .compactMap { frame[$0.id] }
            func place(_ row: Int) -> Int? {
                if case .day(let value) = periods.constant(row) { order[value] } else { nil }
            }
            func signature(_ row: Int) throws -> [Datum] {
                try run.checkNow(&step)
                return keys.map { $0.datum(row) }
                    + [.constant(.int(Int64(bitPattern: frame.totals?[row] ?? 0)))]
            }
            let rows = try Dictionary(grouping: 0..<frame.count, by: signature)
            return try (0..<frame.count).compactMap { row in
                guard let own = place(row), let before = try rows[signature(row)]?.first(where: {
                    place($0) == own - 1
                }) else { return nil }
                return .init(parts: [figure(column, row)], total: figure(other, before))
            }
        }
    }

    /// Each total row with the rows that it is over: ordinary ones, and the totals a key below.
    private func totals(_ schema: Schema, _ frame: Frame) throws -> [(total: Int, parts: [Int])] {
        guard let marks = frame.totals?.map({ $0 & ~Frame.subtotal }) else { return [] }
        let keys = schema.columns.compactMap { column in
            column.keyIndex.flatMap { index in frame[column.id].map { (index, $0) } }
        }
        var step = 0
        func signature(_ row: Int, without mark: UInt64) throws -> [Datum] {
            try run.checkNow(&step)
            return keys.filter { Frame.mark($0.0) & mark == 0 }.map { $0.1.datum(row) }
        }
        let byMark = Dictionary(grouping: 0..<frame.count) { marks[$0] }
        var found: [(total: Int, parts: [Int])] = []
        for mark in byMark.keys.sorted() where mark != 0 {
            for below in byMark.keys.sorted() where below & ~mark == 0
                && (below == 0 || (mark & ~below).nonzeroBitCount == 1) {
                let groups = try Dictionary(grouping: byMark[below] ?? []) {
                    try signature($0, without: mark)
                }
                for row in byMark[mark] ?? [] {
                    found.append((row, try groups[signature(row, without: mark)] ?? []))
                }
            }
        }
        return found
    }

    /// Columns of which two always add up to a third, such as those registered and those not.
    private func complements(_ columns: Int, _ values: [Int64], _ rows: Int,
                             _ figure: (Int, Int) -> Int) throws -> [Suppression.Equation] {
        guard rows > 0, columns > 2, columns <= 40 else { return [] }
        func isSum(_ a: Int, _ b: Int, _ c: Int) -> Bool {
            (0..<rows).allSatisfy {
                values[figure(a, $0)] + values[figure(b, $0)] == values[figure(c, $0)]
            } && (0..<rows).contains { values[figure(a, $0)] > 0 }
                && (0..<rows).contains { values[figure(b, $0)] > 0 }
        }
        var found: [Suppression.Equation] = []
        for a in 0..<columns {
            for b in (a + 1)..<columns {
                try run.checkCancelled()
                for c in 0..<columns where c != a && c != b && isSum(a, b, c) {
                    found += (0..<rows).map { row in
                        .init(parts: [figure(a, row), figure(b, row)], total: figure(c, row))
                    }
                }
            }
        }
        return found
    }
}

extension GroupKey {
    /// Whether it is simply a stored column of that name.
    fileprivate func reads(_ column: String?) -> Bool {
        guard case .value(let value) = kind, case .field(_, column, _) = value.bare.node else {
            return false
        }
        return true
    }
}

extension Measure {
    /// Whether it is the value of one of the rows.
    fileprivate var isExtreme: Bool {
        switch kind {
        case .minimum, .maximum: true
        case .count, .sum, .distinct, .quantile, .codeviation: false
        }
    }
}
