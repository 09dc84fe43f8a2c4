/// A day of the proleptic Gregorian calendar as the number of days since 1970-01-01.
public enum CivilDay {
    public static let years = 1...9999

    /// The day number, or nil where there is no such day. Years 1…9999.
    public static func number(_ year: Int, _ month: Int, _ day: Int) -> Int32? {
        guard years.contains(year), (1...12).contains(month), day >= 1,
              day <= length(ofMonth: month, year: year) else { return nil }
        return unchecked(year, month, day)
    }

    /// Year, month and day of a day number. (Hinnant's civil-from-days arithmetic.)
    public static func parts(_ number: Int32) -> (year: Int, month: Int, day: Int) {
        let z = Int(number) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Months since year 0: 2015-06 is 2015 × 12 + 5.
    public static func month(of number: Int32) -> Int32 {
        let (year, month, _) = parts(number)
        return Int32(year * 12 + month - 1)
    }

    public static func year(of number: Int32) -> Int32 { Int32(parts(number).year) }

    /// First and last day of a month given as months since year 0.
    public static func days(ofMonth month: Int32) -> ClosedRange<Int32> {
        let year = Int(month) / 12, number = Int(month) % 12 + 1
        let first = unchecked(year, number, 1)
        return first...(first + Int32(length(ofMonth: number, year: year)) - 1)
    }

    public static func days(ofYear year: Int32) -> ClosedRange<Int32> {
        unchecked(Int(year), 1, 1)...unchecked(Int(year), 12, 31)
    }

    /// `2015-06-30`.
    public static func text(_ number: Int32) -> String {
        let (year, month, day) = parts(number)
        return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2)
    }

    /// `2015-06` for a month given as months since year 0.
    public static func text(ofMonth month: Int32) -> String {
        pad(Int(month) / 12, 4) + "-" + pad(Int(month) % 12 + 1, 2)
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func unchecked(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }
}
