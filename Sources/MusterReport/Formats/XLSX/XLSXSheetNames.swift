import MusterDiagnostics

/// Names for sheets that a spreadsheet takes: at most 31 UTF-16 units, none of `[]:*?/\`, no
/// apostrophe at an end, no two alike whatever their case.
struct XLSXSheetNames {
    static let longest = 31
    // Excel keeps this one for itself.
    private var taken: Set<String> = ["history"]

    /// The name as near to the wished one as can be, with all of its ending.
    mutating func take(_ wished: String, ending: String = "") -> String {
        let name = Self.valid(wished)
        var number = 1
        while true {
            let ending = number == 1 ? ending : "\(ending) (\(number))"
            let candidate = Self.cut(name, to: Self.longest - ending.utf16.count) + ending
            if taken.insert(candidate.lowercased()).inserted { return candidate }
            number += 1
        }
    }

    private static func valid(_ wished: String) -> String {
        let visible = visible(wished).map { character -> Character in
            // An apostrophe would have to be doubled in every reference.
            switch character {
            case "[", "(": "("
            case "]", ")": ")"
            case ":", "*", "?", "/", "\\": " "
            case "'": "’"
            default: character
            }
        }
        let parts = String(visible).split(separator: " ")
        let name = cut(parts.joined(separator: " "), to: longest)
        return name.isEmpty ? "–" : name
    }

    /// Whole characters, with a mark where something is missing.
    private static func cut(_ name: String, to limit: Int) -> String {
        guard name.utf16.count > limit else { return name }
        var kept = ""
        for character in name {
            guard kept.utf16.count + character.utf16.count < limit else { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
