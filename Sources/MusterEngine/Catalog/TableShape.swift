import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterStore

/// The columns that a script needs of a table from outside. A query over such a table can be
/// checked, and gives no rows, where nobody has brought the table.
package struct TableShape: Sendable {
    struct Column: Sendable {
        let name: Name
        let type: ValueType
    }
    private let columns: [Column]

    /// The types that a column may be given.
    private static let types: [(Term, ValueType)] = [
        (Term("text", "文字"), .plainText), (Term("number", "数"), .number),
        (Term("date", "日期"), .day), (Term("boolean", "是否"), .bool),
    ]

    package static let typeNames = types.map(\.0)

    /// Reads `empty(id: text, n: number)`. Throws a `Diagnostic` where it is not of that form.
    package init(_ expression: Expression) throws {
        let hint = Message(zh: "写作 空表(id: 文字, n: 数)", en: "write empty(id: text, n: number)")
        guard case .call(let path, let name, let arguments) = expression.kind, path.isEmpty,
              EmptyTable.name.matches(name.text), !arguments.isEmpty else {
            throw Diagnostic("empty.form", Message(
                zh: "表参数的默认值须是 空表(…)", en: "a table parameter's default is empty(…)"),
                at: expression.span, hint: hint)
        }
        columns = try arguments.map { argument in
            guard case .path(let names)? = argument.label?.kind, names.count == 1,
                  case .path(let types) = argument.value.kind, types.count == 1 else {
                throw Diagnostic("empty.column", Message(
                    zh: "每一列写成 名称: 类型", en: "each column is name: type"),
                    at: argument.value.span, hint: hint)
            }
            guard let type = Self.types.first(where: { $0.0.matches(types[0].text) }) else {
                throw Diagnostic("empty.type", Message(
                    zh: "没有列类型“\(types[0].text)”", en: "no column type \"\(types[0].text)\""),
                    at: types[0].span, hint: Message(
                        zh: "可用：" + Self.types.map(\.0.zh).joined(separator: "、"),
                        en: "one of " + Self.types.map(\.0.en).joined(separator: ", ")))
            }
            return Column(name: names[0], type: type.1)
        }
    }

    /// The table of these columns without rows.
    package func empty(name: String) -> FrozenTable {
        let infos = columns.map { ColumnInfo([ColumnNames.term($0.name.text)], $0.type) }
        return FrozenTable(name: name, columns: infos, frame: Frame(
            count: 0, columns: columns.map { $0.type.nones(0) }, days: .same(0), dataSet: 0))
    }

    /// The table with these columns in their types; its others stay as they are. Throws a
    /// `Diagnostic` at `span` where one is missing or holds something else.
    package func fitted(_ table: FrozenTable, at span: Span) throws -> FrozenTable {
        var infos = table.columns
        var frame = table.frame
        for column in columns {
            guard let place = infos.firstIndex(where: { $0.matches([column.name.text]) }) else {
                throw Diagnostic("table.column", Message(
                    zh: "表 \(table.name) 没有列“\(column.name.text)”",
                    en: "the table \(table.name) has no column \"\(column.name.text)\""),
                    at: span, suggestions: nearest(column.name.text, among: infos.map(\.name)))
            }
            guard let values = Self.converted(frame.columns[place], infos[place].type,
                                              to: column.type) else {
                throw Diagnostic("table.type", Message(
                    zh: "表 \(table.name) 的列“\(column.name.text)”须是\(column.type.name.zh)",
                    en: "the column \"\(column.name.text)\" of the table \(table.name) must be "
                        + column.type.name.en), at: span)
            }
            infos[place] = ColumnInfo([ColumnNames.term(column.name.text)], values.type)
            frame.columns[place] = values.vector
        }
        return FrozenTable(name: table.name, columns: infos, frame: frame)
    }

    /// Whole numbers stay whole; whatever was read can be a text; an empty column can be all.
    private static func converted(_ vector: Vector, _ type: ValueType, to wanted: ValueType)
        -> (vector: Vector, type: ValueType)? {
        if type == wanted || (wanted == .number && type.isNumeric) { return (vector, type) }
        if (0..<vector.count).allSatisfy({ vector.isNone($0) }) {
            return (wanted.nones(vector.count), wanted)
        }
        guard wanted == .plainText else { return nil }
        if type.isText { return (vector, type) }
        var texts: [String] = [], known: [String: Int32] = [:]
        let codes = (0..<vector.count).map { row -> Int32 in
            let text: String
            switch vector.constant(row) {
            case .none: return None.code
            case .int(let value): text = String(value)
            case .double(let value): text = value.description
            case .day(let value): text = CivilDay.text(value)
            case .bool(let value): text = value ? "true" : "false"
            case .text(let value): text = value
            case .row(let value): text = String(value)
            }
            if let code = known[text] { return code }
            let code = Int32(texts.count)
            known[text] = code
            texts.append(text)
            return code
        }
        return (.text(codes, TextDictionary(texts)), .plainText)
    }
}
