import Foundation
import Testing

/// What docs/ARCHITECTURE.md says of the house, held against the sources.
@Suite("The house")
struct ArchitectureTests {
    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every source file of a module with its text.
    private static func files(_ module: String) throws -> [(name: String, text: String)] {
        let folder = top.appending(path: "Sources/\(module)")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map {
            ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
        }
    }

    /// The lines of a text without its comments.
    private static func code(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init).filter {
            !$0.drop { $0 == " " }.hasPrefix("//")
        }
    }

    /// What each module may import of the others.
    static let imports: [String: Set<String>] = [
        "MusterDiagnostics": ["CText"],
        "MusterValues": [],
        "MusterFiles": ["MusterDiagnostics", "CSystem"],
        "MusterPlan": ["MusterDiagnostics", "MusterValues"],
        "MusterStore": ["MusterDiagnostics", "MusterValues", "MusterFiles", "CSimdjson", "CSheets"],
        "MusterLanguage": ["MusterDiagnostics", "MusterValues"],
        "MusterBinding": ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                          "MusterLanguage", "CText"],
        "MusterSQL": ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                      "MusterBinding"],
        "MusterPostgres": ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                           "MusterBinding", "MusterSQL", "CPostgres"],
        "MusterSpark": ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                        "MusterBinding", "MusterSQL"],
        "MusterEngine": ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                         "MusterLanguage", "MusterBinding",
                         "MusterSQL"],
        "MusterLeague": ["MusterDiagnostics", "MusterValues", "MusterFiles", "MusterPlan",
                         "MusterStore", "MusterLanguage", "MusterBinding"],
        "MusterReport": ["MusterDiagnostics", "MusterValues", "MusterFiles", "MusterStore",
                         "CXlsxWriter", "CDocument"],
        "MusterImport": ["MusterDiagnostics", "MusterValues", "MusterFiles", "MusterPlan",
                         "MusterStore", "MusterBinding", "MusterReport", "CXlsxWriter"],
        "MusterShell": ["MusterDiagnostics", "MusterValues", "MusterFiles", "MusterPlan", "MusterStore",
                        "MusterLanguage", "MusterBinding", "MusterEngine", "MusterReport",
                        "MusterImport", "MusterSQL", "MusterPostgres", "MusterSpark",
                        "CReadline", "CSystem"],
    ]

    @Test("A module imports what it may and nothing else", arguments: imports.keys.sorted())
    func importsWhatItMay(_ module: String) throws {
        let allowed = try #require(Self.imports[module])
        let files = try Self.files(module)
        #expect(!files.isEmpty)
        for (name, text) in files {
            for line in Self.code(text) where line.hasPrefix("import ") {
                let other = String(line.dropFirst("import ".count))
                guard other.hasPrefix("Muster") || other.hasPrefix("C") else { continue }
                #expect(allowed.contains(other), "\(module)/\(name) imports \(other)")
            }
        }
    }

    @Test("Nothing in a plan can be run: no closure, class instance or vector is stored in it")
    func plansAreData() throws {
        for (name, text) in try Self.files("MusterPlan") {
            for line in Self.code(text) {
                let isStored = line.contains("package let ") || line.contains("package var ")
                    || line.contains("  case ")
                #expect(!(isStored && line.contains("->") && !line.contains("{")),
                        "\(name): \(line)")
                #expect(!line.contains("@Sendable") && !line.contains("@escaping"),
                        "\(name): \(line)")
                for word in ["Vector", "GroupIndex", "DataSet", "Snapshot(", "any "] {
                    #expect(!line.contains(word), "\(name): \(line)")
                }
            }
            // The only class is a list of codes, which is compared by what it holds.
            let classes = Self.code(text).filter { $0.contains(" class ") }
            #expect(classes.allSatisfy { $0.contains("CodeSet") }, "\(name): \(classes)")
        }
    }

    /// Who may ask what step of a plan it is: the plan's own properties and printed form, the
    /// engine's readers, and the verbs that ask what stands beneath them.
    static let readers: Set<String> = [
        "MusterBinding/Verbs/CountVerb.swift", "MusterBinding/Verbs/TotalVerb.swift",
        "MusterShell/Commands/DrillCommand.swift",
    ]

    @Test("Only engines and the plan itself switch over a plan's steps")
    func readersOfPlans() throws {
        let asking = /case \.(scan|aggregate|totals|window|pivot)\b/
        for module in ["MusterBinding", "MusterLeague", "MusterReport", "MusterShell"] {
            for (name, text) in try Self.files(module) where text.contains("import MusterPlan") {
                let asks = Self.code(text).contains { $0.contains(asking) }
                if asks {
                    #expect(Self.readers.contains("\(module)/\(name)"), "\(module)/\(name)")
                }
            }
        }
    }

    /// Names of the League's books. `unit` is a word of calendars and text too, so only where it
    /// stands for a row.
    private static let ofTheLeague = [
        "团员", "团委", "团支部", "共青团", "志愿", "组织", "身份证", "区县", "和平", "已注册", "在册",
        "League", "members |", "members over", "members as", "count(members", "district",
        "a unit", "unit under", "unit.", "units ", "registered", "insured", "id_number",
        "ID number", "cadre", "volunteer",
    ]

    @Test("What serves any domain names nothing of the League", arguments: [
        "MusterDiagnostics", "MusterValues", "MusterFiles", "MusterPlan", "MusterStore",
        "MusterLanguage", "MusterBinding", "MusterSQL", "MusterPostgres", "MusterSpark",
        "MusterEngine", "MusterReport", "MusterImport", "MusterShell",
    ])
    func namesNoLeague(_ module: String) throws {
        let code = /"unit\.[a-z]+"/
        for (name, text) in try Self.files(module) {
            for line in Self.code(text) where line.contains("\"") {
                // What stands in quotation marks is shown or matched; an error's code is not.
                let from = line.firstIndex(of: "\"") ?? line.startIndex
                let quoted = line[from...].replacing(code, with: "")
                for word in Self.ofTheLeague where quoted.contains(word) {
                    Issue.record("\(module)/\(name): \(word) in \(line)")
                }
            }
        }
    }

    @Test("Binding holds no engine and cuts nothing back")
    func bindingIsPure() throws {
        for (name, text) in try Self.files("MusterBinding") {
            for word in ["Executor", "Evaluator", "removeLast", "foreignSource"] {
                #expect(!Self.code(text).contains { $0.contains(word) }, "\(name): \(word)")
            }
        }
    }

    /// What opens, makes, moves or takes away files.
    private static var changesFiles: Regex<Substring> {
        /\b(?:O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)\b|(?:creat|fopen|freopen|mkstemps?|mkdtemp|tmpfile|mkdir|mkdirat|rename|renameat|unlink|unlinkat|rmdir|linkat|symlink|truncate|ftruncate|createFile|createDirectory|createSymbolicLink|removeItem|moveItem|copyItem|replaceItem|OutputStream)\(|for(?:WritingTo|WritingAtPath|Updating):)|\.write\(to(?:File)?:/
    }

    /// Methods of that name that move nothing of the disk, and where.
    private static let otherwise: [String: String] = [
        "MusterReport/Formats/XLSX/XLSXSheet.swift": "table.write(to: sheet",
    ]

    @Test("Every file goes through one door: nothing but MusterFiles writes, makes or moves any")
    func oneDoor() throws {
        // Made once: a pattern is compiled at its first use.
        let changesFiles = Self.changesFiles
        let modules = try FileManager.default.contentsOfDirectory(
            atPath: Self.top.appending(path: "Sources").path)
        for module in modules where module.lowercased().hasPrefix("muster") {
            for (name, text) in try Self.files(module) where module != "MusterFiles" {
                let own = Self.otherwise["\(module)/\(name)"]
                let code = Self.code(text)
                guard code.joined(separator: "\n").contains(changesFiles) else { continue }
                for line in code where line.contains(changesFiles) {
                    if let own, line.contains(own) { continue }
                    Issue.record("\(module)/\(name): \(line)")
                }
            }
        }
        // The rule finds what it is for.
        #expect(try Self.files("MusterFiles").contains { $0.text.contains(changesFiles) })
    }

    @Test("Files are short, lines within the margin")
    func sizes() throws {
        let modules = try FileManager.default.contentsOfDirectory(
            atPath: Self.top.appending(path: "Sources").path).sorted()
        for module in modules where module.hasPrefix("Muster") || module == "muster" {
            for (name, text) in try Self.files(module) {
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                #expect(lines.count <= 300, "\(module)/\(name): \(lines.count) lines")
                for line in lines where line.count > 100 && !line.contains("\"") {
                    Issue.record("\(module)/\(name): a line of \(line.count): \(line)")
                }
            }
        }
    }

    /// Where a name in quotation marks is that of a column, keyword, slot, heading, node or format
    /// or of speech which only happens to be a verb's, function's or command's too.
    private static let ownWords: Set<String> = [
        "MusterBinding/Catalog/ColumnNames.swift", "MusterStore/Snapshot/ColumnTyping.swift",
        "MusterLanguage/Keyword.swift",
        "MusterLanguage/Parser+Pipelines.swift", "MusterLanguage/Parser+ForeignWords.swift",
        "MusterPlan/PlanText.swift", "MusterReport/Formats/DOCX/DOCXStyle.swift",
        "MusterPlan/Scalar+Text.swift",
        "MusterReport/Formats/XLSX/XLSXSheetNames.swift", "MusterStore/Snapshot/Manifest.swift",
        "MusterShell/Completion/Place.swift", "MusterShell/Corrections/ShellQuestions.swift",
        "MusterShell/Help/HelpWords.swift", "MusterShell/Lessons/Lesson.swift",
        "MusterShell/Lessons/LessonFile.swift", "MusterShell/Lessons/ClassReport.swift",
        "MusterShell/Lessons/LessonPreparation.swift",
        "MusterShell/Lessons/ResultComparison+Rows.swift",
    ]

    /// Functions that are called as the things of every day which they make or take.
    private static let everyday: Set<String> = [
        "year", "month", "day", "date", "number", "text", "path", "order", "part", "年", "月", "日", "日期", "数值", "文字",
    ]

    @Test("Nobody lists verbs, functions or commands by name: each is named in its own file alone")
    func namesAreDeclaredOnce() throws {
        let files = try ["MusterBinding", "MusterLanguage", "MusterPlan", "MusterStore",
                         "MusterEngine", "MusterReport", "MusterShell"].flatMap { module in
            try Self.files(module).map { (name: "\(module)/\($0.0)", text: $0.1) }
        }
        let declaration = /static let (?:signature = Signature\(\s*Term|name = Term)\("([^"]+)",\s*"([^"]+)"/
        let isHome = { (name: String) in
            ["/Verbs/", "/Functions/", "/Commands/"].contains { name.contains($0) }
        }
        var names: Set<String> = []
        for (name, text) in files where isHome(name) {
            for match in text.matches(of: declaration) {
                names.formUnion([String(match.output.1), String(match.output.2)])
            }
        }
        names.subtract(Self.everyday)
        #expect(names.count > 100, "the declarations are not found where they were")
        var used: Set<String> = []
        // What is only shown: a text for people, a heading in both languages.
        let shown = /(Message|Message\(|Label)\(.*/
        let quoted = /"([^"\\]*)"/
        for (name, text) in files where !isHome(name) {
            for line in Self.code(text) where line.contains("\"") {
                let code = line.replacing(shown, with: "")
                for match in code.matches(of: quoted)
                where names.contains(String(match.output.1)) {
                    used.insert(name)
                    #expect(Self.ownWords.contains(name), "\(name): \(line)")
                }
            }
        }
        let idle = Self.ownWords.subtracting(used)
        #expect(idle.isEmpty, "no longer needed: \(idle.sorted())")
    }
}
