import CSimdjson
import Foundation
import MusterValues
import Testing
@testable import MusterStore

struct CivilDayTests {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "UTC") ?? .gmt
        return calendar
    }()

    private func foundation(_ number: Int) -> (Int, Int, Int) {
        let date = Date(timeIntervalSince1970: Double(number) * 86_400)
        let parts = Self.calendar.dateComponents([.year, .month, .day], from: date)
        return (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
    }

    @Test func partsAgreeWithFoundation() {
        // From 1900 to 2199, every eleventh day, and every day about the ends of February.
        let ends = [1900, 1904, 1999, 2000, 2015, 2016, 2100].flatMap { year in
            let start = Int(CivilDay.number(year, 2, 25) ?? 0)
            return start...(start + 8)
        }
        for number in Array(stride(from: -25_567, through: 84_005, by: 11)) + ends {
            let (year, month, day) = foundation(number)
            #expect(CivilDay.parts(Int32(number)) == (year, month, day))
            #expect(CivilDay.number(year, month, day) == Int32(number))
            let text = CivilDay.text(Int32(number))
            #expect(muster_day(text, text.utf8.count) == Int32(number))
            #expect(CivilDay.month(of: Int32(number)) == Int32(year * 12 + month - 1))
        }
    }

    @Test func onlyDaysOfTheCalendarAreDays() {
        for year in [1900, 1996, 2000, 2015, 2100, 2199] {
            for month in 0...13 {
                for day in 0...32 {
                    let text = String(format: "%04d-%02d-%02d", year, month, day)
                    let number = CivilDay.number(year, month, day)
                    #expect(muster_day(text, 10) == number ?? None.day, "\(text)")
                }
            }
        }
        for text in ["2015-10-3", "2015-10-310", "2015 10-31", "2015-1a-31", "１015-10-31", "",
                     "-015-10-31", "2015-10- 1", "1899-12-31", "2200-01-01"] {
            #expect(muster_day(text, text.utf8.count) == None.day, "\(text)")
        }
    }

    @Test func periodsEndWhereTheyEnd() {
        #expect(CivilDay.days(ofYear: 2016).count == 366)
        #expect(CivilDay.days(ofMonth: 2016 * 12 + 1).count == 29)
        #expect(CivilDay.days(ofMonth: 2100 * 12 + 1).count == 28)
        #expect(CivilDay.text(CivilDay.days(ofYear: 2015).upperBound) == "2015-12-31")
    }
}
