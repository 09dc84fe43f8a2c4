import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum AppendVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("append", "并入"), [
        Slot("rows", .source, shown: Message(zh: "表|(查询)", en: "TABLE|(QUERY)")),
    ])
    static let summary = Message(
        zh: "把另一张表的行接在后面：列按名称对应，只在一边有的列在另一边为空，类型须一致",
        en: "the rows of another table behind these: columns by name, none where one of them has "
            + "no such column, types must agree")
    static let topics = ["合并表格", "上下合并", "汇总各表", "merge", "stack tables"]
    static let synonyms = ["union_all", "unionall", "bind_rows", "rbind", "追加", "接上"]
    static let kin = ["union", "合并", "vstack"]
    static let slips: [Slip] = [
        Slip(#"\|\s*union\s+all\s+(?=[\p{L}_(])"#, "| \(signature.name.en) "),
    ]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let expression = stage.expression("rows") else { return input }
        let other = try binder.rows(of: expression)
        try check(input, at: stage.name.span, binder)
        try check(other, at: expression.span, binder)
        let pairs = try Pair.all(input, other, at: expression.span)
        remark(pairs, input, other, at: expression.span, binder)
        let repeats = countsAgain(input, other, binder)
        var keys = 0
        let columns = try binder.each(pairs) { pair -> Column in
            var column = try Column(pair, input, other, binder, at: expression.span)
            if column.info.keyIndex != nil {
                column.info.keyIndex = keys
                keys += 1
            }
            if let repeats, column.counts(repeats) { column.info.kept?.overPeriods = .stock }
            return column
        }
        var schema = Schema(entity: nil, columns: columns.map(\.info))
        schema.hasTotals = input.schema.hasTotals || other.schema.hasTotals
        schema.isOpen = input.schema.isOpen || other.schema.isOpen
        return Plan(.append(side(input, columns, \.first, binder),
                            side(other, columns, \.second, binder)), schema)
    }

    /// A side with all columns, none in those that it does not have.
    private static func side(_ plan: Plan, _ columns: [Column],
                             _ own: (Column) -> ColumnInfo?, _ binder: Binder) -> Plan {
        let isAsItIs = columns.map { own($0)?.id } == plan.schema.columns.map(\.id)
            && zip(columns, plan.schema.columns).allSatisfy { $0.info.type == $1.type }
        if isAsItIs { return plan }
        var schema = plan.schema
        schema.columns = []
        var values: [Scalar] = []
        for column in columns {
            let own = own(column), type = column.info.type
            let value = own.map { binder.appended($0, as: type) } ?? .constant(.none, type)
            // Another value is another column.
            var info = own ?? column.info
            if own == nil || value.column != own?.id { info = info.identified(binder.newID()) }
            if own == nil { info.keyIndex = nil }
            info.type = type
            schema.columns.append(info)
            values.append(value)
        }
        return Plan(.project(plan, values), schema)
    }

    private static func check(_ plan: Plan, at span: Span, _ binder: Binder) throws {
        if plan.schema.entity != nil {
            let names = binder.domain.words.hints, select = SelectVerb.signature.name
            throw Diagnostic("append.rows", Message(
                zh: "并入 的两边都要有写明的列", en: "append takes rows whose columns were chosen"),
                at: span, hint: Message(
                    zh: "先选列或汇总，例如 \(names.source.zh) | \(select.zh) \(names.number.zh) | "
                        + "\(signature.name.zh) (\(names.source.zh) | \(select.zh) \(names.number.zh))",
                    en: "first select or summarize, as in \(names.source.en) | \(select.en) "
                        + "\(names.number.en) | \(signature.name.en) (\(names.source.en) | "
                        + "\(select.en) \(names.number.en))"))
        }
        if let period = plan.schema.openPeriod.flatMap({ plan.schema[$0] }) {
            let count = CountVerb.signature.name, by = Keyword.by.term
            throw Diagnostic("append.over", Message(
                zh: "历年、历月、历次 的行要先按“\(period.name.zh)”分组，再并入",
                en: "rows over periods are grouped by \(period.name.en) before they are appended"),
                at: span, hint: Message(
                    zh: "例如 … | \(count.zh) \(by.zh) \(period.name.zh) | \(signature.name.zh) …",
                    en: "as in … | \(count.en) \(by.en) \(period.name.en) | "
                        + "\(signature.name.en) …"))
        }
    }

    /// What only one side has may have been called otherwise on the other.
    private static func remark(_ pairs: [Pair], _ input: Plan, _ other: Plan, at span: Span,
                               _ binder: Binder) {
        guard !input.schema.isOpen, !other.schema.isOpen, binder.facts != nil else { return }
        func names(_ columns: [ColumnInfo]) -> Message? {
            columns.isEmpty ? nil : Message(zh: columns.map(\.name.zh).joined(separator: "、"),
                                            en: columns.map(\.name.en).joined(separator: ", "))
        }
        let first = names(pairs.filter { $0.second == nil }.compactMap(\.first))
        let second = names(pairs.filter { $0.first == nil }.compactMap(\.second))
        let parts = [
            first.map { Message(zh: "只有前一张表有 \($0.zh)",
                                en: "only the first table has \($0.en)") },
            second.map { Message(zh: "只有后一张表有 \($0.zh)",
                                 en: "only the second has \($0.en)") },
        ].compactMap { $0 }
        guard !parts.isEmpty else { return }
        binder.warn(Diagnostic("append.columns", Message(
            zh: parts.map(\.zh).joined(separator: "；") + "：另一张表的行里为空",
            en: parts.map(\.en).joined(separator: "; ") + ": none in the rows of the other"),
            at: span, hint: Message(zh: "若是同一列，先用 选取 新名 = 原名 改成同名",
                                    en: "where they are the same, give them one name by select "
                                        + "NAME = COLUMN"),
            severity: pairs.contains { $0.first != nil && $0.second != nil } ? .note : .warning))
    }

    /// What persons are counted in, where both sides count them and are read at different days:
    /// who is counted on both is the same person twice.
    private static func countsAgain(_ input: Plan, _ other: Plan, _ binder: Binder) -> Term? {
        let query = binder.catalog.reading
        let places = Set([input, other].map {
            $0.rowReadings(query: query, kept: binder.keptReadings)
        }).subtracting([.fixed(nil)])
        guard places.count > 1 else { return nil }
        return binder.domain.entities.first(where: \.countsPersons)?.counter
    }
}
