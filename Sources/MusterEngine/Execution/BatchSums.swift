/// The sums of fractions of one batch, for the groups that it meets and no others: there may be
/// far more groups than a batch has rows.
struct BatchSums: Sendable {
    private var groups: [Int32] = []
    private var sums: [Double] = []

    init(_ owners: [Int32], _ mask: [UInt8]?, _ values: [Double]) {
        var places = [Int32](repeating: -1, count: Int(owners.max() ?? -1) + 1)
        for row in owners.indices
        where owners[row] >= 0 && mask?[row] ?? 1 == 1 && !values[row].isNaN {
            let group = Int(owners[row])
            if places[group] >= 0 {
                sums[Int(places[group])] += values[row]
            } else {
                places[group] = Int32(sums.count)
                groups.append(owners[row])
                sums.append(values[row])
            }
        }
    }

    /// The same with group `g` called `map[g]`.
    func moved(_ map: [Int32]) -> BatchSums {
        var moved = self
        moved.groups = groups.map { map[Int($0)] }
        return moved
    }

    func add(to totals: inout [Double]) {
        for (group, sum) in zip(groups, sums) { totals[Int(group)] += sum }
    }
}
