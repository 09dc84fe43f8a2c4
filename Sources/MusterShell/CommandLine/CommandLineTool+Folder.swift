import MusterDiagnostics
import MusterFiles
import MusterReport

/// `muster run SCRIPT --output FOLDER/`: each table of the report in a file of its own, called
/// after its title, for programs and spreadsheets that take one table a file.
extension CommandLineTool {
    /// Whether an output is a folder for tables, not a file.
    static func isFolder(_ output: String) -> Bool { output.hasSuffix("/") }

    /// The format of the files: as `--format` says, else csv.
    private var tableFormat: any Format {
        options.format.flatMap(Formats.named) ?? CSVFormat()
    }

    /// Every file is looked at before the first is written; a folder that is not there is made.
    func writeTables(of report: Report, in folder: String, _ session: Session) throws {
        let ending = tableFormat.endings.first ?? tableFormat.name
        let tables = report.tables
        guard !tables.isEmpty else {
            throw Diagnostic("output.tables", Message(zh: "报告里没有表，没有写文件",
                                                      en: "the report has no table: nothing written"))
        }
        let width = String(tables.count).count
        let titles = report.tableTitles(session.preferences.language)
        let paths = titles.enumerated().map { index, title in
            let number = String(index + 1)
            let padded = String(repeating: "0", count: max(0, width - number.count)) + number
            return homePath(folder) + FileName.safe(padded + "-" + title) + "." + ending
        }
        paths.prefix(1).forEach { PrivateFile.makeFolders(above: $0) }
        let files = try paths.map { try session.exportFile($0, at: nil) }
        for (file, table) in zip(files, tables) {
            var one = Report(table)
            one.isPrivate = report.isPrivate
            try session.export(one, to: file, at: nil)
        }
    }
}
