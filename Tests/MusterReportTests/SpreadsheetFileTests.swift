import MusterValues
import MusterDiagnostics
import MusterStore
import Synchronization
import Testing
@testable import MusterReport

@Suite("Files for spreadsheets")
struct SpreadsheetFileTests {
    private func file(_ table: ResultTable, _ language: Language = .en) -> [UInt8] {
        do {
            return try CSVFormat().contents(of: Report(table),
                                            Presentation(language, destination: .file))
        } catch {
            Issue.record(error)
            return []
        }
    }

    @Test("A csv file begins with a byte-order mark; what goes to a program does not")
    func mark() throws {
        #expect(Array(file(registration).prefix(3)) == [0xEF, 0xBB, 0xBF])
        let rest = String(decoding: file(registration).dropFirst(3), as: UTF8.self)
        #expect(try rest == text(CSVFormat(), Report(registration)))
    }

    @Test("Texts that would be formulas get an apostrophe, in files only")
    func formulas() throws {
        let table = ResultTable(
            columns: [ResultColumn(name: Term("=name")), ResultColumn(name: Term("n"))],
            cells: [["=1+1", "+1", "-1", "@a", "\ta", "\ra", "\na", "＝1", "＋1", "－1", "＠a",
                     "a=1", "", "'=1"].map { .text($0) },
                    [.integer(-1), .decimal(-50, places: 2), .number(-0.5)]
                        + Array(repeating: .none, count: 11)],
            rowCount: 14)
        let lines = String(decoding: file(table).dropFirst(3), as: UTF8.self)
        #expect(lines == """
            '=name,n
            '=1+1,-1
            '+1,-0.5
            '-1,-0.5
            '@a,
            "'\ta",
            "'\ra",
            "'
            a",
            '＝1,
            '＋1,
            '－1,
            '＠a,
            a=1,
            ,
            ''=1,

            """)
        #expect(try text(CSVFormat(), Report(table)).hasPrefix("=name,n\n=1+1,-1\n+1,-0.5\n"))
    }

    @Test("A workbook is nothing for a terminal, and says what to do")
    func terminal() {
        let error = #expect(throws: Diagnostic.self) {
            try XLSXFormat().contents(of: Report(registration),
                                      Presentation(.zh, destination: .terminal))
        }
        #expect(error?.code == "xlsx.terminal")
        #expect(error?.hint?.en.contains("--output") == true)
        #expect(Formats.forFile("a.XLSX")?.name == "xlsx")
    }

    @Test("Sheet names: valid, short, unlike each other whatever their case")
    func sheetNames() {
        var names = XLSXSheetNames()
        #expect(names.take("进展") == "进展")
        #expect(names.take("进展") == "进展 (2)")
        #expect(names.take("a/b:c [d]?*\\") == "a b c (d)")
        #expect(names.take("Rates") == "Rates")
        #expect(names.take("RATES") == "RATES (2)")
        #expect(names.take("History") == "History (2)")
        #expect(names.take("'a'") == "’a’")
        #expect(names.take("") == "–")
        let long = String(repeating: "团", count: 40)
        #expect(names.take(long).utf16.count == 31)
        #expect(names.take(long, ending: " 图").hasSuffix("… 图"))
        #expect(names.take(long, ending: " 图").hasSuffix("… 图 (2)"))
        #expect(names.take(String(repeating: "𠮷", count: 20)).utf16.count <= 31)
    }

    @Test("Short sections share a sheet, a long table has its own with what leads to it")
    func sections() {
        func names(_ blocks: [Report.Block]) -> [String] {
            XLSXSection.all(of: Report(blocks), .en).shown.map(\.name)
        }
        func heading(_ text: String, _ level: Int) -> Report.Block {
            .heading(Message(text), level: level)
        }
        let table = Report.Block.table(registration), words = Report.Block.text(Message("x"))
        #expect(names([]) == ["Result"])
        #expect(names([table, table]) == ["Result"])
        #expect(names([heading("A (2017)", 1), words, heading("B", 2), table, heading("C", 2)])
                == ["B"])
        func long(_ count: Int) -> Report.Block {
            let names = (0..<count).map { Cell.text("x\($0)") }
            return .table(ResultTable(columns: [ResultColumn(name: Term("x"))], cells: [names],
                                      rowCount: count))
        }
        #expect(names([heading("A", 1), words, words, words, heading("B", 2), table]) == ["B"])
        #expect(names([heading("A", 1)] + (0..<9).map { _ in words } + [heading("B", 2), table])
                == ["A", "B"])
        #expect(names([heading("A", 1), heading("B", 3), table, heading("C", 3), table]) == ["B"])
        #expect(names([heading("B", 2), table, heading("C", 2), long(30), heading("D", 2), table])
                == ["B", "C", "D"])
        #expect(names([heading("B", 2), long(18), heading("C", 2), long(18), heading("D", 2),
                       long(18)]) == ["B", "D"])
        let report = Report([heading("A", 1), table, .provenance([])])
        #expect(XLSXSection.all(of: report, .en).provenance.count == 1)
    }

    @Test("What a cell holds, and how it is shown")
    func values() throws {
        func held(_ display: Display, _ cell: Cell, _ language: Language = .zh) throws -> String {
            let column = ResultColumn(name: Term("x"), display: display, isNumeric: true)
            let shown = ShownColumn(column, [cell], rows: [0], Presentation(language))
            let (value, format) = try XLSXColumn(
                shown, Presentation(language), hasFilter: false).value(0)
            return switch value {
            case .blank: "nothing"
            case .number(let number): "\(number) as \(format)"
            case .text(let text): "“\(text)”"
            }
        }
        #expect(try held(.percent, .number(0.5225)) == "0.5225 as 0.0%")
        // As many decimals as keep a spreadsheet's rounding from 100%, zero and the target.
        #expect(try held(.percent, .number(0.9996)) == "0.9996 as 0.00%")
        #expect(try held(.percent, .number(0.999996)) == "0.999996 as 0.0000%")
        #expect(try held(.percent, .number(0.0002)) == "0.0002 as 0.00%")
        #expect(try held(.points, .number(-0.029)) == "-2.9 as +0.0;-0.0;0.0")
        #expect(try held(.points, .number(-0.0004)) == "-0.04 as +0.00;-0.00;0.0")
        #expect(try held(.hours, .decimal(5950, places: 2)) == "59.5 as \(amountFormat(1))")
        #expect(try held(.plain, .decimal(5950, places: 2)) == "59.5 as \(amountFormat(1))")
        #expect(try held(.count, .integer(13_099)) == "13099.0 as \(amountFormat(0))")
        #expect(try held(.plain, .integer(13_099)) == "13099.0 as 0")
        #expect(try held(.plain, .number(1.25)) == "1.25 as 0.00")
        #expect(try held(.plain, .number(.nan)) == "nothing")
        #expect(try held(.plain, .number(.infinity)) == "“inf”")
        #expect(try held(.plain, .number(1e300)) == "1e+300 as ")
        #expect(try held(.plain, .integer(1_000_000_000_000_000)) == "“1000000000000000”")
        #expect(try held(.plain, .bool(true)) == "“是”")
        #expect(try held(.plain, .none) == "nothing")
        #expect(try held(.plain, .month(2015 * 12 + 5)) == "“2015-06”")
        #expect(try held(.plain, .year(2015)) == "2015.0 as 0")
        #expect(try held(.plain, .day(CivilDay.number(2015, 10, 31) ?? 0)) == "42308.0 as yyyy-mm-dd")
        #expect(try held(.plain, .day(CivilDay.number(1900, 3, 1) ?? 0)) == "61.0 as yyyy-mm-dd")
        #expect(try held(.plain, .day(CivilDay.number(1900, 2, 28) ?? 0)) == "“1900-02-28”")
        // A year that had not ended is a number that says so.
        let year = registration.columns[1], cells = registration.cells[1]
        let shown = try XLSXColumn(
            ShownColumn(year, cells, rows: Array(cells.indices), Presentation(.zh)),
            Presentation(.zh), hasFilter: false)
        #expect(shown.value(1).format == "0\"（截至10月31日）\"")
        #expect(shown.value(0).format == "0")
    }

    @Test("A table that no sheet holds is an error with a way out")
    func tooLarge() {
        let count = XLSXSheet.rowLimit
        let table = ResultTable(columns: [ResultColumn(name: Term("x"))],
                                cells: [Array(repeating: .none, count: count)], rowCount: count)
        let error = #expect(throws: Diagnostic.self) {
            try XLSXFormat().contents(of: Report(table), Presentation(.en))
        }
        #expect(error?.code == "xlsx.size")
    }

    @Test("Whoever follows the writing is told, and can stop it")
    func advance() {
        let table = ResultTable(
            columns: [ResultColumn(name: Term("x"))],
            cells: [(0..<5000).map { .integer($0) }], rowCount: 5000)
        let stop = Diagnostic("run.cancelled", Message("stop"))
        let presentation = Presentation(.en, destination: .file) { done, total
            throws(Diagnostic) in
            #expect(done <= total && total == 5000)
            if done > 2000 { throw stop }
        }
        let error = #expect(throws: Diagnostic.self) {
            try XLSXFormat().contents(of: Report(table), presentation)
        }
        #expect(error?.code == "run.cancelled")
    }
}

/// The library packs a workbook by itself, which takes as long as all the rows before.
@Suite("A workbook that is stopped")
struct StoppedWorkbookTests {
    private static let rows = 20_000
    private static let report = Report(ResultTable(
        columns: [ResultColumn(name: Term("name")), ResultColumn(name: Term("n"), isNumeric: true)],
        cells: [(0..<rows).map { .text("row \($0 &* 7_919)") }, (0..<rows).map { .integer(Int64($0)) }],
        rowCount: rows))

    @Test("Whether to stop is asked for while it is packed, and ends it", arguments: [10, 1_000_000])
    func stops(largeCells: Int) throws {
        let asked = Atomic<Int>(0), stopsAt = Atomic<Int>(.max)
        func write() throws(Diagnostic) -> [UInt8] {
            asked.store(0, ordering: .relaxed)
            return try XLSXFormat(largeCells: largeCells).contents(
                of: Self.report, Presentation(.en, destination: .file) {
                    _, _ throws(Diagnostic) in
                    if asked.wrappingAdd(1, ordering: .relaxed).newValue
                        >= stopsAt.load(ordering: .relaxed) { throw .interrupted }
                })
        }
        let whole = try write()
        let all = asked.load(ordering: .relaxed)
        // Measured (each column) and written it is asked for every 1,024 rows; packed, more often.
        #expect(all > 4 * Self.rows / 1024 + 20)
        for place in [1, Self.rows / 1024, all / 2, all] {
            stopsAt.store(place, ordering: .relaxed)
            let fault = #expect(throws: Diagnostic.self) { try write() }
            #expect(fault?.isCancellation == true, "stopped at \(place) of \(all)")
        }
        // Nothing of it is left in the library: the next one is whole.
        stopsAt.store(.max, ordering: .relaxed)
        #expect(try write() == whole)
    }
}
