import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

enum LabelVerb: Verb {
    static let keepsColumns = true
    static let displays = [
        Term("percent", "百分比"), Term("points", "百分点"), Term("hours", "小时"),
        Term("count", "计数"), Term("day", "日期"), Term("plain", "原样"),
    ]
    static let signature = Signature(Term("label", "标注"), [
        Slot("column", .column),
        Slot("none", .word([Keyword.none.term]), required: false),
        Slot("zh", .text, required: false),
        Slot("en", .text, required: false),
        Slot("display", .word(displays), required: false),
    ])
    static let summary = Message(zh: "给一列写中英文表头和显示方式，不改数值",
                                 en: "a column's headings and how it is shown; changes no value")
    static let topics = ["占比", "比例", "百分比", "share", "percentage", "percent"]
    static let kin = ["rename", "重命名", "改名"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let expression = stage.columns("column").first,
              case .path(let names) = expression.kind else { return input }
        guard let column = try binder.resolve(names, Scope(input)).column,
              let index = input.schema.position(of: column.id) else {
            throw Diagnostic("label.column", Message(
                zh: "标注 只用于结果里的列", en: "label is for columns of the result"),
                at: expression.span)
        }
        guard stage.text("zh") != nil
            || stage.word("display") != nil && stage.word("none") == nil else {
            throw Diagnostic("label.empty", Message(
                zh: "标注 后面须有表头或显示方式", en: "label needs a heading or a way to show it"),
                at: stage.span, hint: Message(zh: "例如 标注 占比 \"占比\" \"proportion\" 百分比",
                                              en: "for example label share \"占比\" \"share\" percent"))
        }
        var schema = input.schema
        let zh = stage.text("zh").map { binder.shownText($0) }
        let en = stage.text("en").map { binder.shownText($0) }
        if stage.word("none") != nil, let zh {
            schema.columns[index].noneLabel = Term(en ?? zh, zh)
        } else if let zh {
            schema.columns[index].label = Term(en ?? schema.columns[index].name.en, zh)
            schema.columns[index].head = nil
        }
        if let word = stage.word("display"), let display = Display(rawValue: word) {
            schema.columns[index].display = display
        }
        return Plan(.project(input, schema.columns.map(\.value)), schema)
    }
}
