import MusterDiagnostics
import MusterValues
import Testing
@testable import MusterStore

/// What the parts of an .xlsx may look like.
struct SheetPartTests {
    private func sheets(_ parts: WorkbookParts) throws -> [Sheet] {
        let folder = try TemporaryFolder()
        return try SheetFile.read(folder.write("a.xlsx", parts.bytes)).sheets
    }

    private func row(_ cells: String, styles: String? = nil) throws -> [SheetCell] {
        var parts = WorkbookParts("<row>\(cells)</row>")
        if let styles { parts["xl/styles.xml"] = styles }
        let sheet = try #require(sheets(parts).first)
        return sheet.rowCount == 0 ? [] : (0..<sheet.columnCount).map { sheet[0, $0] }
    }

    private func day(_ year: Int, _ month: Int, _ day: Int) throws -> Int32 {
        try #require(CivilDay.number(year, month, day))
    }

    @Test func cellsOfEveryKind() throws {
        #expect(try row("""
            <c t="s"><v>0</v></c><c t="inlineStr"><is><r><t>前</t></r><r><t>后</t></r>\
            <rPh sb="0" eb="1"><t>qian</t></rPh></is></c><c t="str"><f>A1</f><v>a_x000D_b_x_</v></c>\
            <c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c t="d"><v>2015-06-03T08:30:00Z</v></c>\
            <c><f>A1</f></c><c><f>A1</f><v></v></c><c t="str"><f>A1</f><v></v></c>\
            <c><v> -1.50 </v></c><c><v>110101199001011234</v></c><c><v>1.5E3</v></c>\
            <c><v>1e-400</v></c>
            """) == [
                .text("甲"), .text("前后"), .text("a\rb_x_"), .boolean(true), .error("#REF!"),
                .day(day(2015, 6, 3), hasTime: true), .unvalued, .unvalued, .blank,
                .number(-1.5, written: "-1.5"),
                .number(110101199001011232, written: "110101199001011234"),
                .number(1500, written: "1500"), .number(0, written: "0"),
            ])
    }

    @Test func placesThatAreNotWrittenFollowTheOnesBefore() throws {
        let sheet = try #require(sheets(WorkbookParts("""
            <row><c r="B1"><v>1</v></c><c><v>2</v></c></row><row/><row r="5"><c><v>3</v></c></row>\
            <row hidden="1"><c r="AA6"><v>4</v></c></row>
            """)).first)
        #expect((0..<sheet.rowCount).map(sheet.number) == [1, 5, 6])
        #expect(sheet.columns(ofRow: 0) == [1, 2])
        #expect(sheet.columns(ofRow: 2) == [26])
        #expect(sheet.isHidden(row: 2) && !sheet.isHidden(row: 1))
    }

    /// The formats that no file writes out, and the custom ones that staff use.
    @Test func daysAreToldByTheirFormat() throws {
        let codes: [(String, Bool)] = [
            ("yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", true), ("[$-804]aaaa;@", true),
            ("yyyy/m", true), ("e年m月", true), ("[DBNum1][$-804]yyyy年m月d日", true),
            ("0.00E+00", false), ("&quot;day&quot;0", false), ("\\d0", false), ("General", false),
            ("[Red]0.0", false), ("0;[Red]-0;yyyy", false), ("#,##0&quot;年&quot;", false),
            ("G/通用格式", false), ("[&gt;=100]0", false), ("mmm-yy", true),
        ]
        let builtIn: [(Int, Bool)] = (0...58).map { number in
            (number, [14...17, 22...22, 27...31, 36...36, 50...54, 57...58]
                .contains { $0.contains(number) })
        }
        let formats = codes.enumerated().map { number, code in
            "<numFmt numFmtId=\"\(200 + number)\" formatCode=\"\(code.0)\"/>"
        }.joined()
        let clocks = [18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56]
        let numbers = builtIn.map(\.0) + codes.indices.map { 200 + $0 }
        let styles = "<styleSheet><numFmts>\(formats)</numFmts><cellXfs>"
            + numbers.map { "<xf numFmtId=\"\($0)\"/>" }.joined() + "</cellXfs></styleSheet>"
        let found = try row(numbers.indices.map { "<c s=\"\($0)\"><v>42158</v></c>" }.joined(),
                            styles: styles)
        let expected = builtIn.map(\.1) + codes.map(\.1)
        for (place, number) in numbers.enumerated() {
            let isClock = clocks.contains(number) && number != 46
            let day = SheetCell.day(try day(2015, 6, 3), hasTime: false)
            let other = number == 46 ? SheetCell.text("1011792:00:00")
                : .number(42158, written: "42158")
            #expect(found[place] == (expected[place] || isClock ? day : other), "\(number)")
        }
    }

    @Test func daysBeforeMarch1900AreCountedAsTheyAreShown() throws {
        let styles = "<styleSheet><cellXfs><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs>"
            + "</styleSheet>"
        let values = ["0", "1", "59", "60", "61", "2958465", "2958466", "-1", "42158.999999999"]
        #expect(try row(values.map { "<c s=\"0\"><v>\($0)</v></c>" }.joined()
                            + "<c s=\"1\"><v>42158.5</v></c>", styles: styles) == [
            .text("1900-01-00"), .day(day(1900, 1, 1), hasTime: false),
            .day(day(1900, 2, 28), hasTime: false), .text("1900-02-29"),
            .day(day(1900, 3, 1), hasTime: false), .day(day(9999, 12, 31), hasTime: false),
            .number(2958466, written: "2958466"), .number(-1, written: "-1"),
            .day(day(2015, 6, 4), hasTime: false), .day(day(2015, 6, 3), hasTime: true),
        ])
    }

    @Test func sheetsStandWhereTheirRelationsSay() throws {
        var parts = WorkbookParts()
        let strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
        parts["_rels/.rels"] = WorkbookParts.relations(
            [("a", "officeDocument", "/xl/workbook.xml")], base: strict)
        parts["xl/workbook.xml"] = """
            <x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="\(strict)">\
            <x:workbookPr date1904="true"/><x:sheets><x:sheet name="二" sheetId="9" r:id="b"/>\
            <x:sheet name="图" sheetId="3" r:id="c"/><x:sheet name="一" state="veryHidden" sheetId="1" \
            r:id="a"/></x:sheets></x:workbook>
            """
        parts["xl/_rels/workbook.xml.rels"] = WorkbookParts.relations([
            ("a", "worksheet", "/xl/worksheets/sheet1.xml"), ("c", "chartsheet", "chart.xml"),
            ("b", "worksheet", "../other/./Sheet9.xml"),
        ], base: strict)
        parts["other/sheet9.xml"] = "<x:worksheet xmlns:x=\"x\"><x:sheetData><x:row><x:c>"
            + "<x:v>9</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        let found = try sheets(parts)
        #expect(found.map(\.name) == ["二", "一"])
        #expect(found.map(\.isHidden) == [false, true])
        #expect(found.map { $0[0, 0] } == [.number(9, written: "9"), .number(1, written: "1")])
    }

    @Test func whatIsEmptyCostsNothing() throws {
        let blank = (1...200_000).map { "<row r=\"\($0)\" s=\"1\"><c r=\"A\($0)\" s=\"0\"/></row>" }
        var parts = WorkbookParts(blank.joined() + "<row><c r=\"B200001\"><v>1</v></c></row>",
                                  behind: "<mergeCells><mergeCell ref=\"A1:A1048576\"/>"
                                      + "<mergeCell ref=\"B200001:XFD1048576\"/></mergeCells>")
        parts.isPacked = true
        let sheet = try #require(sheets(parts).first)
        #expect(sheet.rowCount == 1)
        #expect(sheet.columnCount == 2)
        #expect(sheet[0, 16000] == .number(1, written: "1"))
        #expect(sheet[0, 0] == .blank)
    }
}
