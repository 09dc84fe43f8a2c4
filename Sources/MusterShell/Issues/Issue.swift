import Foundation
import MusterDiagnostics
import MusterReport
import MusterStore

/// An issue of a report that was published: what it said, of which data, so that the next can be
/// compared with it and nobody changes it unseen.
struct Issue: Codable, Equatable {
    /// Of the form that this program writes.
    static let form = 1

    struct Table: Codable, Equatable {
        /// The columns' English names.
        let columns: [String]
        /// What heads them, in Chinese and English.
        let headings: [[String]]
        /// How many of them tell the rows apart.
        let keys: Int
        /// As csv has them in English: full precision, none empty.
        let rows: [[String]]
        /// As people read them, in Chinese.
        let shown: [[String]]

        init(_ table: ResultTable) {
            columns = table.columns.map(\.name.en)
            headings = table.columns.map { column in
                let heading = column.label ?? column.name
                return [heading.zh, heading.en]
            }
            keys = table.columns.prefix { $0.isKey }.count
            rows = (0..<table.rowCount).map { row in
                table.cells.map { plainText($0[row], .en) }
            }
            shown = (0..<table.rowCount).map { row in
                table.columns.indices.map { table.shown(row: row, column: $0, .zh) }
            }
        }

        /// Whether it says the same: how that is shown may change from one program to the next.
        func hasSameFigures(as other: Table) -> Bool {
            columns == other.columns && rows == other.rows
        }

        /// Rows by the keys' values.
        var byKey: [[String]: [String]] {
            Dictionary(rows.map { (Array($0.prefix(keys)), $0) }) { first, _ in first }
        }

        /// The rows' places by the keys' values.
        var places: [[String]: Int] {
            Dictionary(rows.enumerated().map { (Array($1.prefix(keys)), $0) }) { first, _ in first }
        }

        func value(_ row: [String], _ column: String) -> String? {
            columns.firstIndex(of: column).map { row[$0] }
        }
    }

    let form: Int
    let program: String
    let script: String
    /// The day that it is of, `2015-10-31`.
    let day: String
    /// The key of the row of the tree that was asked for, and its name; empty where none was.
    let place: String
    let placeName: String
    /// Of the snapshot that it was made from, and its day.
    let fingerprint: String
    let asOf: String
    let parameters: [String: String]
    let tables: [Table]
    /// For a correction, which one it is: 1, 2, … Nil for the first issue of the day.
    let correction: Int?
    /// XXH3-128 of all the rest: a figure that was changed by hand shows.
    var seal = ""

    /// Where it stands in the archive.
    var folder: String {
        Self.beginning(script, place) + day + (correction.map { "-correction-\($0)" } ?? "")
    }

    static func beginning(_ script: String, _ place: String) -> String {
        [script, FileName.safe(place)].filter { !$0.isEmpty }.joined(separator: "-") + "-"
    }

    static let file = "figures.json"

    // MARK: written and read

    var bytes: [UInt8] {
        get throws {
            var copy = self
            copy.seal = try sealed
            return try copy.encoded
        }
    }

    private var encoded: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self)) + [0x0A]
        }
    }

    private var sealed: String {
        get throws {
            var copy = self
            copy.seal = ""
            return fingerprint128(try copy.encoded)
        }
    }

    /// - Throws: `issue.unreadable`, `issue.form`, `issue.changed` with the file.
    init(reading path: String) throws {
        func fault(_ code: String, _ zh: String, _ en: String) -> Diagnostic {
            Diagnostic(code, Message(zh: "\(path)：\(zh)", en: "\(path): \(en)"), hint: Message(
                zh: "请从备份恢复这一期，或把它的文件夹移出存档；没有写任何文件",
                en: "restore that issue from a backup, or move its folder out of the archive; "
                    + "nothing was written"))
        }
        struct Form: Decodable { let form: Int }
        guard let data = FileManager.default.contents(atPath: path),
              let form = try? JSONDecoder().decode(Form.self, from: data) else {
            throw fault("issue.unreadable", "读不了，不完整或不是存档的数字",
                        "cannot be read: it is not whole, or no issue's figures")
        }
        guard form.form == Self.form else {
            throw fault("issue.form", "由另一版本的程序写成（格式 \(form.form)，本程序为 \(Self.form)）",
                        "written by another version of the program (form \(form.form), not "
                            + "\(Self.form))")
        }
        guard let issue = try? JSONDecoder().decode(Issue.self, from: data) else {
            throw fault("issue.unreadable", "读不了，不完整或不是存档的数字",
                        "cannot be read: it is not whole, or no issue's figures")
        }
        guard try issue.sealed == issue.seal else {
            throw fault("issue.changed", "存档以后被改动过，与自己的指纹不符",
                        "it was changed after it was kept: it does not agree with its fingerprint")
        }
        self = issue
    }

    init(program: String, script: String, day: String, place: String, placeName: String,
         fingerprint: String, asOf: String, parameters: [String: String], tables: [Table],
         correction: Int?) {
        form = Self.form
        (self.program, self.script, self.day) = (program, script, day)
        (self.place, self.placeName) = (place, placeName)
        (self.fingerprint, self.asOf, self.parameters) = (fingerprint, asOf, parameters)
        (self.tables, self.correction) = (tables, correction)
    }

    /// The same as a correction of what was published.
    func correcting(_ number: Int) -> Issue {
        Issue(program: program, script: script, day: day, place: place, placeName: placeName,
              fingerprint: fingerprint, asOf: asOf, parameters: parameters, tables: tables,
              correction: number)
    }
}

/// The issues that a folder keeps.
struct IssueArchive {
    let folder: String

    /// Those of a script on a row of the tree, by day, corrections behind what they correct.
    func issues(of script: String, on place: String) throws -> [Issue] {
        let beginning = Issue.beginning(script, place)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.filter { name in
            name.hasPrefix(beginning) && name.dropFirst(beginning.count).first?.isNumber == true
        }.map { try Issue(reading: "\(folder)/\($0)/\(Issue.file)") }
            .filter { $0.script == script && $0.place == place }
            .sorted { ($0.day, $0.correction ?? 0) < ($1.day, $1.correction ?? 0) }
    }
}
