import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore
import MusterValues

/// `substring(t, from, n)`: n characters from a place on, counted from 1 as `length` counts them.
enum SubstringOf: Function {
    static let name = Term("substring", "截取")
    static let synonyms = ["substr", "mid", "截取文字"]
    static let usage = Message(zh: "截取(文字, 从第几字, 字数) · 截取(文字, 从第几字)",
                               en: "substring(t, from, n) · substring(t, from)")
    static let summary = Message(zh: "从第几字起的若干字，第一个字是 1；不写字数则到末尾",
                                 en: "n characters from a place on, the first is 1; without n to the end")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...3)
        let text = try call.text(0, binder)
        let numbers = try call.arguments.indices.dropFirst().map {
            try call.wholeNumber($0, binder, from: $0 == 1 ? 1 : 0)
        }
        let toTheEnd = Scalar.constant(.int(Int64(Int32.max)), .integer)
        let all = [text] + numbers + (numbers.count == 1 ? [toTheEnd] : [])
        return try TextParts.call(name.en, all, call, binder)
    }

    /// Places before the first character hold nothing, as in SQL.
    static let kernels = [TextParts.kernel(name.en) { text, numbers in
        guard case .int(let from) = numbers[0], case .int(let count) = numbers[1]
        else { return nil }
        let first = clamped(from), end = first + max(0, clamped(count))
        let scalars = text.unicodeScalars.dropFirst(Int(max(1, first)) - 1)
        return String(String.UnicodeScalarView(scalars.prefix(Int(max(0, end - max(1, first))))))
    }]

    private static let farthest: Int64 = 1_000_000_000

    private static func clamped(_ number: Int64) -> Int64 {
        min(max(number, -farthest), farthest)
    }

    static let sql: [FunctionSQL] = {
        func clamped(_ number: String) -> String {
            "cast(least(greatest(\(number), -\(farthest)), \(farthest)) as integer)"
        }
        let first = clamped("{1}"), count = "greatest(\(clamped("{2}")), 0)"
        return [FunctionSQL(name.en, "case when {1} is not null and {2} is not null then "
            + "substring({0}, greatest(\(first), 1), "
            + "greatest(least(\(first), 1) - 1 + \(count), 0)) end")]
    }()
}

/// `split(t, sep, n)`: the n-th of the parts that a text is divided into.
enum Split: Function {
    static let name = Term("split", "分段")
    static let synonyms = ["split_part", "拆分", "分割"]
    static let usage = Message(zh: "分段(文字, 分隔, 第几段)", en: "split(t, sep, n)")
    static let summary = Message(zh: "文字按分隔的文字分开后的第几段，从 1 起；没有这一段的为空",
                                 en: "the n-th part of a text that is divided, from 1; none where "
                                     + "there are fewer")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(3...3)
        let text = try call.text(0, binder), separator = try call.text(1, binder)
        if case .text("")? = separator.constantValue {
            throw Diagnostic.mismatch(Message(zh: "分隔的文字不能是空的",
                                              en: "what divides a text cannot be empty"),
                                      at: call.arguments[1].value.span,
                                      hint: Message(zh: "例如 分段(文字, \"-\", 1)",
                                                    en: "for example split(t, \"-\", 1)"))
        }
        let number = try call.wholeNumber(2, binder, from: 1)
        return try TextParts.call(name.en, [text, separator, number], call, binder)
    }

    static let kernels = [TextParts.kernel(name.en) { text, rest in
        guard case .text(let separator) = rest[0], case .int(let number) = rest[1], number >= 1
        else { return nil }
        let parts = TextParts.parts(text, separator)
        return number <= parts.count ? parts[Int(number) - 1] : nil
    }]

    static let sql = [FunctionSQL(
        name.en, "case when {1} = '' and {2} = 1 then {0} when {1} <> '' and {2} between 1 and "
            + "(length({0}) - length(replace({0}, {1}, ''))) / length({1}) + 1 "
            + "then split_part({0}, {1}, cast({2} as integer)) end")]
}

