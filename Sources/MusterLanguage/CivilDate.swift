import MusterDiagnostics

/// Days and months of the proleptic Gregorian calendar, as literals need them.
enum CivilDate {
    static let years = 1...9999

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01; the parts must be those of a day.
    static func day(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
        // Years begin in March, so that the leap day is the last of its year.
        let shifted = month > 2 ? month - 3 : month + 9
        let marchYear = month > 2 ? year : year - 1
        let era = marchYear >= 0 ? marchYear / 400 : (marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * shifted + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// Why there is no such day or month, and what there is; nil where it exists.
    static func fault(_ year: Int, _ month: Int?, _ day: Int?) -> (Message, hint: Message)? {
        guard years.contains(year) else {
            return (Message(zh: "没有 \(year) 年", en: "there is no year \(year)"),
                    Message(zh: "年份为 0001 至 9999", en: "years go from 0001 to 9999"))
        }
        guard let month else { return nil }
        guard (1...12).contains(month) else {
            return (Message(zh: "没有 \(month) 月", en: "there is no month \(month)"),
                    Message(zh: "月份为 1 至 12；减法请在 - 两边加空格",
                            en: "months go from 1 to 12; to subtract, put spaces around the -"))
        }
        guard let day else { return nil }
        let length = length(ofMonth: month, year: year)
        guard (1...length).contains(day) else {
            return (Message(zh: "没有 \(year) 年 \(month) 月 \(day) 日",
                            en: "there is no day \(day) in month \(month) of \(year)"),
                    Message(zh: "该月有 \(length) 天", en: "that month has \(length) days"))
        }
        return nil
    }
}
