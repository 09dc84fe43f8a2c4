import MusterBinding
import MusterDiagnostics
import MusterEngine
import MusterStore
import Synchronization

/// The names of a tree's rows as Tab looks for them: by any part of a name, by pinyin and its
/// initials, by keys and former keys. Made once a snapshot; every look goes over one piece of
/// memory.
final class NameIndex: Sendable {
    struct Found {
        /// As `Completer.ranked` has it: the lower the better.
        let rank: Int
        let name: String
        let level: Term?
    }

    /// The names, and the code of each.
    private let texts: TextDictionary
    private let codes: [Int32]
    /// Positions among the levels.
    private let levels: [Term?]
    /// Lower case, each between line feeds, and where each begins.
    private let spelled: Forms
    /// Pinyin whole and initials, keys and former keys.
    private let others: Forms

    /// Nil where it was given up.
    private init?(_ data: DataSet, _ entity: EntityDefinition, _ isInterrupted: () -> Bool) {
        guard let label = entity.labelField,
              case .text(let rows, let texts)? = data.column(entity.name, label)
        else { return nil }
        let ranks = NameIndex.ranks(data, entity, count: rows.count)
        let order = (0...entity.levels.count).flatMap { rank in
            rows.indices.filter { ranks[$0] == rank && rows[$0] >= 0 }
        }
        let keys = data.keyColumns(entity.name)
        var spelled = Forms(), others = Forms(), pinyin = PinyinSpeller()
        var codes: [Int32] = [], levels: [Term?] = []
        let isMade = texts.bytes.withUnsafeBufferPointer { memory in
            func name(_ code: Int32) -> SimpleText { SimpleText(memory[texts.range(code)]) }
            pinyin.learn((0..<Int32(texts.count)).lazy.map(name))
            for (place, row) in order.enumerated() {
                if place % 256 == 0, isInterrupted() { return false }
                let name = name(rows[row])
                codes.append(rows[row])
                levels.append(ranks[row] < entity.levels.count ? entity.levels[ranks[row]] : nil)
                spelled.begin()
                spelled.add(lowercase: name)
                others.begin()
                pinyin.spell(name, into: &others)
                if let (codes, texts) = keys.own, codes[row] >= 0 {
                    texts.bytes.withUnsafeBufferPointer {
                        others.add(lowercase: SimpleText($0[texts.range(codes[row])]))
                    }
                }
                if let (codes, texts) = keys.former, codes[row] >= 0 {
                    texts.bytes.withUnsafeBufferPointer {
                        for key in $0[texts.range(codes[row])].split(separator: 0x20) {
                            others.add(lowercase: SimpleText(key))
                        }
                    }
                }
            }
            return true
        }
        guard isMade else { return nil }
        (self.texts, self.codes, self.levels) = (texts, codes, levels)
        (self.spelled, self.others) = (spelled, others)
    }

    /// For each row the position of its level from the top.
    private static func ranks(_ data: DataSet, _ entity: EntityDefinition, count: Int) -> [Int] {
        guard let field = entity.levelField,
              case .text(let codes, let texts)? = data.column(entity.name, field) else {
            return [Int](repeating: 0, count: count)
        }
        let known = texts.texts.map { text in
            entity.levels.firstIndex { $0.en == text } ?? entity.levels.count
        }
        return codes.map { $0 >= 0 ? known[Int($0)] : entity.levels.count }
    }

    /// The names that fit what was typed, the best first, upper levels before lower; each name
    /// once.
    func find(_ typed: String, atMost limit: Int) -> [Found] {
        let typed = Array(typed.lowercased().utf8)
        var places: [(rank: Int, place: Int)] = []
        if typed.isEmpty {
            places = codes.indices.map { (0, $0) }
        } else {
            var ranks = [Int8](repeating: .max, count: codes.count)
            spelled.search(typed) { place, isStart, isEnd in
                ranks[place] = min(ranks[place], isStart && isEnd ? 0 : isStart ? 1 : 4)
            }
            others.search(typed) { place, isStart, isEnd in
                ranks[place] = min(ranks[place], isStart && isEnd ? 2 : isStart ? 3 : 5)
            }
            for rank in 0...5 {
                for place in codes.indices where ranks[place] == rank {
                    places.append((rank, place))
                }
            }
        }
        // A name is its code: texts are told apart by it.
        var isSeen = [Bool](repeating: false, count: texts.count)
        var found: [Found] = []
        for (rank, place) in places where !isSeen[Int(codes[place])] {
            isSeen[Int(codes[place])] = true
            found.append(Found(rank: rank, name: texts[codes[place]], level: levels[place]))
            if found.count == limit { break }
        }
        return found
    }

    // MARK: once a snapshot

    /// An index, with the data that it is of: those are not kept alive by it.
    private struct Known: Sendable {
        weak var data: DataSet?
        let index: NameIndex
    }
    private static let known = Mutex<[Known]>([])

    /// The index of a snapshot's rows; nil where there are none, or its making was interrupted.
    static func of(_ data: DataSet, _ entity: EntityDefinition, isInterrupted: () -> Bool)
        -> NameIndex? {
        if let kept = known.withLock({ $0.first { $0.data === data }?.index }) { return kept }
        guard let index = NameIndex(data, entity, isInterrupted) else { return nil }
        known.withLock { known in
            known.removeAll { $0.data == nil }
            known.append(Known(data: data, index: index))
        }
        return index
    }
}
