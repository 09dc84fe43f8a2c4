import MusterDiagnostics

/// Spells many names: what a character is read as is looked up once.
struct PinyinSpeller {
    /// All readings, one behind the other.
    private var letters: [UInt8] = []
    /// Where each reading stands among the letters.
    private var readings: [Range<Int>] = []
    /// By character which readings it has, the usual one first.
    private var known: [Character: Range<Int>] = [:]
    /// The same of characters that are one scalar of two bytes, which is sooner found; nil where
    /// it was not asked for yet.
    private var ofScalars = [Range<Int>?](repeating: nil, count: 1 << 16)

    /// What is being spelt: each character's readings among which there is a choice, and the
    /// initials of the ways so far.
    private var chosen: [Range<Int>] = []
    private var initials: [UInt8] = []

    /// Looks up at once what the characters of many texts are read as: one by one takes longer.
    mutating func learn(_ texts: some Sequence<SimpleText>) {
        var isThere = [Bool](repeating: false, count: ofScalars.count)
        for text in texts where text.isSimple { text.scalars { isThere[Int($0)] = true } }
        Pinyin.learn(isThere.indices.compactMap { scalar in
            isThere[scalar] ? Unicode.Scalar(UInt16(scalar)).map { Character($0) } : nil
        })
    }

    /// Adds each way to spell a name, whole and by initials; none where nothing in it is Chinese.
    mutating func spell(_ name: SimpleText, into forms: inout Forms) {
        chosen.removeAll(keepingCapacity: true)
        var ways = 1
        if name.isSimple {
            var holdsChinese = false
            name.scalars { scalar in
                holdsChinese = holdsChinese || scalar >= 0x4E00
                choose(readings(of: scalar), &ways)
            }
            guard holdsChinese else { return }
        } else {
            let text = String(decoding: name.bytes, as: UTF8.self)
            guard text.holdsChinese else { return }
            for character in text { choose(readings(of: character), &ways) }
        }
        write(ways, &forms)
    }

    /// So many ways as there may be: the usual reading alone where they would become too many.
    private mutating func choose(_ readings: Range<Int>, _ ways: inout Int) {
        guard !readings.isEmpty else { return }
        guard readings.count > 1, ways * readings.count <= Pinyin.most else {
            chosen.append(readings.prefix(1))
            return
        }
        ways *= readings.count
        chosen.append(readings)
    }

    private mutating func write(_ ways: Int, _ forms: inout Forms) {
        initials.removeAll(keepingCapacity: true)
        let length = chosen.count
        letters.withUnsafeBufferPointer { letters in
            for way in 0..<ways {
                var rest = way
                let start = initials.count
                for choice in chosen {
                    let (next, place) = rest.quotientAndRemainder(dividingBy: choice.count)
                    rest = next
                    let reading = readings[choice.lowerBound + place]
                    forms.put(letters[reading])
                    initials.append(letters[reading.lowerBound])
                }
                forms.end()
                let own = initials[start...]
                let isNew = !(0..<way).contains { earlier in
                    initials[(earlier * length)..<((earlier + 1) * length)].elementsEqual(own)
                }
                if isNew { forms.add(own) }
            }
        }
    }

    private mutating func readings(of scalar: UInt16) -> Range<Int> {
        if let known = ofScalars[Int(scalar)] { return known }
        let found = Unicode.Scalar(scalar).map { readings(of: Character($0)) } ?? 0..<0
        ofScalars[Int(scalar)] = found
        return found
    }

    private mutating func readings(of character: Character) -> Range<Int> {
        if let known = known[character] { return known }
        let first = readings.count
        for reading in Pinyin.readings(of: character) {
            let start = letters.count
            letters += reading.utf8
            readings.append(start..<letters.count)
        }
        known[character] = first..<readings.count
        return first..<readings.count
    }
}
