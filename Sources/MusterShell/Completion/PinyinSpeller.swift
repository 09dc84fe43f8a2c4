import MusterDiagnostics

/// Spells many names: what a character is read as is looked up once.
struct PinyinSpeller {
    private var known: [Character: [[UInt8]]] = [:]
    /// The same of characters that are one scalar, which is sooner found.
    private var ofScalars: [Unicode.Scalar: [[UInt8]]] = [:]

    /// Adds each way to spell a name, whole and by initials; none where nothing in it is Chinese.
    mutating func spell(_ name: String, into forms: inout Forms) {
        guard name.holdsChinese else { return }
        var spelling = Spelling()
        if name.isOfSimpleCharacters {
            for scalar in name.unicodeScalars { spelling.add(readings(of: scalar)) }
        } else {
            for character in name { spelling.add(readings(of: character)) }
        }
        for (place, whole) in spelling.whole.enumerated() {
            forms.add(whole)
            let initials = spelling.initials[place]
            if !spelling.initials[..<place].contains(initials) { forms.add(initials) }
        }
    }

    /// The ways to spell what was read so far.
    private struct Spelling {
        var whole: [[UInt8]] = [[]]
        var initials: [[UInt8]] = [[]]

        mutating func add(_ readings: [[UInt8]]) {
            guard let usual = readings.first else { return }
            guard readings.count > 1, whole.count * readings.count <= Pinyin.most else {
                for place in whole.indices {
                    whole[place] += usual
                    initials[place].append(usual[0])
                }
                return
            }
            whole = whole.flatMap { before in readings.map { before + $0 } }
            initials = initials.flatMap { before in readings.map { before + [$0[0]] } }
        }
    }

    private mutating func readings(of scalar: Unicode.Scalar) -> [[UInt8]] {
        if let known = ofScalars[scalar] { return known }
        let readings = readings(of: Character(scalar))
        ofScalars[scalar] = readings
        return readings
    }

    private mutating func readings(of character: Character) -> [[UInt8]] {
        if let known = known[character] { return known }
        let readings = Pinyin.readings(of: character).map { Array($0.utf8) }
        known[character] = readings
        return readings
    }
}

extension String {
    /// Whether each of its scalars is a character by itself, and one that has no case or that of
    /// ASCII: ASCII without controls, Chinese characters and the usual punctuation with them.
    var isOfSimpleCharacters: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x20...0x7E, 0x3001...0x3011, 0x4E00...0x9FFF, 0xFF08...0xFF09: true
            default: false
            }
        }
    }
}
