import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

/// The columns that a script needs of a table from outside. A query over such a table can be
/// checked, and gives no rows, where nobody has brought the table.
package struct TableShape: Sendable {
    package struct Column: Sendable {
        package let name: Name
        package let type: ValueType
    }
    package let columns: [Column]

    /// The types that a column may be given.
    private static let types: [(Term, ValueType)] = [
        (Term("text", "文字"), .plainText), (Term("number", "数"), .number),
        (Term("date", "日期"), .day), (Term("boolean", "是否"), .bool),
    ]

    package static let typeNames = types.map(\.0)

    /// What a loader makes of a column that is to be of a type, by its English name.
    package static func wish(_ type: String) -> ColumnWish? {
        switch types.first(where: { $0.0.en == type })?.1 {
        case .plainText: .text
        case .number: .number
        case .day: .day
        case .bool: .bool
        default: nil
        }
    }

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
}
