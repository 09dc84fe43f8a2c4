import Foundation
import MusterDiagnostics
import MusterLanguage

/// Where the lessons are, in the order of their files' names.
enum LessonLibrary {
    static let ending = ".lesson"

    /// Every lesson's file by its name, each name once.
    static func files() -> [(name: String, path: String)] {
        var found: [String: (file: String, path: String)] = [:]
        for folder in SharedFiles.folders("lessons", variable: "MUSTER_LESSONS") {
            for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            where file.hasSuffix(ending) {
                let name = self.name(ofFile: file)
                if found[name] == nil { found[name] = (file, folder + "/" + file) }
            }
        }
        return found.sorted { $0.value.file < $1.value.file }
            .map { (name: $0.key, path: $0.value.path) }
    }

    /// `02-count.lesson` is the lesson `count`.
    static func name(ofFile file: String) -> String {
        let base = String(file.dropLast(file.hasSuffix(ending) ? ending.count : 0))
        let rest = base.drop { $0.isNumber }
        return rest.hasPrefix("-") && rest.count > 1 ? String(rest.dropFirst()) : base
    }

    /// A lesson by its name, its number in the list or its file's path.
    static func find(_ text: String, at span: Span?) throws -> Lesson {
        let files = files()
        if let number = Int(text), files.indices.contains(number - 1) {
            return try read(files[number - 1].path)
        }
        if let known = files.first(where: { $0.name == text }) { return try read(known.path) }
        if text.hasSuffix(ending), FileManager.default.fileExists(atPath: text) {
            return try read(text)
        }
        // A title, or the beginning of one, in either language.
        let lessons = files.compactMap { try? read($0.path) }
        let titled = lessons.filter {
            $0.title.zh.hasPrefix(text) || $0.title.en.lowercased().hasPrefix(text.lowercased())
        }
        if titled.count == 1 { return titled[0] }
        throw Diagnostic("lesson.unknown", Message(
            zh: "没有课程“\(text)”", en: "there is no lesson \"\(text)\""), at: span,
            hint: suggestion(for: text, among: files.map { Term($0.name) })
                ?? Message(zh: "输入 课程 看全部", en: "type lesson to see them all"))
    }

    /// - Throws: a fault with the file, or `Diagnostics` with each faulty line.
    static func read(_ path: String) throws -> Lesson {
        let text = try ScriptLibrary.read(path, at: nil)
        return try LessonFile.lesson(SourceText(name: path, text: text),
                                     name: name(ofFile: (path as NSString).lastPathComponent))
    }

    /// A sample's folder: as it is written, else below the program's own samples.
    static func snapshot(_ path: String) -> String { SharedFiles.sample(path) ?? path }
}
