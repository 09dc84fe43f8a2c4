import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterValues

enum UnpivotVerb: Verb {
    static let signature = Signature(Term("unpivot", "逆透视"), [
        Slot("columns", .columns),
        Slot("into", keyword: Term("into", "到"), .names,
             shown: Message(zh: "名称列, 值列", en: "NAME, VALUE")),
    ])
    static let summary = Message(
        zh: "把几列变成几行：一列写原来的列名，一列写值，其余各列重复",
        en: "turn columns into rows: one column of their names, one of their values, the others "
            + "repeated")
    static let topics = ["宽表变长表", "行列转换", "melt", "long"]
    static let synonyms = ["melt", "逆透视列"]
    static let kin = ["gather", "pivot_longer", "stack", "列转行"]
    static let traits: VerbTraits = [.regroups, .addsColumns]

    /// Each row a group of its own, fanned out under the columns' names.
    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let scope = Scope(input)
        let found = try binder.each(stage.columns("columns")) { expression -> Turned in
            guard case .path(let names) = expression.kind else { throw refused(expression.span) }
            let found = try binder.resolve(names, scope)
            guard found.column != nil || input.schema.entity != nil else {
                throw refused(expression.span)
            }
            return Turned(name: found.column?.name ?? joined(found.path), value: found.value,
                          id: found.column?.id, span: expression.span)
        }
        let names = stage.names("into")
        guard names.count == 2 else {
            throw Diagnostic("unpivot.names", Message(
                zh: "逆透视 的 到 后面是两个新列名：列名写在哪一列，值写在哪一列",
                en: "behind into unpivot has two new names: the column of names, and of values"),
                at: stage.span, hint: Message(zh: "例如 … 到 项目, 数", en: "such as into item, n"))
        }
        guard !input.schema.hasTotals else {
            throw Diagnostic("unpivot.totals", Message(
                zh: "有合计行的结果不能逆透视", en: "a result with total rows is not unpivoted"),
                at: stage.span, hint: Message(zh: "把 合计 去掉", en: "leave out total"))
        }
        let values = try united(found, binder)
        guard let type = values.first?.type, let last = values.indices.last else { return input }
        // Rows are told apart by their numbers, since two may be the same in everything.
        var number = ColumnInfo(binder.newID(), [signature.name], .integer)
        number.isHidden = true
        var schema = input.schema
        schema.columns.append(number)
        let rows = Plan(.window(input, Window(
            column: number.id, kind: .cumulate(.constant(.int(1), .integer)), by: [])), schema)
        let turned = Set(found.compactMap(\.id))
        let others = input.schema.shown.filter { !turned.contains($0.id) }
        let keys = ([number] + others).enumerated().map { place, column in
            var key = column.identified(binder.newID())
            (key.keyIndex, key.role, key.isHidden) = (place, .key, place == 0)
            return GroupKey(kind: .value(column.value), column: key)
        }
        let labels = found.map(\.name), term = ColumnNames.term(names[0].text)
        var label = ColumnInfo(binder.newID(), [term], .text(.code(
            CodeSet(term, labels, keepsOrder: true))), role: .key)
        label.keyIndex = keys.count
        let fan = GroupKey(kind: .each(labels.map(\.en), labels.map { _ in .yes }), column: label)
        return try binder.aggregate(rows, keys: keys + [fan], at: stage.span) { after in
            let list = try binder.list(of: after([]))
            let measured = values.map { list.add(.minimum($0), where: nil, type) }
            let places = measured.indices.dropLast().reversed()
            let value = places.reduce(measured[last]) { rest, place in
                let isIt = Scalar(.compare(.equal, label.value, .constant(
                    .text(labels[place].en), label.type)), .bool)
                return Scalar(.conditional(isIt, measured[place], rest), type)
            }
            return [(ColumnInfo(binder.newID(), [ColumnNames.term(names[1].text)], type), value)]
        }
    }

    private struct Turned {
        let name: Term
        let value: Scalar
        let id: ColumnID?
        let span: Span
    }

    private static func joined(_ path: [Term]) -> Term {
        Term(path.map(\.en).joined(separator: "."), path.map(\.zh).joined(separator: "."))
    }

    /// The values in the one type that all can have.
    private static func united(_ columns: [Turned], _ binder: Binder) throws -> [Scalar] {
        guard let first = columns.first else { return [] }
        for column in columns {
            try binder.refuseHidden(column.value, column.span)
            if column.value.type.entity != nil { throw refused(column.span) }
        }
        let type = columns.dropFirst().reduce(first.value.type) { type, column in
            type.isNumeric && column.value.type.isNumeric ? type.common(with: column.value.type)
                : type
        }
        return try columns.map { column in
            let own = column.value.type
            guard own == type || own.isNumeric && type.isNumeric || own.isText && type.isText else {
                throw Diagnostic.mismatch(Message(
                    zh: "逆透视 的各列须是同一类型：\(first.name.zh) 是\(first.value.type.name.zh)，"
                        + "\(column.name.zh) 是\(own.name.zh)",
                    en: "unpivot takes columns of one type: \(first.name.en) is "
                        + "\(first.value.type.name.en), \(column.name.en) \(own.name.en)"),
                    at: column.span, hint: Message(zh: "用 文字(…) 或 数值(…) 转换",
                                                   en: "text(…) and number(…) convert"))
            }
            if own == type { return column.value }
            return type.isText ? Scalar(.call(TextOf.name.en, [column.value]), .plainText)
                : binder.converted(column.value, to: type)
        }
    }

    private static func refused(_ span: Span) -> Diagnostic {
        Diagnostic.mismatch(Message(
            zh: "逆透视 用的须是数、文字或日期的列", en: "unpivot takes columns of numbers, texts or days"),
            at: span)
    }
}
