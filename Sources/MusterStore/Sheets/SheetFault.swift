import CSheets
import MusterDiagnostics

/// Why a file with sheets cannot be read, and where.
struct SheetFault {
    /// What both kinds of files can have too much of.
    enum Status {
        case cells, columns, longText, texts, merges

        var code: muster_sheets_status {
            switch self {
            case .cells: MUSTER_SHEETS_CELLS
            case .columns: MUSTER_SHEETS_COLUMNS
            case .longText: MUSTER_SHEETS_LONG_TEXT
            case .texts: MUSTER_SHEETS_TEXTS
            case .merges: MUSTER_SHEETS_MERGES
            }
        }
    }

    private let path: String
    private let status: muster_sheets_status
    private let code: Int32
    private let sheet: String?
    /// From 1.
    private let row: Int?
    private let column: Int?
    private let detail: String

    init(_ path: String, _ fault: muster_sheets_fault) {
        self.path = path
        status = fault.status
        code = fault.code
        sheet = fault.has_sheet ? Self.text(fault.sheet) : nil
        row = fault.row == 0 ? nil : Int(fault.row)
        column = fault.column == 0 ? nil : Int(fault.column)
        detail = Self.text(fault.detail)
    }

    /// - Parameter column: from 0.
    init(_ path: String, _ status: Status, row: Int?, column: Int?) {
        (self.path, self.status, self.row) = (path, status.code, row)
        (self.column, code, sheet, detail) = (column.map { $0 + 1 }, 0, nil, "")
    }

    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    var diagnostic: Diagnostic {
        if status == MUSTER_SHEETS_CANCELLED { return BlockFlow.cancelled }
        if status == MUSTER_SHEETS_UNREADABLE { return ByteSource.unreadable(path, code) }
        if status == MUSTER_SHEETS_FOREIGN { return ForeignFile.workbook(detail, path) }
        let (what, hint) = reason
        return Diagnostic(name, Message(zh: place.zh + "：" + what.zh,
                                        en: place.en + ": " + what.en), hint: hint)
    }

    /// The file, the sheet and the cell or row.
    private var place: Message {
        var (zh, en) = (path, path)
        if let sheet {
            zh += "，工作表“\(sheet)”"
            en += ", sheet \"\(sheet)\""
        }
        if let row, let column {
            let cell = Sheet.columnName(column - 1) + String(row)
            zh += "，单元格 \(cell)"
            en += ", cell \(cell)"
        } else if let row {
            zh += "，第 \(row) 行"
            en += ", row \(row)"
        }
        return Message(zh: zh, en: en)
    }

    private var name: String {
        switch status {
        case MUSTER_SHEETS_ENCRYPTED: "sheet.encrypted"
        case MUSTER_SHEETS_OLD: "sheet.old"
        case MUSTER_SHEETS_DECLARATIONS: "sheet.declarations"
        case MUSTER_SHEETS_EXTERNAL_PART: "sheet.external"
        case MUSTER_SHEETS_NUMBER, MUSTER_SHEETS_RANGE: "sheet.number"
        case MUSTER_SHEETS_UNPACKED, MUSTER_SHEETS_RATIO, MUSTER_SHEETS_ENTRIES,
             MUSTER_SHEETS_SHEETS, MUSTER_SHEETS_CELLS, MUSTER_SHEETS_COLUMNS,
             MUSTER_SHEETS_TEXTS, MUSTER_SHEETS_LONG_TEXT, MUSTER_SHEETS_MERGES,
             MUSTER_SHEETS_STYLES, MUSTER_SHEETS_DEPTH: "limit.sheet"
        default: "sheet.damaged"
        }
    }
}

extension SheetFault {
    private static let saveAgain = Message(
        zh: "在 Excel 或 WPS 中打开，另存为 .xlsx，再读取；打不开时请重新导出或传送",
        en: "open it in a spreadsheet and save it as .xlsx; where it cannot be opened, export or "
            + "copy it again")
    private static let split = Message(
        zh: "请删去空行、空列和无关的工作表，或拆成几个文件，另存为 .xlsx 后再读取",
        en: "delete what is empty or needless, or split it into several files, and save it as "
            + ".xlsx")

    private var reason: (Message, hint: Message) {
        ofForm ?? ofSize ?? ofValue
            ?? (Message(zh: "文件已损坏或不完整" + said.zh, en: "damaged or cut off" + said.en),
                Self.saveAgain)
    }

    private var said: Message {
        let short = detail.count > 60 ? detail.prefix(60) + "…" : detail
        return short.isEmpty ? Message("") : Message(zh: "（\(short)）", en: " (\(short))")
    }

