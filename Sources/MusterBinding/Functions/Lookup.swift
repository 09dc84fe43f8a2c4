import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `lookup(table.value, key = e)`: a value from a plain table.
enum Lookup: Function {
    static let name = Term("lookup", "查表")
    static let usage = Message(zh: "查表(表.列, 键 = 值)",
                               en: "lookup(TABLE.COLUMN, KEY = VALUE)")
    static let summary = Message(
        zh: "从装载的表里取一个值：没有相符的行为空，有几行相符报错",
        en: "a value from a loaded table: none where no row matches, an error where several do")
    static let topics = ["合并", "关联", "join", "merge"]

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        guard case .path(let names) = call.arguments[0].value.kind, names.count == 2,
              let table = binder.catalog.tables[names[0].text] else {
            throw Diagnostic("lookup.table", Message(
                zh: "第一个参数须是 表名.列名，表须先装载",
                en: "the first argument is table.column, of a table that is loaded"),
                at: call.arguments[0].value.span,
                hint: Message(zh: "先写：装载 \"文件.csv\" 为 表名", en: "first load \"file.csv\" as NAME"))
        }
        guard case .binary(.equal, let key, let value) = call.arguments[1].value.kind,
              case .path(let keyNames) = key.kind, keyNames.count == 1 else {
            throw Diagnostic("lookup.key", Message(
                zh: "第二个参数须是 列名 = 值", en: "the second argument is column = value"),
                at: call.arguments[1].value.span)
        }
        let valueColumn = try column(names[1], table)
        let keyColumn = try column(keyNames[0], table)
        var wanted = try binder.bind(value, call.scope)
        let keyType = table.columns[keyColumn].type
        if keyType.isSensitive { throw binder.hidden(call.arguments[1].value.span) }
        if keyType == .integer, wanted.type == .year {
            wanted = Scalar(.convert(.yearToInteger, wanted), .integer)
        }
        if keyType.isExact, wanted.type.isExact, wanted.type.places < keyType.places {
            wanted = binder.converted(wanted, to: keyType)
        }
        if keyType == .number { wanted = binder.converted(wanted, to: .number) }
        let finer = keyType.isExact && wanted.type.isExact
            ? max(0, wanted.type.places - keyType.places) : 0
        let keyPlaces = keyType.isExact && wanted.type == .number ? keyType.places : nil
        guard keyType == wanted.type || finer > 0 || keyPlaces != nil
                || (keyType.isText && wanted.type.isText) else {
            throw Diagnostic.mismatch(Message(
                zh: "\(keyNames[0].text) 是\(keyType.name.zh)，等号右边是\(wanted.type.name.zh)",
                en: "\(keyNames[0].text) is \(keyType.name.en), the other side is "
                    + wanted.type.name.en), at: value.span,
                hint: conversion(of: wanted.type, to: keyType, keyNames[0].text))
        }
        return Scalar(.lookUp(LookUp(table: table.reference, value: valueColumn, key: keyColumn,
                                     finer: finer, keyPlaces: keyPlaces, span: call.span), wanted),
                      table.columns[valueColumn].type)
    }

    /// How a text is looked up among numbers, or a number among texts.
    private static func conversion(of wanted: ValueType, to key: ValueType, _ name: String)
        -> Message? {
        if key.isNumeric, wanted.isText {
            return Message(
                zh: "写 \(name) = 数值(…)；或装载时加 并以 \(name) 为 文字",
                en: "write \(name) = number(…), or load the table with \(name) as text")
        }
        guard key.isText, wanted.isNumeric else { return nil }
        return Message(zh: "写 \(name) = 文字(…)", en: "write \(name) = text(…)")
    }

    private static func column(_ name: Name, _ table: TableFacts) throws -> Int {
        if let index = table.columns.place(named: [name.text]) { return index }
        throw Diagnostic("name.unknown", Message(
            zh: "表 \(table.reference.name) 没有列“\(name.text)”",
            en: "the table \(table.reference.name) has no column \"\(name.text)\""), at: name.span,
            typed: name.text, among: table.columns.map(\.name))
    }
}
