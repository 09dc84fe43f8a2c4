import MusterBinding
import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore
import MusterValues

extension TableShape {
    /// The table of these columns without rows.
    package func empty(name: String) -> FrozenTable {
        var identities = Identities()
        let infos = columns.map {
            ColumnInfo(identities.next(), [Term($0.name.text)], $0.type)
        }
        return FrozenTable(name, columns: infos, frame: Frame(
            count: 0, ids: infos.map(\.id), columns: columns.map { $0.type.nones(0) },
            places: .same(Place(dataSet: 0, day: 0))), universe: nil)
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
                    at: span, hint: suggestion(for: column.name.text, among: infos.map(\.name)))
            }
            guard let values = Self.converted(frame.columns[place], infos[place].type,
                                              to: column.type) else {
                throw Diagnostic("table.type", Message(
                    zh: "表 \(table.name) 的列“\(column.name.text)”须是\(column.type.name.zh)",
                    en: "the column \"\(column.name.text)\" of the table \(table.name) must be "
                        + column.type.name.en), at: span)
            }
            infos[place] = ColumnInfo(infos[place].id, [Term(column.name.text)],
                                      values.type)
            frame.columns[place] = values.vector
        }
        return FrozenTable(table.name, columns: infos, frame: frame, universe: table.universe)
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
        var builder = TextBuilder()
        let codes = (0..<vector.count).map { row -> Int32 in
            vector.isNone(row) ? None.code : builder.code(vector.constant(row).plain(as: type))
        }
        return (.text(codes, builder.dictionary), .plainText)
    }
}
