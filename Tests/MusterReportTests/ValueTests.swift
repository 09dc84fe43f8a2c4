import MusterCalendar
import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("Values")
struct ValueTests {
    @Test("Rates round half away from zero, on their decimal digits")
    func percent() {
        // 209/400 is 52.25 %; as a binary fraction it lies a hair below.
        let rates: [Double] = [209.0 / 400, 0.5, 0, 1, 0.00049, 0.0005, 0.9995, 0.99949, 1.0 / 3]
        #expect(column(.percent, rates.map { .number($0) })
            == ["52.3%", "50.0%", "0.0%", "100.0%", "0.0%", "0.1%", "100.0%", "99.9%", "33.3%"])
        #expect(column(.percent, [.integer(1), .hundredths(95)]) == ["100.0%", "95.0%"])
    }

    @Test("Points carry a sign, zero none")
    func points() {
        #expect(column(.points, [.number(0.032), .number(-0.1005), .number(-0.0004), .number(0)])
            == ["+3.2", "-10.1", "0.0", "0.0"])
    }

    @Test("Hours: at most two decimals, the same number in all of a column")
    func hours() {
        #expect(column(.hours, [.hundredths(5950), .hundredths(1400)]) == ["59.5", "14.0"])
        #expect(column(.hours, [.hundredths(1400), .hundredths(-200)]) == ["14", "-2"])
        #expect(column(.hours, [.number(37.0 / 3), .hundredths(25)]) == ["12.33", "0.25"])
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
            == ["-9223372036854775808", "9223372036854775807", "1234567"])
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
        #expect(plainText(hundredths: 5950) == "59.5")
        #expect(plainText(hundredths: 1400) == "14.0")
        #expect(plainText(hundredths: -5) == "-0.05")
        #expect(plainText(hundredths: .min) == "-92233720368547758.08")
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
