import MusterDiagnostics
import Synchronization
import Testing
@testable import MusterStore

/// Sheets of workbooks as plain tables: types, headings, and what is told about them.
struct SheetTableTests {
    private func load(_ parts: WorkbookParts, sheet: String? = nil,
                      wishes: [String: ColumnWish] = [:],
                      discretion: Discretion = Discretion()) throws -> LoadedPlainTable {
        let folder = try TemporaryFolder()
        return try PlainTableLoader().load(folder.write("a.xlsx", parts.bytes), name: "t",
                                           sheet: sheet, wishes: wishes, discretion: discretion)
    }

    /// Texts begin with a quotation mark, numbers stand as they are, nothing is no cell.
    private func rows(_ rows: [[String]]) -> String {
        rows.map { cells in
            "<row>" + cells.enumerated().map { place, text in
                text.isEmpty ? "<c/>" : text.hasPrefix("'")
                    ? "<c t=\"inlineStr\"><is><t>\(text.dropFirst())</t></is></c>"
                    : "<c><v>\(text)</v></c>"
            }.joined() + "</row>"
        }.joined()
    }

    @Test func aTitleIsPassedOverAndTypesAreFound() throws {
        var parts = WorkbookParts(rows([
            ["'名册"], ["'填报：", "42158"], [], ["'姓名", "'号", "'时长", "'人数", "'全", "", "'无"],
            ["'甲", "'007", "0.30000000000000004", "2", "110101199001011234", "'x", ""],
            ["'乙", "'8", "1.25", "3", "110101199001011235", "", ""],
        ]), behind: "<mergeCells><mergeCell ref=\"A1:G1\"/></mergeCells>")
        parts.isPacked = true
        let loaded = try load(parts)
        #expect(loaded.table.columnNames == ["姓名", "号", "时长", "人数", "全", "column6", "无"])
        guard case .text? = loaded.table["号"], case .decimal(_, places: 2)? = loaded.table["时长"],
              case .integer? = loaded.table["人数"], case .integer? = loaded.table["全"] else {
            Issue.record("a column has another type")
            return
        }
        #expect(cells(loaded.table, "时长") == ["0.3", "1.25"])
        #expect(cells(loaded.table, "全") == ["110101199001011234", "110101199001011235"])
        #expect(cells(loaded.table, "无") == [nil, nil])
        let sheet = try #require(loaded.sheet)
        #expect(sheet.headingRows == [4])
        #expect(sheet.titleRows == 2)
        #expect(sheet.unnamed == ["column6"])
    }

    @Test func whatIsHiddenErroneousOrUnknownIsTold() throws {
        let loaded = try load(WorkbookParts("""
            \(rows([["'单位", "'数"]]))<row hidden="1"><c t="inlineStr"><is><t>甲</t></is></c>\
            <c><f>A1</f></c></row><row><c/><c t="e"><v>#N/A</v></c></row>
            """, behind: "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>"))
        #expect(cells(loaded.table, "单位") == ["甲", "甲"])
        #expect(cells(loaded.table, "数") == [nil, "#N/A"])
        let sheet = try #require(loaded.sheet)
        #expect(sheet.hiddenRows == 1)
        #expect(sheet.mergedCells == 1)
        #expect(sheet.unvalued == .init(count: 1, first: "B2"))
        #expect(sheet.errors == .init(count: 1, first: "B3"))
    }

    @Test func oddValuesAreToldByTheirRow() throws {
        let numbers = (1...40).map { ["\($0)", "'x"] }
        let loaded = try load(WorkbookParts(rows([["'数", "'名"]] + numbers + [["'约五", "'y"]])))
        #expect(loaded.mixed.map(\.name) == ["数"])
        #expect(loaded.mixed.first?.lines == [42])
        #expect(loaded.mixed.first?.texts == ["约五"])
    }

