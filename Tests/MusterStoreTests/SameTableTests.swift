import Foundation
import MusterValues
import Testing
@testable import MusterStore

/// The same rows as a workbook, as CSV and as JSON are the same table, types and values.
struct SameTableTests {
    enum Value {
        case blank, number(String), day(Int32), truth(Bool), text(String)

        var csv: String {
            switch self {
            case .blank: ""
            case .number(let digits): digits
            case .day(let day): CivilDay.text(day)
            case .truth(let value): value ? "TRUE" : "FALSE"
            case .text(let text):
                "\"" + text.replacing("\"", with: "\"\"") + "\""
            }
        }

        var json: String {
            switch self {
            case .blank: "null"
            case .number(let digits): digits
            case .day(let day): "\"\(CivilDay.text(day))\""
            case .truth(let value): String(value)
            case .text(let text):
                "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
            }
        }

        /// Days count from 1899-12-30, and the second style shows them.
        var cell: String {
            switch self {
            case .blank: "<c/>"
            case .number(let digits): "<c><v>\(digits)</v></c>"
            case .day(let day): "<c s=\"1\"><v>\(day + 25569)</v></c>"
            case .truth(let value): "<c t=\"b\"><v>\(value ? 1 : 0)</v></c>"
            case .text(let text):
                "<c t=\"inlineStr\"><is><t>" + text.replacing("&", with: "&amp;")
                    .replacing("<", with: "&lt;") + "</t></is></c>"
            }
        }
    }

    private func digits(_ numbers: inout Numbers, places: Int) -> String {
        let number = Int.random(in: -99_999_999...99_999_999, using: &numbers)
        let text = places == 0 ? String(number) : FixedPoint.text(Int64(number), places)
        // As a number is printed: without zeros at its end.
        guard places > 0 else { return text }
        var digits = text[...]
        while digits.last == "0" { digits.removeLast() }
        return digits.last == "." ? String(digits.dropLast()) : String(digits)
    }

    private typealias Making = (inout Numbers, Int) -> Value

    /// Each column by the type that it must have.
    private var columns: [(name: String, type: String, value: Making)] {
        let day = CivilDay.number(2015, 6, 3) ?? 0
        return [
            ("姓名", "text", { numbers, _ in .text("团员\(Int.random(in: 0..<70, using: &numbers))") }),
            ("整数", "integer", { numbers, _ in .number(digits(&numbers, places: 0)) }),
            ("两位", "decimal 2", { numbers, _ in .number(digits(&numbers, places: 2)) }),
            ("六位", "decimal 6", { numbers, row in
                .number(digits(&numbers, places: 6 - row % 2))
            }),
            ("小数", "double", { numbers, _ in
                .number(String(Double(Int.random(in: 1...999_999_999, using: &numbers)) / 1e9))
            }),
            ("大数", "integer", { _, row in .number("12345678901234567\(row % 10)") }),
            ("日期", "day", { numbers, _ in .day(day + Int32.random(in: 0...900, using: &numbers)) }),
            ("是否", "bool", { numbers, _ in .truth(Bool.random(using: &numbers)) }),
            ("有空", "integer", { _, row in row % 3 == 0 ? .blank : .number("\(row % 5)") }),
            ("全空", "text", { _, _ in .blank }),
            ("说无", "day", { _, row in row % 4 == 0 ? .text("无") : .day(day + Int32(row % 9)) }),
            ("编号", "text", { _, row in row % 2 == 0 ? .number("\(row)") : .text("X\(row)") }),
            ("零头", "text", { _, row in .text("00\(row % 7)") }),
            ("引号", "text", { _, row in
                .text(["a\"b", "a,b", "<x>&amp;", "\\n", " 空 ", "é"][row % 6])
            }),
            ("杂色", "text", { _, row in row == 30 ? .text("约五") : .number("\(row)") }),
        ]
    }

    private func type(_ column: Column?) -> String {
        switch column {
        case .text: "text"
        case .day: "day"
        case .integer: "integer"
        case .decimal(_, let places): "decimal \(places)"
        case .double: "double"
        case .bool: "bool"
        case .hundredths, .reference, nil: "?"
        }
    }

    @Test func aWorkbookTheCSVAndTheJSONGiveTheSame() throws {
        let folder = try TemporaryFolder()
        var numbers = Numbers(state: 53)
        let names = columns.map(\.name)
        let rows = (0..<400).map { row in columns.map { $0.value(&numbers, row) } }
        let csv = ([names.joined(separator: ",")]
            + rows.map { $0.map(\.csv).joined(separator: ",") }).joined(separator: "\n")
        let json = "[" + rows.map { row in
            "{" + zip(names, row).map { "\"\($0)\":\($1.json)" }.joined(separator: ",") + "}"
        }.joined(separator: ",\n") + "]"
        var parts = WorkbookParts(([names.map(Value.text)] + rows).map {
            "<row>" + $0.map(\.cell).joined() + "</row>"
        }.joined())
        parts["xl/styles.xml"] = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
            + "</cellXfs></styleSheet>"
        let loader = PlainTableLoader()
        let book = try loader.load(folder.write("t.xlsx", parts.bytes), name: "t")
        let separated = try loader.load(folder.write("t.csv", csv), name: "t")
        let objects = try loader.load(folder.write("t.json", json), name: "t")
        #expect(names.map { type(book.table[$0]) } == columns.map(\.type))
        #expect(names.map { type(separated.table[$0]) } == columns.map(\.type))
        #expect(contents(book.table) == contents(separated.table))
        // JSON has no column in which there is nothing, and numbers its columns as they come.
        for name in names where name != "全空" {
            #expect(type(objects.table[name]) == type(book.table[name]), "\(name)")
            #expect(cells(objects.table, name) == cells(book.table, name), "\(name)")
        }
        #expect(book.mixed == separated.mixed)
        #expect(book.mixed.map(\.name) == ["杂色"])
    }