/// `extract(t, "regex")`: what the first group of a regular expression matches.
enum Extract: Function {
    static let name = Term("extract", "提取")
    static let synonyms = ["regexp_extract", "str_extract", "regexp_substr", "regexextract"]
    static let usage = Message(zh: "提取(文字, \"正则表达式\")", en: "extract(t, \"regex\")")
    static let summary = Message(
        zh: "与正则表达式相符的部分，有括号的取第一个括号里的；没有相符的为空",
        en: "what a regular expression matches, its first group where it has one; none where "
            + "nothing matches")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        let text = try call.text(0, binder), pattern = try call.text(1, binder)
        if pattern.type == .none { return .constant(.none, .plainText) }
        guard case .text(let expression)? = pattern.bare.constantValue else {
            throw Diagnostic.mismatch(Message(
                zh: "正则表达式须写出来，每行都相同",
                en: "the regular expression is written out, the same for all rows"),
                at: call.arguments[1].value.span,
                hint: Message(zh: "写作：\(usage.zh)", en: "write \(usage.en)"))
        }
        _ = try Pattern(expression, at: call.arguments[1].value.span)
        return try TextParts.call(name.en, [text, pattern], call, binder)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        guard case .text(let codes, let texts) = call.arguments[1],
              let first = codes.first(where: { $0 >= 0 }) else {
            return ValueType.plainText.noTexts(call.count)
        }
        let pattern = try Pattern(texts[first])
        return try TextParts.kernel(name.en) { text, _ in pattern.first(in: text) }.evaluate(call)
    }]
}

enum TextParts {
    /// A call that gives a part of its first text. A part of what is hidden would tell it, so it
    /// does not pass as hidden: such a call is refused as a test would be (`Scalar.probes`). So is
    /// one of a person's name where names are hidden, of which the first character shows.
    static func call(_ name: String, _ arguments: [Scalar], _ call: Call, _ binder: Binder) throws
        -> Scalar {
        let type = ValueType.text(madeOf: arguments.map(\.type))
        if type.isPersonal, binder.catalog.hidesNames {
            throw Diagnostic("names.part", Message(
                zh: "姓名已隐去，不能取其中的一部分",
                en: "names are hidden, and so are parts of them"), at: call.span,
                hint: Message(zh: "要看姓名，先取消隐去姓名的设置",
                              en: "to see names, undo the setting that hides them"))
        }
        let made: ValueType = type.isSensitive ? .plainText : type
        if arguments.contains(where: { $0.type == .none }) { return .constant(.none, made) }
        return Scalar(.call(name, arguments), made)
    }

    /// Worked out once for each text, as long as the arguments behind it are the same.
    static func kernel(_ name: String,
                       _ body: @escaping @Sendable (String, [Constant]) -> String?)
        -> FunctionKernel {
        FunctionKernel(name) { call in
            guard case .text(let codes, let texts) = call.arguments[0] else {
                return ValueType.plainText.noTexts(call.count)
            }
            let rest = call.arguments.dropFirst()
            var builder = TextBuilder(), known: [Int32: Int32] = [:], last: [Int64] = []
            return .text((0..<call.count).map { row in
                let marks = rest.map { $0.mark(row) }
                if marks != last { (known, last) = ([:], marks) }
                let code = codes[row]
                if code < 0 || rest.contains(where: { $0.isNone(row) }) { return None.code }
                if let answer = known[code] { return answer }
                let answer = body(texts[code], rest.map { $0.constant(row) })
                    .map { builder.code($0) } ?? None.code
                known[code] = answer
                return answer
            }, builder.dictionary)
        }
    }

    /// What stands between the places where a text holds another, from the first on; exactly by
    /// code points. The whole text where the other is empty.
    static func parts(_ text: String, _ separator: String) -> [String] {
        guard !separator.isEmpty else { return [text] }
        let search = ByteSearch(Array(separator.utf8)), length = separator.utf8.count
        var text = text
        return text.withUTF8 { bytes in
            var parts: [String] = [], start = 0
            while let place = search.next(in: bytes, from: start) {
                parts.append(String(decoding: bytes[start..<place], as: UTF8.self))
                start = place + length
            }
            return parts + [String(decoding: bytes[start...], as: UTF8.self)]
        }
    }
}

extension Call {
    /// A whole number as an argument; one that is written out is not below a least one.
    fileprivate func wholeNumber(_ index: Int, _ binder: Binder, from least: Int64) throws
        -> Scalar {
        let number = try value(index, binder, Message(zh: "整数", en: "a whole number")) {
            $0 == .integer
        }
        guard case .int(let value)? = number.constantValue, value < least else { return number }
        throw Diagnostic.mismatch(Message(
            zh: "\(name.text) 的第 \(index + 1) 个参数从 \(least) 起",
            en: "argument \(index + 1) of \(name.text) begins with \(least)"),
            at: arguments[index].value.span,
            hint: Message(zh: "写作：\(usage.zh)", en: "write \(usage.en)"))
    }
}

extension ValueType {
    fileprivate func noTexts(_ count: Int) -> Vector {
        .text([Int32](repeating: None.code, count: count), TextBuilder().dictionary)
    }
}

extension Vector {
    /// What tells a text or whole number from the others of a vector.
    fileprivate func mark(_ row: Int) -> Int64 {
        switch self {
        case .text(let codes, _): Int64(codes[row])
        case .int(let values): values[row]
        default: 0
        }
    }
}
