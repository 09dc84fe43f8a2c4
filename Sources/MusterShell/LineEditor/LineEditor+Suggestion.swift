import CReadline
import MusterDiagnostics
import MusterReport

/// The history's last match, behind the cursor.
extension LineEditor {
    /// What followed the line when it was typed last, up to that line's end, and as much of it as
    /// stands on one row with the line. Nil where there is none, where nothing tells it from what
    /// was typed, and where it would not look as it is.
    func suggestion(_ line: String, columns: Int) -> (rest: String, shown: String)? {
        let typed = before + line
        guard colour, suggests(), typed.contains(where: { !$0.isWhitespace }),
              let entry = muster_history_match(typed) else { return nil }
        let rest = String(String(cString: entry).unicodeScalars
            .dropFirst(typed.unicodeScalars.count).prefix { $0 != "\n" })
        // The last column stays free: a terminal may break the line behind it.
        let room = columns - 1 - promptWidth - displayWidth(line)
        guard !rest.isEmpty, visible(rest) == rest, visible(line) == line,
              displayWidth(line + rest) == displayWidth(line) + displayWidth(rest),
              room >= min(Self.leastRoom, displayWidth(rest)) else { return nil }
        return (rest, shortened(rest, to: room, mark: "…"))
    }

    /// Columns that are worth the beginning of a suggestion.
    private static let leastRoom = 10
}
