import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// What an import keeps beside the books: the questions that are open, and what was corrected.
enum ImportTables {
    static let corrections = "corrections"
    static let questions = "questions"

    private static let place = [
        FieldSchema("file", .text), FieldSchema("sheet", .text),
        FieldSchema("row", .integer(0...100_000_000)),
    ]

    static let correctionSchema = TableSchema(corrections, fields: place + [
        FieldSchema("person", .text), FieldSchema("field", .text), FieldSchema("from", .text),
        FieldSchema("to", .text), FieldSchema("by", .text),
    ])

    static let questionSchema = TableSchema(questions, fields: place + [
        FieldSchema("unit", .reference(table: Units.table)), FieldSchema("person", .text),
        FieldSchema("field", .text), FieldSchema("value", .text), FieldSchema("reason", .text),
        FieldSchema("taken", .bool),
    ])

    private static let placeFields = [
        FieldDefinition("file", "文件", .plainText,
                        gloss: Message(zh: "名册文件", en: "the roster's file")),
        FieldDefinition("sheet", "工作表", .plainText,
                        gloss: Message(zh: "工作表", en: "the sheet")),
        FieldDefinition("row", "行", .integer, gloss: Message(zh: "行号", en: "the row")),
    ]

    static let correctionEntity = EntityDefinition(
        corrections, rowNoun: Term("correction", "更正"), fields: placeFields + [
            FieldDefinition("person", "姓名", .text(.personal),
                            gloss: Message(zh: "这一行的人", en: "whose row it is")),
            FieldDefinition("field", "字段", .plainText,
                            gloss: Message(zh: "更正的字段", en: "the field corrected")),
            FieldDefinition("from", "原内容", .text(.personal),
                            gloss: Message(zh: "原来的内容", en: "what stood there")),
            FieldDefinition("to", "更正为", .text(.personal),
                            gloss: Message(zh: "更正后的内容", en: "what stands there now")),
            FieldDefinition("by", "依据", .plainText,
                            gloss: Message(zh: "填写更正的工作簿", en: "the workbook that said so")),
        ], tellsOfPersons: true)

    static let questionEntity = EntityDefinition(
        questions, rowNoun: Term("question", "疑问"), fields: placeFields + [
            FieldDefinition("unit", "所在组织", .row(Units.table),
                            gloss: Message(zh: "报送名册的组织", en: "the unit that sent the roster")),
            FieldDefinition("person", "姓名", .text(.personal),
                            gloss: Message(zh: "这一行的人", en: "whose row it is")),
            FieldDefinition("field", "字段", .plainText,
                            gloss: Message(zh: "有疑问的字段", en: "the field in question")),
            FieldDefinition("value", "现内容", .text(.personal),
                            gloss: Message(zh: "现在的内容", en: "what stands there")),
            FieldDefinition("reason", "问题", .plainText,
                            gloss: Message(zh: "问题", en: "what is wrong")),
            FieldDefinition("taken", "已收下", .bool,
                            gloss: Message(zh: "这一行是否已收下", en: "whether the row was taken")),
        ], tellsOfPersons: true)
}
