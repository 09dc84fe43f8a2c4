import Foundation
import MusterDiagnostics
import MusterValues
import Testing
@testable import MusterStore

/// Workbooks that programs made are read as openpyxl reads them: what that read stands beside them
/// (workbooks/make.py).
struct SheetFileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().path
        + "/workbooks/"

    @Test(arguments: ["roster.xlsx", "days-1904.xlsx", "texts.xlsx", "office-roster.xlsx",
                      "office-roster.xls", "office-texts.xlsx", "office-texts.xls",
                      "office-days-1904.xlsx", "office-days-1904.xls"])
    func readsAsOpenpyxlDoes(_ name: String) throws {
        let file = try SheetFile.read(Self.folder + name)
        let stem = try #require(name.split(separator: ".").first)
        let expected = try String(contentsOfFile: Self.folder + stem + ".txt", encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let found = file.sheets.flatMap(lines)
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) where a != b {
            Issue.record("\(name): \(a) and not \(b)")
            return
        }
        #expect(file.form == (name.hasSuffix("x") ? .xlsx : .xls))
    }

    private func lines(_ sheet: Sheet) -> [String] {
        var merged: [String] = [], hidden: [String] = [], cells: [String] = []
        for row in 0..<sheet.rowCount {
            let number = sheet.number(ofRow: row)
            if sheet.isHidden(row: row) { hidden.append("hidden \(number)") }
            for column in sheet.columns(ofRow: row) {
                let last = sheet.lastMergedColumn(row: row, column: column)
                if sheet.isCoveredByMerge(row: row, column: column) { continue }
                let name = Sheet.columnName(column)
                let below = (row..<sheet.rowCount).last { lower in
                    lower == row || sheet.isCoveredByMerge(row: lower, column: column)
                        && sheet[lower, column] == sheet[row, column]
                } ?? row
                if last > column || below > row {
                    let end = Sheet.columnName(last) + "\(sheet.number(ofRow: below))"
                    merged.append("merge \(name)\(number):\(end)")
                }
                cells.append("\(number) \(name) " + shown(sheet, row, column))
            }
        }
        #expect(sheet.hiddenRowCount == hidden.count)
        return ["== " + sheet.name + (sheet.isHidden ? " hidden" : "")] + merged.sorted() + hidden
            + cells
    }

    private func shown(_ sheet: Sheet, _ row: Int, _ column: Int) -> String {
        switch sheet[row, column] {
        case .blank: "blank"
        case .text(let text):
            "text " + text.replacing("\n", with: "\\n").replacing("\t", with: "\\t")
        case .number(_, let written): "number " + written
        case .day: "day " + sheet.written(row: row, column: column)
        case .boolean(let value): "boolean \(value)"
        case .error(let text): "error " + text
        case .unvalued: "unvalued"
        }
    }

    /// A library that works nothing out writes a zero for every formula, and says that all is to
    /// be worked out; openpyxl takes the zero.
    @Test func aZeroThatNobodyWorkedOutIsNoValue() throws {
        let sheet = try #require(SheetFile.read(Self.folder + "unseen.xlsx").sheets.first)
        #expect((0..<4).map { sheet[0, $0] } == [
            .number(21, written: "21"), .unvalued, .number(63, written: "63"), .unvalued,
        ])
    }

    @Test func aCellOfAMergedAreaHasItsValue() throws {
        let sheet = try #require(SheetFile.read(Self.folder + "roster.xlsx").sheets
            .first { $0.name == "团员名册" })
        #expect(sheet[0, 7] == .text("和平区第一中学团员名册"))
        #expect(sheet.isCoveredByMerge(row: 0, column: 7))
        #expect(!sheet.isCoveredByMerge(row: 0, column: 0))
        #expect(sheet[5, 4] == .text("高一1班"))
        #expect(sheet[6, 4] == .text("高一2班"))
        #expect(sheet.columnCount == 8)
    }

    @Test func columnsAreNamedAsProgramsDo() {
        #expect([0, 25, 26, 51, 701, 702, 16383].map(Sheet.columnName)
            == ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"])
    }

    @Test func separatedTextIsASheetOfTexts() throws {
        let folder = try TemporaryFolder()
        let text = "sep=;\n姓名;号\n\"甲\n乙\";007\n\n丙\n;;尾\n"
        let path = try folder.write("名册.v1.csv", text)
        let file = try SheetFile.read(path)
        #expect(file.form == .separated(.utf8, separator: ";"))
        let sheet = try #require(file.sheets.first)
        #expect(sheet.name == "名册.v1")
        #expect((0..<sheet.rowCount).map(sheet.number) == [2, 3, 6, 7])
        #expect(sheet[1, 0] == .text("甲\n乙"))
        #expect(sheet[1, 1] == .text("007"))
        #expect(sheet[2, 1] == .blank)
        #expect(sheet[3, 2] == .text("尾"))
        #expect(sheet.columnCount == 3)
    }

    @Test func digitsAreThoseThatASpreadsheetShows() {
        let cases: [(Double, String)] = [
            (0.1 + 0.2, "0.3"), (-0.0, "0"), (12, "12"), (1e15, "1000000000000000"),
            (123456789012345680, "123456789012346000"), (1e20, "1e+20"), (0.000123, "0.000123"),
            (0.00000012, "1.2e-07"), (-2.5, "-2.5"), (1.0 / 3, "0.333333333333333"),
            (100.1, "100.1"), (999999.999999, "999999.999999"), (1.7976931348623157e308, "1.7976931348623157e+308"),
        ]
        for (value, text) in cases { #expect(SheetNumber.written(value) == text) }
    }

    @Test(arguments: ["roster.xlsx", "office-roster.xls"])
    func whatIsCancelledIsNotRead(_ name: String) {
        do {
            _ = try SheetFile.read(Self.folder + name, cancelled: { true })
            Issue.record("it was read")
        } catch {
            #expect((error as? Diagnostic)?.code == BlockFlow.cancelled.code)
        }
    }
}
