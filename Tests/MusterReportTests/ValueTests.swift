import MusterValues
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("Values")
struct ValueTests {
    @Test("Rates round half away from zero, on their decimal digits")
    func percent() {
        // 209/400 is 52.25 %; as a binary fraction it lies a hair below.
        let rates: [Double] = [209.0 / 400, 0.5, 0, 1, 0.0005, 0.99949, 1.0 / 3]
        #expect(column(.percent, rates.map { .number($0) })
            == ["52.3%", "50.0%", "0.0%", "100.0%", "0.1%", "99.9%", "33.3%"])
        #expect(column(.percent, [.integer(1), .decimal(95, places: 2)]) == ["100.0%", "95.0%"])
    }

    @Test("No rate is rounded to 100%, to its target or to nothing that is not there yet")
    func limits() {
        let rates: [Double] = [2999.0 / 3000, 0.9995, 1, 1.0004, 1.0 / 3000, 0.0002, 0, -0.0002]
        #expect(column(.percent, rates.map { .number($0) })
            == ["99.9%", "99.9%", "100.0%", "100.0%", "0.1%", "0.1%", "0.0%", "−0.1%"])
        let due = [0.95, 0.95, 0.95, 0.95, 1, 2.0 / 3, 0.8752].map(Cell.number)
        let done = [0.9496, 0.9494, 0.95, 0.9504, 0.9996, 0.6666, 0.875].map(Cell.number)
        #expect(column(.percent, done, .against(due))
            == ["94.9%", "94.9%", "95.0%", "95.0%", "99.9%", "66.6%", "87.5%"])
        #expect(column(.percent, due, .target)
            == ["95.0%", "95.0%", "95.0%", "95.0%", "100.0%", "66.6667%", "87.52%"])
        #expect(column(.percent, [.number(0.9496), .none], .against([.none, .number(0.5)]))
            == ["95.0%", "–"])
    }

    @Test("Points carry a sign, zero none; what is missing is never shown as zero")
    func points() {
        let gaps = [0.032, -0.1005, -0.0005, -0.0004, -1e-9, 0, 0.0004, 0.0005]
        #expect(column(.points, gaps.map(Cell.number))
            == ["+3.2", "−10.1", "−0.1", "−0.1", "−0.1", "0.0", "0.0", "+0.1"])
    }

    @Test("Digits are ordered as their numbers are")
    func order() throws {
        let numbers = [-20.5, -20.05, -2, -0.1, -0.01, 0, 0.001, 0.0011, 0.02, 1, 1.5, 15, 150, 151]
        let digits = try numbers.map { try #require(DecimalDigits($0)) }
        for (one, first) in digits.enumerated() {
            for (other, second) in digits.enumerated() {
                #expect((first < second) == (one < other))
            }
        }
    }

    @Test("Hours of groups have one decimal, whatever the data; a list's stand as they are")
    func hours() throws {
        #expect(column(.hours, [.decimal(5950, places: 2), .decimal(1400, places: 2)]) == ["59.5", "14.0"])
        #expect(column(.hours, [.decimal(1400, places: 2), .decimal(-200, places: 2)]) == ["14.0", "−2.0"])
        #expect(column(.hours, [.number(37.0 / 3), .decimal(25, places: 2)]) == ["12.3", "0.3"])
        let hours = ResultColumn(name: Term("hours", "时长"), display: .hours, isNumeric: true)
        let cells: [[Cell]] = [[.decimal(125, places: 2), .decimal(1400, places: 2)]]
        func shown(_ table: ResultTable) throws -> [String] {
            let all = try ShownColumn.all(table, rows: [0, 1], Presentation(.zh))
            return [0, 1].map(all[0].text)
        }
        #expect(try shown(ResultTable(columns: [hours], cells: cells, rowCount: 2))
                == ["1.25", "14.00"])
        #expect(try shown(ResultTable(columns: [hours], cells: cells, rowCount: 2, totalRows: [1]))
                == ["1.3", "14.0"])
    }

    @Test("Doubles: in full up to six decimals, else four, and never rounded away")
    func doubles() {
        #expect(column(.plain, [.number(0.5), .number(12.345678)]) == ["0.500000", "12.345678"])
        #expect(column(.plain, [.number(37.0 / 3), .number(2)]) == ["12.3333", "2.0000"])
        #expect(column(.plain, [.number(0.1 + 0.2)]) == ["0.3"])
        #expect(column(.plain, [.number(1.0 / 3e6), .number(7.0 / 3)]) == ["0.000000333", "2.3333"])
        #expect(column(.plain, [.number(1e300), .number(.infinity), .number(.nan), .none])
            == ["1e+300", "inf", "–", "–"])
        #expect(column(.count, [.integer(.min), .integer(.max), .integer(1_234_567)])
            == ["−9,223,372,036,854,775,808", "9,223,372,036,854,775,807", "1,234,567"])
        #expect(column(.count, [.integer(9999), .integer(-10000), .integer(10000)])
            == ["9999", "−10,000", "10,000"])
        #expect(column(.plain, [.integer(20150603)]) == ["20150603"])
    }

    @Test("Decimal digits agree with the system's own reading")
    func digits() throws {
        for number in 0..<2_000 {
            // Dyadic, so that 16 decimals write it in full.
            let value = Double(number * 1_000_003 - 1_000_000_000) / 65_536
            let digits = try #require(DecimalDigits(value))
            #expect(Double(digits.text(16)) == value)
            let rounded = try #require(Double(digits.text(2)))
            #expect((rounded - value).magnitude <= 0.005 + 1e-9)
        }
        #expect(try #require(DecimalDigits(Double.leastNonzeroMagnitude)).text(3) == "0.000")
        #expect(try #require(DecimalDigits(0.05)).text(1) == "0.1")
        #expect(try #require(DecimalDigits(-9.96)).text(1) == "-10.0")
        #expect(try #require(DecimalDigits(1.5e20)).text(0) == "150000000000000000000")
    }

    @Test("Plain values")
    func plain() {
        #expect(FixedPoint.text(5950, 2) == "59.5")
        #expect(FixedPoint.text(1400, 2) == "14.0")
        #expect(FixedPoint.text(-5, 2) == "-0.05")
        #expect(FixedPoint.text(.min, 2) == "-92233720368547758.08")
        #expect(plainText(0.1 + 0.2) == "0.30000000000000004")
        #expect(plainText(.day(CivilDay.number(2015, 6, 3) ?? 0), .zh) == "2015-06-03")
        #expect(plainText(.month(2015 * 12 + 5), .zh) == "2015-06")
        #expect(plainText(.bool(false), .zh) == "false")
        #expect(plainText(.term(Term("total", "合计")), .zh) == "合计")
    }

    @Test("Controls are spelt out where people read")
    func controls() {
        #expect(visible("a\tb\r\nc") == "a\\tb\\r\\nc")
        #expect(visible("\u{1b}[31m\u{202e}x") == "\\u{1b}[31m\\u{202e}x")
        #expect(visible("👩‍👩‍👧 e\u{301}") == "👩‍👩‍👧 e\u{301}")
    }
}