    @Test func whatMayNotBeShownIsHiddenWhateverItIs() throws {
        let discretion = Discretion(hides: { $0.count == 18 })
        let loaded = try load(WorkbookParts(rows([
            ["'a", "'b"], ["110101199001011234", "1"], ["110101199001011235", "2"],
        ])), discretion: discretion)
        #expect(loaded.table.hidden == ["a"])
        #expect(cells(loaded.table, "a") == ["110101199001011234", "110101199001011235"])
    }

    private var several: WorkbookParts {
        var parts = WorkbookParts(rows([["'a", "'b"], ["1", "2"]]))
        parts["xl/workbook.xml"] = """
            <workbook xmlns:r="x"><sheets><sheet name="一" r:id="rId1"/><sheet name="空" r:id="rId4"/>\
            <sheet name="二" r:id="rId5" state="hidden"/></sheets></workbook>
            """
        parts["xl/_rels/workbook.xml.rels"] = WorkbookParts.relations([
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId4", "worksheet", "empty.xml"),
            ("rId5", "worksheet", "two.xml"),
        ])
        parts["xl/empty.xml"] = WorkbookParts.sheet("")
        parts["xl/two.xml"] = WorkbookParts.sheet(rows([["'c", "'d"], ["3", "4"]]))
        return parts
    }

    @Test func theSheetIsTheOneThereIsOrTheOneThatIsNamed() throws {
        var parts = several
        #expect(try load(parts).table.columnNames == ["a", "b"])
        #expect(try load(parts).sheet?.hiddenSheets == ["二"])
        #expect(try load(parts, sheet: " 二").table.columnNames == ["c", "d"])
        #expect(refusal { try load(parts, sheet: "空") }?.code == "table.empty")
        let unknown = refusal { try load(parts, sheet: "三") }
        #expect(unknown?.code == "sheet.unknown")
        #expect(unknown?.hint?.zh.contains("一、空、二") == true)
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"]?
            .replacing(" state=\"hidden\"", with: "")
        let both = refusal { try load(parts) }
        #expect(both?.code == "sheet.several")
        #expect(both?.hint?.zh.contains("工作表 \"一\" 为") == true)
    }

