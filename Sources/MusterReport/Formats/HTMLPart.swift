/// A piece of a page that stays together on paper as it lies: a heading and what stands under it
/// up to the next one, or the foot of the report.
struct HTMLPart {
    /// Of the heading; 0 where there is none.
    let level: Int
    var body = ""
    /// Whether a table of it needs the paper to lie across; nil where nothing asks for either.
    var isAcross: Bool?

    /// The parts one behind the other, those that lie across wrapped together. Words that lead
    /// to a part below them lie as that does, others as what stands before them, so that no page
    /// is turned in vain.
    static func joined(_ parts: [HTMLPart]) -> String {
        var ways: [Bool] = []
        for (index, part) in parts.enumerated() {
            ways.append(part.isAcross ?? led(by: index, parts) ?? ways.last ?? false)
        }
        var text = ""
        for (index, part) in parts.enumerated() {
            let begins = ways[index] && (index == 0 || !ways[index - 1])
            let ends = ways[index] && (index + 1 == parts.count || !ways[index + 1])
            if begins { text += "<div class=\"across\">\n" }
            text += part.body
            if ends { text += "</div>\n" }
        }
        return text
    }

    /// How the first part below a heading lies that asks for anything.
    private static func led(by index: Int, _ parts: [HTMLPart]) -> Bool? {
        for next in index + 1..<parts.count {
            guard parts[next].level > parts[index].level else { return nil }
            if let way = parts[next].isAcross { return way }
        }
        return nil
    }
}
