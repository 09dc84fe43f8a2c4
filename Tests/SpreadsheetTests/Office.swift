import Foundation

/// LibreOffice without windows: the program in which workbooks are opened and computed anew.
enum Office {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/soffice")

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Every sheet of each workbook as the values in its cells, by workbook and sheet, computed
    /// anew; not as they are shown.
    static func sheets(of books: [String: [UInt8]]) throws -> [String: [(name: String,
                                                                         rows: [[String]])]] {
        try withFolder { folder in
            let files = try write(books, to: folder)
            // Comma, quotation mark, UTF-8, from line 1; plain values, not as shown; all sheets.
            try convert(files, to: "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,"
                            + "false,false,false,-1", folder)
            return try books.keys.reduce(into: [:]) { found, book in
                let names = try Package.sheetNames(of: folder + "/\(book).xlsx")
                found[book] = try names.map { name in
                    let text = try String(contentsOfFile: "\(folder)/\(book)-\(name).csv",
                                          encoding: .utf8)
                    return (name, CommaSeparated.rows(text))
                }
            }
        }
    }

    /// What is read on the printed pages of a workbook.
    static func printed(_ book: [UInt8]) throws -> String {
        try withFolder { folder in
            let files = try write(["book": book], to: folder)
            try convert(files, to: "pdf", folder)
            return try run("/usr/bin/pdftotext", ["-layout", folder + "/book.pdf", "-"])
        }
    }

    /// Whether it can open documents.
    static let hasWriter = isInstalled && FileManager.default.fileExists(
        atPath: "/usr/lib/libreoffice/program/libswlo.so")

    /// A document read back: its texts, its printed pages, and the sizes of those in points.
    static func document(_ bytes: [UInt8]) throws -> (text: String, pages: String,
                                                      sizes: Set<String>) {
        try withFolder { folder in
            let path = folder + "/document.docx"
            try Data(bytes).write(to: URL(filePath: path))
            try convert([path], to: "txt:Text (encoded):UTF8", folder)
            try convert([path], to: "pdf", folder)
            let text = try String(contentsOfFile: folder + "/document.txt", encoding: .utf8)
            let about = try run("/usr/bin/pdfinfo", ["-l", "999", folder + "/document.pdf"])
            let sizes = about.matches(of: /size: +([0-9.]+) x ([0-9.]+)/).map { match in
                [match.1, match.2].map { "\(Int((Double($0) ?? 0).rounded()))" }
                    .joined(separator: "x")
            }
            return (text, try run("/usr/bin/pdftotext", ["-layout", folder + "/document.pdf", "-"]),
                    Set(sizes))
        }
    }

    private static func write(_ books: [String: [UInt8]], to folder: String) throws -> [String] {
        try books.sorted { $0.key < $1.key }.map { name, bytes in
            let path = "\(folder)/\(name).xlsx"
            try Data(bytes).write(to: URL(filePath: path))
            return path
        }
    }

    private static func convert(_ files: [String], to filter: String, _ folder: String) throws {
        // Its own settings for each run, so that two do not wait for each other; one of them
        // says that workbooks are computed anew when they are opened.
        let profile = folder + "/profile"
        try FileManager.default.createDirectory(atPath: profile + "/user",
                                                withIntermediateDirectories: true)
        try Data(settings.utf8)
            .write(to: URL(filePath: profile + "/user/registrymodifications.xcu"))
        _ = try run("/usr/bin/soffice", [
            "-env:UserInstallation=file://" + profile, "--headless", "--convert-to", filter,
            "--outdir", folder] + files)
    }

    private static let settings = """
        <?xml version="1.0" encoding="UTF-8"?>
        <oor:items xmlns:oor="http://openoffice.org/2001/registry">
        <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
        <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
        </oor:items>
        """

    /// A folder that is taken away again.
    static func withFolder<T>(_ body: (String) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.path + "/muster-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    /// Runs a program and returns what it writes to standard output.
    @discardableResult
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        try withFolder { folder in
            // Into a file: what a program leaves running would hold a pipe open.
            let path = folder + "/output"
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            let process = Process()
            process.executableURL = URL(filePath: program)
            process.arguments = arguments
            process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "LC_ALL": "C.UTF-8"]
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try FileHandle(forWritingTo: URL(filePath: path))
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
            guard process.terminationStatus == 0 else {
                throw Failure(description: "\(program) \(arguments): \(text)")
            }
            return text
        }
    }
}

/// The files within a workbook.
struct Package {
    private let files: [String: String]

    init(_ bytes: [UInt8]) throws {
        files = try Office.withFolder { folder in
            try Data(bytes).write(to: URL(filePath: folder + "/book.xlsx"))
            try Office.run("/usr/bin/python3", ["-m", "zipfile", "-e", folder + "/book.xlsx",
                                                folder + "/parts"])
            let names = FileManager.default.enumerator(atPath: folder + "/parts")?
                .compactMap { $0 as? String } ?? []
            return try names.filter { $0.hasSuffix(".xml") || $0.hasSuffix(".rels") }
                .reduce(into: [:]) { files, name in
                    files[name] = try String(contentsOfFile: folder + "/parts/" + name,
                                             encoding: .utf8)
                }
        }
    }

    static func sheetNames(of path: String) throws -> [String] {
        try Package(Array(try Data(contentsOf: URL(filePath: path)))).sheetNames
    }

    var names: [String] { files.keys.sorted() }

    subscript(name: String) -> String { files[name] ?? "" }

    /// The parts of a folder in the order of their numbers.
    func parts(_ prefix: String) -> [String] {
        (1...).lazy.map { files["\(prefix)\($0).xml"] }.prefix { $0 != nil }.compactMap { $0 }
    }

    var sheetNames: [String] {
        self["xl/workbook.xml"].matches(of: /<sheet name="([^"]*)"/).map {
            String($0.1).replacing("&amp;", with: "&")
        }
    }
}

/// RFC 4180.
enum CommaSeparated {
    static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = [], row: [String] = [], value = ""
        var isQuoted = false, wasQuoted = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"" where isQuoted: (isQuoted, wasQuoted) = (false, true)
            case "\"":
                if wasQuoted { value.unicodeScalars.append("\"") }
                isQuoted = true
            case ",", "\n":
                guard !isQuoted else { value.unicodeScalars.append(scalar); continue }
                row.append(value)
                (value, wasQuoted) = ("", false)
                if scalar == "\n" { rows.append(row); row = [] }
            default: value.unicodeScalars.append(scalar)
            }
        }
        if !value.isEmpty || !row.isEmpty { rows.append(row + [value]) }
        return rows
    }
}
