import MusterDiagnostics

extension Lexer {
    /// A string: up to its own quote (a Chinese one up to the next of either), over several
    /// lines if need be; `\"`, `\\`, `\{` stand for the character, `{name}` is a hole.
    mutating func text(from start: Int) {
        guard let (open, _) = typed(at: offset) else { return }
        let closing: Set<Unicode.Scalar> = switch open {
        case "\u{201C}", "\u{201D}": ["\u{201C}", "\u{201D}"]
        case "\u{2018}", "\u{2019}": ["\u{2018}", "\u{2019}"]
        default: [open]
        }
        var parts: [Template.Part] = []
        var plain = String.UnicodeScalarView()
        var place = start
        while let (scalar, end) = typed(at: place) {
            if closing.contains(scalar) {
                if !plain.isEmpty || parts.isEmpty { parts.append(.text(String(plain))) }
                let template = Template(parts, Span(offset, end))
                return add(.literal(.text(template)), to: end)
            }
            place = end
            if scalar == "\\", let (escaped, after) = typed(at: end),
               Lexer.escapable.contains(escaped) {
                plain.append(escaped)
                place = after
            } else if scalar == "{", let (name, after) = textHole(at: end) {
                if !plain.isEmpty { parts.append(.text(String(plain))) }
                plain = String.UnicodeScalarView()
                parts.append(.hole(name))
                place = after
            } else {
                plain.append(scalar)
            }
        }
        unclosedText(from: start)
    }

    static let escapable: Set<Unicode.Scalar> = [
        "\"", "'", "\\", "{", "}", "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}",
    ]

    /// `name}` or `name.column}` behind a brace: letters, digits and `_`, nothing else.
    private func textHole(at place: Int) -> (Name, Int)? {
        var (text, end) = word(at: place)
        if !text.isEmpty, end < bytes.count, bytes[end] == 0x2E {
            let (column, after) = word(at: end + 1)
            guard !column.isEmpty else { return nil }
            (text, end) = (text + "." + column, after)
        }
        guard !text.isEmpty, end < bytes.count, bytes[end] == 0x7D else { return nil }
        return (Name(text, Span(place, end)), end + 1)
    }

    /// Without an end, the text is taken to go up to the end of its line.
    private mutating func unclosedText(from start: Int) {
        report("text.unclosed",
               Message(zh: "此处开始的文本没有结束", en: "the text that begins here has no end"),
               Span(offset, start),
               hint: Message(zh: "请加上引号", en: "close it with its quote"))
        var end = start
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        add(.invalid, to: end)
    }
}
