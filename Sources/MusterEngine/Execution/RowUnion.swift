import MusterValues
import MusterBinding
import MusterDiagnostics
import MusterStore
import Synchronization

/// The rows of several snapshots as one numbering: those of the current snapshot by their row,
/// then those that only others have, in the order of the snapshots and of their files. Rows are
/// the same by their key; a key that another row lists as a former one is the same row's.
package final class RowUnion: Sendable {
    private let dataSets: [DataSet]
    private let current: Int
    private let domain: Domain

    struct Numbering {
        /// For each data set its rows' numbers.
        var numbers: [[Int32]] = []
        /// For each data set its row of each number, or -1.
        var rows: [[Int32]] = []
        /// Every key and former key.
        var byKey: [ExactText: Int32] = [:]
        var count = 0

        mutating func next() -> Int32 {
            count += 1
            return Int32(count - 1)
        }
    }
    private let known = Mutex<[String: Numbering]>([:])

    init(_ dataSets: [DataSet], current: Int, domain: Domain) {
        self.dataSets = dataSets
        self.current = current
        self.domain = domain
    }

    /// One data set needs no other numbers than its own.
    var isTrivial: Bool { dataSets.count < 2 }

    private func numbering<R>(_ entity: String, _ body: (Numbering) -> R) -> R {
        known.withLock { known in
            if let numbering = known[entity] { return body(numbering) }
            let numbering = number(entity)
            known[entity] = numbering
            return body(numbering)
        }
    }

    /// Rows of a data set as numbers of the union.
    func united(_ rows: [Int32], entity: String, from dataSet: Int) -> [Int32] {
        if isTrivial { return rows }
        if dataSet == current, dataSets[current].hasKey(entity) {
            return rows.contains { $0 < -2 } ? rows.map(RowUnion.present) : rows
        }
        return numbering(entity) { numbering in
            let numbers = numbering.numbers[dataSet]
            return rows.map {
                $0 < 0 || $0 >= numbers.count ? RowUnion.present(min($0, -1)) : numbers[Int($0)]
            }
        }
    }

    /// Numbers of the union as rows of a data set. One that it does not have has no fields there,
    /// but is still told from others: see `absent`.
    func local(_ numbers: [Int32], entity: String, in dataSet: Int) -> [Int32] {
        if isTrivial { return numbers }
        return numbering(entity) { numbering in
            let rows = numbering.rows[dataSet]
            return numbers.map { number in
                guard number >= 0, number < rows.count else { return min(number, -1) }
                return rows[Int(number)] < 0 ? RowUnion.absent(number) : rows[Int(number)]
            }
        }
    }

    /// A number of the union in a data set that has no such row: below none (-1) and what no
    /// snapshot knows (-2).
    private static func absent(_ number: Int32) -> Int32 { -3 - number }

    /// Whether a row of a data set is one that only others have: nothing belongs to it there.
    static func isAbsent(_ row: Int32) -> Bool { row < -2 && row != nobody }

    /// The number that such a one stands for; none for a name that nothing bears.
    private static func present(_ row: Int32) -> Int32 {
        if row == nobody { return -1 }
        return row < -2 ? -3 - row : row
    }

    /// A row of a plain table that its own keys do not find.
    static let ownerless: Int32 = -3

    /// What a name comes to that no snapshot knows.
    static let nobody = Int32.min

    /// The row of a key in a data set, whatever it is called there. What the data set itself
    /// calls so comes first: where two rows became one, each is found under its own key.
    func row(_ key: String, entity: String, in dataSet: Int) -> Int32? {
        guard dataSets.indices.contains(dataSet) else { return nil }
        if let own = dataSets[dataSet].row(key, of: entity) { return own }
        if isTrivial { return nil }
        return number(ofKey: key, entity: entity).map {
            local([$0], entity: entity, in: dataSet)[0]
        }
    }

    /// The number of a key.
    func number(ofKey key: String, entity: String) -> Int32? {
        if isTrivial { return dataSets.first?.row(key, of: entity) }
        return numbering(entity) { $0.byKey[ExactText(key)] }
    }

    func count(_ entity: String) -> Int {
        isTrivial ? dataSets.first?.rowCount(entity) ?? 0 : numbering(entity) { $0.count }
    }

    /// Where a row may be looked at: in the data set preferred, else in the current one, else in
    /// the latest that has it.
    func home(of number: Int32, entity: String, preferring dataSet: Int?) -> (Int, Int32)? {
        guard number >= 0 else { return nil }
        if isTrivial { return (0, number) }
        return numbering(entity) { numbering in
            let order = [dataSet, current].compactMap { $0 } + dataSets.indices.reversed()
            for index in order where Int(number) < numbering.rows[index].count {
                let row = numbering.rows[index][Int(number)]
                if row >= 0 { return (index, row) }
            }
            return nil
        }
    }

    private func number(_ entity: String) -> Numbering {
        var numbering = Numbering()
        let order = [current] + dataSets.indices.filter { $0 != current }
        let names = dataSets.map { $0.names(entity) }
        var kinship = Kinship(names) { [dataSets] in dataSets[$1].row($0.text, of: entity) }
        numbering.numbers = dataSets.map { [Int32](repeating: -1, count: $0.rowCount(entity)) }
        for index in order {
            for row in numbering.numbers[index].indices {
                // A row without a key is like no other.
                guard row < names[index].count, let key = names[index][row].first else {
                    numbering.numbers[index][row] = numbering.next()
                    continue
                }
                // Who bears the same key is the same, whoever lists that key as a former one.
                let number = numbering.byKey[key] ?? kinship.number(of: key)
                    ?? numbering.next()
                if numbering.byKey[key] == nil {
                    numbering.byKey[key] = number
                    kinship.note(key, number)
                }
                numbering.numbers[index][row] = number
            }
        }
        numbering.rows = numbering.numbers.map { numbers in
            var rows = [Int32](repeating: -1, count: numbering.count)
            for (row, number) in numbers.enumerated() { rows[Int(number)] = Int32(row) }
            return rows
        }
        // A key that a row has is that row's before it is another's former one.
        for index in order {
            for (row, keys) in names[index].enumerated() {
                for key in keys.dropFirst() where numbering.byKey[key] == nil {
                    numbering.byKey[key] = numbering.numbers[index][row]
                }
            }
        }
        return numbering
    }
}

