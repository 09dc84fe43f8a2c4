import Foundation
import MusterDiagnostics
import MusterFiles
import MusterImport
import MusterLeague
import Testing

/// An import of files that a test writes, in a folder of its own.
final class Trial {
    let folder: URL
    private(set) var result: ImportResult?
    var options = ImportOptions()

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        options.asOf = 16_739 // 2015-10-31
        options.target = path("out")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Writes a file; lines of separated text.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: folder.appending(path: name))
        return path(name)
    }

    /// Adds a roster to what is imported.
    func add(_ name: String, _ text: String) throws { options.files.append(try write(name, text)) }

    @discardableResult
    func run(force: Bool = false) throws -> ImportResult {
        let importer = try #require(Importer(options, League.domain()))
        let result = try importer.run(FilePolicy(mayReplace: force))
        self.result = result
        return result
    }

    /// The faults of an import that must not do.
    func faults() -> [Diagnostic] {
        do {
            try run()
            return []
        } catch let all as Diagnostics { return all.all } catch let one as Diagnostic {
            return [one]
        } catch { return [] }
    }

    /// The rows of a table that was written.
    func rows(_ table: String) throws -> [[String: String]] {
        let file = folder.appending(path: "out/\(table).ndjson")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return try text.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return (object as? [String: Any] ?? [:]).mapValues { value in
                // Booleans are numbers to Foundation.
                if let number = value as? NSNumber, String(cString: number.objCType) == "c" {
                    return number.boolValue ? "true" : "false"
                }
                return "\(value)"
            }
        }
    }

    var members: [[String: String]] { get throws { try rows("members") } }
    var questions: [[String: String]] { get throws { try rows("questions") } }

    func bytes(_ name: String) -> Data? { try? Data(contentsOf: folder.appending(path: name)) }

    /// A small tree: two districts, each with a committee and branches.
    func addUnits() throws {
        options.units = try write("units.csv", """
            编号,名称,上级,层级,曾用编号
            C,市团委,,市级,
            D1,东区团委,市团委,区县局级,
            D2,西区团委,市团委,区县局级,OLD2
            A1,一中团委,东区团委,基层团委,
            B1,高一1班,一中团委,团支部,
            B2,高一2班,一中团委,团支部,
            A2,二中团委,西区团委,基层团委,
            B3,高一1班,二中团委,团支部,
            B4,高一3班,A2,支部,
            """)
    }
}
