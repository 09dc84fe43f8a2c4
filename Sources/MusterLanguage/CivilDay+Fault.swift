import MusterValues
import MusterDiagnostics

/// What is wrong with a day or month as it was written.
extension CivilDay {
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
