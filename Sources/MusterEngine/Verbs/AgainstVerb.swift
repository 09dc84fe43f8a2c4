import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterStore

enum AgainstVerb: Verb {
    static let signature = Signature(Term("against", "对照"), [
        Slot("what", .choice([
            [Slot("word", .word([Term("target", "目标")])),
             Slot("year", .expression, required: false)],
            [Slot("word", .word([Term("previous", "上期")])),
             Slot("column", .column, required: false)],
            [Slot("rate", .expression)],
        ])),
    ])
    static let summary = Message(
        zh: "加上目标、差距、差额（还差几人）、是否达标；或与上期比较",
        en: "add target, gap, people missing and whether it is met; or compare with the period "
            + "before")
    static let examples = [
        Example("members | rate registered by unit.district | against target",
                Message(zh: "各单位注册率对照当年目标", en: "each unit's rate against its target")),
        Example("members over years 2015..2017 | rate registered by year | against previous",
                Message(zh: "逐年变化", en: "the change from year to year")),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        switch stage.word("word") {
        case "previous": return try previous(stage, input, binder)
        case "target":
            let year = try stage.expression("year").map { expression -> Scalar in
                guard case (.day(let year), .year) = try binder.temporal(expression) else {
                    throw Diagnostic.mismatch(Message(zh: "目标 后面须是年度",
                                                      en: "a year is needed behind target"),
                                              at: expression.span)
                }
                warnWithoutTarget(year, expression.span, binder)
                return .constant(.day(year), .year)
            }
            return try target(stage, input, binder, year: year, rate: nil)
        default:
            guard let expression = stage.expression("rate") else { return input }
            try suggestWord(expression, binder)
            return try target(stage, input, binder, year: nil,
                              rate: try millionths(expression, binder))
        }
    }

    /// A rate written out, in millionths, exact.
    private static func millionths(_ expression: Expression, _ binder: Binder) throws -> Int64 {
        let (value, type) = try binder.constant(expression)
        let rate: Double? = switch value {
        case .int(let v): type == .hundredths ? Double(v) / 100 : Double(v)
        case .double(let v): v
        default: nil
        }
        guard let rate, (0...1).contains(rate) else {
            throw Diagnostic.mismatch(Message(
                zh: "对照 后面须是 目标、上期 或 0 到 100% 的比率",
                en: "against takes target, previous, or a rate from 0 to 100%"),
                at: expression.span, hint: Message(zh: "例如 对照 95%", en: "for example against 95%"))
        }
        let scaled = (rate * 1_000_000).rounded()
        guard abs(rate * 1_000_000 - scaled) < 1e-6 else {
            throw Diagnostic("against.digits", Message(
                zh: "目标比率最多六位小数", en: "a rate to reach has six decimals at most"),
                at: expression.span, hint: Message(zh: "例如 66.67%", en: "for example 66.67%"))
        }
        return Int64(scaled)
    }

    /// A word that is neither `target` nor `previous`, nor a name of a rate.
    private static func suggestWord(_ expression: Expression, _ binder: Binder) throws {
        guard case .path(let names) = expression.kind, names.count == 1,
              binder.environment.definitions[names[0].text] == nil,
              !binder.domain.constants.contains(where: { $0.name.matches(names[0].text) })
        else { return }
        let hint = suggestion(for: names[0].text, among: [
            Term("target", "目标"), Term("previous", "上期"),
        ]) ?? Message(zh: "例如 对照 目标、对照 上期（历年、历月之后）、对照 95%",
                      en: "such as against target, against previous (behind over), against 95%")
        throw Diagnostic("against.word", Message(
            zh: "对照 后面须是 目标、上期 或一个比率", en: "against takes target, previous or a rate"),
            at: expression.span, hint: hint)
    }

    /// Without a target the columns are empty: said where the year was asked for by name.
    private static func warnWithoutTarget(_ year: Int32, _ span: Span, _ binder: Binder) {
        guard let targets = binder.environment.data?.snapshot.targets,
              !targets.contains(where: { $0.year == Int(year) }) else { return }
        let known = Set(targets.map(\.year)).sorted().map(String.init)
        binder.warn(Diagnostic("target.year", Message(
            zh: "\(year) 年没有目标", en: "there is no target for \(year)"), at: span,
            hint: known.isEmpty
                ? Message(zh: "快照里没有目标", en: "the snapshot holds no targets")
                : Message(zh: "有目标的年度：" + known.joined(separator: "、"),
                          en: "there are targets for " + known.joined(separator: ", ")),
            severity: .warning))
    }

