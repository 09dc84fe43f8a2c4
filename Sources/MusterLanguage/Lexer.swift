import MusterDiagnostics

/// Text → tokens. What a Chinese input method types is read as its ASCII twin; spans stay
/// those of the text as typed. Goes on after a fault, which it reports.
struct Lexer {
    let bytes: [UInt8]
    var offset: Int
    var tokens: [Token] = []
    var comments: [Comment] = []
    var diagnostics: [Diagnostic] = []
    /// Offsets at which a word ends although a letter follows: Chinese without spaces.
    let cuts: Set<Int>
    /// True while nothing but space has been seen on the line.
    var isLineStart = true

    init(_ bytes: [UInt8], from offset: Int = 0, cuts: Set<Int> = []) {
        self.bytes = bytes
        self.offset = offset
        self.cuts = cuts
    }

    /// Reads everything up to the end, then pairs brackets and drops the line ends that end
    /// no statement.
    mutating func run() {
        if offset == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        while offset < bytes.count { next() }
        tokens.append(Token(.end, "", Span(bytes.count, bytes.count)))
        settle()
    }

    /// The scalar at an offset with full-width forms as their ASCII twins, and where it ends.
    func scalar(at place: Int) -> (value: Unicode.Scalar, end: Int)? {
        guard let (value, end) = typed(at: place) else { return nil }
        return (Lexer.twin(value), end)
    }

    /// The scalar at an offset as it was typed.
    func typed(at place: Int) -> (value: Unicode.Scalar, end: Int)? {
        guard place < bytes.count else { return nil }
        let first = bytes[place]
        if first < 0x80 { return (Unicode.Scalar(first), place + 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        let end = min(place + length, bytes.count)
        var value = UInt32(first) & (length == 4 ? 0x07 : length == 3 ? 0x0F : 0x1F)
        for byte in bytes[min(place + 1, end)..<end] { value = value << 6 | UInt32(byte & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", end)
    }

    static func twin(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x3000: " "
        case 0x3001: ","
        case 0x2212: "-"
        case 0xD7: "*"
        case 0xF7: "/"
        default: scalar
        }
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x09, 0x0D, 0x0B, 0x0C: true
        case 0..<0x80: false
        case 0x200B...0x200D, 0x2060, 0xFEFF: true
        default: scalar.properties.isWhitespace
        }
    }

    static func startsWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0x5F: true
        case 0..<0x80: false
        default: scalar.properties.isXIDStart
        }
    }

    static func continuesWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x30...0x39: true
        case 0..<0x80: false
        default: scalar.properties.isXIDContinue
        }
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

    func `is`(_ wanted: Unicode.Scalar, at place: Int) -> Bool {
        scalar(at: place)?.value == wanted
    }

    mutating func report(_ code: String, _ message: Message, _ span: Span, hint: Message? = nil,
                         fixes: [Fix] = []) {
        diagnostics.append(Diagnostic(code, message, at: span, hint: hint, fixes: fixes))
    }

    mutating func add(_ kind: Token.Kind, _ text: String = "", to end: Int,
                      keyword: Keyword? = nil) {
        if kind == .word || kind == .quoted, end - offset > Limits.nameBytes {
            report("limit.name",
                   Message(zh: "名称过长，最多 \(Limits.nameBytes) 字节",
                           en: "this name is too long: \(Limits.nameBytes) bytes at most"),
                   Span(offset, end),
                   hint: Message(zh: "文字请加引号", en: "a text stands in quotation marks"))
        }
        tokens.append(Token(kind, text, Span(offset, end), keyword: keyword))
        offset = end
        isLineStart = false
    }

    private mutating func next() {
        guard let (scalar, end) = scalar(at: offset) else { return }
        switch scalar {
        case "\n":
            add(.newline, to: end)
            isLineStart = true
        case "#": comment()
        case "\"", "'", "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}": text(from: end)
        case "`", "\u{3010}": quotedName(scalar, from: end)
        case "{": hole()
        case _ where Lexer.isSpace(scalar): offset = end
        case _ where Lexer.isDigit(scalar): number()
        case _ where Lexer.startsWord(scalar): word()
        default: mark(scalar, end)
        }
    }

    private mutating func comment() {
        var end = offset
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        var last = end
        while last > offset, bytes[last - 1] <= 0x20 { last -= 1 }
        let isOwn = isLineStart
        comments.append(Comment(slice(offset, last), Span(offset, last), isOwnLine: isOwn))
        offset = end
    }

    func slice(_ lower: Int, _ upper: Int) -> String {
        String(decoding: bytes[lower..<max(lower, upper)], as: UTF8.self)
    }

    /// The word that begins at a place, its full-width letters as ASCII.
    func word(at place: Int) -> (text: String, end: Int) {
        var text = String.UnicodeScalarView()
        var end = place
        while let (scalar, after) = scalar(at: end),
              end == place ? Lexer.startsWord(scalar) : Lexer.continuesWord(scalar),
              end == place || !cuts.contains(end) {
            text.append(scalar)
            end = after
        }
        return (String(text), end)
    }

    private mutating func word() {
        var (text, end) = word(at: offset)
        // 第3: the ordinal is a word of its own before a number.
        if text.hasPrefix(Words.ordinal), text.unicodeScalars.dropFirst().first.map(Lexer.isDigit)
            == true {
            text = Words.ordinal
            end = offset + text.utf8.count
        }
        if let phrase = Phrase.byChinese[text] {
            let span = Span(offset, end)
            for word in phrase.words {
                tokens.append(Token(.word, word, span, keyword: Keyword(rawValue: word)))
            }
            offset = end
            isLineStart = false
        } else {
            add(.word, text, to: end, keyword: Keyword(spelled: text))
        }
    }

    /// `{name}`, a parameter.
    private mutating func hole() {
        var inner = offset + 1
        if let (_, end) = scalar(at: offset) { inner = end }
        while let (scalar, end) = scalar(at: inner), Lexer.isSpace(scalar) { inner = end }
        let (text, wordEnd) = word(at: inner)
        var close = wordEnd
        while let (scalar, end) = scalar(at: close), Lexer.isSpace(scalar) { close = end }
        guard !text.isEmpty, let (scalar, end) = scalar(at: close), scalar == "}" else {
            let end = text.isEmpty ? inner : wordEnd
            report("parameter.malformed",
                   Message(zh: "花括号中应为参数名", en: "a brace holds the name of a parameter"),
                   Span(offset, max(end, offset + 1)),
                   hint: Message(zh: "写作 {名称}", en: "write {name}"))
            return add(.invalid, to: max(end, offset + 1))
        }
        add(.parameter(Name(text, Span(inner, wordEnd))), text, to: end)
    }

    private mutating func quotedName(_ open: Unicode.Scalar, from start: Int) {
        let close: Unicode.Scalar = open == "`" ? "`" : "\u{3011}"
        var end = start
        while let (scalar, after) = scalar(at: end), scalar != "\n" {
            if scalar == close {
                let name = slice(start, end)
                if name.isEmpty {
                    report("name.empty", Message(zh: "名称为空", en: "this name is empty"),
                           Span(offset, after))
                    return add(.invalid, to: after)
                }
                return add(.quoted, name, to: after)
            }
            end = after
        }
        report("name.unclosed",
               Message(zh: "此处开始的名称没有结束", en: "the name that begins here has no end"),
               Span(offset, start),
               hint: Message(zh: "请在名称后加 \(close)", en: "put \(close) behind the name"))
        add(.invalid, to: end)
    }
}
