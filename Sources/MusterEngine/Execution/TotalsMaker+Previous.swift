import MusterPlan
import MusterStore

extension TotalsMaker {
    /// A value of the period before, for the totals that `frame` makes of `members`: over the
    /// same groups, so that what is shown and what it is compared with are of the same. A group
    /// that a later stage took from a period is missing from the period before too; one that
    /// only one of the periods has counts in that one. None where there is none.
    func previous(_ frame: Frame, _ members: [[Int32]], _ scalar: Scalar, _ periods: [Int32],
                  periodKey: Int, at position: Int) throws -> Vector {
        let before = earlier(members, periods, periodKey, there: frames[position].groups ?? [])
        // Most often it is the totals themselves that stood there.
        var numbers: [[Int32]: Int32] = [:]
        for (number, groups) in members.enumerated() { numbers[groups.sorted()] = Int32(number) }
        let made = before.allSatisfy { $0.isEmpty || numbers[$0] != nil }
        var wanted = members
        if !made {
            wanted = []
            numbers = [:]
            for groups in before where !groups.isEmpty && numbers[groups] == nil {
                numbers[groups] = Int32(wanted.count)
                wanted.append(groups)
            }
        }
        let line = made ? frame : try self.frame(of: wanted, through: position)
        let values = try Evaluator(executor.run).evaluate(scalar, line)
        var rows = [Int32](repeating: -1, count: wanted.count)
        for (row, number) in (line.groups ?? []).enumerated() { rows[Int(number)] = Int32(row) }
        return values.gathered((frame.groups ?? []).map { number in
            numbers[before[Int(number)]].map { rows[Int($0)] } ?? -1
        })
    }

    /// For each total the groups of the period before that it is compared with, by number.
    private func earlier(_ members: [[Int32]], _ periods: [Int32], _ periodKey: Int,
                         there: [Int32]) -> [[Int32]] {
        guard case .day(let own) = index.values(ofKey: periodKey) else {
            return members.map { _ in [] }
        }
        struct Spot: Hashable { let codes: [Int32], period: Int32? }
        let identity = aggregation.keys.indices.filter { $0 != periodKey }
        let rest = identity.filter { !set.contains($0) }
        let left = Set(members.joined().map { codes(of: $0, identity) })
        var stood: Set<Spot> = []
        var line: [Spot: [Int32]] = [:]
        for group in there.sorted() where left.contains(codes(of: group, identity)) {
            let period = own[Int(group)]
            stood.insert(Spot(codes: codes(of: group, identity), period: period))
            line[Spot(codes: codes(of: group, rest), period: period), default: []].append(group)
        }
        let before = Dictionary(zip(periods.dropFirst(), periods)) { first, _ in first }
        return members.map { groups in
            let period = own[Int(groups[0])]
            guard let earlier = before[period] else { return [] }
            let kept = Set(groups.map { codes(of: $0, identity) })
            let all = line[Spot(codes: codes(of: groups[0], rest), period: earlier)] ?? []
            return all.filter { group in
                let codes = codes(of: group, identity)
                return kept.contains(codes) || !stood.contains(Spot(codes: codes, period: period))
            }
        }
    }
}
