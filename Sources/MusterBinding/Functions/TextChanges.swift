import MusterDiagnostics
import MusterPlan
import MusterStore

/// `replace(t, a, b)`: every a made b, from the beginning on.
enum Replace: Function {
    static let name = Term("replace", "替换")
    static let synonyms = ["substitute", "str_replace"]
    static let usage = Message(zh: "替换(文字, 原来的, 改成的)", en: "replace(t, a, b)")
    static let summary = Message(zh: "把文字里每一处“原来的”改成“改成的”", en: "every a in a text made b")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(3...3)
        let texts = try (0..<3).map { try call.text($0, binder) }
        return try TextParts.call(name.en, texts, call, binder)
    }

    static let kernels = [TextParts.kernel(name.en) { text, rest in
        guard case .text(let old) = rest[0], case .text(let new) = rest[1] else { return nil }
        return TextParts.parts(text, old).joined(separator: new)
    }]
    static let sql = [FunctionSQL(name.en, "replace({0}, {1}, {2})")]
}

/// `trim(t)`: without what is blank at both ends.
enum Trim: Function {
    static let name = Term("trim", "去空格")
    static let synonyms = ["strip", "btrim", "去除空格", "去空白"]
    static let usage = Message(zh: "去空格(文字)", en: "trim(t)")
    static let summary = Message(zh: "去掉两端的空格（包括全角空格、制表符和换行）",
                                 en: "without blanks at both ends (full width, tabs and line breaks too)")

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Texts.mapped(call, binder, name.en)
    }

    static let kernels = [Texts.kernel(name.en) { text in
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
              let last = scalars.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(scalars[first...last])
    }]

    /// What Unicode calls white space, and what stands for none at all.
    static let blanks: [Unicode.Scalar] = {
        let spaces = [0x9...0xD, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680,
                      0x2000...0x200B, 0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F,
                      0x3000...0x3000, 0xFEFF...0xFEFF] as [ClosedRange<UInt32>]
        return spaces.joined().compactMap { Unicode.Scalar($0) }
    }()

    private static let blankSet = Set(blanks)

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { blankSet.contains(scalar) }

    static let sql: [FunctionSQL] = {
        let all = blanks.map { blank in
            let digits = String(blank.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
        return [FunctionSQL(name.en, "btrim({0}, E'\(all)')",
                            ["spark": "trim(both '\(all)' from {0})"])]
    }()
}
