import MusterStore

extension Accumulator {
    /// For each of `count` groups the value at a fraction of the way through its sorted values,
    /// between the closest ranks by linear interpolation; none for a group without values.
    static func quantiles(_ fraction: Double, _ owners: [Int32], _ values: [Double], _ count: Int)
        -> [Double] {
        var groups = [[Double]](repeating: [], count: count)
        for (owner, value) in zip(owners, values) { groups[Int(owner)].append(value) }
        return groups.map { group in
            guard !group.isEmpty else { return None.double }
            let sorted = group.sorted()
            let place = fraction * Double(sorted.count - 1)
            let lower = Int(place.rounded(.down)), upper = min(lower + 1, sorted.count - 1)
            return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
        }
    }
}
