import MusterDiagnostics

/// Files of other kinds that people take for data, told by what is in them and not by their
/// ending, which may well say `.csv`.
enum ForeignFile {
    /// Throws a `Diagnostic` where the file is one of them.
    static func refuse(_ path: String) throws {
        let source = try ByteSource(path: path)
        guard !source.isCompressed else { return }
        let head = try source.head(4096)
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            throw workbook(path)
        }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            throw try holds("xl/", path) ? workbook(path) : archive(path)
        }
        var text = head[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        let start = String(decoding: text.drop { $0 <= 0x20 }.prefix(16), as: UTF8.self)
            .lowercased()
        let marks = ["<html", "<!doctype", "<table", "<?xml", "<meta", "<head"]
        if marks.contains(where: start.hasPrefix) { throw page(path) }
    }

    /// Whether those bytes stand in the file: a zip archive lists what it holds at its end.
    private static func holds(_ text: String, _ path: String) throws -> Bool {
        let source = try ByteSource(path: path)
        try source.skip(to: max(0, source.size - (1 << 16)))
        let wanted = Array(text.utf8)
        let tail = try source.head(1 << 16)
        return tail.indices.contains { tail[$0...].starts(with: wanted) }
    }

    private static func workbook(_ path: String) -> Diagnostic {
        Diagnostic("table.workbook", Message(
            zh: "\(path) 是电子表格工作簿（Excel），不能直接装载",
            en: "\(path) is a spreadsheet workbook (Excel), which cannot be loaded as it is"),
            hint: Message(zh: "用电子表格软件打开，另存为 CSV，再装载该 CSV",
                          en: "open it in the spreadsheet, save it as CSV and load that"))
    }

    private static func archive(_ path: String) -> Diagnostic {
        Diagnostic("table.archive", Message(
            zh: "\(path) 是 zip 压缩包", en: "\(path) is a zip archive"),
            hint: Message(zh: "先解压，再装载其中的文件", en: "unpack it and load the files in it"))
    }

    private static func page(_ path: String) -> Diagnostic {
        Diagnostic("table.page", Message(
            zh: "\(path) 是网页或 XML 文件，不是数据表",
            en: "\(path) is a web page or XML, no table"),
            hint: Message(zh: "用电子表格软件打开，另存为 CSV，再装载该 CSV",
                          en: "open it in a spreadsheet, save it as CSV and load that"))
    }
}
