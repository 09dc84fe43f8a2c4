import MusterValues
import MusterDiagnostics
import Testing
@testable import MusterStore

struct FormTests {
    /// Rows of all kinds: escapes, extras, rejects, absent and null fields.
    static let books: Books = {
        var books = Books()
        for number in 3..<60 {
            books.units.append("{\"id\": \"\(number)\", \"name\": \"单位\(number % 7)\", "
                + "\"parent\": \"\(number % 9 == 0 ? "x" : String(number / 2))\"}")
        }
        for number in 3..<200 {
            let name = number % 5 == 0 ? "\\u738b\\n\(number % 11)" : "王\(number % 13)"
            let extra = number % 4 == 0 ? ", \"note\(number % 3)\": \(number)" : ""
            books.members.append("{\"id\": \"M\(number)\", \"name\": \"\(name)\", "
                + "\"stars\": \(number % 7), \"unit\": \"\(number % 50 + 1)\"\(extra)}")
            books.service?.append("{\"member\": \"M\(number * 7 % 210)\", "
                + "\"hours\": \(number % 30).\(number), \"tags\": [1, {\"a\": \"b, c]\"}]}")
        }
        return books
    }()

    @Test func threadsAndBlocksChangeNothing() throws {
        let reference = try Self.books.load(threads: 1)
        #expect(reference.rejects.count > 30)
        #expect(reference.tables["people"]?.rowCount ?? 0 > 100)
        #expect(reference.tables["people"]?.undeclared == ["note1", "note0", "note2"])
        for threads in [1, 2, 3, 8] {
            for size in [1, 7, 64, 301, 5000] {
                let snapshot = try Self.books.load(threads: threads, blockSize: size)
                #expect(contents(snapshot) == contents(reference))
                #expect(snapshot.rejects == reference.rejects)
                #expect(snapshot.fingerprint == reference.fingerprint)
            }
        }
    }

    @Test func documentEqualsFolder() throws {
        let reference = try Self.books.load()
        let folder = try TemporaryFolder()
        let plain = try folder.write("all.json", Self.books.document)
        let packed = try folder.writePacked("all.json.gz", Self.books.document)
        let marked = try folder.write("marked.json", "\u{FEFF}" + Self.books.document)
        for path in [plain, packed, marked] {
            for size in [1, 50, 1 << 20] {
                let snapshot = try loadTest(path, blockSize: size)
                #expect(contents(snapshot) == contents(reference))
                #expect(snapshot.fingerprint == reference.fingerprint)
                #expect(snapshot.rejects.map(\.line) == reference.rejects.map(\.line))
                #expect(snapshot.rejects.map(\.raw) == reference.rejects.map(\.raw))
                #expect(snapshot.rejects.map(\.field) == reference.rejects.map(\.field))
                #expect(snapshot.rejects.map(\.reason) == reference.rejects.map(\.reason))
                #expect(snapshot.rejects.allSatisfy { path.hasSuffix("/" + $0.file) })
            }
        }
    }

