import MusterBinding
import MusterDiagnostics
@testable import MusterEngine
import Testing
@testable import MusterShell

/// What Tab looks units' names up in: finds what going through all of them would, and is made
/// once a snapshot.
@Suite("The index of names")
struct NameIndexTests {
    /// Loaded anew: the index is kept with the snapshot.
    private func data() throws -> (DataSet, EntityDefinition) {
        let fixture = try SessionFixture(nil)
        try fixture.session.load(fixture.sample("city"))
        let environment = fixture.session.environment
        return (try #require(environment.data), try #require(environment.domain.tree))
    }

    /// The best rank that a name's own spellings give it.
    private func rank(_ name: String, _ keys: [String], _ typed: String) -> Int? {
        let lower = name.lowercased()
        let forms = Pinyin.spellings(of: name).flatMap { [$0.initials, $0.whole] } + keys
        if lower == typed { return 0 }
        if lower.hasPrefix(typed) { return 1 }
        if forms.contains(typed) { return 2 }
        if forms.contains(where: { $0.hasPrefix(typed) }) { return 3 }
        if lower.contains(typed) { return 4 }
        return forms.contains { $0.contains(typed) } ? 5 : nil
    }

    @Test("Finds what each name's own spellings say", arguments: [
        "hpq", "和平区", "和平区团委", "团支部", "heping", "1201", "120101", "zhong", "x", "第", "a", "1",
        "tianjin", "changqing", "zhangqing", "没有的", "\n",
    ])
    func finds(_ typed: String) throws {
        let (data, entity) = try data()
        let index = try #require(NameIndex.of(data, entity) { false })
        let keys = data.names(entity.name).map { $0.map(\.text) }
        var best: [String: Int] = [:]
        let rows = Int32(data.rowCount(entity.name))
        for row in 0..<rows {
            guard let name = data.text(row, entity.name, entity.labelField),
                  let rank = rank(name, keys[Int(row)].map { $0.lowercased() }, typed) else { continue }
            best[name] = min(rank, best[name] ?? rank)
        }
        let found = index.find(typed, atMost: .max)
        #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.rank) }) == best)
        #expect(found.map(\.rank) == found.map(\.rank).sorted())
        #expect(index.find(typed, atMost: 3).map(\.name) == found.prefix(3).map(\.name))
    }

    @Test("Names that are no plain characters are spelt as others are", arguments: [
        "和平区团委", "AB团支部（1）", "É团委", "e\u{301}团", "Ａｂ团", "团\u{FE00}委", "ǅ团", "👩‍👩‍👧团", "校长会",
    ])
    func spelling(_ name: String) {
        var forms = Forms(), speller = PinyinSpeller()
        Array(name.utf8).withUnsafeBufferPointer { bytes in
            let text = SimpleText(bytes[...])
            speller.learn([text])
            for _ in 0..<2 {
                forms.begin()
                forms.add(lowercase: text)
                speller.spell(text, into: &forms)
            }
        }
        let spellings = Pinyin.spellings(of: name).flatMap { [$0.whole, $0.initials] }
        for text in [name.lowercased()] + spellings {
            var found: Set<Int> = []
            forms.search(Array(text.utf8)) { place, isStart, isEnd in
                if isStart, isEnd { found.insert(place) }
            }
            #expect(found == [0, 1], "\(text)")
        }
    }

    @Test("Simple is what has only characters of one scalar, and no case but ASCII's", arguments: [
        ("和平区团委（1）、AB~ ", true), ("", true), ("\u{1F}", false), ("\u{7F}", false), ("É", false),
        ("\u{3000}", false), ("\u{A000}", false), ("\u{4DFF}", false), ("Ａ", false), ("団é", false),
        ("👧", false), ("团\u{301}", false),
    ])
    func simple(_ text: String, _ isSimple: Bool) {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            let simple = SimpleText(bytes[...])
            #expect(simple.isSimple == isSimple)
            guard isSimple else { return }
            var scalars: [UInt16] = []
            simple.scalars { scalars.append($0) }
            #expect(scalars == Array(text.utf16))
        }
    }

    @Test("Upper levels come first, and no more than asked for")
    func order() throws {
        let (data, entity) = try data()
        let index = try #require(NameIndex.of(data, entity) { false })
        let levels = index.find("", atMost: 100).compactMap { found in
            found.level.flatMap { entity.levels.firstIndex(of: $0) }
        }
        #expect(levels.count == 100 && levels == levels.sorted())
    }

    @Test("Is made once a snapshot, and not at all where it is interrupted")
    func once() throws {
        let (data, entity) = try data()
        var polls = 0
        let none = NameIndex.of(data, entity) {
            polls += 1
            return polls == 2
        }
        #expect(none == nil && polls == 2)
        let first = NameIndex.of(data, entity) { false }
        polls = 0
        let second = NameIndex.of(data, entity) {
            polls += 1
            return true
        }
        #expect(first != nil && first === second && polls == 0)
    }
}
