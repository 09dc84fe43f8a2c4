import MusterDiagnostics

extension Diagnostic {
    /// A fault with the nearest known names as its way out, else the given hint. A near name is
    /// a guess; only one that differs in small and capital letters alone is what was typed.
    init(_ code: String, _ message: Message, at span: Span?, typed: String, among known: [Term],
         hint: Message? = nil) {
        guard let span, let same = sameButForCase(typed, among: known) else {
            self.init(code, message, at: span, suggestions: nearest(typed, among: known),
                      hint: hint)
            return
        }
        let name = Diagnostic.inBoth([same])
        self.init(code, message, at: span, hint: Message(zh: "写作 \(name.zh)",
                                                         en: "write \(name.en)"),
                  fixes: [Fix(span, same)])
    }

    /// A fault with guesses as its way out, else the given hint.
    init(_ code: String, _ message: Message, at span: Span?, suggestions: [Term],
         hint: Message? = nil) {
        var way = hint
        if !suggestions.isEmpty {
            let names = Diagnostic.inBoth(suggestions)
            way = Message(zh: "是否指 \(names.zh)？", en: "did you mean \(names.en)?")
        }
        self.init(code, message, at: span, hint: way)
    }

    /// Names as a hint shows them, each in both languages.
    static func inBoth(_ terms: [Term]) -> Message {
        let zh = terms.map { $0.zh == $0.en ? $0.zh : "\($0.zh)（\($0.en)）" }
        let en = terms.map { $0.zh == $0.en ? $0.en : "\($0.en) (\($0.zh))" }
        return Message(zh: zh.joined(separator: "、"), en: en.joined(separator: ", "))
    }

    static func mismatch(_ message: Message, at span: Span?, hint: Message? = nil) -> Diagnostic {
        Diagnostic("type.mismatch", message, at: span, hint: hint)
    }
}
