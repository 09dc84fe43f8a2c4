import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `prior(x)`, `prior(x, n)`: the value in the row before, or n rows before.
enum Prior: Function {
    static let name = Term("prior", "前一行")
    static let synonyms = ["lag", "上一行"]
    static let usage = Message(zh: "前一行(列) · 前一行(列, 行数)", en: "prior(x) · prior(x, n)")
    static let summary = Message(
        zh: "按行的顺序前面一行（或前若干行）的值，没有则为空；写在 派生 里，用 按 只在每组内找",
        en: "the value one row before, or n rows, in row order; none where there is none. It stands "
            + "in derive, whose by keeps it within groups")
    static let use = FunctionUse.result

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Neighbours.bind(call, binder, isBefore: true)
    }
}

/// `next(x)`, `next(x, n)`: the value in the row behind, or n rows behind.
enum Next: Function {
    static let name = Term("next", "后一行")
    static let synonyms = ["lead", "下一行"]
    static let usage = Message(zh: "后一行(列) · 后一行(列, 行数)", en: "next(x) · next(x, n)")
    static let summary = Message(
        zh: "按行的顺序后面一行（或后若干行）的值，没有则为空；写在 派生 里，用 按 只在每组内找",
        en: "the value one row behind, or n rows, in row order; none where there is none. It stands "
            + "in derive, whose by keeps it within groups")
    static let use = FunctionUse.result

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Neighbours.bind(call, binder, isBefore: false)
    }
}

private enum Neighbours {
    static func bind(_ call: Call, _ binder: Binder, isBefore: Bool) throws -> Scalar {
        try call.expect(1...2)
        guard let rows = call.scope.neighbours else {
            throw Diagnostic("neighbour.place", Message(
                zh: "\(call.name.text)() 写在 派生 里",
                en: "\(call.name.text)() stands in derive"), at: call.span, hint: Message(
                zh: "例如 派生 差 = n - 前一行(n)", en: "for example derive d = n - prior(n)"))
        }
        let value = try call.value(0, binder)
        var distance: Int64 = 1
        if call.arguments.count == 2 {
            guard case (.int(let number), .integer) = try binder.constant(call.arguments[1].value),
                  (1...Int64(Int32.max)).contains(number) else {
                throw Diagnostic.mismatch(Message(zh: "行数须是从 1 起的整数",
                                                  en: "how many rows is a whole number from 1"),
                                          at: call.arguments[1].value.span)
            }
            distance = number
        }
        return rows.add(value, at: isBefore ? Int(distance) : -Int(distance), binder)
    }
}

/// The rows of a stage whose values may be those of other rows: such columns are collected here.
final class NeighbourRows {
    private let by: [Scalar]
    /// The rows with the columns.
    private(set) var plan: Plan
    private let input: Plan

    init(_ input: Plan, by: [Scalar]) {
        (self.input, plan, self.by) = (input, input, by)
    }

    var isUsed: Bool { plan != input }

    /// The value of the row so many rows before (or behind, where negative) among those that
    /// agree in what the stage is by.
    fileprivate func add(_ value: Scalar, at distance: Int, _ binder: Binder) -> Scalar {
        var column = ColumnInfo(binder.newID(), [Prior.name], value.type)
        column.isHidden = true
        var schema = plan.schema
        schema.columns.append(column)
        plan = Plan(.window(plan, Window(column: column.id, kind: .shifted(value, distance),
                                         by: by)), schema)
        return column.value
    }
}