    private static func column(_ name: Term, _ input: Plan) -> Int? {
        input.schema.columns.lastIndex { $0.name.en == name.en }
    }

    private static func target(_ stage: Stage, _ input: Plan, _ binder: Binder, year: Scalar?,
                               rate: Int64?) throws -> Plan {
        let columns = input.schema.columns
        guard let of = column(ColumnNames.of, input), let n = column(ColumnNames.persons, input),
              column(ColumnNames.rate, input) != nil,
              columns[of].type == .integer, columns[n].type == .integer else {
            let missing = [ColumnNames.of, ColumnNames.persons, ColumnNames.rate].filter {
                column($0, input) == nil
            }
            throw Diagnostic("against.columns", Message(
                zh: "对照 前面须有 总数、人数、比率 三列，缺 "
                    + missing.map(\.zh).joined(separator: "、"),
                en: "against needs the columns of, n and rate: there is no "
                    + missing.map(\.en).joined(separator: ", ")),
                at: stage.span, hint: Message(zh: "先写 比率 … 按 …", en: "put rate … by … before it"))
        }
        let count = columns.count
        var plan: Plan
        if let rate {
            plan = Plan(.project(input, keep: Array(columns.indices),
                                 add: [.constant(.int(rate), .integer)]), input.schema)
        } else {
            let keys = columns.indices.filter { columns[$0].keyIndex != nil }
            let unit = lowestUnit(columns, binder.environment.domain)
            plan = Plan(.window(input, .benchmark(
                row: unit, year: year ?? Self.year(columns), keys: keys), by: []), input.schema)
        }
        var schema = input.schema
        let measured = column(ColumnNames.rate, input)
        let hasRate = measured.map { columns[$0].type.isNumeric } == true
        if let measured, hasRate { schema.columns[measured].goal = ColumnNames.target }
        let result = outcome(of: of, n: n, benchmark: count, hasRate: hasRate)
        for (info, _) in result {
            if schema.columns.contains(where: { $0.name == info.name }) {
                throw binder.repeated(info.name, stage.span)
            }
            schema.columns.append(info)
        }
        plan = Plan(.project(plan, keep: Array(columns.indices), add: result.map(\.1)), schema)
        return plan
    }

    /// The unit that a row is about: of several unit columns the lowest that it has.
    private static func lowestUnit(_ columns: [ColumnInfo], _ domain: Domain) -> Scalar? {
        let entity = domain.benchmarkEntity
        let units = columns.indices.filter { columns[$0].type.entity == entity }
            .map { Scalar(.column($0), columns[$0].type) }
        return units.count < 2 ? units.first
            : Scalar(.lowest(units, entity: entity), .row(entity))
    }

    /// The year of a row: its `year`, its month's, or its day's.
    private static func year(_ columns: [ColumnInfo]) -> Scalar {
        if let index = columns.firstIndex(where: {
            $0.type == .year && $0.name.en == ColumnNames.year.en
        }) {
            return Scalar(.column(index), .year)
        }
        if let index = columns.firstIndex(where: {
            $0.type == .month && $0.name.en == ColumnNames.month.en
        }) {
            return Scalar(.convert(.monthToYear, Scalar(.column(index), .month)), .year)
        }
        return Scalar(.convert(.dayToYear, Scalar(.day, .day)), .year)
    }

    /// target, gap, short and met from exact whole numbers: the benchmark is in millionths.
    private static func outcome(of: Int, n: Int, benchmark: Int, hasRate: Bool)
        -> [(ColumnInfo, Scalar)] {
        let base = Scalar(.column(of), .integer), done = Scalar(.column(n), .integer)
        let wanted = Scalar(.column(benchmark), .integer)
        func info(_ name: Term, _ type: ValueType, _ display: Display) -> ColumnInfo {
            var info = ColumnInfo([name], type)
            info.display = display
            return info
        }
        let short = Scalar(.call(shortfall, [wanted, base, done]), .integer)
        let met = Scalar(.conditional(
            Scalar(.isNone(short), .bool), .constant(.none, .bool),
            Scalar(.compare(.equal, short, .constant(.int(0), .integer)), .bool)), .bool)
        return [
            (info(ColumnNames.target, .number, .percent),
             Scalar(.convert(.millionthsToNumber, wanted), .number)),
            (info(ColumnNames.gap, .number, .points), hasRate
                ? Scalar(.call(gap, [wanted, base, done]), .number)
                : .constant(.none, .number)),
            (info(ColumnNames.short, .integer, .count), short),
            (info(ColumnNames.met, .bool, .plain), met),
        ]
    }