    @Test func headingsMustBeThereAndDiffer() throws {
        let none = WorkbookParts(rows([["1", "2"], ["3", "4"]]))
        #expect(refusal { try load(none) }?.code == "sheet.heading")
        let twice = WorkbookParts(rows([["'a", "'Ａ", "'a"], ["3", "4"]]))
        #expect(refusal { try load(twice) }?.code == "table.repeated-field")
        let single = try load(WorkbookParts(rows([["'a"], ["3"]])))
        #expect(cells(single.table, "a") == ["3"])
        #expect(refusal { try load(WorkbookParts("")) }?.code == "table.empty")
        let folder = try TemporaryFolder()
        let path = try folder.write("a.csv", "a,b\n1,2\n")
        #expect(refusal { try PlainTableLoader().load(path, name: "t", sheet: "x") }?.code
            == "sheet.none")
    }

    @Test(arguments: ["office-roster.xlsx", "office-roster.xls"])
    func anOldWorkbookLoadsAsANewOne(_ name: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(name, sampleWorkbook(name))
        let wishes = ["身份证号": ColumnWish.text]
        let loaded = try PlainTableLoader().load(path, name: "t", sheet: "团员名册", wishes: wishes)
        #expect(cells(loaded.table, "出生日期") == ["2000-02-29", "1999-12-31", "2001-01-01",
                                                "1988-08-08", nil])
        #expect(cells(loaded.table, "所在支部") == ["高一1班", "高一1班", "高一1班", "高一2班", nil])
        #expect(cells(loaded.table, "时长") == ["12.5", "0.3", "100.0", "-3.25", "109.55"])
        #expect(loaded.sheet?.hiddenRows == 1)
        #expect(loaded.sheet?.mergedCells == 2)
    }

    @Test func headingsMayHaveTwoRows() throws {
        let parts = WorkbookParts(rows([
            ["'名册"],
            ["'姓名", "'注册", "", "'Hours", "", "'备注"],
            ["", "'日期", "'编号", "'in all", "'2015", ""],
            ["'甲", "'2015-06-03", "'7", "12", "3", "'x"],
        ]), behind: "<mergeCells>" + ["A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"].map {
            "<mergeCell ref=\"\($0)\"/>"
        }.joined() + "</mergeCells>")
        let loaded = try load(parts)
        #expect(loaded.table.columnNames == ["姓名", "注册日期", "注册编号", "Hours in all",
                                             "Hours 2015", "备注"])
        #expect(loaded.table.rowCount == 1)
        #expect(loaded.sheet?.headingRows == [2, 3])
        #expect(loaded.sheet?.titleRows == 1)
        #expect(loaded.sheet?.unnamed == [])
    }

    /// Rows that are merged below the headings, and a title that is, are no second row of them.
    @Test func mergedRowsBelowAreNoHeadings() throws {
        let merged = try load(WorkbookParts(rows([
            ["'单位", "'人数"], ["'和平区", "1"], ["", "2"],
        ]), behind: "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>"))
        #expect(merged.table.columnNames == ["单位", "人数"])
        #expect(cells(merged.table, "单位") == ["和平区", "和平区"])
    }

    @Test func whatIsNotSeenIsNoHeading() throws {
        let loaded = try load(WorkbookParts(rows([
            ["'\u{200B}\u{200B}", "'\u{2060}"], ["'\u{200B}姓名\u{FEFF}", "'人\u{AD}"],
            ["'甲", "'\u{200B}"], ["'乙", "3"],
        ])))
        #expect(loaded.table.columnNames == ["姓名", "人\u{AD}"].map { $0.trimmed })
        guard case .integer? = loaded.table[loaded.table.columnNames[1]] else {
            Issue.record("what is not seen is a value")
            return
        }
    }

    /// As many as any other file may have, of those with something in them.
    @Test func columnsHaveALimit() throws {
        let wide = { (count: Int) in
            WorkbookParts(rows([(1...count).map { "'c\($0)" }, (1...count).map(String.init)]))
        }
        #expect(try load(wide(1000)).table.columnNames.count == 1000)
        #expect(refusal { try load(wide(1001)) }?.code == "snapshot.too-many-fields")
    }

    /// At each question whether to go on, the reader's and those of its columns, no table comes.
    @Test func loadingIsCancelledAtEveryStep() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.xlsx", WorkbookParts(rows([["'a", "'b"], ["1", "2"]])).bytes)
        let asked = Asked()
        _ = try PlainTableLoader(cancelled: { asked.isPast(.max) }).load(path, name: "t")
        let all = asked.count
        #expect(all > 3)
        for last in 1...all {
            let asked = Asked()
            do {
                _ = try PlainTableLoader(cancelled: { asked.isPast(last) }).load(path, name: "t")
                Issue.record("it was loaded")
            } catch {
                #expect((error as? Diagnostic)?.code == BlockFlow.cancelled.code)
            }
        }
    }

    private final class Asked: Sendable {
        private let number = Atomic(0)
        var count: Int { number.load(ordering: .relaxed) }

        func isPast(_ last: Int) -> Bool {
            number.wrappingAdd(1, ordering: .relaxed).newValue >= last
        }
    }

    @Test func sheetsAreNamedAtAGlance() throws {
        let folder = try TemporaryFolder()
        for name in ["office-roster.xlsx", "office-roster.xls"] {
            let path = try folder.write(name, sampleWorkbook(name))
            let whole = try SheetFile.read(path).sheets
            let names = SheetFile.sheetNames(path)
            #expect(names.map(\.name) == whole.map(\.name))
            #expect(names.map(\.isHidden) == whole.map(\.isHidden))
        }
        #expect(SheetFile.sheetNames(try folder.write("a.csv", "a\n1\n")).isEmpty)
        #expect(SheetFile.sheetNames(folder.path + "/none.xlsx").isEmpty)
    }
}
