import MusterStore
import MusterValues
import Testing

@Suite("A text among bytes")
struct ByteSearchTests {
    private func places(_ text: [UInt8], _ memory: [UInt8]) -> [Int] {
        guard text.count <= memory.count else { return [] }
        return (0...(memory.count - text.count)).filter {
            memory[$0..<($0 + text.count)].elementsEqual(text)
        }
    }

    /// All short memories of two letters, and all short texts in them.
    @Test("Is found wherever it stands", arguments: 1...5)
    func everywhere(_ length: Int) {
        for pattern in 0..<(1 << length) {
            let text = (0..<length).map { UInt8(pattern >> $0 & 1) }
            let search = ByteSearch(text)
            for bits in 0..<(1 << 9) {
                let memory = (0..<9).map { UInt8(bits >> $0 & 1) }
                var found: [Int] = [], from = 0
                memory.withUnsafeBufferPointer { memory in
                    while let place = search.next(in: memory, from: from) {
                        found.append(place)
                        from = place + 1
                    }
                }
                #expect(found == places(text, memory))
            }
        }
    }

    @Test("Longer than a skip can tell of, than the memory, at its end, in none")
    func edges() {
        let long = [UInt8](repeating: 1, count: 300) + [2]
        let memory = [UInt8](repeating: 1, count: 700) + [2]
        memory.withUnsafeBufferPointer { memory in
            #expect(ByteSearch(long).next(in: memory, from: 0) == 400)
            #expect(ByteSearch(long).next(in: memory, from: 401) == nil)
            #expect(ByteSearch([2]).next(in: memory, from: 700) == 700)
            #expect(ByteSearch([2]).next(in: memory, from: 701) == nil)
            #expect(ByteSearch([1, 2]).next(in: memory, from: 900) == nil)
        }
        [UInt8]().withUnsafeBufferPointer {
            #expect(ByteSearch([1]).next(in: $0, from: 0) == nil)
        }
    }

    @Test("The texts of a dictionary that hold a part hold it one by one", arguments: [
        "a", "ab", "团支部", "部", "支", "ba", "aa", "e\u{301}", "e", "没有",
    ])
    func dictionaries(_ part: String) {
        let texts = TextDictionary(["", "团支部", "第一团支部", "aab", "ab", "b", "团", "支部", "aaa", "é",
                                    "e\u{301}a", "部a", "团支部团支部"])
        #expect(texts.texts(holding: part) == texts.texts.map { $0.holdsExactly(part) })
        #expect(TextDictionary.empty.texts(holding: part).isEmpty)
    }
}
