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
        let columns = try binder.each(pairs) { pair -> AppendedColumn in
            var column = try AppendedColumn(pair, input, other, binder, at: expression.span)
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
    private static func side(_ plan: Plan, _ columns: [AppendedColumn],
                             _ own: (AppendedColumn) -> ColumnInfo?, _ binder: Binder) -> Plan {
        let isAsItIs = columns.map { own($0)?.id } == plan.schema.columns.map(\.id)
            && zip(columns, plan.schema.columns).allSatisfy { $0.info.type == $1.type }
        if isAsItIs { return plan }
        var schema = plan.schema
        schema.columns = []
        var values: [Scalar] = []
        for column in columns {
            let own = own(column), type = column.info.type
            let value = own.map { binder.value($0, as: type) } ?? .constant(.none, type)
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

/// A column of either side, or one of each that have a name in common.
private struct Pair {
    let first: ColumnInfo?
    let second: ColumnInfo?

    /// All columns of the first, then those that only the second has.
    static func all(_ first: Plan, _ second: Plan, at span: Span) throws -> [Pair] {
        let own = first.schema.shown, others = second.schema.shown
        let pairs = try own.map { column in
            let same = others.filter { isSame(column, $0) }
            if same.count > 1 { throw several(same, column, span) }
            return Pair(first: column, second: same.first)
        }
        let taken = pairs.compactMap(\.second)
        for column in taken where taken.count(where: { $0.id == column.id }) > 1 {
            throw several(own.filter { isSame($0, column) }, column, span)
        }
        return pairs + others.filter { other in !taken.contains { $0.id == other.id } }
            .map { Pair(first: nil, second: $0) }
    }

    private static func isSame(_ a: ColumnInfo, _ b: ColumnInfo) -> Bool {
        a.name.collides(with: b.name) || a.matches([b.name.en]) || b.matches([a.name.en])
    }

    private static func several(_ columns: [ColumnInfo], _ column: ColumnInfo, _ span: Span)
        -> Diagnostic {
        let zh = columns.map { "“\($0.name.zh)”" }.joined(separator: "、")
        let en = columns.map { "\"\($0.name.en)\"" }.joined(separator: ", ")
        return Diagnostic("append.ambiguous", Message(
            zh: "不知道 \(column.name.zh) 对应哪一列：\(zh)",
            en: "\(column.name.en) may be any of the columns \(en)"), at: span,
            hint: Message(zh: "先用 选取 新名 = 原名 另取名称",
                          en: "rename them by select NAME = COLUMN first"))
    }
}

/// A column of the whole, with those of both sides that it is made of.
private struct AppendedColumn {
    var info: ColumnInfo
    let first: ColumnInfo?
    let second: ColumnInfo?

    init(_ pair: Pair, _ input: Plan, _ other: Plan, _ binder: Binder, at span: Span) throws {
        (first, second) = (pair.first, pair.second)
        let sides = [pair.first.map { ($0, input) }, pair.second.map { ($0, other) }]
            .compactMap { $0 }
        let (one, last) = (sides[0].0, sides[sides.count - 1].0)
        info = one.identified(binder.newID())
        guard let type = one.type.appended(last.type) else {
            throw Self.mismatch(one, last, binder, span)
        }
        info.type = type
        (info.role, info.wasKey) = (.value, sides.contains { $0.0.isKey })
        info.keyIndex = one.keyIndex ?? last.keyIndex
        info.kept = sides.map { $1.additivity(of: $0.id) }.reduce(nil) { known, next in
            known?.combined(with: next) ?? next
        }
        info.isShare = sides.allSatisfy { $1.isShare($0.id) }
        // What holds for one side alone is not said of the whole.
        (info.goal, info.difference) = (nil, nil)
        if one.unit != last.unit { info.unit = nil }
        if one.whole != last.whole { info.whole = nil }
        if sides.count < 2 || one.noneLabel != last.noneLabel { info.noneLabel = nil }
        if one.head != last.head { info.head = nil }
        info.isVerdict = one.isVerdict && last.isVerdict
        info.label = one.label ?? last.label
        info.runningDay = one.runningDay ?? last.runningDay
        if info.display == .plain { info.display = last.display }
    }

    /// Whether both sides count in that unit.
    func counts(_ unit: Term) -> Bool { first?.unit == unit && second?.unit == unit }

    private static func name(of type: ValueType, _ binder: Binder) -> Message {
        guard let codes = type.codes?.name else { return binder.domain.name(of: type) }
        return Message(zh: "“\(codes.zh)”的代码", en: "a code of \(codes.en)")
    }

    private static func mismatch(_ one: ColumnInfo, _ other: ColumnInfo, _ binder: Binder,
                                 _ span: Span) -> Diagnostic {
        let names = (name(of: one.type, binder), name(of: other.type, binder))
        let message = Message(
            zh: "\(one.name.zh) 在前一张表里是\(names.0.zh)，在后一张表里是\(names.1.zh)",
            en: "\(one.name.en) is \(names.0.en) in the first table, and \(names.1.en) in the second")
        let isHidden = [one.type, other.type].contains { $0.isSensitive || $0.isPersonal }
        let apart = Message(zh: "先用 选取 新名 = 原名 改成不同名的两列",
                            en: "keep them as two columns: rename one by select NAME = COLUMN")
        let isText = one.type.isText && other.type.isText
        if isHidden || isText || [one, other].contains(where: { $0.type.entity != nil }) {
            return Diagnostic.mismatch(message, at: span, hint: apart)
        }
        let text = TextOf.name, column = [one, other].first { !$0.type.isText } ?? one
        return Diagnostic.mismatch(message, at: span, hint: Message(
            zh: "先改成同一类型，例如 选取 \(column.name.zh) = \(text.zh)(\(column.name.zh))",
            en: "first make them one type, as in select \(column.name.en) = "
                + "\(text.en)(\(column.name.en))"))
    }
}

extension ValueType {
    /// The type that values of both can have; nil where they do not agree. What is hidden in one
    /// is hidden in the whole.
    fileprivate func appended(_ other: ValueType) -> ValueType? {
        if self == other || other == .none { return self }
        if self == .none { return other }
        if isNumeric, other.isNumeric { return common(with: other) }
        guard isText, other.isText else { return nil }
        let texts = [self, other].filter { $0.codes == nil }
        guard let codes = codes ?? other.codes else { return .text(madeOf: [self, other]) }
        // Beside codes a plain text is the code that it names, or a text outside the list.
        guard texts.count == 1, texts == [.plainText] else { return nil }
        return .text(.code(CodeSet(codes.name, codes.values, isClosed: false,
                                   keepsOrder: codes.keepsOrder, facts: codes.facts)))
    }
}

extension Binder {
    /// A column's value in a type that it can have.
    fileprivate func value(_ column: ColumnInfo, as type: ValueType) -> Scalar {
        let value = column.value
        guard type.isText, value.type.isText else { return converted(value, to: type) }
        let retyped = Scalar(value.node, type)
        guard let codes = type.codes, value.type.codes == nil else { return retyped }
        return codes.values.filter { $0.zh != $0.en }.reduce(retyped) { rest, code in
            let isIt = Scalar(.compare(.equal, value, .constant(.text(code.zh), .plainText)), .bool)
            return Scalar(.conditional(isIt, .constant(.text(code.en), type), rest), type)
        }
    }
}
