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

    private let names: [String]
    /// Positions among the levels.
    private let levels: [Term?]
    /// Lower case, each between line feeds, and where each begins.
    private let spelled: Forms
    /// Pinyin whole and initials, keys and former keys.
    private let others: Forms

    /// Nil where it was given up.
    private init?(_ data: DataSet, _ entity: EntityDefinition, _ isInterrupted: () -> Bool) {
        guard let label = entity.labelField,
              case .text(let rows, let dictionary)? = data.column(entity.name, label)
        else { return nil }
        let ranks = NameIndex.ranks(data, entity, count: rows.count)
        let order = (0...entity.levels.count).flatMap { rank in
            rows.indices.filter { ranks[$0] == rank && rows[$0] >= 0 }
        }
        let keys = data.keys(of: entity.name)
        var names: [String] = [], levels: [Term?] = []
        var spelled = Forms(), others = Forms(), pinyin = PinyinSpeller()
        for (place, row) in order.enumerated() {
            if place % 256 == 0, isInterrupted() { return nil }
            let name = dictionary[rows[row]]
            names.append(name)
            levels.append(ranks[row] < entity.levels.count ? entity.levels[ranks[row]] : nil)
            spelled.begin()
            spelled.add(lowercase: name)
            others.begin()
            pinyin.spell(name, into: &others)
            for key in keys[row] { others.add(lowercase: key) }
        }
        (self.names, self.levels, self.spelled, self.others) = (names, levels, spelled, others)
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
            places = names.indices.map { (0, $0) }
        } else {
            var ranks = [Int8](repeating: .max, count: names.count)
            spelled.search(typed) { place, isStart, isEnd in
                ranks[place] = min(ranks[place], isStart && isEnd ? 0 : isStart ? 1 : 4)
            }
            others.search(typed) { place, isStart, isEnd in
                ranks[place] = min(ranks[place], isStart && isEnd ? 2 : isStart ? 3 : 5)
            }
            for rank in 0...5 {
                for place in names.indices where ranks[place] == rank {
                    places.append((rank, place))
                }
            }
        }
        var seen: Set<String> = []
        var found: [Found] = []
        for (rank, place) in places where seen.insert(names[place]).inserted {
            found.append(Found(rank: rank, name: names[place], level: levels[place]))
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

/// Several spellings of each of many names, in one piece of memory.
struct Forms: Sendable {
    private var bytes: [UInt8] = [Forms.mark]
    private var starts: [Int] = []
    private static let mark: UInt8 = 0x0A

    /// What is added from here on belongs to the next name.
    mutating func begin() { starts.append(bytes.count) }

    mutating func add(_ spelling: some Sequence<UInt8>) {
        bytes += spelling
        bytes.append(Forms.mark)
    }

    /// Adds a text in lower case.
    mutating func add(lowercase text: String) {
        guard text.isOfSimpleCharacters else { return add(text.lowercased().utf8) }
        bytes += text.utf8.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        bytes.append(Forms.mark)
    }

    /// Tells of every place where the text stands: in which name's spelling, whether at its
    /// beginning, whether at its end.
    func search(_ text: [UInt8], _ found: (_ name: Int, _ isStart: Bool, _ isEnd: Bool) -> Void) {
        guard !text.contains(Forms.mark) else { return }
        // Horspool: by the byte under the text's last one, how far nothing can begin.
        var skips = [Int](repeating: text.count, count: 256)
        for (place, byte) in text.dropLast().enumerated() {
            skips[Int(byte)] = text.count - 1 - place
        }
        bytes.withUnsafeBufferPointer { memory in
            var at = 0, name = 0
            while at + text.count <= memory.count {
                let last = memory[at + text.count - 1]
                defer { at += skips[Int(last)] }
                guard last == text[text.count - 1], (0..<text.count - 1).allSatisfy({
                    memory[at + $0] == text[$0]
                }) else { continue }
                while name + 1 < starts.count, starts[name + 1] <= at { name += 1 }
                found(name, memory[at - 1] == Forms.mark, memory[at + text.count] == Forms.mark)
            }
        }
    }
}
