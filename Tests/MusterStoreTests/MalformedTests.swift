import Foundation
import MusterDiagnostics
import Testing
@testable import MusterStore

struct MalformedTests {
    struct Case: Sendable, CustomTestStringConvertible {
        /// The bad line, `¦` before the byte at fault.
        let line: String
        let says: String
        var testDescription: String { line }

        init(_ line: String, _ says: String) {
            self.line = line
            self.says = says
        }
    }

    static let lines = [
        Case(#"{"id": "M9", "name": "王¦"#, "cut off here"),
        Case(#"{"id": "M9", "name"¦"#, "cut off here"),
        Case(#"{"id": "M9"¦"#, "cut off here"),
        Case(#"{"id": tru¦"#, "cut off here"),
        Case(#"{"id": "M9", "name": "a¦\#u{1}b"}"#, "control character"),
        Case(#"{"id": "M9", "name": "a¦\qb"}"#, "escape"),
        Case(#"{"id": "M9", "name": "a¦\ud800b"}"#, "escape"),
        Case(#"{"id": "M9", "name": "a¦\u12g4"}"#, "escape"),
        Case(#"{"id": "M9", "stars": ¦01}"#, "number"),
        Case(#"{"id": "M9", "stars": ¦1.}"#, "number"),
        Case(#"{"id": "M9", "stars": ¦-}"#, "number"),
        Case(#"{"id": "M9", "stars": ¦1e}"#, "number"),
        Case(#"{"id": "M9", "stars": ¦+1}"#, "not JSON"),
        Case(#"{"id": "M9", "stars": ¦NaN}"#, "not JSON"),
        Case(#"{"id": "M9", "stars": ¦truex}"#, "not JSON"),
        Case(#"{"id": "M9"¦ "name": "A"}"#, "not JSON"),
        Case(#"{"id": "M9",¦}"#, "not JSON"),
        Case(#"{¦,"id": "M9"}"#, "not JSON"),
        Case(#"{"id" ¦"M9"}"#, "not JSON"),
        Case(#"{¦id: "M9"}"#, "not JSON"),
        Case(#"{"id": ¦}"#, "not JSON"),
        Case(#"{"id": "M9" ¦"x"}"#, "not JSON"),
        Case(#"{"x": [1, ¦]}"#, "not JSON"),
        Case(#"{"x": [1¦}"#, "not JSON"),
        Case(#"{"x": {"a": 1¦]}"#, "not JSON"),
        Case(#"{"x": ["a¦\q"]}"#, "escape"),
        Case(#"¦]"#, "not JSON"),
        Case(#"¦:"#, "not JSON"),
        Case(#"¦M9"#, "not JSON"),
        Case(#""M¦\q9""#, "escape"),
        Case(#"["M9"¦}"#, "not JSON"),
        Case(#"["M9", ¦]"#, "not JSON"),
        Case(#"¦012"#, "number"),
        Case(#"12 ¦13"#, "follows its end"),
        Case(#"["M9"]¦]"#, "follows its end"),
        Case(#""M9" ¦"M8""#, "follows its end"),
        Case(#"{"id": "M9"}¦ {"id": "M8"}"#, "follows its end"),
        Case(#"{"id": "M9"}¦}"#, "follows its end"),
        Case(#"{"id": "M9"}¦,"#, "follows its end"),
    ]

    /// The text without its mark, and the mark's place in bytes.
    private func unmarked(_ line: String) -> (text: String, byte: Int) {
        let parts = line.split(separator: "¦", omittingEmptySubsequences: false)
        // Space before the fault is passed over.
        let behind = parts[1].drop { $0 == " " }
        let byte = parts[0].utf8.count + parts[1].utf8.count - behind.utf8.count
        return (String(parts[0] + parts[1]), byte)
    }

    @Test(arguments: lines, [1 << 20, 9]) func theFaultHasItsLineAndByte(_ fault: Case, _ size: Int)
        throws {
        let (line, byte) = unmarked(fault.line)
        var books = Books()
        books.members = [books.members[0], "", line, books.members[1]]
        let before = books.members[0].utf8.count + 2
        for threads in [1, 2] {
            let refused = refusal { try books.load(threads: threads, blockSize: size) }
            let text = try #require(refused?.message.en)
            #expect(text.contains("members.ndjson, line 3 (byte \(before + byte + 1) of the file)"))
            #expect(text.contains(fault.says), "\(text)")
        }
    }

    @Test(arguments: lines) func aDocumentsFaultHasItsLineAndByte(_ fault: Case) throws {
        let (line, byte) = unmarked(fault.line)
        // A document's own brackets make other faults of these.
        guard !fault.says.contains("cut off"), !line.hasSuffix("]") || line.hasPrefix("["),
              !line.hasSuffix("}}"), !line.hasSuffix(","), line.filter({ $0 == "]" }).count
                == line.filter({ $0 == "[" }).count else { return }
        var books = Books()
        books.members.insert(line, at: 1)
        let document = books.document
        let place = try #require(document.utf8.firstRange(of: Array(("\n  " + line).utf8)))
        let start = document.utf8.distance(from: document.startIndex, to: place.lowerBound) + 3
        let number = document.utf8.prefix(start).count { $0 == 10 } + 1
        let folder = try TemporaryFolder()
        let path = try folder.write("a.json", document)
        let refused = refusal { try loadTest(path) }
        let text = try #require(refused?.message.en)
        #expect(text.contains("a.json, line \(number) (byte \(start + byte + 1) of the file)"),
                "\(text)")
    }

    @Test func theFirstFaultIsNamed() throws {
        var books = Books()
        books.members = (0..<400).map { "{\"id\": \"M\($0)\", \"name\": \"A\", \"unit\": \"1\"}" }
        books.members[390] = "{"
        books.members[123] = "x"
        for size in [1, 100, 3000, 1 << 20] {
            let refused = refusal { try books.load(threads: 4, blockSize: size) }
            #expect(refused?.message.en.contains("line 124 ") == true)
        }
    }

    @Test func invalidEncodingIsRefused() throws {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
                               [0xE5, 0x9B]] {
            let folder = try TemporaryFolder()
            try Books().write(to: folder)
            let start = Array(#"{"id": "M1", "name": "团"#.utf8)
            try folder.write("members.ndjson", Array("\n".utf8) + start + bytes
                + Array("\", \"unit\": \"1\"}\n".utf8))
            let refused = refusal { try loadTest(folder.path) }
            #expect(refused?.message.en.contains(
                "line 2 (byte \(start.count + 2) of the file): not valid UTF-8") == true)
        }
    }

    @Test func deepNestingIsRefused() throws {
        var books = Books()
        for (depth, isSound) in [(500, true), (600, false), (100_000, false)] {
            books.members[1] = #"{"id": "M2", "name": "A", "unit": "1", "x": "#
                + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
            if isSound {
                #expect(try books.load().rejects.isEmpty)
            } else {
                #expect(refusal { try books.load() }?.message.en.contains("too deeply") == true)
            }
        }
    }

    @Test func damagedArchivesAreRefused() throws {
        let folder = try TemporaryFolder()
        try Books().write(to: folder)
        try folder.remove("members.ndjson")
        let rows = (0..<5000).map {
            "{\"id\": \"M\($0 * 7919 % 5000)\", \"name\": \"A\", \"unit\": \"1\"}\n"
        }
        let path = try folder.writePacked("members.ndjson.gz", rows.joined())
        let packed = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        try folder.write("members.ndjson.gz", Array(packed[..<(packed.count / 2)]))
        #expect(refusal { try loadTest(folder.path) }?.message.en.contains("cut off") == true)
        var damaged = packed
        for index in 100..<140 { damaged[index] ^= 0x5A }
        try folder.write("members.ndjson.gz", damaged)
        #expect(refusal { try loadTest(folder.path) }?.code == "snapshot.malformed")
    }

    @Test("Members of an archive follow each other to its end: nothing else may stand there")
    func whatFollowsAnArchiveIsRefused() throws {
        let folder = try TemporaryFolder()
        try Books().write(to: folder)
        try folder.remove("members.ndjson")
        func member(_ id: String) throws -> [UInt8] {
            let row = "{\"id\": \"\(id)\", \"name\": \"A\", \"unit\": \"1\"}\n"
            let path = try folder.writePacked("x.gz", row)
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        }
        let first = try member("A"), second = try member("B")
        func loaded(_ bytes: [UInt8]) throws -> Int {
            try folder.write("members.ndjson.gz", bytes)
            let table = try folder.write("t.ndjson.gz", bytes)
            let plain = try PlainTableLoader().load(table, name: "t").table.rowCount
            #expect(try loadTest(folder.path).tables["people"]?.rowCount == plain)
            return plain
        }
        #expect(try loaded(first) == 1)
        #expect(try loaded(first + second) == 2)
        var damaged = second
        damaged[second.count - 6] ^= 0x5A
        let wrong: [[UInt8]] = [
            [0], [0x1f], [0x1f, 0x8b], Array("{}".utf8), Array(second.dropLast()),
            Array(second.dropFirst()), damaged, [0x1f, 0x00] + second.dropFirst(2),
        ]
        for tail in wrong {
            let code = refusal { try loaded(first + tail) }?.code
            #expect(code == "snapshot.malformed", "\(tail.prefix(4))")
            #expect(refusal { try loadTest(folder.path) }?.code == "snapshot.malformed")
        }
        let trailing = refusal { try loaded(first + [0]) }
        #expect(trailing?.message.en.contains("from byte \(first.count + 1)") == true)
    }
}
