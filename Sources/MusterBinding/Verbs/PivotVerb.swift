import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum PivotVerb: Verb {
    static let signature = Signature(Term("pivot", "透视"), [
        Slot("column", .column),
        Slot("show", keyword: Term("show", "显示"), .columns, required: false),
    ], makesHeadings: true)
    static let summary = Message(zh: "把一列的各个值变成列", en: "turn a column's values into columns")
    static let traits: VerbTraits = [.regroups, .addsColumns]
    static let synonyms = ["crosstab", "交叉表", "透视表", "数据透视"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let scope = Scope(input)
        func column(_ expression: Expression) throws -> ColumnInfo {
            guard case .path(let names) = expression.kind,
                  let column = try binder.resolve(names, scope).column else {
                throw Diagnostic("pivot.column", Message(
                    zh: "透视 用的须是结果里的列", en: "pivot takes columns of the result"),
                    at: expression.span,
                    hint: Message(zh: "先用 按 分组", en: "group by it first"))
            }
            return column
        }
        guard let named = stage.columns("column").first else { return input }
        let pivoted = try column(named)
        var shown = try stage.columns("show").map(column)
        let isKept = keeps(input, pivoted)
        if shown.isEmpty {
            shown = input.schema.shown.filter { $0.id != pivoted.id && !isKept($0) }
        }
        guard !shown.contains(where: { $0.id == pivoted.id }), !shown.isEmpty else {
            throw Diagnostic("pivot.show", Message(
                zh: "显示 后面须是别的列", en: "show takes other columns"), at: stage.span,
                hint: Message(zh: "例如 透视 年度 显示 比率", en: "for example pivot year show rate"))
        }
        let rest = input.schema.columns.filter { column in
            column.id != pivoted.id && !shown.contains { $0.id == column.id }
                && (!input.schema.isGrouped || isKept(column))
        }
        // Rows are told apart by a hidden key only where something shown tells of it.
        let told = rest.filter { !$0.isHidden }.reduce(into: Set<Int>()) {
            $0.formUnion(input.keysBehind($1.id) ?? [])
        }
        let keys = rest.filter { !$0.isHidden || $0.keyIndex.map(told.contains) == true }
        return try plan(input, pivoted, shown, keys, binder, stage.span)
    }

    /// Which columns of a grouped result stay columns: its keys, and what tells of keys that
    /// `select` left out.
    private static func keeps(_ input: Plan, _ pivoted: ColumnInfo) -> (ColumnInfo) -> Bool {
        let hidden = Set(input.schema.columns.filter(\.isHidden).compactMap(\.keyIndex))
        return { column in
            if column.keyIndex != nil { return column.keyIndex != pivoted.keyIndex }
            guard let read = input.keysBehind(column.id) else { return false }
            return !read.isDisjoint(with: hidden) && !read.contains { $0 == pivoted.keyIndex }
        }
    }

    private static func plan(_ input: Plan, _ pivoted: ColumnInfo, _ shown: [ColumnInfo],
                             _ keys: [ColumnInfo], _ binder: Binder, _ span: Span) throws
        -> Plan {
        var headings: [PivotHeading] = []
        if let facts = binder.facts, binder.faults.isEmpty {
            headings = try facts.pivotValues(of: pivoted.id, in: input)
        }
        var schema = Schema(entity: nil, columns: keys)
        schema.hasTotals = input.schema.hasTotals
        schema.isGrouped = input.schema.isGrouped
        schema.isOpen = binder.facts == nil
        let running = input.readings.last { $0.isRunning }
        var cells: [[ColumnID]] = []
        var taken = Set(schema.shown.map(\.name.en))
        for heading in headings {
            let ids = shown.map { _ in binder.newID() }
            for (id, column) in zip(ids, shown) {
                var info = cell(column, heading, shown.count, id)
                info.goal = column.goal.flatMap { goal in
                    shown.firstIndex { $0.id == goal }.map { ids[$0] }
                }
                if let reading = running, !heading.value.isTotal, pivoted.role == .period,
                   heading.value.value == .day(reading.period ?? Int32.max) {
                    info.runningDay = reading.day
                }
                guard taken.insert(info.name.en).inserted else { throw repeated(info.name, span) }
                schema.columns.append(info)
            }
            cells.append(ids)
        }
        return Plan(.pivot(input, Pivot(
            column: pivoted.id, shown: shown.map(\.id), keys: keys.map(\.id),
            values: headings.map(\.value), cells: cells,
            zero: shown.map { input.isAmount($0.id) }, sortsRows: !input.isSorted, span: span)),
                    schema)
    }

    /// The column that a shown column becomes under one value.
    private static func cell(_ column: ColumnInfo, _ heading: PivotHeading, _ shown: Int,
                             _ id: ColumnID) -> ColumnInfo {
        var info = column.identified(id)
        let name = heading.name, own = column.label ?? column.name
        let label = self.label(heading.value), shownName = label ?? name
        info.path = [shown == 1 ? name
            : Term("\(name.en) \(column.name.en)", "\(name.zh) \(column.name.zh)")]
        info.label = shown == 1 ? label
            : column.label == nil && shownName == name ? nil
            : Term("\(shownName.en) \(own.en)", "\(shownName.zh) \(own.zh)")
        info.head = shown == 1 ? nil : SpanningHead(over: shownName, own: own)
        (info.keyIndex, info.role, info.isHidden) = (nil, .value, false)
        return info
    }

    /// How people read a value, where that is not its name.
    private static func label(_ value: PivotValue) -> Term? {
        switch (value.isTotal, value.value) {
        case (false, .none): Term("(none)", "（空）")
        case (false, .bool(let value)): value ? Term("yes", "是") : Term("no", "否")
        default: nil
        }
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
