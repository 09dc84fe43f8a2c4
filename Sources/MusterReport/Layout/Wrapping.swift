import MusterDiagnostics

/// The text cut to so many columns, with a mark at its end where it was longer.
package func shortened(_ text: String, to width: Int, mark: String) -> String {
    guard displayWidth(text) > width else { return text }
    let room = width - displayWidth(mark)
    guard room >= 0 else { return "" }
    var used = 0
    let kept = text.prefix { character in
        used += displayWidth(of: character)
        return used <= room
    }
    return kept + mark
}

/// The paragraphs of a text as lines of at most so many columns. Broken at spaces and beside
/// Chinese characters, but never so that a line begins with a closing mark or ends with an
/// opening one; a word that is longer than a line is cut.
package func wrapped(_ text: String, to width: Int?) -> [String] {
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { visible(String($0)) }
    guard let width, width > 0 else { return paragraphs }
    return paragraphs.flatMap { lines(of: words($0), width) }
}

/// The fewest lines that a text takes, and those of about one length.
func evenlyWrapped(_ text: String, to width: Int) -> [String] {
    let lines = wrapped(text, to: max(1, width))
    guard lines.count > 1 else { return lines }
    let least = (displayWidth(visible(text)) + lines.count - 1) / lines.count
    let fitting = (least..<max(least, width)).lazy.map { wrapped(text, to: max(1, $0)) }
    return fitting.first { $0.count == lines.count } ?? lines
}

/// Joins pieces to lines; spaces at the end of a line fall away.
func lines(of pieces: [String], _ width: Int) -> [String] {
    var lines: [String] = []
    var line = "", used = 0
    func trimmed(_ text: String) -> String {
        String(text.reversed().drop { $0 == " " }.reversed())
    }
    for piece in pieces {
        if used > 0, used + displayWidth(trimmed(piece)) > width {
            lines.append(trimmed(line))
            (line, used) = ("", 0)
        }
        for character in piece {
            let wide = displayWidth(of: character)
            if used + wide > width, used > 0, character != " " {
                lines.append(trimmed(line))
                (line, used) = ("", 0)
            }
            line.append(character)
            used += wide
        }
    }
    lines.append(trimmed(line))
    return lines
}

/// The pieces of a paragraph that stay together, each with the spaces behind it.
func words(_ text: String) -> [String] {
    let closing: Set<Character> = ["，", "。", "、", "；", "：", "？", "！", "）", "》", "】", "」", "”", "’",
                                   "…", "％", ",", ".", ";", ":", "?", "!", ")", "%"]
    let opening: Set<Character> = ["（", "《", "【", "「", "“", "‘", "("]
    var words: [String] = []
    var word = ""
    for character in text {
        if let last = word.last {
            let isBesideWide = displayWidth(of: last) == 2 || displayWidth(of: character) == 2
            let mayBreak = (last == " " && character != " ")
                || (isBesideWide && !closing.contains(character) && !opening.contains(last)
                    && character != " ")
            if mayBreak { words.append(word); word = "" }
        }
        word.append(character)
    }
    return word.isEmpty ? words : words + [word]
}
