import MusterDiagnostics
import MusterFiles
import MusterLanguage
import MusterReport

/// A file that a report goes to, in the format of its ending.
struct ExportFile {
    let place: FilePlace
    let format: any Format
}

extension Session {
    /// Looks whether a file may be written, and how.
    func exportFile(_ path: String, at span: Span?) throws -> ExportFile {
        guard let format = Formats.forFile(path) else {
            let known = Formats.all.flatMap(\.endings).joined(separator: " ")
            throw Diagnostic("export.ending", Message(
                zh: "不认识文件“\(path)”的扩展名", en: "the ending of \"\(path)\" is unknown"),
                at: span, hint: Message(zh: "可用：\(known)", en: "one of \(known)"))
        }
        do {
            return ExportFile(place: try files.place(path), format: format)
        } catch { throw error.placed(at: span) }
    }

    func export(_ report: Report, to file: ExportFile, at span: Span?) throws {
        let path = file.place.path
        let presentation = Presentation(preferences.language, destination: .file,
                                        phrases: environment.domain.words.phrases,
                                        advance: advance)
        do {
            try following(Message(zh: "写入 \(path)", en: "writing \(path)")) {
                () throws(Diagnostic) in
                let bytes = try file.format.contents(of: dated(report), presentation)
                try writeAside(file.place, bytes, isPrivate: report.isPrivate) {
                    () throws(Diagnostic) in
                    if isInterrupted() { throw .interrupted }
                }
            }
        } catch {
            throw error.placed(at: span)
        }
        say(Message(zh: "已写入 \(path)", en: "written to \(path)"))
    }
}