    @Test func prettyPrintedDocumentLoads() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.json", """
            {
              "members": [ ],
              "future": {"x": [1, {"units": "]"}]},
              "units": [
                {
                  "name" : "A\\"]}",
                  "id" : "1"
                }
                ,
                { "id": "2", "name": "B", "parent":\t"1" }\r
              ],
              "service": null,
              "as_of": "2015-10-15",
              "format": "test/1"
            }
            """)
        let snapshot = try loadTest(path)
        #expect(snapshot.rejects.isEmpty)
        #expect(cells(snapshot.tables["units"], "name") == ["A\"]}", "B"])
        #expect(snapshot.tables["service"]?.rowCount == 0)
        #expect(snapshot.tables["service"]?.columnNames == ["member", "hours", "certified"])
        #expect(CivilDay.text(snapshot.asOf) == "2015-10-15")
    }

    @Test func marksAndLineEndsAreNoMatter() throws {
        let reference = contents(try Self.books.load())
        for (mark, ending, last) in [("\u{FEFF}", "\n", ""), ("", "\r\n", ""),
                                     ("\u{FEFF}", "\r\n", "\r\n"),
                                     ("", "\n", "\n\n  \n\t")] {
            let folder = try TemporaryFolder()
            try Self.books.write(to: folder)
            func text(_ rows: [String]) -> String { mark + rows.joined(separator: ending) + last }
            try folder.write("manifest.json", mark + Self.books.manifest)
            try folder.write("units.ndjson", text(Self.books.units))
            try folder.write("members.ndjson", text(Self.books.members))
            try folder.write("service.ndjson", text(Self.books.service ?? []))
            for size in [1, 2, 100, 1 << 20] {
                let snapshot = try loadTest(folder.path, blockSize: size)
                #expect(contents(snapshot) == reference)
            }
        }
    }

    @Test func blankLinesCountAsLines() throws {
        var books = Books()
        books.members = ["", books.members[0], "   ", "\t\r", #"{"id": "M5"}"#, books.members[1]]
        let snapshot = try books.load(blockSize: 10)
        #expect(snapshot.rejects.map(\.line) == [5])
        #expect(cells(snapshot.tables["people"], "id") == ["M1", "M2"])
        #expect(cells(snapshot.tables["service"], "member") == ["people 1", "people 0"])
    }

    @Test func packedFilesLoad() throws {
        let folder = try TemporaryFolder()
        try Self.books.write(to: folder)
        let reference = try loadTest(folder.path)
        try folder.remove("members.ndjson")
        try folder.remove("service.ndjson")
        try folder.writePacked("members.ndjson.gz",
                               Self.books.members.joined(separator: "\n") + "\n")
        try folder.writePacked("service.ndjson.gz",
                               (Self.books.service ?? []).joined(separator: "\n") + "\n")
        let snapshot = try loadTest(folder.path, blockSize: 333)
        #expect(contents(snapshot) == contents(reference))
        #expect(snapshot.fingerprint == reference.fingerprint)
        #expect(snapshot.rejects.map(\.file).contains("members.ndjson.gz"))
    }

    @Test func keysComeInAnyOrder() throws {
        var books = Books()
        books.members = [
            #"{"unit": "2", "birth": "1999-02-28", "name": "王伟", "gender": "男", "id": "M1"}"#,
            #"{"status":"activist","unit":"1","\u0067ender":"女","name":"李芳","id":"M2"}"#,
        ]
        #expect(contents(try books.load()) == contents(try Books().load()))
    }

    @Test func tablesMayGrowPastTheirEstimate() throws {
        var books = Books()
        books.service = [#"{"member": "M1", "hours": 1, "note": ""#
            + String(repeating: "长", count: 3000) + "\"}"]
        for _ in 0..<500 { books.service?.append(#"{"member":"M2","hours":2}"#) }
        let snapshot = try books.load(blockSize: 64)
        #expect(snapshot.tables["service"]?.rowCount == 501)
        #expect(cells(snapshot.tables["service"], "hours").suffix(500).allSatisfy { $0 == "200" })
    }

    @Test func fingerprintFollowsTheBytesAndNothingElse() throws {
        let first = try Books().load().fingerprint
        let again = try Books().load().fingerprint
        #expect(first.count == 32 && first == again)
        // Pinned: it is printed in reports and must not change from release to release.
        #expect(first == "8d0051cb22d611c7736797fbf9943fca")
        var books = Books()
        books.service?[0] = #"{"member": "M2", "hours": 2.5, "certified": true }"#
        #expect(try books.load().fingerprint != first)
        books = Books()
        books.service?.swapAt(0, 1)
        #expect(try books.load().fingerprint != first)
        books = Books()
        books.service = nil
        #expect(try books.load().fingerprint != first)
    }

    @Test func loadingCanBeCancelled() throws {
        let folder = try TemporaryFolder()
        try Books().write(to: folder)
        let loader = SnapshotLoader(schema: testSchema, cancelled: { true })
        #expect(throws: Diagnostic.self) { try loader.load(folder.path) }
    }
}
