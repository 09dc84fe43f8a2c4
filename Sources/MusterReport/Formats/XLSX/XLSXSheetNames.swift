/// Names for sheets that a spreadsheet takes: at most 31 UTF-16 units, none of `[]:*?/\`, no
/// apostrophe at an end, no two alike whatever their case.
struct XLSXSheetNames {
    static let longest = 31
    // Excel keeps this one for itself.
    private var taken: Set<String> = ["history"]

    /// The name as near to the wished one as can be.
    mutating func take(_ wished: String) -> String {
        let name = Self.valid(wished)
        var candidate = name, number = 2
        while !taken.insert(candidate.lowercased()).inserted {
            let suffix = " (\(number))"
            candidate = Self.cut(name, to: Self.longest - suffix.utf16.count) + suffix
            number += 1
        }
        return candidate
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
