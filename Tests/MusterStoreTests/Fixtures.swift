import CSimdjson
import Foundation
import MusterValues
import MusterDiagnostics
import Testing
@testable import MusterStore

/// A folder that goes away with its test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/muster-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    @discardableResult func write(_ name: String, _ text: String) throws -> String {
        try write(name, Array(text.utf8))
    }

    @discardableResult func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    @discardableResult func writePacked(_ name: String, _ text: String) throws -> String {
        try writePacked(name, Array(text.utf8))
    }

    @discardableResult func writePacked(_ name: String, _ bytes: [UInt8]) throws -> String {
        let stream = try #require(gzopen(file(name), "wb"))
        #expect(gzwrite(stream, bytes, UInt32(bytes.count)) == Int32(bytes.count))
        #expect(gzclose(stream) == Z_OK)
        return file(name)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: file(name)) }
}

/// A format like the real one, with every type of field.
let testSchema = SnapshotSchema(
    format: "test/1",
    tables: [
        TableSchema("units", required: true, key: "id", parent: "parent", aliases: "formerly",
                    inherited: ["kind"], fields: [
            FieldSchema("id", .text, required: true, unique: true),
            FieldSchema("name", .text, required: true),
            FieldSchema("parent", .reference(table: "units")),
            FieldSchema("kind", .text),
            FieldSchema("formerly", .text),
        ]),
        TableSchema("people", file: "members", required: true, key: "id", fields: [
            FieldSchema("id", .text, required: true, unique: true),
            FieldSchema("name", .text, required: true),
            FieldSchema("gender", .choice(["男", "女"])),
            FieldSchema("birth", .day),
            FieldSchema("id_number", .text, sensitive: true),
            FieldSchema("unit", .reference(table: "units"), required: true),
            FieldSchema("status", .choice(["member", "activist"]), defaultText: "member"),
            FieldSchema("stars", .integer(0...5)),
        ]),
        TableSchema("service", fields: [
            FieldSchema("member", .reference(table: "people"), required: true),
            FieldSchema("hours", .hundredths(over: 0, upTo: 24), required: true),
            FieldSchema("certified", .bool),
        ]),
    ],
    defaultTargets: [ManifestTarget(year: 2015, rate: 500_000, by: nil, owner: nil)], targetOwner: "unit")

/// The texts of a snapshot's files, each line one row.
struct Books {
    var manifest = #"{"format": "test/1", "as_of": "2015-12-31", "source": "test"}"#
    var units = [
        #"{"id": "1", "name": "市", "parent": null, "kind": "city"}"#,
        #"{"id": "2", "name": "区", "parent": "1"}"#,
    ]
    var members = [
        #"{"id": "M1", "name": "王伟", "gender": "男", "birth": "1999-02-28", "unit": "2"}"#,
        #"{"id": "M2", "name": "李芳", "gender": "女", "unit": "1", "status": "activist"}"#,
    ]
    var service: [String]? = [
        #"{"member": "M2", "hours": 2.5, "certified": true}"#,
        #"{"member": "M1", "hours": 3, "certified": false}"#,
    ]

    func write(to folder: TemporaryFolder, ending: String = "\n") throws {
        func text(_ lines: [String]) -> String { lines.map { $0 + ending }.joined() }
        try folder.write("manifest.json", manifest)
        try folder.write("units.ndjson", text(units))
        try folder.write("members.ndjson", text(members))
        if let service { try folder.write("service.ndjson", text(service)) }
    }

    func load(threads: Int = 2, blockSize: Int = 1 << 20) throws -> Snapshot {
        let folder = try TemporaryFolder()
        try write(to: folder)
        return try loadTest(folder.path, threads: threads, blockSize: blockSize)
    }

    /// The same as one document.
    var document: String {
        func array(_ lines: [String]) -> String {
            "[\n  " + lines.joined(separator: ",\n  ") + "\n]"
        }
        var text = manifest.dropLast() + #", "units": "# + array(units)
        if let service { text += #", "service": "# + array(service) }
        return text + #", "members": "# + array(members) + "}\n"
    }
}

func loadTest(_ path: String, threads: Int = 2, blockSize: Int = 1 << 20) throws -> Snapshot {
    let discretion = Discretion(isHidden: { $0 == "guardian" }, masked: { text in
        text.replacing(/[0-9]{17}[0-9X]/) { String(repeating: "*", count: 17) + $0.output.suffix(1) }
    })
    return try SnapshotLoader(schema: testSchema, discretion: discretion, threads: threads,
                              blockSize: blockSize).load(path)
}

/// What a load throws, which must be a diagnostic with a way out.
func refusal(_ body: () throws -> Any) -> Diagnostic? {
    do {
        _ = try body()
        Issue.record("nothing was thrown")
    } catch let diagnostic as Diagnostic {
        #expect(diagnostic.hint != nil, "no way out: \(diagnostic.message.en)")
        return diagnostic
    } catch {
        Issue.record("not a diagnostic: \(error)")
    }
    return nil
}

/// One cell as text; none is nil.
func cell(_ column: Column?, _ row: Int) -> String? {
    switch column {
    case .text(let codes, let texts): codes[row] == None.code ? nil : texts[codes[row]]
    case .day(let days): days[row] == None.day ? nil : CivilDay.text(days[row])
    case .integer(let values): values[row] == None.integer ? nil : String(values[row])
    case .hundredths(let values): values[row] == None.short ? nil : String(values[row])
    case .decimal(let values, let places):
        values[row] == None.integer ? nil : FixedPoint.text(values[row], places)
    case .double(let values): values[row].isNaN ? nil : String(values[row])
    case .bool(let values): values[row] == None.bool ? nil : String(values[row] == 1)
    case .reference(let rows, let table): rows[row] == None.row ? nil : "\(table) \(rows[row])"
    case nil: "no such column"
    }
}

func cells(_ table: Table?, _ name: String) -> [String?] {
    guard let table else { return ["no such table"] }
    return (0..<table.rowCount).map { cell(table[name], $0) }
}

/// Everything a snapshot holds, dictionaries' codes included, without where it came from.
func contents(_ snapshot: Snapshot) -> [String] {
    ["\(snapshot.asOf) \(snapshot.source) \(snapshot.targets)"]
        + snapshot.tables.values.sorted { $0.name < $1.name }.flatMap(contents)
        + ["\(snapshot.roundedRows.sorted { $0.key < $1.key })"]
}

func contents(_ table: Table) -> [String] {
    var lines = ["\(table.name) \(table.rowCount) \(table.columnNames) \(table.undeclared)"]
    for name in table.columnNames {
        lines.append("\(name): \(cells(table, name).map { $0 ?? "-" })")
        if case .text(let codes, let texts)? = table[name] {
            lines.append("\(codes) \(texts.texts)")
        }
    }
    return lines
}

/// SplitMix64: the same numbers in every run.
struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// The bytes of a workbook that stands beside the tests.
func sampleWorkbook(_ name: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appendingPathComponent("workbooks/" + name)))
}
