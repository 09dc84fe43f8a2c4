/// The known names that a mistyped one most probably meant, at most three, all equally near;
/// empty where nothing is near enough. Both names of each term are tried, without regard to
/// case; a transposition counts once; a typed beginning of three letters, or two characters, or
/// more is near; what sounds alike in Chinese is nearest. Never near: a name that shares one
/// character and sounds otherwise, that says the contrary, or that has other digits.
package func nearest(_ name: String, among terms: [Term]) -> [Term] {
    let typed = Array(name.lowercased())
    guard typed.count >= 2, typed.count <= 64 else { return [] }
    var best = cutOff(typed.count) + 1
    var found: [Term] = []
    for term in terms {
        let distance = min(nearness(typed, term.en, atMost: best),
                           term.zh == term.en ? Int.max : nearness(typed, term.zh, atMost: best))
        guard distance <= cutOff(typed.count) else { continue }
        if distance < best {
            best = distance
            found = [term]
        } else if distance == best, !found.contains(term) {
            found.append(term)
        }
    }
    return Array(found.prefix(3))
}

/// "did you mean registered (已注册)?" for the nearest known names, or nil where none is near.
package func suggestion(for name: String, among terms: [Term]) -> Message? {
    let near = nearest(name, among: terms)
    guard !near.isEmpty else { return nil }
    let en = near.map { $0.en == $0.zh ? $0.en : "\($0.en) (\($0.zh))" }
    let zh = near.map { $0.en == $0.zh ? $0.zh : "\($0.zh)（\($0.en)）" }
    return Message(zh: "是否指 \(zh.joined(separator: "、"))？",
                   en: "did you mean \(en.joined(separator: ", "))?")
}

/// How many edits a name of that length may be away: a third of it, never half.
private func cutOff(_ length: Int) -> Int { length <= 5 ? 1 : min(3, length / 3) }

private func nearness(_ typed: [Character], _ name: String, atMost limit: Int) -> Int {
    let known = Array(name.lowercased())
    if typed == known || Pinyin.soundsAlike(String(typed), String(known)) { return 0 }
    let isChinese = String(typed[0]).beginsChinese
    if typed.count >= (isChinese ? 2 : 3), known.count > typed.count,
       known.starts(with: typed) { return 1 }
    guard abs(known.count - typed.count) <= limit, known.count >= 2 else { return Int.max }
    let distance = editDistance(typed, known)
    guard distance <= limit, shared(typed, known) >= 2,
          typed.filter(\.isNumber) == known.filter(\.isNumber),
          !isContrary(typed, known, distance) else { return Int.max }
    return distance
}

/// How many characters two names have in common, wherever they stand.
private func shared(_ a: [Character], _ b: [Character]) -> Int {
    var rest = b
    return a.count { character in
        guard let place = rest.firstIndex(of: character) else { return false }
        rest.remove(at: place)
        return true
    }
}

private func isContrary(_ a: [Character], _ b: [Character], _ distance: Int) -> Bool {
    if Polarity(String(a)).isContrary(Polarity(String(b)), apart: distance) { return true }
    let unlike = zip(a, b).filter { $0 != $1 }
    return a.count == b.count && unlike.count == 1
        && contraryCharacters.contains([unlike[0].0, unlike[0].1])
}

/// The known name that was typed but for small and capital letters; nil where none or several.
package func sameButForCase(_ name: String, among terms: [Term]) -> Term? {
    let lower = name.lowercased()
    let found = terms.filter { $0.en.lowercased() == lower || $0.zh.lowercased() == lower }
    return Set(found).count == 1 ? found[0] : nil
}

/// Insertions, deletions, substitutions and transpositions of neighbours (optimal string
/// alignment).
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
        var row = [i + 1]
        row.reserveCapacity(b.count + 1)
        for j in 0..<b.count {
            var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                least = min(least, beforeLast[j - 1] + 1)
            }
            row.append(least)
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
