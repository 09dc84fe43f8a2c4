import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore
import MusterValues

/// The data sets that an execution can read: the loaded ones by their day, then those that only
/// kept tables still hold; and their rows as one numbering.
package final class Universe: Sendable {
    let dataSets: [DataSet]
    /// How many of them are loaded.
    let loaded: Int
    /// The one by whose rows results are numbered; 0 where none is loaded.
    let current: Int
    let union: RowUnion
    let domain: Domain

    init(_ loaded: [DataSet], kept: [DataSet], current: Int?, domain: Domain) {
        var all = loaded
        for data in kept where !all.contains(where: { $0 === data }) { all.append(data) }
        dataSets = all
        self.loaded = loaded.count
        self.current = current ?? 0
        self.domain = domain
        union = RowUnion(all, current: self.current, domain: domain)
    }

    /// Rows have the same numbers in every place: there is one data set at the most.
    var isTrivial: Bool { dataSets.count < 2 }

    /// Where a reading of a plan is made: in a loaded snapshot, else in one that a kept table
    /// holds. Throws where there is neither.
    func place(_ reading: Reading) throws -> Place {
        for index in dataSets.indices where dataSets[index].asOf == reading.snapshot {
            return Place(dataSet: index, day: reading.day)
        }
        let day = CivilDay.text(reading.snapshot)
        throw Diagnostic("snapshot.gone", Message(
            zh: "截至 \(day) 的快照已不在", en: "the snapshot of \(day) is no longer loaded"),
            hint: Message(zh: "请重新装载，或重新查询", en: "load it again, or query anew"))
    }

    /// The current data set, the other loaded ones from the latest on, those of kept tables.
    var searchOrder: [Int] {
        [current] + (0..<loaded).reversed().filter { $0 != current }
            + (loaded..<dataSets.count).filter { $0 != current }
    }

    func index(of data: DataSet) -> Int? { dataSets.firstIndex { $0 === data } }

    /// Numbers of rows in another universe as numbers here.
    func adopted(_ numbers: [Int32], entity: String, from other: Universe) -> [Int32] {
        if other === self || (isTrivial && other.isTrivial) { return numbers }
        var adopted = [Int32](repeating: -1, count: numbers.count)
        for index in other.searchOrder.reversed() {
            guard other.dataSets.indices.contains(index),
                  let own = self.index(of: other.dataSets[index]) else { continue }
            let rows = other.union.local(numbers, entity: entity, in: index)
            let found = union.united(rows, entity: entity, from: own)
            for position in rows.indices where rows[position] >= 0 {
                adopted[position] = found[position]
            }
        }
        return adopted
    }
}
