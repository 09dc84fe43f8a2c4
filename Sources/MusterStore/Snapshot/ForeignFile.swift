import MusterDiagnostics

/// What kind of file it is, told by what is in it and not by its ending, which may well say
/// `.csv`.
enum ForeignFile {
    enum Kind {
        /// A zip archive, most likely an .xlsx.
        case zip
        /// An OLE2 file, most likely an .xls.
        case compound
        /// As far as its beginning says, text that is no web page.
        case text
        /// Something else, with what is to be said about it.
        case other(Diagnostic)
    }

    static func told(_ path: String) throws -> Kind {
        let source = try ByteSource(path: path)
        guard !source.isCompressed else { return .text }
        let head = try source.head(4096)
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .compound }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
            return .zip
        }
        if let known = marks.first(where: { head.starts(with: $0.bytes) }) {
            return .other(picture(known.name, path))
        }
        var text = head[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        let start = String(decoding: text.drop { $0 <= 0x20 }.prefix(2048), as: UTF8.self)
            .lowercased()
        if start.hasPrefix("<?xml"), start.contains("office:spreadsheet")
            || start.contains("excel.sheet") { return .other(oldXML(path)) }
        let pages = ["<html", "<!doctype", "<table", "<?xml", "<meta", "<head", "<style", "<!--"]
        return pages.contains(where: start.hasPrefix) ? .other(page(path)) : .text
    }

    /// Throws a `Diagnostic` where the file holds no snapshot.
    static func refuse(_ path: String) throws {
        switch try told(path) {
        case .text: return
        case .other(let refusal): throw refusal
        case .zip where try !holds("xl/", path): throw workbook("zip", path)
        case .zip, .compound: throw workbookAsSnapshot(path)
        }
    }

    /// Whether those bytes stand in the file: a zip archive lists what it holds at its end.
    private static func holds(_ text: String, _ path: String) throws -> Bool {
        let source = try ByteSource(path: path)
        try source.skip(to: max(0, source.size - (1 << 16)))
        let wanted = Array(text.utf8)
        let tail = try source.head(1 << 16)
        return tail.indices.contains { tail[$0...].starts(with: wanted) }
    }

    private static let marks: [(bytes: [UInt8], name: Message)] = [
        (Array("%PDF".utf8), Message(zh: "PDF 文档", en: "a PDF")),
        (Array("{\\rtf".utf8), Message(zh: "RTF 文档", en: "an RTF document")),
        ([0x89, 0x50, 0x4E, 0x47], Message(zh: "图片", en: "a picture")),
        ([0xFF, 0xD8, 0xFF], Message(zh: "图片", en: "a picture")),
        (Array("GIF8".utf8), Message(zh: "图片", en: "a picture")),
        (Array("Rar!".utf8), Message(zh: "RAR 压缩包", en: "a RAR archive")),
        ([0x37, 0x7A, 0xBC, 0xAF], Message(zh: "7z 压缩包", en: "a 7z archive")),
    ]

    private static func picture(_ what: Message, _ path: String) -> Diagnostic {
        Diagnostic("table.foreign", Message(
            zh: "\(path) 是\(what.zh)，不是数据表", en: "\(path) is \(what.en), no table"),
            hint: Message(zh: "请找到原来的表格，另存为 .xlsx 或 CSV",
                          en: "find the table that it was made of and save that as .xlsx or CSV"))
    }

    private static func workbookAsSnapshot(_ path: String) -> Diagnostic {
        Diagnostic("table.workbook", Message(
            zh: "\(path) 是电子表格工作簿（Excel），不是快照",
            en: "\(path) is a spreadsheet workbook (Excel), no snapshot"),
            hint: Message(zh: "作为普通表装载：装载 \"\(path)\" 为 表名",
                          en: "load it as a plain table: load \"\(path)\" as NAME"))
    }

    /// A file of a kind that holds no workbook which can be read.
    /// - Parameter kind: `docx`, `pptx`, `xlsb`, `ods`, `doc`, `ppt`, `zip`; else unknown.
    static func workbook(_ kind: String, _ path: String) -> Diagnostic {
        let what: Message
        switch kind {
        case "zip":
            return Diagnostic("table.archive", Message(
                zh: "\(path) 是 zip 压缩包", en: "\(path) is a zip archive"),
                hint: Message(zh: "先解压，再装载其中的文件",
                              en: "unpack it and load the files in it"))
        case "xlsb": what = Message(zh: "二进制工作簿（.xlsb）", en: "a binary workbook (.xlsb)")
        case "ods": what = Message(zh: "OpenDocument 表格（.ods）",
                                   en: "an OpenDocument spreadsheet (.ods)")
        case "doc", "docx": what = Message(zh: "Word 文档", en: "a Word document")
        case "ppt", "pptx": what = Message(zh: "演示文稿", en: "a presentation")
        default: what = Message(zh: "别的程序的文件", en: "a file of another program")
        }
        return Diagnostic("table.foreign", Message(
            zh: "\(path) 是\(what.zh)，不能读取", en: "\(path) is \(what.en), which cannot be read"),
            hint: Message(zh: "把其中的表格另存为 .xlsx，再装载",
                          en: "save the table that is in it as .xlsx and load that"))
    }

    private static func oldXML(_ path: String) -> Diagnostic {
        Diagnostic("table.page", Message(
            zh: "\(path) 是 XML 表格（Excel 2003），不能直接读取",
            en: "\(path) is an XML spreadsheet (Excel 2003), which cannot be read as it is"),
            hint: Message(zh: "在 Excel 或 WPS 中打开，另存为 .xlsx",
                          en: "open it in a spreadsheet and save it as .xlsx"))
    }

    private static func page(_ path: String) -> Diagnostic {
        Diagnostic("table.page", Message(
            zh: "\(path) 是网页或 XML 文件，不是数据表",
            en: "\(path) is a web page or XML, no table"),
            hint: Message(zh: "在 Excel 或 WPS 中打开，另存为 .xlsx 或 CSV，再装载",
                          en: "open it in a spreadsheet and save it as .xlsx or CSV"))
    }
}
