import MusterDiagnostics
import MusterFiles
import MusterImport

/// What the command line says of an import.
package struct RosterRequest: Sendable {
    private let files: [String]
    private let target: String
    private let asOf: String
    private let units: String?
    private let like: String?
    private let mapping: String?
    private let writtenMapping: String?
    private let corrections: [String]
    private let questions: String?
    private let sheet: String?
    private let table: String?
    private let isDryRun: Bool

    package init(files: [String], target: String, asOf: String, units: String?, like: String?,
                 mapping: String?, writtenMapping: String?, corrections: [String],
                 questions: String?, sheet: String?, table: String?, isDryRun: Bool) {
        self.files = files
        self.target = target
        self.asOf = asOf
        self.units = units
        self.like = like
        self.mapping = mapping
        self.writtenMapping = writtenMapping
        self.corrections = corrections
        self.questions = questions
        self.sheet = sheet
        self.table = table
        self.isDryRun = isDryRun
    }

    func options(_ language: Language) -> ImportOptions {
        var options = ImportOptions()
        options.files = files
        options.target = target
        options.asOf = CommandLineTool.day(asOf) ?? 0
        options.units = units
        options.like = like
        options.mapping = mapping
        options.writtenMapping = writtenMapping
        options.corrections = corrections
        options.questions = questions
        options.sheet = sheet
        options.table = table
        options.isDryRun = isDryRun
        options.language = language
        return options
    }
}

extension CommandLineTool {
    /// Imports rosters; 0 where it did, with questions or without.
    package func importRosters(_ request: RosterRequest) -> Int32 {
        heedingInterrupts {
            let session = newSession(isInteractive: false)
            do {
                let result = try session.imported(request.options(language))
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
