import CSimdjson
import MusterDiagnostics
import MusterValues
import Testing
@testable import MusterStore

/// Small files as people's programs write them load as what they say, and as nothing else.
struct FileCorpusTests {
    @Test(arguments: fileCorpus) func loadsAsItMust(_ file: CorpusFile) throws {
        let folder = try TemporaryFolder()
        let bytes = try encoded((file.mark ? "\u{FEFF}" : "") + file.text, file.encoding)
        let path = file.packed ? try folder.writePacked(file.name, bytes)
            : try folder.write(file.name, bytes)
        for blockSize in [1 << 20, 1] {
            do {
                let loaded = try PlainTableLoader(blockSize: blockSize).load(path, name: "t")
                #expect(shown(loaded.table, file.expected) == file.expected)
                #expect(loaded.mixed.map(told) == file.told)
            } catch let refused as Diagnostic {
                #expect(["refused " + refused.code] == file.expected, "\(refused.message.en)")
                #expect(refused.hint != nil)
            }
        }
    }

    /// `heading type: value | value`; the values of columns that are expected as `…` are left out.
    private func shown(_ table: Table, _ expected: [String]) -> [String] {
        table.columnNames.enumerated().map { place, name in
            let head = "\(name) \(type(table[name])): "
            if expected.indices.contains(place), expected[place] == head + "…" { return head + "…" }
            return head + cells(table, name).map { $0 ?? "–" }.joined(separator: " | ")
        }
    }

    private func type(_ column: Column?) -> String {
        switch column {
        case .text: "text"
        case .day: "day"
        case .integer: "integer"
        case .decimal(_, let places): "decimal\(places)"
        case .double: "double"
        case .bool: "bool"
        case .hundredths, .reference, nil: "?"
        }
    }

    private func told(_ column: MixedColumn) -> String {
        "\(column.name) \(column.kind): \(column.odd) of \(column.rows), "
            + column.examples.map { "\($0.line) \($0.text)" }.joined(separator: ", ")
    }

    private func encoded(_ text: String, _ encoding: String) throws -> [UInt8] {
        let converter = iconv_open(encoding, "UTF-8")
        defer { iconv_close(converter) }
        var input = Array(text.utf8).map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 4 * input.count + 16)
        let room = output.count
        var left = input.count, free = room
        let result = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var from = input.baseAddress, to = output.baseAddress
                return iconv(converter, &from, &left, &to, &free)
            }
        }
        try #require(result == 0, "\(encoding) cannot hold it")
        return output[..<(room - free)].map { UInt8(bitPattern: $0) }
    }

    @Test func aWorkbookIsNoSnapshot() throws {
        let folder = try TemporaryFolder()
        let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]
        let archive = Array("PK\u{3}\u{4}....readme.txt".utf8)
        for (name, bytes, code) in [("a.xls", old, "table.workbook"),
                                    ("a.csv", WorkbookParts().bytes, "table.workbook"),
                                    ("a.zip", archive, "table.archive")] {
            let path = try folder.write(name, bytes)
            #expect(refusal { try SnapshotLoader(schema: testSchema).load(path) }?.code == code)
        }
    }

    @Test func typesThatAreAskedForAreKept() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.csv", "编号,日期,金额,是\n1,2015/6/3 14:30,\"1,234.50\",有\n"
            + "2,不详,95%,无\n3,-,007,是\n")
        let loaded = try PlainTableLoader().load(path, name: "t", wishes: [
            "编号": .text, "日期": .day, "金额": .number, "是": .bool])
        #expect(cells(loaded.table, "编号") == ["1", "2", "3"])
        #expect(cells(loaded.table, "日期") == ["2015-06-03", nil, nil])
        #expect(cells(loaded.table, "金额") == ["1234.5", "0.95", "7.0"])
        #expect(cells(loaded.table, "是") == ["true", "false", "true"])
        #expect(loaded.unconverted.map(\.name) == ["日期"])
        #expect(loaded.unconverted.map(\.count) == [1])
        let unknown = refusal {
            try PlainTableLoader().load(path, name: "t", wishes: ["生日": .day])
        }
        #expect(unknown?.code == "table.column")
    }

    @Test func whatMustBeHiddenStaysText() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.csv", "证件,号,n\n12,777,777\n13,777,1\n14,8,2\n")
        let discretion = Discretion(isHidden: { $0 == "证件" }, hides: { $0 == "777" })
        let loaded = try PlainTableLoader().load(path, name: "t", discretion: discretion)
        #expect(cells(loaded.table, "证件") == ["12", "13", "14"])
        #expect(loaded.table.hidden == ["号"])
        guard case .text? = loaded.table["号"], case .text? = loaded.table["证件"],
              case .integer? = loaded.table["n"] else {
            Issue.record("a hidden column has a type")
            return
        }
    }
}
