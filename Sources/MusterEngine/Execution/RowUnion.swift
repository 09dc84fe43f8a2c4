import MusterStore
import Synchronization

/// The rows of several snapshots as one numbering: those of the current snapshot by their row,
/// then those that only others have. Units are the same by their id, an earlier id included.
package final class RowUnion: Sendable {
    private let dataSets: [DataSet]
    private let current: Int
    private let domain: Domain

    private struct Numbering {
        /// For each snapshot its rows' numbers.
        var maps: [[Int32]] = []
        /// The label and snapshot of rows that the current snapshot does not have.
        var others: [(dataSet: Int, row: Int32)] = []
    }
    private let known = Mutex<[String: Numbering]>([:])

    package init(_ dataSets: [DataSet], current: Int, domain: Domain) {
        self.dataSets = dataSets
        self.current = current
        self.domain = domain
    }

    /// Row numbers of a snapshot as numbers of the union.
    func translated(_ rows: [Int32], entity: String, from dataSet: Int) -> [Int32] {
        guard dataSet != current else { return rows }
        let map = known.withLock { known -> [Int32] in
            if known[entity] == nil { known[entity] = number(entity) }
            return known[entity]?.maps[dataSet] ?? []
        }
        return rows.map { $0 < 0 ? $0 : map.indices.contains(Int($0)) ? map[Int($0)] : $0 }
    }

    /// Where a row that the current snapshot lacks comes from.
    func origin(of row: Int32, entity: String) -> (data: DataSet, row: Int32)? {
        let place = Int(row) - dataSets[current].rowCount(entity)
        return known.withLock { known in
            guard let others = known[entity]?.others, others.indices.contains(place) else {
                return nil
            }
            return (dataSets[others[place].dataSet], others[place].row)
        }
    }

    private func number(_ entity: String) -> Numbering {
        var numbering = Numbering()
        guard let key = domain.entity(entity)?.keyField else { return numbering }
        let base = dataSets[current].rowCount(entity)
        var numbers: [String: Int32] = [:]
        for (row, names) in names(entity, key, dataSets[current]).enumerated() {
            for name in names where numbers[name] == nil { numbers[name] = Int32(row) }
        }
        for (index, data) in dataSets.enumerated() {
            guard index != current else {
                numbering.maps.append([])
                continue
            }
            numbering.maps.append(names(entity, key, data).enumerated().map { row, names in
                if let number = names.lazy.compactMap({ numbers[$0] }).first { return number }
                let number = Int32(base + numbering.others.count)
                numbering.others.append((index, Int32(row)))
                for name in names { numbers[name] = number }
                return number
            })
        }
        return numbering
    }

    /// The id of each row, then its earlier ids.
    private func names(_ entity: String, _ key: String, _ data: DataSet) -> [[String]] {
        guard case .text(let ids, let texts)? = data.column(entity, key) else { return [] }
        var aliases: ([Int32], TextDictionary)?
        if let field = data.snapshotSchemaAliases(entity),
           case .text(let codes, let dictionary)? = data.column(entity, field) {
            aliases = (codes, dictionary)
        }
        return ids.indices.map { row in
            var names = ids[row] < 0 ? [] : [texts[ids[row]]]
            if let (codes, dictionary) = aliases, codes[row] >= 0 {
                names += dictionary[codes[row]].split(separator: " ").map(String.init)
            }
            return names
        }
    }
}
