import Foundation
import Synchronization

/// How Chinese names are found by Latin letters: by their pinyin and by its initials. Each is
/// worked out once and kept. A character with several readings is found by each.
package enum Pinyin {
    package struct Spelling: Sendable {
        /// `hepingqu`
        package let whole: String
        /// `hpq`
        package let initials: String
    }

    private static let known = Mutex<[String: [Spelling]]>([:])
    private static let readingsKnown = Mutex<[Character: [String]]>([:])

    /// Readings beside the usual one, of characters that names of units and words of the
    /// language have.
    private static let others: [Character: [String]] = [
        "长": ["chang", "zhang"], "重": ["chong", "zhong"], "校": ["xiao", "jiao"],
        "行": ["hang", "xing"], "率": ["lv", "shuai"], "单": ["dan", "shan"],
        "会": ["hui", "kuai"], "都": ["du", "dou"], "乐": ["le", "yue"], "参": ["can", "shen"],
        "传": ["chuan", "zhuan"], "曾": ["zeng", "ceng"], "朝": ["chao", "zhao"],
        "调": ["diao", "tiao"], "数": ["shu", "shuo"], "解": ["jie", "xie"],
    ]
    /// So many ways to spell one name are tried at most.
    package static let most = 16

    /// The ways to spell a name; none for a name without Chinese characters.
    package static func spellings(of name: String) -> [Spelling] {
        guard name.holdsChinese else { return [] }
        if let spellings = known.withLock({ $0[name] }) { return spellings }
        var spellings = [Spelling(whole: "", initials: "")]
        for character in name {
            let readings = readings(of: character)
            guard !readings.isEmpty else { continue }
            let tried = spellings.count * readings.count <= most ? readings : [readings[0]]
            spellings = spellings.flatMap { before in
                tried.map { reading in
                    Spelling(whole: before.whole + reading,
                             initials: before.initials + reading.prefix(1))
                }
            }
        }
        known.withLock { $0[name] = spellings }
        return spellings
    }

    /// Whether two names of as many characters sound alike, as 比律 and 比率 do.
    package static func soundsAlike(_ a: String, _ b: String) -> Bool {
        guard a.count == b.count, a.count >= 2, a.beginsChinese, b.beginsChinese else {
            return false
        }
        return zip(a, b).allSatisfy { x, y in
            x == y || !Set(readings(of: x)).isDisjoint(with: readings(of: y))
        }
    }

    /// A letter or digit reads as itself; ü as u and, as people type it, as v.
    package static func readings(of character: Character) -> [String] {
        if let readings = readingsKnown.withLock({ $0[character] }) { return readings }
        let result = latin(of: [character]).first.map { readings(character, $0) } ?? []
        readingsKnown.withLock { $0[character] = result }
        return result
    }

    /// Works out the readings of many characters at once: one by one takes a hundred times as
    /// long.
    package static func learn(_ characters: [Character]) {
        let unknown = readingsKnown.withLock { known in characters.filter { known[$0] == nil } }
        guard !unknown.isEmpty else { return }
        let latin = latin(of: unknown)
        readingsKnown.withLock { known in
            for (character, latin) in zip(unknown, latin) {
                known[character] = readings(character, latin)
            }
        }
    }

    /// Each character in Latin letters, with their marks and without.
    static func latin(of characters: [Character]) -> [(marked: String, plain: String)] {
        // A line each: letters do not bear on others; marks may, and are not read.
        let text = characters.map { String($0) }.joined(separator: "\n")
        let marked = text.applyingTransform(.toLatin, reverse: false) ?? ""
        let plain = marked.applyingTransform(StringTransform("Latin-ASCII"), reverse: false) ?? ""
        let lines = [marked, plain].map {
            $0.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        }
        guard lines.allSatisfy({ $0.count == characters.count }) else {
            // A line break itself, or what becomes one.
            return characters.count == 1 ? [(marked, plain)]
                : characters.flatMap { latin(of: [$0]) }
        }
        return Array(zip(lines[0], lines[1]))
    }

    static func readings(_ character: Character, _ latin: (marked: String, plain: String))
        -> [String] {
        let usual = latin.plain.lowercased().filter { $0.isLetter || $0.isNumber }
        guard !usual.isEmpty else { return [] }
        var result = [usual]
        if latin.marked.decomposedStringWithCanonicalMapping.unicodeScalars.contains("\u{308}") {
            result.append(usual.replacing("u", with: "v"))
        }
        for other in others[character] ?? [] where !result.contains(other) { result.append(other) }
        return result
    }

    /// Whether a text could be pinyin: Latin letters (and digits) alone.
    package static func mayBe(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
        }
    }
}
