import Testing
@testable import MusterDiagnostics

@Suite("Pinyin")
struct PinyinTests {
    @Test("Many characters at once read as each of them does")
    func atOnce() {
        let characters = stride(from: 0x4E00, through: 0x9FFF, by: 211).compactMap {
            Unicode.Scalar(UInt32($0)).map { Character($0) }
        } + Array("aZ9（）、。~ '吕绿女区团校长ー々é")
        let together = Pinyin.latin(of: characters)
        #expect(together.count == characters.count)
        for (character, latin) in zip(characters, together) {
            #expect(Pinyin.latin(of: [character]).map { Pinyin.readings(character, $0) }
                == [Pinyin.readings(character, latin)], "\(character)")
        }
    }

    @Test("What was learnt is what is read", arguments: ["吕", "校", "团", "Z", "（"])
    func learnt(_ character: Character) {
        let own = Pinyin.readings(of: character)
        Pinyin.learn(Array("团支部校吕Z（"))
        #expect(Pinyin.readings(of: character) == own)
        let expected: [Character: [String]] = [
            "吕": ["lu", "lv"], "校": ["xiao", "jiao"], "团": ["tuan"], "Z": ["z"], "（": [],
        ]
        #expect(expected[character] == own)
    }
}
