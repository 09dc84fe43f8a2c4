extension Diagnostic {
    /// The fault as a person reads it: reason, source line with carets, way out.
    ///
    /// ```
    /// error: members has no field "registred"
    ///   members | where registred
    ///                   ^^^^^^^^^ did you mean registered (已注册)?
    /// ```
    /// `file:line:column` (both from 1, the column in characters) stands before the message
    /// where the source has a name or several lines. No line of source is wider than `width`
    /// columns: a longer one is cut around the place. Ends without a line feed.
    package func rendered(in language: Language, width: Int = 100) -> String {
        let message = message[language].cut, hint = hint?[language].cut
        var first = severity.title[language]
        var lines: [String] = []
        var hintIsShown = hint == nil
        if let source, let span {
            let place = SourcePlace(source, span)
            if let address = place.address { first += address + (language == .zh ? "：" : ": ") }
            if !place.line.isEmpty {
                let excerpt = Excerpt(place, width: max(20, width - 2))
                lines.append("  " + excerpt.text)
                var marks = "  " + String(repeating: " ", count: excerpt.indent)
                    + String(repeating: "^", count: excerpt.carets)
                if let hint, fits(hint, behind: marks, width) {
                    marks += " " + hint
                    hintIsShown = true
                }
                lines.append(marks)
            }
        }
        if let hint, !hintIsShown { lines.append("  " + legible(hint)) }
        lines += related.prefix(Limits.faults).map { "  " + legible($0[language].cut) }
        return ([first + legible(message)] + lines).joined(separator: "\n")
    }

    /// A hint stands beside the carets, unless there is room for it only below.
    private func fits(_ hint: String, behind marks: String, _ width: Int) -> Bool {
        let wide = displayWidth(hint)
        return marks.utf8.count + 1 + wide <= width || wide + 2 > width
    }
}

extension Diagnostic.Severity {
    var title: Message {
        switch self {
        case .error: Message(zh: "错误：", en: "error: ")
        case .warning: Message(zh: "警告：", en: "warning: ")
        case .note: Message(zh: "提示：", en: "note: ")
        }
    }
}

/// Several faults, one below the other in the order of their places where they are of one text.
package func rendered(_ diagnostics: [Diagnostic], in language: Language,
                     width: Int = 100) -> String {
    let sources = Set(diagnostics.map { $0.source.map { ObjectIdentifier($0) } })
    var ordered = diagnostics
    if sources.count == 1 {
        ordered = diagnostics.enumerated().sorted { a, b in
            (a.element.span?.lower ?? 0, a.offset) < (b.element.span?.lower ?? 0, b.offset)
        }.map(\.element)
    }
    return ordered.map { $0.rendered(in: language, width: width) }.joined(separator: "\n")
}

extension String {
    /// As much of it as a message shows.
    fileprivate var cut: String {
        utf8.count <= Limits.messageCharacters ? self
            : count <= Limits.messageCharacters ? self
            : prefix(Limits.messageCharacters) + "…"
    }
}

/// What is not seen as a replacement character: data in a message must not drive the terminal.
private func legible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isHidden) else { return text }
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        clean.append(scalar.isHidden ? (scalar == "\n" || scalar == "\t" ? " " : "\u{FFFD}")
            : scalar)
    }
    return String(clean)
}

/// Where a span lies in its text: the line that it begins on, and its part of that line.
struct SourcePlace {
    let line: String
    /// The span's beginning and end in the line, as UTF-8 offsets.
    let lower: Int
    let upper: Int
    /// `file:3:7`, `3:7`, or nil for a single line without a name.
    let address: String?

    /// Bytes of a line on each side of the place: more than any window shows.
    private static let margin = 40_000

    init(_ source: SourceText, _ span: Span) {
        let bytes = Array(source.text.utf8)
        let at = min(max(0, span.lower), bytes.count)
        var start = at
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
        var end = at
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        let place = min(at, end)
        // Of a line of megabytes what lies around the place.
        var (first, last) = (max(start, place - Self.margin), min(end, place + Self.margin))
        while first > start, bytes[first] & 0xC0 == 0x80 { first -= 1 }
        while last < end, bytes[last] & 0xC0 == 0x80 { last += 1 }
        line = String(decoding: bytes[first..<last], as: UTF8.self)
        lower = place - first
        upper = max(lower, min(span.upper, last) - first)
        let number = bytes[..<start].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let column = String(decoding: bytes[start..<place], as: UTF8.self).count + 1
        let isSeveral = bytes.dropLast(bytes.last == 0x0A ? 1 : 0).contains(0x0A)
        address = source.name.map { "\(legible($0)):\(number):\(column)" }
            ?? (isSeveral ? "\(number):\(column)" : nil)
    }
}

/// The part of a line that is shown, with the columns before the carets and their number.
struct Excerpt {
    private(set) var text = ""
    private(set) var indent = 0
    private(set) var carets = 1

    private struct Piece {
        let text: String
        let width: Int
        let offset: Int
    }

    init(_ place: SourcePlace, width: Int) {
        let pieces = Excerpt.pieces(place.line)
        let isBefore = { (piece: Piece) in piece.offset < place.lower }
        let first = pieces.firstIndex { !isBefore($0) } ?? pieces.count
        var last = pieces[first...].firstIndex { $0.offset >= place.upper } ?? pieces.count
        let total = pieces.reduce(0) { $0 + $1.width }
        var from = 0, to = pieces.count
        if total > width {
            (from, to) = Excerpt.window(pieces, around: first, last, width: width)
            last = min(last, to)
        }
        let shown = pieces[from..<to]
        text = (from > 0 ? "…" : "") + shown.map(\.text).joined() + (to < pieces.count ? "…" : "")
        indent = pieces[from..<first].reduce(from > 0 ? 1 : 0) { $0 + $1.width }
        carets = max(1, pieces[first..<max(first, last)].reduce(0) { $0 + $1.width })
    }

    /// Tabs to the next multiple of four, controls as one replacement character.
    private static func pieces(_ line: String) -> [Piece] {
        var all: [Piece] = []
        var offset = 0, column = 0
        for character in line {
            var shown = String(character), wide = displayWidth(of: character)
            if character == "\t" {
                wide = 4 - column % 4
                shown = String(repeating: " ", count: wide)
            } else if character.unicodeScalars.contains(where: \.isHidden) {
                (shown, wide) = ("\u{FFFD}", displayWidth(of: "\u{FFFD}"))
            }
            all.append(Piece(text: shown, width: wide, offset: offset))
            offset += String(character).utf8.count
            column += wide
        }
        return all
    }

    /// The pieces to show: the place, or as much of it as there is room for, with its
    /// surroundings on both sides in equal parts.
    private static func window(_ pieces: [Piece], around first: Int, _ last: Int,
                               width: Int) -> (Int, Int) {
        var (from, to) = (first, first)
        var room = width - 2
        while to < last, pieces[to].width <= room {
            room -= pieces[to].width
            to += 1
        }
        var grew = true
        while grew {
            grew = false
            if from > 0, pieces[from - 1].width <= room {
                from -= 1
                room -= pieces[from].width
                grew = true
            }
            if to < pieces.count, to >= last, pieces[to].width <= room {
                room -= pieces[to].width
                to += 1
                grew = true
            }
        }
        return (from, to)
    }
}
