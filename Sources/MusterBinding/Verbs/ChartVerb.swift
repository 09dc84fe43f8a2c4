import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

enum ChartVerb: Verb {
    static let keepsColumns = true
    static let kinds = [Term("bar", "条形图"), Term("line", "折线图"), Term("column", "柱形图")]
    static let signature = Signature(Term("chart", "图表"), [
        Slot("kind", .word(kinds)),
        Slot("x", .column, required: false),
        Slot("y", .columns, required: false),
    ])
    static let summary = Message(
        zh: "在表后画图：条形图、折线图或柱形图，可写明分类的列和数值的列",
        en: "draw the result below its table; name the column of categories and those of values")
    static let topics = ["画图", "统计图", "graph", "plot", "draw"]
    static let synonyms = ["plot", "graph", "draw", "画图", "绘图", "作图", "画"]
    static let kin = ["可视化"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let kind = stage.word("kind").flatMap(ChartKind.init) else { return input }
        let columns = input.schema.shown
        func position(_ expression: Expression) throws -> Int {
            guard case .path(let names) = expression.kind,
                  let column = try binder.resolve(names, Scope(input)).column,
                  let index = columns.firstIndex(where: { $0.id == column.id }) else {
                throw Diagnostic("chart.column", Message(
                    zh: "图表 用的须是结果里的列", en: "chart takes columns of the result"),
                    at: expression.span)
            }
            return index
        }
        let category = try stage.columns("x").first.map(position)
            ?? columns.indices.first { columns[$0].keyIndex != nil }
            ?? columns.indices.first { !columns[$0].type.isNumeric }
        var values = try stage.columns("y").map { expression -> Int in
            let index = try position(expression)
            guard columns[index].type.isNumeric else {
                throw Diagnostic.mismatch(Message(
                    zh: "图表 画的须是数", en: "chart draws numbers"), at: expression.span)
            }
            return index
        }
        if values.isEmpty {
            let numeric = columns.indices.filter { columns[$0].type.isNumeric && $0 != category }
            values = (numeric.first { columns[$0].name == ColumnNames.rate } ?? numeric.first)
                .map { [$0] } ?? []
        }
        guard let category, !values.isEmpty else {
            throw Diagnostic("chart.columns", Message(
                zh: "没有可画的列：需要一列分类和一列数", en: "there is nothing to draw: a column of "
                    + "categories and one of numbers are needed"), at: stage.span)
        }
        binder.add(.chart(ChartRequest(kind: kind, category: columns[category].name,
                                       values: values.map { columns[$0].name })))
        return input
    }
}
