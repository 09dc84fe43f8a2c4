import Foundation
import MusterDiagnostics
import MusterReport
import Testing

/// docs/statistics: what every statistic prints on the city-shaped sample at both dates.
/// With MUSTER_RECORD=1 in the environment the files are written anew.
@Suite struct DocumentTests {
    static let isRecording = ProcessInfo.processInfo.environment["MUSTER_RECORD"] == "1"
    /// At two days for the city, at one for a district and for a university.
    static let editions = [
        (folder: "2015", sample: "city-2015"), (folder: "2017", sample: "city"),
        (folder: "2017-district", sample: "city@和平区团委"),
        (folder: "2017-university", sample: "city@南开大学团委"),
    ]

    /// The statistics in the order of the notice, as the names of their scripts.
    static let scripts = [
        "progress", "years", "priority-groups", "sectors", "campaign", "entry", "service-fields",
        "key-projects", "activity", "stars", "minors", "safeguards", "organisation", "admission",
        "nomination", "plans", "year-end", "pace", "change", "books", "branches", "assessment",
    ]
    /// Those that bear no number, for they need a table from outside.
    static let further = ["reconcile"]
    static let all = scripts + further

    /// Those that list persons of one unit: no document shows them.
    static let lists = ["follow-up", "awards"]

    static func report(_ script: String, _ sample: String, _ language: Language = .zh,
                       asOf: Int32? = nil, given: [String: String] = [:]) throws
        -> (report: Report, messages: String) {
        let parts = sample.split(separator: "@").map(String.init)
        var given = given
        if parts.count == 2 { given["unit"] = parts[1] }
        return try Made.outcome(Made.Question(script: script,
                                              paths: [Project.path("samples/\(parts[0])")],
                                              language: language, asOf: asOf, given: given))
    }

    static func markdown(_ script: String, _ sample: String) throws -> String {
        let report = try report(script, sample).report
        return String(decoding: try MarkdownFormat().contents(of: report, Presentation(.zh)),
                      as: UTF8.self)
    }

    private func check(_ file: String, _ text: String) throws {
        let path = Project.path("docs/statistics/\(file)")
        if Self.isRecording {
            try FileManager.default.createDirectory(
                at: URL(filePath: path).deletingLastPathComponent(),
                withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: path))
        }
        let known = try? String(contentsOfFile: path, encoding: .utf8)
        #expect(known == text, "docs/statistics/\(file) is not what scripts/statistics-docs makes")
    }

    @Test(arguments: editions.map(\.folder), all)
    func documentIsWhatTheStatisticPrints(_ folder: String, _ script: String) throws {
        let sample = try #require(Self.editions.first { $0.folder == folder }).sample
        try check("\(folder)/\(script).md", try Self.markdown(script, sample))
    }

    @Test func theIndexListsEveryDocument() throws {
        var text = """
            # 各项统计

            `samples/city-2015`（截至 2015-10-31）和 `samples/city`（截至 2017-12-31）上各项统计的输出，全市的和\
            一个区、一所高校的，人员全部虚构。由 `scripts/statistics-docs` 生成。
            What the statistics print on the two city-shaped samples, for the city, a district and a \
            university. All persons are invented.

            | | 统计 | 脚本 | 2015-10-31 | 2017-12-31 | 和平区 2017 | 南开大学 2017 |
            | --- | --- | --- | --- | --- | --- | --- |

            """
        for (number, script) in Self.all.enumerated() {
            let source = try String(contentsOfFile: Project.path(
                "scripts/statistics/\(script).muster"), encoding: .utf8)
            let comment = try #require(source.split(separator: "\n").first)
            let name = comment.split(separator: "：")[0].split(separator: " ").last ?? ""
            let isNumbered = number < Self.scripts.count
            #expect(comment.hasPrefix(isNumbered ? "# S\(number + 1) " : "# \(name)"))
            let links = Self.editions.map { "[\($0.folder)](\($0.folder)/\(script).md)" }
            text += "| \(isNumbered ? "S\(number + 1)" : "–") | \(name) | `\(script)` | "
                + links.joined(separator: " | ") + " |\n"
        }
        try check("README.md", text)
    }

    @Test(.enabled(if: !isRecording))
    func everyScriptAndEveryDocumentIsKnownHere() throws {
        func names(_ folder: String, _ ending: String) throws -> Set<String> {
            Set(try FileManager.default.contentsOfDirectory(atPath: Project.path(folder))
                .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) })
        }
        #expect(try names("scripts/statistics", ".muster") == Set(Self.all + Self.lists))
        for edition in Self.editions {
            #expect(try names("docs/statistics/\(edition.folder)", ".md") == Set(Self.all))
        }
    }
}
