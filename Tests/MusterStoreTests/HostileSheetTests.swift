import MusterDiagnostics
import Testing
@testable import MusterStore

/// Workbooks that are damaged, or made to do harm, are refused with what is wrong and where; none
/// of them takes the program, or its memory, with it.
struct HostileSheetTests {
    private static let deep = String(repeating: "<a>", count: 2000)
        + String(repeating: "</a>", count: 2000)

    /// What stands where a sheet's rows do, what is said of it, and where.
    @Test(arguments: [
        ("<row r=\"3\"><c r=\"B3\"><v>1e309</v></c></row>", "sheet.number", "cell B3"),
        ("<row r=\"3\"><c r=\"B3\"><v>一</v></c></row>", "sheet.number", "cell B3"),
        ("<row r=\"3\"><c r=\"B3\"><v>nan</v></c></row>", "sheet.number", "cell B3"),
        ("<row r=\"3\"><c r=\"B3\"><v>1 2</v></c></row>", "sheet.number", "cell B3"),
        ("<row r=\"3\"><c r=\"B3\" t=\"s\"><v>1</v></c></row>", "sheet.damaged", "cell B3"),
        ("<row r=\"3\"><c r=\"B3\" t=\"s\"><v>-1</v></c></row>", "sheet.damaged", "cell B3"),
        ("<row r=\"3\"><c r=\"B3\" s=\"7\"><v>1</v></c></row>", "sheet.damaged", "cell B3"),
        ("<row r=\"3\"><c r=\"B3\"/><c r=\"B3\"/></row>", "sheet.damaged", "cell B3"),
        ("<row r=\"3\"/><row r=\"3\"/>", "sheet.damaged", "row 3"),
        ("<row r=\"3\"><c r=\"B4\"><v>1</v></c></row>", "sheet.damaged", "row 3"),
        ("<row r=\"3\"><c r=\"3\"><v>1</v></c></row>", "sheet.damaged", "row 3"),
        ("<row r=\"3\"><c r=\"ZZZZ3\"><v>1</v></c></row>", "sheet.damaged", "row 3"),
        ("<row r=\"1048577\"/>", "sheet.damaged", "sheet \"名册\""),
        ("<row r=\"-1\"/>", "sheet.damaged", "sheet \"名册\""),
        ("<row r=\"99999999999999999999\"/>", "sheet.damaged", "sheet \"名册\""),
        ("<row r=\"2\"><c r=\"BXY2\"><v>1</v></c></row>", "limit.sheet", "cell BXY2"),
        ("<row><c><v>1</v></row>", "sheet.damaged", "sheet \"名册\""),
        ("<row><c t=\"inlineStr\"><is><t>\u{1}</t></is></c></row>", "sheet.damaged", "cell A1"),
        ("<row>\(deep)</row>", "limit.sheet", "sheet \"名册\""),
        ("<row><c t=\"str\"><v>\(String(repeating: "长", count: 400_000))</v></c></row>",
         "limit.sheet", "cell A1"),
        ("<row><!--\(String(repeating: "-x", count: 2_000_000))--></row>", "limit.sheet",
         "sheet \"名册\""),
    ])
    func faultsAreToldWithTheirPlace(_ rows: String, _ code: String, _ place: String) throws {
        try expect(WorkbookParts(rows), code, place)
    }