/// Which numbers a key may share with others by their former keys. Two rows of one data set are
/// two, whatever their former keys say: a key shares the first number of its class all of whose
/// rows stand in other data sets than its own.
private struct Kinship {
    private var classes = KeyClasses()
    private let names: [[[ExactText]]]
    private let row: (ExactText, Int) -> Int32?
    /// Whether any row has a former key; most tables have none.
    private let hasFormer: Bool
    private var numbersOfClass: [Int: [Int32]] = [:]
    private var keysOfNumber: [Int32: [ExactText]] = [:]

    /// `names` are for each data set its rows' keys, with the former ones; `row` finds one of
    /// either.
    init(_ names: [[[ExactText]]], row: @escaping (ExactText, Int) -> Int32?) {
        self.names = names
        self.row = row
        hasFormer = names.contains { $0.contains { $0.count > 1 } }
        if hasFormer {
            for keys in names.joined() { classes.join(keys) }
        }
    }

    mutating func number(of key: ExactText) -> Int32? {
        guard hasFormer, let known = numbersOfClass[classes.root(of: key)] else { return nil }
        let own = dataSets(of: key)
        return known.first { number in
            (keysOfNumber[number] ?? []).allSatisfy { dataSets(of: $0).isDisjoint(with: own) }
        }
    }

    mutating func note(_ key: ExactText, _ number: Int32) {
        guard hasFormer else { return }
        let root = classes.root(of: key)
        if numbersOfClass[root]?.contains(number) != true {
            numbersOfClass[root, default: []].append(number)
        }
        keysOfNumber[number, default: []].append(key)
    }

    /// Those in which a row bears the key itself.
    private func dataSets(of key: ExactText) -> Set<Int> {
        Set(names.indices.filter { index in
            row(key, index).map { names[index][Int($0)].first == key } ?? false
        })
    }
}

/// Keys that are one row's, joined as they are met.
struct KeyClasses {
    private var numbers: [ExactText: Int] = [:]
    private var parents: [Int] = []

    mutating func join(_ keys: [ExactText]) {
        guard let first = keys.first else { return }
        let root = find(number(of: first))
        for key in keys.dropFirst() { parents[find(number(of: key))] = root }
    }

    mutating func root(of key: ExactText) -> Int { find(number(of: key)) }

    private mutating func number(of key: ExactText) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = parents.count
        parents.append(parents.count)
        return parents.count - 1
    }

    private mutating func find(_ number: Int) -> Int {
        var current = number
        while parents[current] != current {
            parents[current] = parents[parents[current]]
            current = parents[current]
        }
        return current
    }
}
