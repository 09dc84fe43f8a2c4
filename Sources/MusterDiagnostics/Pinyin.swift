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
        let result = readingsWorkedOut(character)
        readingsKnown.withLock { $0[character] = result }
        return result
    }

    private static func readingsWorkedOut(_ character: Character) -> [String] {
        let marked = String(character).applyingTransform(.toLatin, reverse: false) ?? ""
        let plain = marked.applyingTransform(StringTransform("Latin-ASCII"), reverse: false) ?? ""
        let usual = plain.lowercased().filter { $0.isLetter || $0.isNumber }
        guard !usual.isEmpty else { return [] }
        var result = [usual]
        if marked.decomposedStringWithCanonicalMapping.unicodeScalars.contains("\u{308}") {
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