    private func expect(_ parts: WorkbookParts, _ code: String, _ place: String = "") throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.xlsx", parts.bytes)
        let refused = refusal { try SheetFile.read(path) }
        #expect(refused?.code == code)
        let said = refused?.message.en ?? ""
        #expect(place.isEmpty || said.contains(place), "\(said)")
        #expect(refused?.message.zh.contains("a.xlsx") == true)
        #expect(refused?.hint != nil)
    }

    private func changed(_ change: (inout WorkbookParts) -> Void) -> WorkbookParts {
        var parts = WorkbookParts()
        change(&parts)
        return parts
    }

    @Test func partsThatAreNotThereOrDeclareSomething() throws {
        let entity = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        for part in ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                     "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
            try expect(changed { $0[part] = entity + ($0[part] ?? "").drop { $0 != ">" }.dropFirst() },
                       "sheet.declarations")
            try expect(changed { $0[part] = String(($0[part] ?? "").dropLast(5)) }, "sheet.damaged")
            guard part != "xl/styles.xml", part != "_rels/.rels" else { continue }
            try expect(changed { $0[part] = nil }, "sheet.damaged")
        }
        try expect(changed {
            $0["xl/_rels/workbook.xml.rels"] = WorkbookParts.relations([
                ("rId9", "worksheet", "worksheets/sheet1.xml"),
            ])
        }, "sheet.damaged")
        try expect(changed {
            $0["xl/_rels/workbook.xml.rels"] = """
                <Relationships><Relationship Id="rId1" TargetMode="External" Type="/worksheet" \
                Target="http://192.0.2.1/a.xml"/></Relationships>
                """
        }, "sheet.external", "http://192.0.2.1/a.xml")
        try expect(changed { $0["xl/worksheets/sheet1.xml"] = "<dialogsheet/>" }, "sheet.damaged")
    }

    @Test func mergedAreasInNoPlace() throws {
        for area in ["", "A1:", "B2:A1", "A0", "A1:A9999999", "A1:B2:C3", "$"] {
            try expect(WorkbookParts(behind: "<mergeCells><mergeCell ref=\"\(area)\"/></mergeCells>"),
                       "sheet.damaged", "名册")
        }
        let rows = (1...30).map { "<row r=\"\($0)\"><c><v>1</v></c></row>" }.joined()
        let areas = String(repeating: "<mergeCell ref=\"A1:B30\"/>", count: 700_000)
        var parts = WorkbookParts(rows, behind: "<mergeCells>\(areas)</mergeCells>")
        parts.isPacked = true
        try expect(parts, "limit.sheet")
    }

    @Test func archivesThatUnpackToNoEnd() throws {
        var parts = WorkbookParts(String(repeating: " ", count: 120 << 20))
        parts.isPacked = true
        try expect(parts, "limit.sheet", "300 times")
        var many = WorkbookParts()
        for number in 0...10_000 { many["x\(number)"] = "" }
        try expect(many, "limit.sheet", "10000 parts")
        var sheets = WorkbookParts()
        sheets["xl/workbook.xml"] = "<workbook xmlns:r=\"x\"><sheets>" + String(
            repeating: "<sheet name=\"a\" r:id=\"rId1\"/>", count: 501) + "</sheets></workbook>"
        try expect(sheets, "limit.sheet", "500 sheets")
    }

    /// A file cut off anywhere, or with a byte that is another, is refused or read, and no more.
    @Test(arguments: ["office-roster.xls", "office-roster.xlsx", "office-texts.xls"])
    func filesThatAreCutOff(_ name: String) throws {
        let folder = try TemporaryFolder()
        let bytes = try sampleWorkbook(name)
        var refusals = 0, random = Dice(state: 53)
        for round in 0..<60 {
            var other = bytes
            if round % 2 == 0 {
                other.removeLast(Int(random.next() % UInt64(bytes.count)))
            } else {
                for _ in 0..<8 {
                    let place = Int(random.next() % UInt64(bytes.count))
                    other[place] = UInt8(truncatingIfNeeded: random.next())
                }
            }
            let path = try folder.write("\(round)-\(name)", other)
            do {
                for sheet in try SheetFile.read(path).sheets {
                    for row in 0..<sheet.rowCount {
                        for column in 0..<sheet.columnCount { _ = sheet[row, column] }
                    }
                }
            } catch let fault as Diagnostic {
                #expect(fault.hint != nil)
                refusals += 1
            }
        }
        #expect(refusals > 20)
    }

    @Test func otherFilesAreCalledWhatTheyAre() throws {
        let folder = try TemporaryFolder()
        func word(_ target: String) -> [UInt8] {
            var parts = WorkbookParts()
            parts["_rels/.rels"] = WorkbookParts.relations([("a", "officeDocument", target)])
            return parts.bytes
        }
        var ods = WorkbookParts(), archive = WorkbookParts()
        for part in ods.parts.keys { (ods[part], archive[part]) = (nil, nil) }
        ods["mimetype"] = "application/vnd.oasis.opendocument.spreadsheet"
        ods["content.xml"] = "<a/>"
        archive["说明.txt"] = "a"
        let xml = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook/>"
        let cases: [(String, [UInt8], String, String)] = [
            ("a.xlsx", word("word/document.xml"), "table.foreign", "Word"),
            ("b.xlsx", word("xl/workbook.bin"), "table.foreign", ".xlsb"),
            ("c.xlsx", word("ppt/presentation.xml"), "table.foreign", "presentation"),
            ("d.xlsx", ods.bytes, "table.foreign", ".ods"),
            ("e.xlsx", archive.bytes, "table.archive", "zip"),
            ("f.xls", Array("<html><table>".utf8), "table.page", "web page"),
            ("g.xls", Array(xml.utf8), "table.page", "2003"),
            ("h.csv", Array("%PDF-1.4".utf8), "table.foreign", "PDF"),
            ("i.csv", [0x89, 0x50, 0x4E, 0x47, 1, 2, 3], "table.foreign", "picture"),
            ("j.xlsx", Array("PK\u{3}\u{4}".utf8), "sheet.damaged", "damaged"),
            ("k.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "sheet.damaged", "damaged"),
        ]
        for (name, bytes, code, word) in cases {
            let path = try folder.write(name, bytes)
            for refused in [refusal { try SheetFile.read(path) },
                            refusal { try PlainTableLoader().load(path, name: "t") }] {
                #expect(refused?.code == code, "\(name)")
                #expect(refused?.message.en.contains(word) == true, "\(refused?.message.en ?? "")")
            }
        }
    }

    @Test func protectedAndOldWorkbooksAreCalledSo() throws {
        let folder = try TemporaryFolder()
        let bytes = try sampleWorkbook("office-roster.xls")
        func renamed(_ from: String, _ to: String) throws -> String {
            let (old, new) = (utf16(from), utf16(to.padding(from.count)))
            var other = bytes
            let at = try #require(other.indices.first { other[$0...].starts(with: old) })
            other.replaceSubrange(at..<at + old.count, with: new)
            other[at + 64] = UInt8(2 * to.count + 2)
            return try folder.write(to + ".xls", other)
        }
        let cases = [("Book", "sheet.old"), ("Doc", "table.foreign")]
        for (name, code) in cases {
            #expect(refusal { try SheetFile.read(renamed("Workbook", name)) }?.code == code)
        }
        // Where the first record behind BOF says that what follows is enciphered.
        var enciphered = bytes
        let begin = try #require(bytes.indices.first {
            bytes[$0...].starts(with: [9, 8, 16, 0, 0, 6, 5, 0])
        })
        enciphered.replaceSubrange(begin + 20..<begin + 22, with: [0x2F, 0])
        let path = try folder.write("protected.xls", enciphered)
        #expect(refusal { try SheetFile.read(path) }?.code == "sheet.encrypted")
    }

    private func utf16(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
}

/// The same numbers every time.
private struct Dice {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 24
    }
}

extension String {
    fileprivate func padding(_ count: Int) -> String {
        self + String(repeating: "\0", count: Swift.max(0, count - self.count))
    }
}
