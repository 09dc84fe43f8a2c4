/// Regular expressions that mean the same to RE2, PostgreSQL and Java.
enum CommonPattern {
    /// Letters, Han characters, digits, spaces and a few marks; `.`, `^`, `$`, groups, choices,
    /// sets of plain characters, and how often.
    static func isCommon(_ pattern: String) -> Bool {
        var inSet = false, last: Unicode.Scalar?
        for scalar in pattern.unicodeScalars {
            switch scalar {
            case "[": if inSet { return false }; inSet = true
            case "]": inSet = false
            case "\\": return false
            case "?", "*", "+":
                // A second one behind it makes it lazy or greedy in ways that differ; so does
                // one behind an opening bracket.
                if !inSet, let last, "?*+(|^}".unicodeScalars.contains(last) { return false }
            case ".", "^", "$", "(", ")", "|", "{", "}", ",", "-", " ", "_": break
            default:
                guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                else { return false }
            }
            last = scalar
        }
        return !inSet
    }

    /// The pattern as Java reads it with the same meaning; nil where it is not a common one. There
    /// only a line feed ends a line, and `$` is the end of the text, not also before a last one.
    static func inJava(_ pattern: String) -> String? {
        guard isCommon(pattern) else { return nil }
        var java = "(?d)", inSet = false
        for scalar in pattern.unicodeScalars {
            if scalar == "[" { inSet = true } else if scalar == "]" { inSet = false }
            if scalar == "$", !inSet { java += "\\z" } else { java.unicodeScalars.append(scalar) }
        }
        return java
    }
}
