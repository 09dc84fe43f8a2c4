import MusterValues
import MusterPlan
import MusterStore

/// The running state of one measure for all groups.
struct Accumulator: Sendable {
    private enum State: Sendable {
        case counts([Int64])
        case sums([Int64])
        /// For each batch its sums by group, added up in the order of the batches at the end:
        /// sums of fractions depend on their order, and must not on the number of threads.
        case numbers([BatchSums])
        /// The best value so far as comparable bits, and the value itself.
        case extremes([Constant])
        /// (group, value) pairs as they come.
        case values([Int32], [Double])
        case distinct(Distinct)
        case codeviations(Codeviations)
        /// Worked out elsewhere; none for a group of which nothing is known.
        case worked([Constant])
    }
    private var state: State
    private let kind: Measure.Kind
    private let type: ValueType
    private var isBeyond = false
    /// What one product of two measured values is of a whole one.
    private let unit: Double

    /// Whether a value of a group does not fit.
    var overflowed: Bool {
        if case .codeviations(let state) = state { isBeyond || state.isTooLarge } else { isBeyond }
    }

    init(_ measure: Measure) {
        unit = measure.unit
        kind = measure.kind
        type = measure.type
        state = switch measure.kind {
        case .count: .counts([])
        case .sum: measure.type == .number ? .numbers([]) : .sums([])
        case .minimum, .maximum: .extremes([])
        case .quantile: .values([], [])
        case .distinct: .distinct(Distinct())
        case .codeviation: .codeviations(Codeviations())
        }
    }

    /// What a database worked out: a value for each of some groups, of `count`.
    init(_ measure: Measure, worked values: Vector, _ groups: [Int32], _ count: Int) {
        kind = measure.kind
        type = measure.type
        unit = measure.unit
        var known = [Constant](repeating: .none, count: count)
        for (place, group) in groups.enumerated() { known[Int(group)] = values.constant(place) }
        state = .worked(known)
    }

    /// Makes room for groups up to `count`.
    mutating func grow(to count: Int) {
        switch state {
        case .counts(var v):
            state = .counts([])
            v.append(contentsOf: repeatElement(0, count: max(0, count - v.count)))
            state = .counts(v)
        case .sums(var v):
            state = .sums([])
            v.append(contentsOf: repeatElement(0, count: max(0, count - v.count)))
            state = .sums(v)
        case .extremes(var v):
            state = .extremes([])
            v.append(contentsOf: repeatElement(.none, count: max(0, count - v.count)))
            state = .extremes(v)
        case .worked(var v):
            state = .worked([])
            v.append(contentsOf: repeatElement(.none, count: max(0, count - v.count)))
            state = .worked(v)
        case .numbers, .values, .distinct, .codeviations: break
        }
    }

    /// Takes in rows: their groups (-1: passed over), the mask of those that take part, and the
    /// measured values (none for a count).
    mutating func add(_ groups: [Int32], mask: [UInt8]?, values: [Vector]) {
        switch (state, values.first) {
        case (.counts(var counts), _):
            state = .counts([])
            count(&counts, groups, mask)
            state = .counts(counts)
        case (.sums(var sums), .int(let values)?):
            state = .sums([])
            sum(&sums, groups, mask, values)
            state = .sums(sums)
        case (.numbers(var batches), .double(let values)?):
            state = .numbers([])
            batches.append(BatchSums(groups, mask, values))
            state = .numbers(batches)
        case (.extremes(var best), let values?):
            state = .extremes([])
            for row in groups.indices
            where groups[row] >= 0 && mask?[row] ?? 1 == 1 && !values.isNone(row) {
                improve(&best[Int(groups[row])], values.constant(row))
            }
            state = .extremes(best)
        case (.values(var owners, var kept), .double(let values)?):
            state = .values([], [])
            for row in groups.indices
            where groups[row] >= 0 && mask?[row] ?? 1 == 1 && !values[row].isNaN {
                owners.append(groups[row])
                kept.append(values[row])
            }
            state = .values(owners, kept)
        case (.distinct(var distinct), let values?):
            state = .counts([])
            distinct.add(groups, mask: mask, values: values)
            state = .distinct(distinct)
        case (.codeviations(var sums), let first?):
            state = .counts([])
            sums.add(groups, mask: mask, first, values[values.count - 1])
            state = .codeviations(sums)
        default: break
        }
    }

    private func count(_ counts: inout [Int64], _ groups: [Int32], _ mask: [UInt8]?) {
        counts.withUnsafeMutableBufferPointer { counts in
            groups.withUnsafeBufferPointer { groups in
                guard let mask else {
                    for row in 0..<groups.count where groups[row] >= 0 {
                        counts[Int(groups[row])] &+= 1
                    }
                    return
                }
                mask.withUnsafeBufferPointer { mask in
                    for row in 0..<groups.count where groups[row] >= 0 {
                        counts[Int(groups[row])] &+= mask[row] == 1 ? 1 : 0
                    }
                }
            }
        }
    }

    private mutating func sum(_ sums: inout [Int64], _ groups: [Int32], _ mask: [UInt8]?,
                              _ values: [Int64]) {
        for row in groups.indices
        where groups[row] >= 0 && mask?[row] ?? 1 == 1 && values[row] != None.integer {
            let (next, overflow) = sums[Int(groups[row])].addingReportingOverflow(values[row])
            if overflow || next == None.integer { isBeyond = true }
            sums[Int(groups[row])] = next
        }
    }