    /// The files of the corpus whose rows a workbook can hold, cell by cell as texts.
    @Test(arguments: fileCorpus.filter { file in
        file.name.hasSuffix(".csv") && !file.mark && file.encoding == "UTF-8" && !file.packed
            && file.expected.allSatisfy { !$0.hasPrefix("refused") }
    })
    func cellsAreReadAsTheirTexts(_ file: CorpusFile) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(file.name, file.text)
        let loaded = try PlainTableLoader().load(path, name: "t")
        let records = try SeparatedRecords(try SeparatedDialect(path: path))
        var rows: [[Value]] = []
        while let record = try records.next() {
            rows.append(record.map { $0.isEmpty ? .blank : .text(String(decoding: $0, as: UTF8.self)) })
        }
        let parts = WorkbookParts(rows.map { row in
            "<row>" + row.map(\.cell).joined() + "</row>"
        }.joined())
        let sheet = try SheetFile.read(folder.write("t.xlsx", parts.bytes)).sheets.first
        // A row without anything is no row of a workbook, and a title is passed over there.
        let filled = rows.filter { $0.contains { if case .blank = $0 { false } else { true } } }
        guard let sheet, filled.count == rows.count,
              SheetHeading(sheet)?.rows == 0...0 else { return }
        let book = try PlainTableLoader().load(folder.path + "/t.xlsx", name: "t")
        #expect(contents(book.table) == contents(loaded.table))
        #expect(book.mixed.map(\.texts) == loaded.mixed.map(\.texts))
    }

    /// What a number's digits say is what its text is read as.
    @Test func digitsAreThoseOfTheirDouble() {
        var numbers = Numbers(state: 15)
        let powers = [1, 10, 100, 1e3, 1e6, 1e9, 1e12, 1e15, 1e18, 1e22]
        var values: [Double] = [0, -0.0, 0.1 + 0.2, 1e15, 999_999_999_999_999.5, 1e-5, 1e-4,
                                .leastNonzeroMagnitude, .greatestFiniteMagnitude, 123_456_789_012_345.67, 2.9999999999999996]
        for _ in 0..<4_000 {
            let digits = Double(Int.random(in: 1...999_999_999_999_999, using: &numbers))
            let power = powers.randomElement(using: &numbers) ?? 1
            values += [digits * power, digits / power, -digits / power]
            values.append(Double(bitPattern: numbers.next()))
            values.append(Double.random(in: -1...1, using: &numbers))
            values.append(Double(Int.random(in: -9999...9999, using: &numbers)) / 100)
        }
        for value in values where value.isFinite {
            let text = SheetNumber.written(value)
            #expect(text == Self.printed(value), "\(value)")
            guard let read = Double(text) else { Issue.record("\(text) is no number"); continue }
            // Fifteen digits, whatever else the double has.
            #expect(abs(read - value) <= abs(value) * 1e-14, "\(value)")
            switch WrittenValue(text) {
            case .whole(let whole): #expect(String(whole) == text)
            case .decimal(let digits, let places): #expect(FixedPoint.text(digits, places) == text)
            case .number(let double): #expect(double.description == text)
            case .blank, .bool, .pointed, .day, .text:
                Issue.record("\(text) is read as no number")
            }
        }
    }

    /// By the printing of C, digit by digit: at most fifteen that count.
    private static func printed(_ value: Double) -> String {
        if value == 0 { return "0" }
        let text = String(format: "%.14e", value)
        let parts = text.split(separator: "e")
        var digits = parts[0].filter(\.isNumber)
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        guard let power = Int(parts[1]) else { return text }
        let sign = value < 0 ? "-" : "", places = digits.count - 1 - power
        if places <= 0, power < 18 { return sign + digits + String(repeating: "0", count: -places) }
        if places > 0, places <= 6 || power >= -4 {
            let padded = String(repeating: "0", count: max(0, -power)) + digits
            let point = padded.index(padded.endIndex, offsetBy: -places)
            return sign + padded[..<point] + "." + padded[point...]
        }
        let rounded = Double(sign + digits + "e\(power - digits.count + 1)")
        return (rounded.flatMap { $0.isFinite ? $0 : nil } ?? value).description
    }
}
