import Foundation
import Synchronization

/// How Chinese names are found by Latin letters: by their pinyin and by its initials. Each is
/// worked out once and kept.
enum Pinyin {
    struct Spelling: Sendable {
        /// `hepingqu`
        let whole: String
        /// `hpq`
        let initials: String
    }

    private static let known = Mutex<[String: Spelling]>([:])

    /// Nil for a name without Chinese characters.
    static func spelling(of name: String) -> Spelling? {
        guard name.unicodeScalars.contains(where: { $0.value >= 0x2E80 }) else { return nil }
        if let spelling = known.withLock({ $0[name] }) { return spelling }
        let latin = name.applyingTransform(StringTransform("Any-Latin; Latin-ASCII"),
                                           reverse: false) ?? ""
        let words = latin.lowercased().split { !$0.isLetter && !$0.isNumber }
        let spelling = Spelling(whole: words.joined(),
                                initials: String(words.compactMap(\.first)))
        known.withLock { $0[name] = spelling }
        return spelling
    }

    /// Whether a text could be pinyin: Latin letters (and digits) alone.
    static func mayBe(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
        }
    }
}
