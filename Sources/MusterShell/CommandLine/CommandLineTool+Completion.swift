import Foundation
import MusterReport
import MusterSQL

/// What bash and zsh offer on the command line, where a list of files is not enough.
extension CommandLineTool {
    package static var formatNames: [String] { Formats.all.map(\.name) }
    package static var dialects: [String] { Dialects.names }

    /// Saved statistics by their short names, and script files.
    package static func scripts(beginning typed: String) -> [String] {
        (typed.contains("/") ? [] : ScriptLibrary.scripts().flatMap { script in
            Set([script.name.en, script.name.zh]).sorted()
        }) + files(beginning: typed, endingIn: ScriptLibrary.ending)
    }

    /// Lessons by their names, and lesson files.
    package static func lessons(beginning typed: String) -> [String] {
        (typed.contains("/") ? [] : LessonLibrary.files().map(\.name))
            + files(beginning: typed, endingIn: LessonLibrary.ending)
    }

    /// Folders, and files of an ending, whose paths begin as typed; none where nothing is typed
    /// yet, so that names stand alone.
    package static func files(beginning typed: String, endingIn ending: String) -> [String] {
        guard !typed.isEmpty else { return [] }
        let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
        let names = (try? FileManager.default.contentsOfDirectory(
            atPath: folder.isEmpty ? "." : folder)) ?? []
        return names.sorted().map { folder + $0 }.filter { path in
            var isFolder: ObjCBool = false
            return path.hasPrefix(typed)
                && FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                && (isFolder.boolValue || path.hasSuffix(ending))
        }
    }
}
