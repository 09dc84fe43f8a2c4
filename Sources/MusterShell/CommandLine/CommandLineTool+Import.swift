import MusterDiagnostics
import MusterFiles
import MusterImport

extension CommandLineTool {
    /// Imports rosters as they were at the day of `--as-of`, which must be given; 0 where it did,
    /// with questions or without.
    package func importRosters(_ options: ImportOptions) -> Int32 {
        heedingInterrupts {
            let session = newSession(isInteractive: false)
            do {
                var options = options
                options.asOf = self.options.asOf.flatMap(CommandLineTool.day) ?? 0
                options.language = language
                let result = try session.imported(options)
                try session.apply(result.account(language))
                return 0
            } catch {
                return failed(error, session)
            }
        }
    }

    /// Writes an empty roster.
    package func writeTemplate(_ path: String) -> Int32 {
        heedingInterrupts {
            let session = newSession(isInteractive: false)
            do {
                guard let template = TemplateWorkbook(domain, language) else { return 1 }
                guard path.lowercased().hasSuffix(".xlsx") else {
                    throw Diagnostic("template.ending", Message(
                        zh: "空白名册是 Excel 工作簿，“\(path)”应以 .xlsx 结尾",
                        en: "an empty roster is a workbook: \"\(path)\" should end in .xlsx"))
                }
                try writeAside(try session.files.place(path), try template.bytes(),
                               isPrivate: false)
                session.say(Message(zh: "已写入 \(path)", en: "written to \(path)"))
                return 0
            } catch {
                return failed(error, session)
            }
        }
    }

    private func failed(_ error: any Error, _ session: Session) -> Int32 {
        for fault in (error as? Diagnostics)?.all ?? [] { session.show(fault, nil) }
        if !(error is Diagnostics) { session.show(error, nil) }
        return status(false, session)
    }
}
