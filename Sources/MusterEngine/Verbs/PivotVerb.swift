import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterStore

enum PivotVerb: Verb {
    static let signature = Signature(Term("pivot", "透视"), [
        Slot("column", .column),
        Slot("show", keyword: Term("show", "显示"), .columns, required: false),
    ])
    static let summary = Message(zh: "把一列的各个值变成列", en: "turn a column's values into columns")
    static let examples = [
        Example("members over years 2015..2017 | rate registered by unit.kind, year "
                + "| pivot year show rate",
                Message(zh: "各类组织历年注册率，每年一列", en: "rates by kind, a column a year")),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let scope = Scope(input.schema), columns = input.schema.columns
        func position(_ expression: Expression) throws -> Int {
            guard case .path(let names) = expression.kind,
                  let index = try binder.resolve(names, scope).column else {
                throw Diagnostic("pivot.column", Message(
                    zh: "透视 用的须是结果里的列", en: "pivot takes columns of the result"),
                    at: expression.span,
                    hint: Message(zh: "先用 按 分组", en: "group by it first"))
            }
            return index
        }
        guard let pivoted = stage.columns("column").first else { return input }
        let column = try position(pivoted)
        var shown = try stage.columns("show").map(position)
        if shown.isEmpty {
            shown = columns.indices.filter { $0 != column && columns[$0].keyIndex == nil }
        }
        guard !shown.contains(column), !shown.isEmpty else {
            throw Diagnostic("pivot.show", Message(
                zh: "显示 后面须是别的列", en: "show takes other columns"), at: stage.span,
                hint: Message(zh: "例如 透视 年度 显示 比率", en: "for example pivot year show rate"))
        }
        let keys = columns.indices.filter {
            $0 != column && !shown.contains($0)
                && (!input.schema.isGrouped || columns[$0].keyIndex != nil)
        }
        return try plan(input, column, shown, keys, binder, stage.span)
    }

    private static func plan(_ input: Plan, _ column: Int, _ shown: [Int], _ keys: [Int],
                             _ binder: Binder, _ span: Span) throws -> Plan {
        let columns = input.schema.columns
        var values: [PivotValue] = []
        if let executor = binder.executor, binder.faults.isEmpty {
            values = executor.pivotValues(try executor.execute(input), column: column,
                                          type: columns[column].type)
        }
        var schema = Schema(entity: nil, columns: keys.map { columns[$0] })
        schema.hasTotals = input.schema.hasTotals
        schema.isGrouped = input.schema.isGrouped
        schema.isOpen = binder.executor == nil
        let running = input.instants.last { $0.isRunning }
        let heading = Heading(binder, columns[column].type, values)
        for value in values {
            let name = heading.term(value)
            for position in shown {
                var info = columns[position]
                let own = info.label ?? info.name
                let shownName = heading.label(value) ?? name
                info.path = [shown.count == 1 ? name
                    : Term("\(name.en) \(info.name.en)", "\(name.zh) \(info.name.zh)")]
                info.label = shown.count == 1 ? heading.label(value)
                    : info.label == nil && shownName == name ? nil
                    : Term("\(shownName.en) \(own.en)", "\(shownName.zh) \(own.zh)")
                if let goal = info.goal {
                    info.goal = shown.contains { columns[$0].name == goal }
                        ? Term("\(name.en) \(goal.en)", "\(name.zh) \(goal.zh)") : nil
                }
                info.keyIndex = nil
                if let instant = running, !value.isTotal, columns[column].role == .period,
                   value.value == .day(instant.period ?? None.day) {
                    info.runningDay = instant.day
                }
                info.isOfOnePeriod = columns[column].role == .period && info.overPeriods != nil
                info.role = info.role == .additive ? .additive : .value
                if schema.columns.contains(where: { $0.name.en == info.name.en }) {
                    throw repeated(info.name, span)
                }
                schema.columns.append(info)
            }
        }
        return Plan(.pivot(input, PivotSpec(column: column, shown: shown, keys: keys,
                                            values: values, sortsRows: !input.isSorted,
                                            span: span)), schema)
    }
}

extension PivotVerb {
    private static func repeated(_ name: Term, _ span: Span) -> Diagnostic {
        Diagnostic("pivot.repeated", Message(
            zh: "透视出来的两列同名：\(name.zh)", en: "two columns would be called \(name.en)"),
            at: span,
            hint: Message(zh: "给分组的列另取名字（新名 = …），或改用别的列透视",
                          en: "give the grouping key another name (name = …), or pivot another "
                              + "column"))
    }
}

/// A value as a column heading; what is sensitive stays masked.
struct Heading {
    private let binder: Binder
    private let type: ValueType
    /// Names that several of the values bear: these columns bear their ids as well.
    private var shared: Set<String> = []

    init(_ binder: Binder, _ type: ValueType, _ values: [PivotValue]) {
        self.binder = binder
        self.type = type
        guard case .row = type else { return }
        var seen: Set<String> = []
        for value in values {
            let name = term(value).en
            if !seen.insert(name).inserted { shared.insert(name) }
        }
    }

    /// How people read it, where that is not its name.
    func label(_ value: PivotValue) -> Term? {
        switch (value.isTotal, value.value) {
        case (false, .none): Term("(none)", "（空）")
        case (false, .bool(let value)): value ? Term("yes", "是") : Term("no", "否")
        default: nil
        }
    }

    func term(_ value: PivotValue) -> Term {
        if value.isTotal { return ColumnNames.total }
        let maker = CellMaker(binder.environment)
        switch maker.cell(value.value, type) {
        case .none: return Term("none", "空")
        case .text(let text):
            guard shared.contains(text), case .row(let row) = value.value,
                  case .row(let entity) = type, let key = maker.key(row, entity) else {
                return Term(text)
            }
            return Term("\(text) (\(key))", "\(text)（\(key)）")
        case .term(let term): return term
        case .bool(let value): return Term(value ? "true" : "false")
        case .integer(let value): return Term("\(value)")
        case .hundredths(let value): return Term("\(Double(value) / 100)")
        case .number(let value): return Term("\(value)")
        case .day(let value): return Term(CivilDay.text(value))
        case .month(let value): return Term(CivilDay.text(ofMonth: value))
        case .year(let value): return Term("\(value)")
        }
    }
}
