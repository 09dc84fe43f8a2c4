/// A piece of a document that stays together on paper as it lies: a heading and what stands under
/// it up to the next one, or the foot of the report.
struct PaperSection {
    /// Of the heading; 0 where there is none.
    let level: Int
    /// In the language of the format.
    var body = ""
    /// Whether a table of it needs the paper to lie across; nil where nothing asks for either.
    var isAcross: Bool?

    /// How the paper of each section lies. Words that lead to a section below them lie as that
    /// does, others as what stands before them, so that no page is turned in vain.
    static func ways(_ sections: [PaperSection]) -> [Bool] {
        var ways: [Bool] = []
        for (index, section) in sections.enumerated() {
            ways.append(section.isAcross ?? led(by: index, sections) ?? ways.last ?? false)
        }
        return ways
    }

    /// How the first section below a heading lies that asks for anything.
    private static func led(by index: Int, _ sections: [PaperSection]) -> Bool? {
        for next in index + 1..<sections.count {
            guard sections[next].level > sections[index].level else { return nil }
            if let way = sections[next].isAcross { return way }
        }
        return nil
    }
}
