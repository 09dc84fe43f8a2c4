/// Whether a name affirms or denies, and what: `未注册` denies 注册 as `unregistered` denies
/// `registered`, and `已注册` affirms it. What denies is understood, never dropped.
package struct Polarity: Sendable, Hashable {
    package let denies: Bool
    /// The name without the word that affirms or denies, in lower case.
    package let core: String

    package init(_ name: String) {
        let lower = name.lowercased()
        for (prefix, denies) in Polarity.prefixes where lower.hasPrefix(prefix) {
            let rest = lower.dropFirst(prefix.count)
            // `unit` denies nothing, nor does `note`.
            guard rest.count >= (rest.beginsChinese ? 1 : 3) else { continue }
            self.denies = denies
            core = String(rest)
            return
        }
        denies = false
        core = lower
    }

    /// Whether the other says the contrary: the same core, or nearly so, with the other sign.
    func isContrary(_ other: Polarity, apart distance: Int) -> Bool {
        denies != other.denies && editDistance(Array(core), Array(other.core)) < distance
    }

    /// The longer ones first.
    private static let prefixes: [(String, denies: Bool)] = [
        ("还没有", true), ("没有", true), ("尚未", true), ("还没", true), ("并未", true),
        ("从未", true), ("未曾", true), ("不是", true), ("未", true), ("没", true),
        ("不", true), ("非", true), ("无", true), ("已经", false), ("是否", false),
        ("已", false), ("is_not_", true), ("isnt_", true), ("not_", true), ("not-", true),
        ("no_", true), ("non_", true), ("non-", true), ("non", true), ("un", true),
        ("not", true), ("is_", false), ("has_", false),
    ]
}

/// Characters that turn a name into its contrary: `转入` and `转出` are near in spelling only.
let contraryCharacters: Set<Set<Character>> = Set([
    "入出", "男女", "高低", "上下", "大小", "前后", "有无", "增减", "多少", "早晚", "始终", "内外",
    "新旧", "左右", "升降", "正负", "进出", "起止",
].map { Set($0) })
