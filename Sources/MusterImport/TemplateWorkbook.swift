import CXlsxWriter
import Glibc
import MusterBinding
import MusterDiagnostics
import MusterReport

/// An empty roster that can be filled in without being told how: a sheet a table, lists to choose
/// from, days as days, a row that shows how, and a page that explains.
package struct TemplateWorkbook {
    private let form: RosterForm
    private let sheets: [ImportSheet]
    private let language: Language
    private let domain: Domain
    /// Rows that have lists and formats.
    private static let rows: UInt32 = 5000

    /// - Returns: nil where the domain imports nothing.
    package init?(_ domain: Domain, _ language: Language) {
        guard let form = domain.roster else { return nil }
        self.form = form
        self.domain = domain
        self.language = language
        sheets = form.sheets.map { ImportSheet($0, form, domain) }
    }

    package func bytes() throws -> [UInt8] {
        let book = try XLSXBook(isLarge: false)
        book.describe(title: language == .zh ? "名册" : "Roster", day: nil)
        try explain(book)
        for (sheet, known) in zip(form.sheets, sheets) {
            let (page, _) = try book.sheet(sheet.title[language])
            write(sheet, known, page, book)
        }
        return try book.finish()
    }

    private func field(_ column: RosterColumn, _ sheet: ImportSheet) -> ImportField? {
        switch column.content {
        case .field(let name): sheet.field(name).map { sheet.fields[$0] }
        case .level(let code): sheet.field(code).map { sheet.fields[$0] }
        case .ofPerson(let name):
            sheet.field(ImportField.ofPerson + name).map { sheet.fields[$0] }
        }
    }

    private func heading(_ column: RosterColumn, _ field: ImportField) -> String {
        let must = language == .zh ? "（必填）" : " (required)"
        return field.title[language] + (column.isRequired ? must : "")
    }

    private func write(_ sheet: RosterSheet, _ known: ImportSheet, _ page: Worksheet,
                       _ book: XLSXBook) {
        var at: UInt16 = 0
        for column in sheet.columns {
            guard let field = field(column, known) else { continue }
            let heading = heading(column, field)
            worksheet_write_string(page, 0, at, heading,
                                   book.format(XLSXStyle(column.isRequired ? .needed : .head,
                                                         align: LXW_ALIGN_CENTER, wraps: true)))
            worksheet_write_string(page, 1, at, column.example,
                                   book.format(XLSXStyle(.example, number: "@")))
            let width = max(10, Double(displayWidth(heading)) + 3, width(field))
            worksheet_set_column(page, at, at, width, format(field, book))
            validate(field, column, at, page)
            at += 1
        }
        worksheet_set_row(page, 0, 32, nil)
        worksheet_freeze_panes(page, 1, 0)
        worksheet_set_landscape(page)
        worksheet_repeat_rows(page, 0, 0)
        worksheet_fit_to_pages(page, 1, 0)
    }

    private func width(_ field: ImportField) -> Double {
        switch field.reading {
        case .number: 22
        case .place, .level: 20
        case .day: 13
        default: 10
        }
    }

    private func format(_ field: ImportField, _ book: XLSXBook) -> CellFormat? {
        switch field.reading {
        case .day: book.format(XLSXStyle(.text, number: "yyyy-mm-dd"))
        case .whole: book.format(XLSXStyle(.text, number: "0"))
        case .hundredths: book.format(XLSXStyle(.text, number: "0.##"))
        default: book.format(XLSXStyle(.text, number: "@"))
        }
    }

    /// The list that a column is chosen from, or the bounds of what may stand there.
    private func validate(_ field: ImportField, _ column: RosterColumn, _ at: UInt16,
                          _ page: Worksheet) {
        var rule = lxw_data_validation()
        rule.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
        rule.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_STOP.rawValue)
        let note = short(column.note[language], 255)
        let title = short(field.title[language], 32)
        var choices: [String]?
        switch field.reading {
        case .code(let set):
            choices = set.values.map { $0[language] }
            if !set.isClosed { rule.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue) }
        case .bool: choices = language == .zh ? ["是", "否"] : ["yes", "no"]
        case .day:
            rule.validate = UInt8(LXW_VALIDATION_TYPE_DATE.rawValue)
            rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
            rule.minimum_datetime.year = 1900
            rule.minimum_datetime.month = 1
            rule.minimum_datetime.day = 1
            rule.maximum_datetime.year = 2199
            rule.maximum_datetime.month = 12
            rule.maximum_datetime.day = 31
        case .whole(let range):
            rule.validate = UInt8(LXW_VALIDATION_TYPE_INTEGER.rawValue)
            rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
            rule.minimum_number = Double(range.lowerBound)
            rule.maximum_number = Double(range.upperBound)
        case .hundredths(_, let upTo):
            rule.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
            rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
            rule.minimum_number = 0.01
            rule.maximum_number = Double(upTo)
        default:
            // Anything may stand there: only the note is shown.
            rule.validate = UInt8(LXW_VALIDATION_TYPE_ANY.rawValue)
        }
        let wrong = language == .zh ? "请从列表中选，或按提示填写" : "choose from the list, or see the note"
        withTexts([title, note, language == .zh ? "填写有误" : "not so", wrong]) { texts in
            rule.input_title = texts[0]
            rule.input_message = texts[1]
            rule.error_title = texts[2]
            rule.error_message = texts[3]
            guard let choices else {
                worksheet_data_validation_range(page, 1, at, Self.rows, at, &rule)
                return
            }
            rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
            withTexts(choices) { words in
                var list = words + [nil]
                list.withUnsafeMutableBufferPointer { list in
                    rule.value_list = list.baseAddress
                    worksheet_data_validation_range(page, 1, at, Self.rows, at, &rule)
                }
            }
        }
    }

    private func short(_ text: String, _ limit: Int) -> String {
        text.utf16.count <= limit ? text : String(text.prefix(limit / 2))
    }

    /// The page that explains.
    private func explain(_ book: XLSXBook) throws {
        let zh = language == .zh
        let (page, _) = try book.sheet(zh ? "填写说明" : "how to fill in")
        for (column, width) in [16.0, 20, 8, 60, 22].enumerated() {
            worksheet_set_column(page, UInt16(column), UInt16(column), width, nil)
        }
        let number = sheets.flatMap(\.fields).first(where: \.isSensitive)?.title ?? Term("id")
        let lines = zh ? [
            "一人一行，从第 2 行起填；第 2 行的灰色例子可以删掉或盖掉，留着也不会读入。",
            "橙色标题必填，其余没有就空着。不要合并单元格，不要加合计行。",
            "有下拉列表的从列表选；日期写成 2015-10-31；\(number.zh)一列已设为文本，请直接输入。",
            "不需要的工作表可以不填。填好保存，交给上级。",
        ] : [
            "One person a row, from row 2; the grey example may be overwritten and is never read.",
            "Orange headings must be filled in. No merged cells, no rows of totals.",
            "Choose from the lists; write days like 2015-10-31; \(number.en) is a text: type it.",
            "Leave sheets blank that you do not need. Save it and hand it in.",
        ]
        let last: UInt16 = 4
        worksheet_merge_range(page, 0, 0, 0, last, zh ? "名册填写说明" : "How to fill in the roster",
                              book.format(XLSXStyle(.title)))
        worksheet_set_row(page, 0, 28, nil)
        var row: UInt32 = 1
        for (number, line) in lines.enumerated() {
            worksheet_merge_range(page, row, 0, row, last, "\(number + 1). " + line,
                                  book.format(XLSXStyle(.text, wraps: true)))
            worksheet_set_row(page, row, 20, nil)
            row += 1
        }
        row += 1
        let headings = zh ? ["工作表", "列", "必填", "说明", "例子"]
            : ["sheet", "column", "required", "what to write", "example"]
        for (column, text) in headings.enumerated() {
            worksheet_write_string(page, row, UInt16(column), text, book.format(XLSXStyle(.head)))
        }
        row += 1
        let cell = book.format(XLSXStyle(.cell, wraps: true))
        for (sheet, known) in zip(form.sheets, sheets) {
            for column in sheet.columns {
                guard let field = field(column, known) else { continue }
                let texts = [sheet.title[language], field.title[language],
                             column.isRequired ? (zh ? "是" : "yes") : "",
                             column.note[language] + choices(field), column.example]
                for (index, text) in texts.enumerated() {
                    worksheet_write_string(page, row, UInt16(index), cellText(text), cell)
                }
                let lines = (Double(displayWidth(texts[3])) / 58).rounded(.up)
                worksheet_set_row(page, row, 16 * max(1, lines) + 2, nil)
                row += 1
            }
        }
        worksheet_fit_to_pages(page, 1, 0)
        worksheet_set_landscape(page)
    }

    private func choices(_ field: ImportField) -> String {
        guard case .code(let set) = field.reading else { return "" }
        let words = set.values.map { $0[language] }
        return (language == .zh ? "：" : ": ") + words.joined(separator: language == .zh ? "、" : ", ")
    }
}

/// The texts as C has them, for as long as the body takes.
private func withTexts(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Void) {
    let copies = texts.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    body(copies)
}
