import MusterValues
import MusterDiagnostics

extension Lexer {
    /// A run of digits (full-width ones too) from a place on.
    private func digits(at place: Int) -> (text: String, end: Int) {
        var text = String.UnicodeScalarView()
        var end = place
        while let (scalar, after) = scalar(at: end), Lexer.isDigit(scalar) {
            text.append(scalar)
            end = after
        }
        return (String(text), end)
    }

    private func end(of wanted: Unicode.Scalar, at place: Int) -> Int? {
        guard let (scalar, end) = scalar(at: place), scalar == wanted else { return nil }
        return end
    }

    /// A number or a date: whatever begins with a digit.
    mutating func number() {
        let (whole, end) = digits(at: offset)
        if whole.count == 4, let year = Int(whole) {
            if let after = self.end(of: "年", at: end) { return chineseDate(year, after) }
            if let after = self.end(of: "-", at: end) { return hyphenDate(year, end, after) }
            if let after = self.end(of: "/", at: end), slashDate(year, after) { return }
        }
        var text = whole, scale = 0, stop = end
        if let point = self.end(of: ".", at: end) ?? self.end(of: "\u{3002}", at: end),
           case let (fraction, after) = digits(at: point), !fraction.isEmpty {
            (text, scale, stop) = (whole + fraction, fraction.count, after)
        }
        if let after = self.end(of: "%", at: stop), !joins(after) {
            (scale, stop) = (scale + 2, after)
        }
        let span = Span(offset, stop)
        let value = Int64(text)
        if value == nil {
            report("number.overflow",
                   Message(zh: "数字过大", en: "this number is too large"), span,
                   hint: Message(zh: "整数不超过 9223372036854775807（小数连同小数位共 18 位）",
                                 en: "whole numbers go up to 9223372036854775807, "
                                     + "decimals have up to 18 digits"))
        }
        let literal: Literal = stop == end ? .integer(value ?? 0)
            : .decimal(digits: value ?? 0, scale: min(scale, 18))
        if value != nil, scale > 18 {
            report("number.overflow",
                   Message(zh: "小数位过多", en: "this number has too many digits"), span,
                   hint: Message(zh: "最多 18 位", en: "at most 18"))
        }
        let next = word(at: stop)
        if let first = next.text.unicodeScalars.first, first.value < 0x80 {
            report("number.malformed",
                   Message(zh: "数字后不能紧跟字母", en: "letters cannot touch a number"),
                   Span(offset, next.end),
                   hint: Message(zh: "请用空格分开；以数字开头的名称写作 `\(slice(offset, next.end))`",
                                 en: "put a space between; a name that begins with a digit is "
                                     + "written `\(slice(offset, next.end))`"))
            return add(.invalid, to: next.end)
        }
        add(.literal(literal), to: stop)
    }

    /// Would a `%` before this place be modulo? It is where an operand touches it.
    private func joins(_ place: Int) -> Bool {
        guard let (scalar, _) = scalar(at: place) else { return false }
        return scalar == "(" || Lexer.continuesWord(scalar)
    }

    /// `2015年`, `2015年度`, `2015年6月`, `2015年6月3日`.
    private mutating func chineseDate(_ year: Int, _ place: Int) {
        if let end = end(of: "度", at: place) { return date(year, nil, nil, to: end) }
        let (month, monthEnd) = digits(at: place)
        guard (1...2).contains(month.count), let afterMonth = end(of: "月", at: monthEnd) else {
            return date(year, nil, nil, to: place)
        }
        let (day, dayEnd) = digits(at: afterMonth)
        guard (1...2).contains(day.count),
              let end = end(of: "日", at: dayEnd) ?? end(of: "号", at: dayEnd) else {
            return date(year, Int(month), nil, to: afterMonth)
        }
        date(year, Int(month), Int(day), to: end)
    }

    /// `2015-10`, `2015-10-31`, `2015-1-5`: four digits and a hyphen are always a date.
    private mutating func hyphenDate(_ year: Int, _ yearEnd: Int, _ place: Int) {
        let (month, monthEnd) = digits(at: place)
        guard !month.isEmpty else {
            let stop = word(at: place).end
            report("date.malformed",
                   Message(zh: "四位数字后紧跟 - 是日期", en: "four digits and a hyphen are a date"),
                   Span(offset, stop),
                   hint: Message(zh: "减法请写 \(slice(offset, yearEnd)) - …",
                                 en: "to subtract, write \(slice(offset, yearEnd)) - …"))
            return add(.invalid, to: stop)
        }
        var stop = monthEnd
        var day: String?
        if let dayStart = end(of: "-", at: monthEnd), case let (text, end) = digits(at: dayStart),
           !text.isEmpty {
            (day, stop) = (text, end)
        }
        guard month.count <= 2, (day ?? "").count <= 2 else {
            report("date.malformed",
                   Message(zh: "不是日期", en: "this is no date"), Span(offset, stop),
                   hint: Message(zh: "日期写作 2015-10-31；减法请在 - 两边加空格",
                                 en: "a date is written 2015-10-31; to subtract, put spaces "
                                     + "around the -"))
            return add(.invalid, to: stop)
        }
        date(year, Int(month), day.flatMap { Int($0) }, to: stop)
    }

    /// `2015/10/31`, all three parts; anything less is a division.
    private mutating func slashDate(_ year: Int, _ place: Int) -> Bool {
        let (month, monthEnd) = digits(at: place)
        guard (1...2).contains(month.count), let dayStart = end(of: "/", at: monthEnd) else {
            return false
        }
        let (day, end) = digits(at: dayStart)
        guard (1...2).contains(day.count) else { return false }
        date(year, Int(month), Int(day), to: end)
        return true
    }

    private mutating func date(_ year: Int, _ month: Int?, _ day: Int?, to end: Int) {
        if let (message, hint) = CivilDay.fault(year, month, day) {
            report("date.invalid", message, Span(offset, end), hint: hint)
            return add(.invalid, to: end)
        }
        if let month, let day, let number = CivilDay.number(year, month, day) {
            add(.literal(.day(number)), to: end)
        } else if let month {
            add(.literal(.month(Int32(year * 12 + month - 1))), to: end)
        } else {
            add(.literal(.year(Int32(year))), to: end)
        }
    }
}
