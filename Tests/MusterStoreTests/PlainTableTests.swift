import MusterDiagnostics
import Testing
@testable import MusterStore

struct PlainTableTests {
    private func load(_ name: String, _ text: String, blockSize: Int = 1 << 20) throws -> Table {
        let folder = try TemporaryFolder()
        let path = try folder.write(name, text)
        return try PlainTableLoader(blockSize: blockSize).load(path, name: "t").table
    }

    private let array = """
        [ {"id": "120101", "of": 13099, "rate": 0.45, "ok": true, "day": "2015-10-31"},
          {"id": "120102", "of": null, "rate": 1, "ok": false, "list": [1, 2]} ]
        """

    @Test func arraysLinesAndPackedFilesAgree() throws {
        let folder = try TemporaryFolder()
        let lines = array.dropFirst(2).dropLast(2).split(separator: "\n").map {
            $0.hasSuffix(",") ? String($0.dropLast()) : String($0)
        }.joined(separator: "\n")
        let tables = [
            try load("a.json", array), try load("a.json", array, blockSize: 1),
            try load("a.ndjson", lines), try load("a", "\u{FEFF}" + lines, blockSize: 3),
            try PlainTableLoader().load(folder.writePacked("a.json.gz", array), name: "t").table,
        ]
        for table in tables {
            #expect(table.name == "t")
            #expect(table.columnNames == ["id", "of", "rate", "ok", "day", "list"])
            #expect(table.undeclared == table.columnNames)
            #expect(cells(table, "id") == ["120101", "120102"])
            #expect(cells(table, "of") == ["13099", nil])
            #expect(cells(table, "rate") == ["0.45", "1.0"])
            #expect(cells(table, "ok") == ["true", "false"])
            #expect(cells(table, "day") == ["2015-10-31", nil])
            #expect(cells(table, "list") == [nil, "[1, 2]"])
        }
    }

    @Test func commaSeparatedTextIsRead() throws {
        let text = "id,名称,n,r,ok,day,code,\r\n"
            + "1,\"a,\"\"b\"\"\r\nc\",5,1.5,true,2015-10-31,007,x\r\n"
            + "2,,-3,2,false,,12,y\r\n"
        for table in [try load("a.csv", text), try load("a.csv", "\u{FEFF}" + text, blockSize: 1),
                      try load("a.txt", text)] {
            #expect(table.columnNames == ["id", "名称", "n", "r", "ok", "day", "code", "column8"])
            #expect(cells(table, "名称") == ["a,\"b\"\r\nc", nil])
            #expect(cells(table, "n") == ["5", "-3"])
            #expect(cells(table, "r") == ["1.5", "2.0"])
            #expect(cells(table, "ok") == ["true", "false"])
            #expect(cells(table, "day") == ["2015-10-31", nil])
            #expect(cells(table, "code") == ["007", "12"])
            #expect(cells(table, "column8") == ["x", "y"])
        }
    }

    @Test func otherSeparatorsAreFound() throws {
        #expect(cells(try load("a.csv", "a;b\n1,5;2\n"), "b") == ["2"])
        #expect(cells(try load("a.csv", "a\tb\n1\t2\n\n3\t4"), "b") == ["2", "4"])
        #expect(cells(try load("a.tsv", "a,b\tc\n1\t2"), "a,b") == ["1"])
        #expect(cells(try load("a.csv", "\"a,b\"\n\"x\ty\"\n"), "a,b") == ["x\ty"])
    }

    @Test(arguments: [
        ("a.csv", "", "table.empty", "header"),
        ("a.csv", "a,a\n1,2\n", "table.repeated-field", "\"a\""),
        ("a.csv", "a,b\n1,2\n\"x\ny\",2\n3\n", "table.uneven", "line 5: 1 cells"),
        ("a.csv", "a,b\n1,\"x", "snapshot.malformed", "line 2 (byte 7 of the file): cut off"),
        ("a.csv", "a,b\n\"x\"y,1\n", "snapshot.malformed", "line 2 (byte 8 of the file)"),
        ("a.json", "[{\"a\": 1}, 2]", "table.no-object", "record 2"),
        ("a.json", "[{\"a\": 1}\n,\n{]", "snapshot.malformed", "line 3"),
        ("a.ndjson", "{\"a\": 1}\n7\n", "table.no-object", "record 2"),
        ("a.json", "[{\"a\": 1, \"a\": 2}]", "table.repeated-field", "record 1"),
        ("a.json", "x", "snapshot.malformed", "line 1"),
    ]) func whatIsNoTableIsRefused(_ name: String, _ text: String, _ code: String, _ says: String) {
        let refused = refusal { try load(name, text) }
        #expect(refused?.code == code)
        #expect(refused?.message.en.contains(says) == true, "\(refused?.message.en ?? "")")
    }

    @Test func anEmptyArrayIsAnEmptyTable() throws {
        #expect(try load("a.json", "[ ]").rowCount == 0)
        #expect(try load("a.ndjson", "\n").rowCount == 0)
    }

    @Test func aHeaderAloneIsAnEmptyTable() throws {
        let table = try load("a.csv", "a,b\n")
        #expect(table.rowCount == 0 && table.columnNames == ["a", "b"])
    }
}
