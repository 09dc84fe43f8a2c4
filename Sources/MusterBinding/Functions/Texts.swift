import MusterValues
import MusterDiagnostics
import MusterPlan
import MusterStore

enum Lower: Function {
    static let name = Term("lower", "小写")
    static let synonyms = ["lcase", "tolower"]
    static let usage = Message(zh: "小写(文字)", en: "lower(t)")
    static let summary = Message(zh: "转为小写字母", en: "in lower case")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Texts.mapped(call, binder, name.en)
    }

    static let kernels = [Texts.kernel(name.en) { $0.lowercased() }]
    static let sql = [FunctionSQL(name.en, "lower({0} collate \"und-x-icu\")",
                                  ["spark": "lower({0})"])]
}

enum Upper: Function {
    static let name = Term("upper", "大写")
    static let synonyms = ["ucase", "toupper"]
    static let usage = Message(zh: "大写(文字)", en: "upper(t)")
    static let summary = Message(zh: "转为大写字母", en: "in upper case")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Texts.mapped(call, binder, name.en)
    }

    static let kernels = [Texts.kernel(name.en) { $0.uppercased() }]
    static let sql = [FunctionSQL(name.en, "upper({0} collate \"und-x-icu\")",
                                  ["spark": "upper({0})"])]
}

enum Length: Function {
    static let name = Term("length", "长度")
    static let synonyms = ["len", "strlen", "nchar", "字数"]
    static let usage = Message(zh: "长度(文字)", en: "length(t)")
    static let summary = Message(zh: "字数（Unicode 码位数）",
                                 en: "how many characters (code points of Unicode)")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        return Scalar(.call(name.en, [try call.text(0, binder)]), .integer)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        guard case .text(let codes, let dictionary) = call.arguments[0] else {
            return .int([Int64](repeating: None.integer, count: call.count))
        }
        return .int(codes.map { code in
            code < 0 ? None.integer : Int64(dictionary[code].unicodeScalars.count)
        })
    }]
    static let sql = [FunctionSQL(name.en, "cast(length({0}) as bigint)")]
}

/// `concat(a, b, …)`: texts, numbers and days one behind the other; none adds nothing.
enum Concat: Function {
    static let name = Term("concat", "连接")
    static let synonyms = ["concatenate", "拼接"]
    static let usage = Message(zh: "连接(文字, 文字, …)", en: "concat(a, b, …)")
    static let summary = Message(zh: "把几段文字连成一段；空值不占位",
                                 en: "texts one behind the other; none adds nothing")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...16)
        let parts = try call.arguments.indices.map { try call.value($0, binder) }
        for (part, argument) in zip(parts, call.arguments) {
            if case .row(let entity) = part.type {
                let noun = binder.domain.noun(entity), place = binder.domain.words.hints.place
                throw Diagnostic.mismatch(Message(
                    zh: "连接 不接受\(noun.zh)本身，请用其名称",
                    en: "concat takes a name, not the \(noun.en) itself"),
                    at: argument.value.span, hint: Message(zh: "例如 \(place.zh).名称",
                                                           en: "for example \(place.en).name"))
            }
        }
        return Scalar(.call(name.en, parts), .text(madeOf: parts.map(\.type)))
    }

    static let kernels = [FunctionKernel(name.en) { call in
        var builder = TextBuilder()
        return .text((0..<call.count).map { row in
            let parts = zip(call.arguments, call.types).map { $0.constant(row).plain(as: $1) }
            return builder.code(parts.joined())
        }, builder.dictionary)
    }]

    static let sql = [FunctionSQL(name.en) { types, dialect in
        let parts = types.enumerated().compactMap { place, type in
            TextOf.written(type, "{\(place)}", in: dialect).map { "coalesce(\($0), '')" }
        }
        return parts.count == types.count ? parts.joined(separator: " || ") : nil
    }]
}

/// `coalesce(a, b, …)`: the first that is not none.
enum Coalesce: Function {
    static let name = Term("coalesce", "首个非空")
    static let synonyms = ["ifnull", "nvl"]
    static let usage = Message(zh: "首个非空(值, 代替值)", en: "coalesce(a, b)")
    static let summary = Message(zh: "第一个不为空的值", en: "the first that is not none")
    static let topics = ["空", "缺失", "没有", "missing", "null", "empty"]

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...16)
        var result = try call.value(call.arguments.count - 1, binder)
        for index in call.arguments.indices.dropLast().reversed() {
            let (a, b) = try binder.united(try call.value(index, binder), result, call.span)
            result = Scalar(.conditional(Scalar(.isNone(a), .bool), b, a), a.type)
        }
        return result
    }
}

package enum Texts {
    /// The call of a function of one text.
    static func mapped(_ call: Call, _ binder: Binder, _ name: String) throws -> Scalar {
        try call.expect(1...1)
        let text = try call.text(0, binder)
        return Scalar(.call(name, [text]), .text(madeOf: [text.type]))
    }

    /// Worked out once a text of the dictionary.
    static func kernel(_ name: String, _ body: @escaping @Sendable (String) -> String)
        -> FunctionKernel {
        FunctionKernel(name) { call in
            guard case .text(let codes, let dictionary) = call.arguments[0] else {
                return call.arguments[0]
            }
            var builder = TextBuilder()
            var known: [Int32: Int32] = [:]
            let mapped = codes.map { code -> Int32 in
                if code < 0 { return None.code }
                if let answer = known[code] { return answer }
                let answer = builder.code(body(dictionary[code]))
                known[code] = answer
                return answer
            }
            return .text(mapped, builder.dictionary)
        }
    }
}