    /// n/of − target as one fraction over the same whole numbers.
    private static let gap = FunctionKernel("gap") { arguments, count in
        guard case .int(let wanted) = arguments[0], case .int(let of) = arguments[1],
              case .int(let n) = arguments[2] else { return arguments[0] }
        return .double(try (0..<count).map { row in
            guard wanted[row] != None.integer, of[row] != None.integer, n[row] != None.integer,
                  of[row] != 0 else { return None.double }
            let (due, first) = wanted[row].multipliedReportingOverflow(by: of[row])
            let (done, second) = n[row].multipliedReportingOverflow(by: 1_000_000)
            let (whole, third) = of[row].multipliedReportingOverflow(by: 1_000_000)
            let (difference, fourth) = done.subtractingReportingOverflow(due)
            if first || second || third || fourth { throw Evaluator.overflow }
            return Double(difference) / Double(whole)
        })
    }

    /// max(0, ceil(target × of) − n).
    private static let shortfall = FunctionKernel("short") { arguments, count in
        guard case .int(let wanted) = arguments[0], case .int(let of) = arguments[1],
              case .int(let n) = arguments[2] else { return arguments[0] }
        return .int(try (0..<count).map { row in
            guard wanted[row] != None.integer, of[row] != None.integer, n[row] != None.integer,
                  of[row] != 0 else { return None.integer }
            let (due, overflow) = wanted[row].multipliedReportingOverflow(by: of[row])
            if overflow || due > Int64.max - 999_999 { throw Evaluator.overflow }
            return max(0, (due + 999_999) / 1_000_000 - n[row])
        })
    }

    private static func previous(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let columns = input.schema.columns
        guard let period = columns.firstIndex(where: { $0.role == .period }) else {
            throw Diagnostic("previous.period", Message(
                zh: "对照 上期 前面须有 历年 或 历月，并保留年度或月份",
                en: "against previous needs over, with its period kept"), at: stage.span,
                hint: Message(zh: "例如 团员 历年 2015..2017 | 比率 已注册 按 年度 | 对照 上期",
                              en: "for example members over years 2015..2017 | rate registered "
                                  + "by year | against previous"))
        }
        var measured = column(ColumnNames.rate, input)
        if let named = stage.columns("column").first, case .path(let names) = named.kind {
            measured = try binder.resolve(names, Scope(input.schema)).column
        }
        guard let measured, columns[measured].type.isNumeric else {
            throw Diagnostic("previous.column", Message(
                zh: "请写明与上期比较哪一列（数）", en: "say which column of numbers to compare"),
                at: stage.span, hint: Message(zh: "例如 对照 上期 人数",
                                              en: "for example against previous n"))
        }
        let others = columns.indices.filter { columns[$0].role == .key }
        var periods: [Int32] = []
        for value in input.instants.compactMap(\.period) where !periods.contains(value) {
            periods.append(value)
        }
        let value = Scalar(.column(measured), columns[measured].type)
        var before = columns[measured]
        before.path = [ColumnNames.previous]
        before.role = .value
        before.label = nil
        before.overPeriods = columns[measured].overPeriods
        let plan = try binder.window(input, .previous(value, periodColumn: period, others: others,
                                                      periods: periods),
                                     by: [], before, at: stage.span)
        let change = try binder.arithmetic(.subtract, value,
                                           Scalar(.column(columns.count), value.type), stage.span)
        var info = ColumnInfo([ColumnNames.change], change.type)
        info.display = columns[measured].display == .percent ? .points : columns[measured].display
        info.overPeriods = columns[measured].overPeriods
        var schema = plan.schema
        if schema.columns.contains(where: { $0.name == info.name }) {
            throw binder.repeated(info.name, stage.span)
        }
        schema.columns.append(info)
        return Plan(.project(plan, keep: Array(plan.schema.columns.indices), add: [change]),
                    schema)
    }
}
