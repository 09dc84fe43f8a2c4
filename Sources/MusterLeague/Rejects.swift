import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// The rows that the loader could not take, each with its place and reason.
enum Rejects {
    static let name = "rejects"

    private static let tables = CodeSet(Term("table", "表"), [
        Term("units", "组织"), Term("members", "人员"), Term("service", "服务记录"),
        Term("teams", "志愿服务组织"),
    ], isClosed: false)

    private static let reasons = CodeSet(Term("reason", "原因"),
                                         RejectReason.allCases.map(\.term))

    static let entity = EntityDefinition(
        name, rowNoun: Term("reject", "问题数据"), counter: Term("rejects", "条"),
        fields: [
            FieldDefinition("table", "表", .text(.code(tables)),
                            gloss: Message(zh: "所属的表", en: "the table")),
            FieldDefinition("file", "文件", .plainText, gloss: Message(zh: "文件", en: "the file")),
            FieldDefinition("line", "行号", .integer,
                            gloss: Message(zh: "行号或数组中的序号",
                                           en: "the line, or the place in the array")),
            FieldDefinition("field", "字段", .plainText, gloss: Message(zh: "字段", en: "the field")),
            FieldDefinition("reason", "原因", .text(.code(reasons)),
                            gloss: Message(zh: "原因", en: "the reason")),
            FieldDefinition("raw", "原文", .text(.personal),
                            gloss: Message(zh: "原文，身份证号只留末位",
                                           en: "the row as it came, ID numbers masked")),
        ], tellsOfPersons: true)

    static func table(_ snapshot: Snapshot) -> Table {
        let rejects = snapshot.rejects
        func text(_ values: [String]) -> Column { TextBuilder.column(values) }
        return Table(name: name, rowCount: rejects.count, columns: [
            // A table is named here as its file and its source are: members, not people.
            ("table", text(rejects.map { $0.table == People.table ? "members" : $0.table })),
            ("file", text(rejects.map(\.file))),
            ("line", .integer(rejects.map { Int64($0.line) })),
            ("field", text(rejects.map(\.field))),
            ("reason", text(rejects.map(\.reason.en))),
            ("raw", text(rejects.map(\.raw))),
        ])
    }
}
