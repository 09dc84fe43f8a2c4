import MusterDiagnostics
import MusterStore

/// What headings mean that no synonym covers, and what stands where nothing does: a table of
/// file, sheet, heading, field and default, written by one import and mended for the next.
struct Mapping: Sendable {
    struct Line: Sendable, Hashable {
        /// Empty for all.
        var file = ""
        var sheet = ""
        var heading = ""
        /// A field by any of its names; empty for a column of its own; `Mapping.left` for none.
        var field = ""
        var value = ""
        /// Where it stands, as the program numbers rows; 0 for one that was not read.
        var row = 0
    }

    var lines: [Line] = []

    static let columns = [Term("file", "文件"), Term("sheet", "工作表"), Term("heading", "标题"),
                          Term("field", "字段"), Term("default", "默认值")]
    /// In place of a field: the column is not read.
    static let left = Term("ignore", "不读")

    init() {}

    /// Reads one: any file that sheets are read from.
    init(_ file: SheetFile) throws(Diagnostic) {
        guard let sheet = file.sheets.first(where: { $0.rowCount > 0 }),
              let places = Self.places(sheet) else {
            let names = Self.columns.map(\.zh).joined(separator: "、")
            let english = Self.columns.map(\.en).joined(separator: ", ")
            throw Diagnostic("import.mapping", Message(
                zh: "\(file.path)：不是标题对照表，第一行应为 \(names)",
                en: "\(file.path): no mapping; its first row should be \(english)"),
                hint: Message(zh: "先用 --write-mapping 写出一份，再改",
                              en: "have one written by --write-mapping and mend that"))
        }
        for row in 1..<max(1, sheet.rowCount) {
            func text(_ column: Int) -> String {
                places[column].map { sheet[row, $0].written.trimmed } ?? ""
            }
            var line = Line(file: text(0), sheet: text(1), heading: text(2), field: text(3),
                            value: text(4))
            guard line != Line() else { continue }
            line.row = sheet.number(ofRow: row)
            lines.append(line)
        }
    }

    private static func places(_ sheet: Sheet) -> [Int?]? {
        let headings = (0..<sheet.columnCount).map { Words.heading(sheet[0, $0].written) }
        let places = columns.map { term in
            headings.firstIndex { $0 == Words.heading(term.zh) || $0 == Words.heading(term.en) }
        }
        return places[3] != nil && (places[2] != nil || places[4] != nil) ? places : nil
    }

    private func holds(_ line: Line, _ file: String, _ sheet: String) -> Bool {
        (line.file.isEmpty || line.file == file || line.file == Mapping.lastName(file))
            && (line.sheet.isEmpty || line.sheet == sheet)
    }

    /// The field that a heading is said to mean: nil where nothing is said, empty for a column of
    /// its own. What is said of one file or sheet goes before what is said of all.
    func field(heading: String, file: String, sheet: String) -> String? {
        let wanted = Words.heading(heading)
        return lines.filter {
            !$0.heading.isEmpty && Words.heading($0.heading) == wanted && holds($0, file, sheet)
        }.max { $0.weight < $1.weight }?.field
    }

    /// What stands in a field where a row has nothing.
    func defaults(file: String, sheet: String) -> [(field: String, value: String)] {
        lines.filter { !$0.value.isEmpty && !$0.field.isEmpty && holds($0, file, sheet) }
            .sorted { $0.weight > $1.weight }.map { ($0.field, $0.value) }
    }

    static func lastName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// As a file that spreadsheets open: CSV with a byte-order mark.
    func text(_ language: Language) -> String {
        let rows = [Self.columns.map { $0[language] }] + lines.map {
            [$0.file, $0.sheet, $0.heading, $0.field, $0.value]
        }
        return "\u{FEFF}" + rows.map { row in
            row.map { cell in
                cell.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
                    ? "\"" + cell.replacing(mark: "\"", with: "\"\"") + "\"" : cell
            }.joined(separator: ",") + "\r\n"
        }.joined()
    }
}

extension Mapping.Line {
    fileprivate var weight: Int { (file.isEmpty ? 0 : 2) + (sheet.isEmpty ? 0 : 1) }
}