    private func improve(_ best: inout Constant, _ value: Constant) {
        guard best != .none else { best = value; return }
        let isBetter: Bool
        if case .minimum = kind { isBetter = value.precedes(best) } else {
            isBetter = best.precedes(value)
        }
        if isBetter { best = value }
    }

    /// Takes in another state whose group `g` is group `map[g]` here.
    mutating func merge(_ other: Accumulator, _ map: [Int32]) {
        isBeyond = isBeyond || other.isBeyond
        // What was counted here and what a database counted go together as what both came to.
        if isWorked != other.isWorked {
            var both = (self, other)
            both.0.makeWorked(map.max().map { Int($0) + 1 } ?? 0)
            both.1.makeWorked(map.count)
            both.0.merge(both.1, map)
            self = both.0
            return
        }
        switch (state, other.state) {
        case (.counts(var mine), .counts(let theirs)):
            state = .counts([])
            for (group, count) in theirs.enumerated() { mine[Int(map[group])] += count }
            state = .counts(mine)
        case (.sums(var mine), .sums(let theirs)):
            state = .sums([])
            for (group, sum) in theirs.enumerated() {
                let (next, overflow) = mine[Int(map[group])].addingReportingOverflow(sum)
                if overflow { isBeyond = true }
                mine[Int(map[group])] = next
            }
            state = .sums(mine)
        case (.numbers(var mine), .numbers(let theirs)):
            state = .numbers([])
            mine += theirs.map { $0.moved(map) }
            state = .numbers(mine)
        case (.extremes(var mine), .extremes(let theirs)):
            state = .extremes([])
            for (group, value) in theirs.enumerated() where value != .none {
                improve(&mine[Int(map[group])], value)
            }
            state = .extremes(mine)
        case (.values(var owners, var kept), .values(let theirOwners, let theirs)):
            state = .values([], [])
            owners.append(contentsOf: theirOwners.map { map[Int($0)] })
            kept.append(contentsOf: theirs)
            state = .values(owners, kept)
        case (.distinct(var mine), .distinct(let theirs)):
            state = .counts([])
            mine.merge(theirs, map)
            state = .distinct(mine)
        case (.codeviations(var mine), .codeviations(let theirs)):
            state = .counts([])
            mine.merge(theirs, map)
            state = .codeviations(mine)
        case (.worked(var mine), .worked(let theirs)):
            state = .worked([])
            for (group, value) in theirs.enumerated() where value != .none {
                combine(&mine[Int(map[group])], value)
            }
            state = .worked(mine)
        default: break
        }
    }

    private var isWorked: Bool { if case .worked = state { true } else { false } }

    private mutating func makeWorked(_ count: Int) {
        guard !isWorked else { return grow(to: count) }
        var groups = count
        switch state {
        case .counts(let v), .sums(let v): groups = max(groups, v.count)
        case .extremes(let v): groups = max(groups, v.count)
        default: break
        }
        let values = result(groups, type: type)
        state = .worked((0..<groups).map { values.constant($0) })
    }

    /// One value for two groups that become one, of a measure of which there is one.
    private mutating func combine(_ mine: inout Constant, _ theirs: Constant) {
        switch (mine, theirs) {
        case (.int(let a), .int(let b)) where kind.isSum:
            let (sum, overflow) = a.addingReportingOverflow(b)
            if overflow { isBeyond = true }
            mine = .int(sum)
        default: improve(&mine, theirs)
        }
    }

    /// The measure's value for each of `count` groups.
    func result(_ count: Int, type: ValueType) -> Vector {
        switch state {
        case .counts(let v): .int(Array(v.prefix(count)))
        case .sums(let v): .int(Array(v.prefix(count)))
        case .numbers(let batches):
            .double(batches.reduce(into: [Double](repeating: 0, count: count)) {
                $1.add(to: &$0)
            })
        case .extremes(let v): type.vector(Array(v.prefix(count)))
        case .distinct(let distinct): .int(distinct.counts(count))
        case .codeviations(let sums): .double(sums.result(count, unit: unit))
        case .worked(let values): worked(values, count, type)
        case .values(let owners, let values):
            .double(Self.quantiles(fraction ?? 0, owners, values, count))
        }
    }

    /// The fraction of a quantile.
    private var fraction: Double? {
        if case .quantile(_, let fraction) = kind { fraction } else { nil }
    }

    private func worked(_ values: [Constant], _ count: Int, _ type: ValueType) -> Vector {
        let nothing: Constant = switch kind {
        case .count, .distinct: .int(0)
        case .sum: type == .number ? .double(0) : .int(0)
        case .minimum, .maximum, .quantile, .codeviation: .none
        }
        return type.vector((0..<count).map { group in
            group < values.count && values[group] != .none ? values[group] : nothing
        })
    }
}

extension Measure.Kind {
    /// Whether that of several groups is the sum of theirs.
    fileprivate var isSum: Bool {
        switch self {
        case .count, .sum: true
        case .minimum, .maximum, .distinct, .quantile, .codeviation: false
        }
    }
}

extension Measure {
    /// What the product of the two measured values is of a whole one, in their last places.
    fileprivate var unit: Double {
        guard case .codeviation(let a, let b) = kind else { return 1 }
        return FixedPoint.double(FixedPoint.unit(a.type.places), 0)
            * FixedPoint.double(FixedPoint.unit(b.type.places), 0)
    }
}
