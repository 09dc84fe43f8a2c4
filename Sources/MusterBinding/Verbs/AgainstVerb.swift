import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan
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
    static let topics = [
        "去年", "上年", "上月", "同比", "环比", "增长", "比较", "compare", "growth", "last year",
    ]
    static let traits: VerbTraits = .addsColumns
    static let kin = ["比较", "对比", "compare", "vs", "同比", "环比"]

    static let kernels = [Gap.kernel, Shortfall.kernel, RateChange.kernel]
    static let sql = [Gap.sql, Shortfall.sql, RateChange.sql]

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
        case .int(let v): FixedPoint.double(v, type.places)
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
              binder.catalog.definitions[names[0].text] == nil,
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
        guard let years = binder.catalog.data?.targetYears, !years.contains(year) else { return }
        let known = Set(years).sorted().map(String.init)
        binder.warn(Diagnostic("target.year", Message(
            zh: "\(year) 年没有目标", en: "there is no target for \(year)"), at: span,
            hint: known.isEmpty
                ? Message(zh: "快照里没有目标", en: "the snapshot holds no targets")
                : Message(zh: "有目标的年度：" + known.joined(separator: "、"),
                          en: "there are targets for " + known.joined(separator: ", ")),
            severity: .warning))
    }

    private static func column(_ name: Term, _ input: Plan) -> ColumnInfo? {
        input.schema.shown.last { $0.name.en == name.en || $0.name == Term(name.zh) }
    }

    private static func target(_ stage: Stage, _ input: Plan, _ binder: Binder, year: Scalar?,
                               rate: Int64?) throws -> Plan {
        guard let of = column(ColumnNames.of, input), let n = column(ColumnNames.persons, input),
              let measured = column(ColumnNames.rate, input),
              of.type == .integer, n.type == .integer else {
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
        let wanted: Scalar
        var plan = input
        if let rate {
            wanted = .constant(.int(rate), benchmark)
        } else {
            let column = ColumnInfo(binder.newID(), [Term("")], benchmark)
            var schema = input.schema
            schema.columns.append(column)
            plan = Plan(.window(input, Window(
                column: column.id,
                kind: .benchmark(row: lowestUnit(input, binder.domain),
                                 year: year ?? Self.year(input)), by: [])), schema)
            wanted = column.value
        }
        let result = outcome(of: of, n: n.value, wanted, hasRate: measured.type.isNumeric,
                             binder)
        var schema = input.schema
        if measured.type.isNumeric, let place = schema.position(of: measured.id) {
            schema.columns[place].goal = result[0].0.id
        }
        for (info, _) in result {
            var info = info
            if info.display == .points, measured.type.isNumeric {
                info.difference = Difference(measured.id, less: result[0].0.id)
            }
            if schema.has(info.name) {
                throw binder.repeated(info.name, stage.span)
            }
            schema.columns.append(info)
        }
        return Plan(.project(plan, input.schema.columns.map(\.value) + result.map(\.1)), schema)
    }

    /// Rates to reach are exact, in millionths.
    private static let benchmark = ValueType.decimal(6)

    /// The unit that a row is about: of the row itself, where it is one, and its unit columns the
    /// lowest. A key counts though `select` left it out.
    private static func lowestUnit(_ input: Plan, _ domain: Domain) -> Scalar? {
        guard let tree = domain.targets?.tree else { return nil }
        var units = input.schema.columns.filter { $0.type.entity == tree }.map(\.value)
        if input.rowEntity == tree { units.append(Scalar(.row, .row(tree))) }
        if units.isEmpty { return nil }
        return units.count == 1 ? units[0] : Scalar(.lowest(units, entity: tree), .row(tree))
    }

    /// The year of a row: its `year`, its month's, or its day's.
    private static func year(_ input: Plan) -> Scalar {
        func period(_ type: ValueType, _ name: Term) -> Scalar? {
            input.schema.columns.first { $0.type == type && $0.name.en == name.en }?.value
        }
        if let year = period(.year, ColumnNames.year) { return year }
        if let month = period(.month, ColumnNames.month) {
            return Scalar(.convert(.monthToYear, month), .year)
        }
        return Scalar(.convert(.dayToYear, Scalar(.day, .day)), .year)
    }

    /// target, gap, short and met from exact whole numbers: the benchmark is in millionths.
    private static func outcome(of whole: ColumnInfo, n done: Scalar, _ wanted: Scalar,
                                hasRate: Bool, _ binder: Binder) -> [(ColumnInfo, Scalar)] {
        func info(_ name: Term, _ type: ValueType, _ display: Display) -> ColumnInfo {
            var info = ColumnInfo(binder.newID(), [name], type)
            info.display = display
            return info
        }
        let base = whole.value
        let short = Scalar(.call(Shortfall.name, [wanted, base, done]), .integer)
        var missing = info(ColumnNames.short, .integer, .count)
        missing.unit = whole.unit
        let met = Scalar(.conditional(
            Scalar(.isNone(short), .bool), .constant(.none, .bool),
            Scalar(.compare(.equal, short, .constant(.int(0), .integer)), .bool)), .bool)
        func verdict() -> ColumnInfo {
            var verdict = info(ColumnNames.met, .bool, .plain)
            verdict.isVerdict = true
            return verdict
        }
        return [
            (info(ColumnNames.target, benchmark, .percent), wanted),
            (info(ColumnNames.gap, .number, .points), hasRate
                ? Scalar(.call(Gap.name, [wanted, base, done]), .number)
                : .constant(.none, .number)),
            (missing, short),
            (verdict(), met),
        ]
    }
}
