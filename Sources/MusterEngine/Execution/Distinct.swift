import MusterValues
import MusterStore

/// The different values of each group: bits where groups are few and values are rows, which is
/// the common case (persons by field of service), else pairs.
struct Distinct: Sendable {
    private var pairs: Set<Pair> = []
    private var rowPairs: Set<Pair> = []
    private var bits: [[UInt64]] = []
    private var texts: [ExactText: Int64] = [:]
    private var textMaps: [ObjectIdentifier: [Int64]] = [:]
    /// Keeps the dictionaries alive whose identities are remembered.
    private var anchors: [TextDictionary] = []

    private static let bitGroups = 256

    private struct Pair: Hashable, Sendable {
        let group: Int32
        let value: Int64
    }

    mutating func add(_ groups: [Int32], mask: [UInt8]?, values: Vector) {
        if case .row(let rows) = values {
            for row in groups.indices
            where groups[row] >= 0 && mask?[row] ?? 1 == 1 && rows[row] >= 0 {
                insert(groups[row], row: Int(rows[row]))
            }
            return
        }
        let map: [Int64]? = if case .text(_, let dictionary) = values { codes(dictionary) }
            else { nil }
        for row in groups.indices
        where groups[row] >= 0 && mask?[row] ?? 1 == 1 && !values.isNone(row) {
            let value: Int64 = switch values {
            case .bool(let v): Int64(v[row])
            case .int(let v): v[row]
            case .double(let v): Int64(bitPattern: (v[row] + 0).bitPattern)
            case .day(let v), .row(let v): Int64(v[row])
            case .text(let v, _): map?[Int(v[row])] ?? 0
            }
            pairs.insert(Pair(group: groups[row], value: value))
        }
    }

    private mutating func insert(_ group: Int32, row: Int) {
        let place = Int(group)
        guard place < Distinct.bitGroups else {
            rowPairs.insert(Pair(group: group, value: Int64(row)))
            return
        }
        let word = row >> 6
        reserve(place, words: word + 1)
        bits[place][word] |= 1 << UInt64(row & 63)
    }

    private mutating func reserve(_ group: Int, words: Int) {
        if bits.count <= group {
            bits.append(contentsOf: repeatElement([], count: group + 1 - bits.count))
        }
        if bits[group].count < words {
            let wanted = max(words, bits[group].count * 2)
            bits[group].append(contentsOf: repeatElement(0, count: wanted - bits[group].count))
        }
    }

    private mutating func codes(_ dictionary: TextDictionary) -> [Int64] {
        if let map = textMaps[ObjectIdentifier(dictionary)] { return map }
        let map = dictionary.texts.map { text -> Int64 in
            let text = ExactText(text)
            if let code = texts[text] { return code }
            let code = Int64(texts.count)
            texts[text] = code
            return code
        }
        textMaps[ObjectIdentifier(dictionary)] = map
        anchors.append(dictionary)
        return map
    }

    /// Takes in another's values; its group `g` is group `map[g]` here.
    mutating func merge(_ other: Distinct, _ map: [Int32]) {
        for (group, words) in other.bits.enumerated() where !words.isEmpty {
            let target = Int(map[group])
            if target < Distinct.bitGroups {
                reserve(target, words: words.count)
                for (index, word) in words.enumerated() { bits[target][index] |= word }
            } else {
                for (index, word) in words.enumerated() where word != 0 {
                    for bit in 0..<64 where word >> UInt64(bit) & 1 == 1 {
                        insert(map[group], row: index * 64 + bit)
                    }
                }
            }
        }
        for pair in other.rowPairs { insert(map[Int(pair.group)], row: Int(pair.value)) }
        var translation: [Int64: Int64] = [:]
        for (text, code) in other.texts {
            let mine = texts[text] ?? Int64(texts.count)
            texts[text] = mine
            translation[code] = mine
        }
        for pair in other.pairs {
            let value = other.texts.isEmpty ? pair.value : translation[pair.value] ?? pair.value
            pairs.insert(Pair(group: map[Int(pair.group)], value: value))
        }
    }

    func counts(_ count: Int) -> [Int64] {
        var result = [Int64](repeating: 0, count: count)
        for (group, words) in bits.enumerated() {
            result[group] = words.reduce(0) { $0 + Int64($1.nonzeroBitCount) }
        }
        for pair in pairs { result[Int(pair.group)] += 1 }
        for pair in rowPairs { result[Int(pair.group)] += 1 }
        return result
    }
}
