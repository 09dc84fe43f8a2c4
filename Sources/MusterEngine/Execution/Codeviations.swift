import MusterPlan
import MusterStore
import MusterValues

/// The sum of (x − x̄)(y − ȳ) of each group: of whole numbers and exact decimals without any error
/// until the last division, so that it is the same in whatever order rows come; of fractions in
/// the order of the rows.
struct Codeviations: Sendable {
    private struct Sums: Sendable {
        var count: Int128 = 0, x: Int128 = 0, y: Int128 = 0, products: Int128 = 0
    }
    private var sums: [Sums] = []
    private var owners: [Int32] = [], pairs: [(Double, Double)] = []
    private(set) var overflowed = false

    mutating func add(_ groups: [Int32], mask: [UInt8]?, _ x: Vector, _ y: Vector) {
        for row in groups.indices
        where groups[row] >= 0 && mask?[row] ?? 1 == 1 && !x.isNone(row) && !y.isNone(row) {
            switch (x, y) {
            case (.int(let x), .int(let y)): add(x[row], y[row], to: Int(groups[row]))
            case (.double(let x), .double(let y)):
                owners.append(groups[row])
                pairs.append((x[row], y[row]))
            default: break
            }
        }
    }

    private mutating func add(_ x: Int64, _ y: Int64, to group: Int) {
        add(Sums(count: 1, x: Int128(x), y: Int128(y), products: Int128(x) * Int128(y)), to: group)
    }

    private mutating func add(_ other: Sums, to group: Int) {
        while sums.count <= group { sums.append(Sums()) }
        sums[group].count += other.count
        sums[group].x += other.x
        sums[group].y += other.y
        let (sum, overflow) = sums[group].products.addingReportingOverflow(other.products)
        sums[group].products = sum
        if overflow { overflowed = true }
    }

    /// Takes in another state whose group `g` is group `map[g]` here.
    mutating func merge(_ other: Codeviations, _ map: [Int32]) {
        overflowed = overflowed || other.overflowed
        for (group, sums) in other.sums.enumerated() where sums.count > 0 {
            add(sums, to: Int(map[group]))
        }
        owners += other.owners.map { map[Int($0)] }
        pairs += other.pairs
    }

    /// For each of `count` groups; none for one without values.
    ///
    /// - Parameter unit: what one of the products is, where the numbers are exact decimals.
    func result(_ count: Int, unit: Double) -> [Double] {
        var result = [Double](repeating: None.double, count: count)
        for (group, sums) in sums.prefix(count).enumerated() where sums.count > 0 {
            result[group] = exact(sums).map { Double($0) / (Double(sums.count) * unit) }
                ?? None.double
        }
        for (group, pairs) in grouped(count).enumerated() where !pairs.isEmpty {
            result[group] = Self.codeviation(pairs)
        }
        return result
    }

    /// Whether the products of a group's sums are beyond what can be worked out.
    var isTooLarge: Bool { overflowed || sums.contains { exact($0) == nil } }

    private func exact(_ sums: Sums) -> Int128? {
        let (all, isBeyond) = sums.count.multipliedReportingOverflow(by: sums.products)
        let (own, isOwnBeyond) = sums.x.multipliedReportingOverflow(by: sums.y)
        let (result, isLast) = all.subtractingReportingOverflow(own)
        return isBeyond || isOwnBeyond || isLast ? nil : result
    }

    private func grouped(_ count: Int) -> [[(Double, Double)]] {
        guard !owners.isEmpty else { return [] }
        var groups = [[(Double, Double)]](repeating: [], count: count)
        for (owner, pair) in zip(owners, pairs) { groups[Int(owner)].append(pair) }
        return groups
    }

    /// From the first pair on, so that what is the same everywhere deviates by nothing at all;
    /// then from the means.
    private static func codeviation(_ pairs: [(Double, Double)]) -> Double {
        let count = Double(pairs.count), first = pairs[0]
        let moved = pairs.map { ($0.0 - first.0, $0.1 - first.1) }
        let x = moved.reduce(0) { $0 + $1.0 } / count, y = moved.reduce(0) { $0 + $1.1 } / count
        return moved.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
    }
}
