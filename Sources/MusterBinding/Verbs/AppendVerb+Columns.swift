import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// Which columns of both sides go together, and what they are together.
extension AppendVerb {
    /// A column of either side, or one of each that have a name in common.
    struct Pair {
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
    struct Column {
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

        /// A row beside a text: what the row is called is meant.
        private static func name(of row: ColumnInfo, beside text: ColumnInfo, _ binder: Binder)
            -> Message? {
            guard text.type == .plainText,
                  let entity = row.type.entity.flatMap(binder.domain.entity),
                  let label = entity.labelField.flatMap(entity.field)?.name
            else { return nil }
            let select = SelectVerb.signature.name, name = row.name
            return Message(
                zh: "用它的名称，例如 \(select.zh) \(text.name.zh) = \(name.zh).\(label.zh), …",
                en: "take its name, as in \(select.en) \(text.name.en) = \(name.en).\(label.en), …")
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
            if let named = name(of: one, beside: other, binder)
                ?? name(of: other, beside: one, binder) {
                return Diagnostic.mismatch(message, at: span, hint: named)
            }
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
}

extension ValueType {
    /// The type that values of both can have; nil where they do not agree. What is hidden in one
    /// is hidden in the whole.
    fileprivate func appended(_ other: ValueType) -> ValueType? {
        if self == other || other == .none { return self }
        if self == .none { return other }
        if isNumeric, other.isNumeric { return common(with: other) }
        guard isText, other.isText else { return nil }
        guard let codes = codes ?? other.codes else { return .text(madeOf: [self, other]) }
        // Beside codes a plain text is the code that it names, or a text outside the list.
        let open = ValueType.text(.code(codes.open))
        let isAlike = [self, other].allSatisfy { type in
            type == .plainText || type.codes.map { .text(.code($0.open)) == open } == true
        }
        return isAlike ? open : nil
    }
}

extension CodeSet {
    /// The same codes, beside which there may be other texts.
    fileprivate var open: CodeSet {
        CodeSet(name, values, isClosed: false, keepsOrder: keepsOrder, facts: facts)
    }
}

extension Binder {
    /// A column's value in a type that it can have.
    func appended(_ column: ColumnInfo, as type: ValueType) -> Scalar {
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