    private var ofForm: (Message, hint: Message)? {
        switch status {
        case MUSTER_SHEETS_ENCRYPTED:
            (Message(zh: "工作簿设有密码，不能读取", en: "the workbook is protected by a password"),
             Message(zh: "在 Excel 或 WPS 中输入密码打开，取消密码后另存为 .xlsx",
                     en: "open it in a spreadsheet, take the password off and save it as .xlsx"))
        case MUSTER_SHEETS_OLD:
            (Message(zh: "是 Excel 95 或更早的工作簿，不能读取",
                     en: "a workbook of Excel 95 or before, which cannot be read"), Self.saveAgain)
        case MUSTER_SHEETS_DECLARATIONS:
            (Message(zh: "其中的 XML 声明了文档类型或实体，正常的工作簿没有" + said.zh,
                     en: "its XML declares a document type or entities, as no sound workbook does"
                         + said.en), Self.saveAgain)
        case MUSTER_SHEETS_EXTERNAL_PART:
            (Message(zh: "工作表的内容不在文件中，而在别处" + said.zh,
                     en: "the sheet's content is not in the file but elsewhere" + said.en),
             Self.saveAgain)
        case MUSTER_SHEETS_MISSING_PART:
            (Message(zh: "缺少一部分内容" + said.zh, en: "a part of it is missing" + said.en),
             Self.saveAgain)
        case MUSTER_SHEETS_NOT_XML:
            (Message(zh: "XML 有错误或不完整" + said.zh, en: "its XML is wrong or cut off" + said.en),
             Self.saveAgain)
        default: nil
        }
    }

    private var ofSize: (Message, hint: Message)? {
        let what: Message? = switch status {
        case MUSTER_SHEETS_DEPTH: Message(zh: "XML 嵌套过深", en: "its XML is nested too deeply")
        case MUSTER_SHEETS_UNPACKED:
            Message(zh: "解压后超过 \(Limits.workbookBytes) 字节",
                    en: "over \(Limits.workbookBytes) bytes once unpacked")
        case MUSTER_SHEETS_RATIO:
            Message(zh: "解压后是文件的 \(Limits.workbookRatio) 倍以上，不像正常的工作簿",
                    en: "unpacks to over \(Limits.workbookRatio) times its size, as no sound "
                        + "workbook does")
        case MUSTER_SHEETS_ENTRIES: many("部分", "parts", Limits.workbookParts)
        case MUSTER_SHEETS_SHEETS: many("工作表", "sheets", Limits.sheets)
        case MUSTER_SHEETS_CELLS: many("单元格", "cells", Limits.sheetCells)
        case MUSTER_SHEETS_COLUMNS: many("列", "columns", Limits.columns)
        case MUSTER_SHEETS_TEXTS: many("字节的文字", "bytes of text", Limits.sheetTextBytes)
        case MUSTER_SHEETS_LONG_TEXT: many("字节，一处的文字", "bytes in one text", Limits.cellBytes)
        case MUSTER_SHEETS_MERGES: many("合并单元格", "merged areas", Limits.merges)
        case MUSTER_SHEETS_STYLES: many("样式", "styles", Int(SheetLimits.styles))
        default: nil
        }
        return what.map { ($0, Self.split) }
    }

    private func many(_ zh: String, _ en: String, _ most: Int) -> Message {
        Message(zh: "过多：最多 \(most) \(zh)", en: "too much: at most \(most) \(en)")
    }

    private var ofValue: (Message, hint: Message)? {
        switch status {
        case MUSTER_SHEETS_NUMBER:
            (Message(zh: "应为数字，却是别的内容", en: "something other than a number stands where "
                     + "one should"), Self.saveAgain)
        case MUSTER_SHEETS_RANGE:
            (Message(zh: "数字过大" + said.zh, en: "the number is too large" + said.en),
             Message(zh: "请在表格中改正该单元格", en: "mend that cell in the spreadsheet"))
        case MUSTER_SHEETS_PLACE:
            (Message(zh: "单元格的位置无效" + said.zh, en: "a cell stands in no place" + said.en),
             Self.saveAgain)
        case MUSTER_SHEETS_ORDER:
            (Message(zh: "行或单元格的次序错乱或重复",
                     en: "rows or cells are out of order, or there twice"), Self.saveAgain)
        case MUSTER_SHEETS_INDEX:
            (Message(zh: "引用了文件中没有的文字或样式",
                     en: "refers to a text or style that the file does not have"), Self.saveAgain)
        default: nil
        }
    }
}
