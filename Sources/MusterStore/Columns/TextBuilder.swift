import MusterValues

/// A column of texts in the making: each text that differs from those before gets the next code.
package struct TextBuilder: Sendable {
    private var known: [ExactText: Int32] = [:]
    private var texts: [String] = []

    package init() {}

    package mutating func code(_ text: String) -> Int32 {
        let exact = ExactText(text)
        if let code = known[exact] { return code }
        let code = Int32(texts.count)
        known[exact] = code
        texts.append(text)
        return code
    }

    package var dictionary: TextDictionary { TextDictionary(texts) }

    /// A column of these, in their order; nil is none.
    package static func column(_ values: [String?]) -> Column {
        var builder = TextBuilder()
        let codes = values.map { $0.map { builder.code($0) } ?? None.code }
        return .text(codes, builder.dictionary)
    }
}
