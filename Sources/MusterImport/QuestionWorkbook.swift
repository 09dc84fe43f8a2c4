import CXlsxWriter
import MusterDiagnostics
import MusterReport
import MusterStore

/// The questions as a workbook: a sheet for each who sent a file, a row a question, and a column
/// for the answer. Filled in, it is read by `AnswerBook`.
extension Importer {
    private static let widths = [16.0, 12, 6, 12, 14, 22, 44, 24]

    func questionWorkbook() throws -> [UInt8] {
        let language = options.language
        let book = try XLSXBook(isLarge: false)
        book.describe(title: language == .zh ? "名册问题" : "Questions about rosters",
                      day: options.asOf)
        for (name, own) in bySender {
            let (sheet, _) = try book.sheet(name)
            write(own, name, sheet, book)
        }
        if !answers.idle.isEmpty {
            let (sheet, _) = try book.sheet(language == .zh ? "未采用的更正" : "answers not used")
            writeIdle(sheet, book)
        }
        return try book.finish()
    }

    /// Questions by who is to answer them, in the order of the files.
    private var bySender: [(name: String, [Question])] {
        var order: [String] = [], groups: [String: [Question]] = [:]
        for question in questions {
            let name = question.owner.map { units.nodes[$0].name }
                ?? Mapping.lastName(files[question.place.file].path)
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(question)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }

    private func write(_ questions: [Question], _ name: String, _ sheet: Worksheet,
                       _ book: XLSXBook) {
        let zh = options.language == .zh
        for (column, width) in Self.widths.enumerated() {
            worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil)
        }
        let title = zh ? "\(name)：名册中的问题（截至 \(day(options.asOf))）"
            : "\(name): questions about the roster (as of \(day(options.asOf)))"
        let advice = zh
            ? "请在最右边黄色的“更正”一列填写正确的内容，其余各列不要改动。现在的内容无误的，填“属实”；"
                + "这一行不该有的，填“删除”。填好后把本工作簿交回。"
            : "Write what is right into the yellow column, \"correction\", and leave the others as "
                + "they are. Where what stands there is right, write \"right\"; where the row "
                + "should not be, write \"delete\". Then hand this workbook back."
        let last = UInt16(Self.widths.count - 1)
        worksheet_merge_range(sheet, 0, 0, 0, last, cellText(title), book.format(XLSXStyle(.title)))
        worksheet_set_row(sheet, 0, 26, nil)
        worksheet_merge_range(sheet, 1, 0, 1, last, cellText(advice),
                              book.format(XLSXStyle(.note, wraps: true)))
        worksheet_set_row(sheet, 1, 34, nil)
        for (column, term) in AnswerBook.columns.enumerated() {
            worksheet_write_string(sheet, 2, UInt16(column), term[options.language],
                                   book.format(XLSXStyle(column == Int(last) ? .needed : .head)))
        }
        for (index, question) in questions.enumerated() {
            write(question, UInt32(index + 3), sheet, book)
        }
        worksheet_freeze_panes(sheet, 3, 0)
        worksheet_autofilter(sheet, 2, 0, UInt32(questions.count + 2), last)
        worksheet_repeat_rows(sheet, 2, 2)
        worksheet_set_landscape(sheet)
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_set_footer(sheet, "&C&P / &N")
    }

    private func write(_ question: Question, _ row: UInt32, _ sheet: Worksheet,
                       _ book: XLSXBook) {
        let file = files[question.place.file]
        let cell = book.format(XLSXStyle(.cell, wraps: true))
        func text(_ column: UInt16, _ text: String) {
            worksheet_write_string(sheet, row, column, cellText(text), cell)
        }
        text(0, Mapping.lastName(file.path))
        text(1, file.sheets[question.place.sheet].name)
        if question.place.row > 0 {
            worksheet_write_number(sheet, row, 2, Double(question.place.row), cell)
        } else {
            text(2, "")
        }
        text(3, question.name)
        text(4, question.field[options.language])
        text(5, question.value)
        text(6, question.reason[options.language])
        // A text, so that no spreadsheet makes a number of what is written there.
        worksheet_write_blank(sheet, row, 7, book.format(
            XLSXStyle(.answer, number: "@", wraps: true)))
        let lines = max(Self.lines(question.reason[options.language], Self.widths[6]),
                        Self.lines(question.value, Self.widths[5]),
                        Self.lines(question.name, Self.widths[3]),
                        Self.lines(file.sheets[question.place.sheet].name, Self.widths[1]),
                        Self.lines(question.field[options.language], Self.widths[4]),
                        Self.lines(Mapping.lastName(file.path), Self.widths[0]))
        worksheet_set_row(sheet, row, 15.5 * Double(lines) + 2, nil)
    }

    private static func lines(_ text: String, _ width: Double) -> Int {
        max(1, Int((Double(displayWidth(text)) / (width - 1)).rounded(.up)))
    }

    private func writeIdle(_ sheet: Worksheet, _ book: XLSXBook) {
        let headings = [Term("file", "文件"), Term("sheet", "工作表"), Term("row", "行"),
                        Term("field", "字段"), Term("answered in", "更正见于"),
                        Term("why not used", "未采用的原因")]
        for (column, width) in [16.0, 12, 6, 14, 24, 44].enumerated() {
            worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil)
        }
        for (column, term) in headings.enumerated() {
            worksheet_write_string(sheet, 0, UInt16(column), term[options.language],
                                   book.format(XLSXStyle(.head)))
        }
        let cell = book.format(XLSXStyle(.cell, wraps: true))
        for (index, idle) in answers.idle.enumerated() {
            let row = UInt32(index + 1)
            let texts = [idle.file, idle.sheet, String(idle.row), idle.field, idle.by,
                         idle.reason[options.language]]
            for (column, text) in texts.enumerated() {
                worksheet_write_string(sheet, row, UInt16(column), cellText(text), cell)
            }
        }
        worksheet_freeze_panes(sheet, 1, 0)
    }
}
