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
        /// Numbers that a row of a data set has.
        var taken: Set<Taken> = []
    }

    struct Taken: Hashable {
        let dataSet: Int
        let number: Int32
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

    /// The number that such a one stands for; none for a name that nothing bears.
    private static func present(_ row: Int32) -> Int32 {
        if row == nobody { return -1 }
        return row < -2 ? -3 - row : row
    }

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
        var classes = KeyClasses()
        let names = dataSets.map { $0.names(entity) }
        for index in order { for keys in names[index] { classes.join(keys) } }
        var numberOfClass: [Int: Int32] = [:]
        numbering.numbers = dataSets.map { [Int32](repeating: -1, count: $0.rowCount(entity)) }
        for index in order {
            for row in numbering.numbers[index].indices {
                // A row without a key is like no other.
                guard row < names[index].count, let key = names[index][row].first else {
                    numbering.numbers[index][row] = Int32(numbering.count)
                    numbering.count += 1
                    continue
                }
                // Two rows of one snapshot are two, whatever their former keys say.
                let own = classes.root(of: key)
                var number = Int32(numbering.count)
                if let known = numberOfClass[own],
                   !numbering.taken.contains(Taken(dataSet: index, number: known)) {
                    number = known
                } else {
                    if numberOfClass[own] == nil { numberOfClass[own] = number }
                    numbering.count += 1
                }
                numbering.numbers[index][row] = number
                numbering.taken.insert(Taken(dataSet: index, number: number))
            }
        }
        numbering.rows = numbering.numbers.map { numbers in
            var rows = [Int32](repeating: -1, count: numbering.count)
            for (row, number) in numbers.enumerated() { rows[Int(number)] = Int32(row) }
            return rows
        }
        // A key that a row has is that row's before it is another's former one.
        for isFormer in [false, true] {
            for index in order {
                for (row, keys) in names[index].enumerated() {
                    for key in isFormer ? keys.dropFirst() : keys.prefix(1)
                    where numbering.byKey[key] == nil {
                        numbering.byKey[key] = numbering.numbers[index][row]
                    }
                }
            }
        }
        return numbering
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
