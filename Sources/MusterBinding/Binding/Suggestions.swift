import MusterDiagnostics

extension Diagnostic {
    /// A fault with the nearest known names as its way out, else the given hint.
    init(_ code: String, _ message: Message, at span: Span?, suggestions: [Term],
         hint: Message? = nil) {
        var fixes: [Fix] = []
        var way = hint
        if let first = suggestions.first {
            way = Message(zh: first.zh == first.en ? "是否指 \(first.zh)？"
                              : "是否指 \(first.zh)（\(first.en)）？",
                          en: first.zh == first.en ? "did you mean \(first.en)?"
                              : "did you mean \(first.en) (\(first.zh))?")
            if let span { fixes = [Fix(span, first)] }
        }
        self.init(code, message, at: span, hint: way, fixes: fixes)
    }

    static func mismatch(_ message: Message, at span: Span?, hint: Message? = nil) -> Diagnostic {
        Diagnostic("type.mismatch", message, at: span, hint: hint)
    }
}
