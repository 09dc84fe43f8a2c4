import Foundation
import MusterSpark

/// A path that a user wrote, `~` as the home folder.
func homePath(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"),
          let home = ProcessInfo.processInfo.environment["HOME"], !home.isEmpty
    else { return path }
    return home + path.dropFirst()
}

/// What comes with the program: statistics, lessons and samples, in `share/muster` beside an
/// installed one, or in the checkout that it was built in.
enum SharedFiles {
    /// The folders above the program, the nearest first; at most five.
    private static let above: [String] = {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(
            atPath: "/proc/self/exe") else { return [] }
        var folders: [String] = []
        var folder = (program as NSString).deletingLastPathComponent
        for _ in 0..<5 {
            folders.append(folder)
            folder = (folder as NSString).deletingLastPathComponent
        }
        return folders
    }()

    private static var installed: String? {
        above.first.map { ($0 as NSString).deletingLastPathComponent + "/share/muster" }
    }

    /// The folders of a kind (`statistics`, `lessons`) that there are: one named by the user in
    /// the variable, the installed one, those of a checkout, and the working folder's.
    static func folders(_ kind: String, variable: String) -> [String] {
        var folders: [String] = []
        if let own = ProcessInfo.processInfo.environment[variable] { folders.append(own) }
        if let installed { folders.append(installed + "/" + kind) }
        folders += above.map { $0 + "/scripts/" + kind }
        folders.append("scripts/" + kind)
        return folders.filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// What answers over Spark; nil where it is not there.
    static var spark: SparkProgram? {
        SparkProgram(folders: folders("spark", variable: "MUSTER_SPARK"),
                     environment: ProcessInfo.processInfo.environment)
    }

    /// All that comes with the program, and what the user has named.
    static var all: [String] {
        folders("statistics", variable: "MUSTER_SCRIPTS")
            + folders("lessons", variable: "MUSTER_LESSONS")
            + ((installed.map { [$0] } ?? []) + above).map { $0 + "/samples" }
    }

    /// Where `samples/NAME` is, if the working folder has none but the program does.
    static func sample(_ path: String) -> String? {
        guard path.hasPrefix("samples/"), !FileManager.default.fileExists(atPath: path) else {
            return nil
        }
        let places = (installed.map { [$0] } ?? []) + above
        return places.map { $0 + "/" + path }
            .first { FileManager.default.fileExists(atPath: $0) }
    }
}
