import MusterDiagnostics
import MusterPlan
import MusterStore

extension Executor {
    /// The frame with one more column, computed over rows that belong together.
    func window(_ frame: Frame, _ window: Window) throws -> Frame {
        var result = frame
        let values: Vector
        switch window.kind {
        case .rank(let terms): values = try ranks(frame, terms, window.by)
        case .cumulate(let scalar): values = try cumulated(frame, scalar, window.by)
        case .sum(let scalar): values = try summed(frame, scalar, window.by)
        case .shifted(let scalar, let distance):
            values = try shifted(frame, scalar, distance, window.by)
        case .previous(let scalar, let period, let same, let periods):
            values = try previous(frame, scalar, period, same, periods)
        case .benchmark(let row, let year):
            values = try benchmark(frame, row, year)
        }
        result.append(window.column, values)
        if let basis = frame.basis {
            result.basis = Basis(frame: try self.window(basis.frame, window),
                                 members: basis.members)
        }
        return result
    }

    private func ranks(_ frame: Frame, _ terms: [SortTerm], _ by: [Scalar]) throws -> Vector {
        let keys = try ordered(frame, terms)
        let groups = try self.groups(frame, by)
        var ranks = [Int64](repeating: None.integer, count: frame.count)
        var seen: [Int32: (count: Int64, rank: Int64, last: Int32)] = [:], step = 0
        for position in try OrderedValues.sorted(frame.partition.ordinary, by: keys, run) {
            try run.checkNow(&step)
            let group = groups[Int(position)]
            var state = seen[group] ?? (0, 0, -1)
            state.count += 1
            let ties = state.last >= 0 && keys.allSatisfy {
                $0.compare(Int(state.last), Int(position)) == 0
            }
            if !ties { state.rank = state.count }
            state.last = position
            seen[group] = state
            ranks[Int(position)] = state.rank
        }
        return .int(ranks)
    }

    /// Groups of rows that are totals over the same keys, or none.
    struct Kin: Hashable {
        let totals: UInt64
        let group: Int32
    }

    func kin(_ frame: Frame, _ by: [Scalar]) throws -> [Kin] {
        let groups = try self.groups(frame, by)
        return groups.indices.map { Kin(totals: frame.totals?[$0] ?? 0, group: groups[$0]) }
    }

    func cumulated(_ frame: Frame, _ scalar: Scalar, _ by: [Scalar]) throws -> Vector {
        let groups = try kin(frame, by)
        var step = 0
        switch try Evaluator(run).evaluate(scalar, frame) {
        case .int(let values):
            var sums: [Kin: Int64] = [:]
            return .int(try values.indices.map { row in
                try run.checkNow(&step)
                let (sum, overflow) = sums[groups[row], default: 0].addingReportingOverflow(
                    values[row] == None.integer ? 0 : values[row])
                if overflow { throw Diagnostic.overflow }
                sums[groups[row]] = sum
                return sum
            })
        case .double(let values):
            var sums: [Kin: Double] = [:]
            return .double(try values.indices.map { row in
                try run.checkNow(&step)
                sums[groups[row], default: 0] += values[row].isNaN ? 0 : values[row]
                return sums[groups[row], default: 0]
            })
        case let other: return other
        }
    }

    private func previous(_ frame: Frame, _ scalar: Scalar, _ period: ColumnID, _ same: [Scalar],
                          _ periods: [Int32]) throws -> Vector {
        let values = try Evaluator(run).evaluate(scalar, frame)
        guard case .day(let own)? = frame[period] else { return values }
        let groups = try kin(frame, same)
        struct Spot: Hashable { let kin: Kin; let period: Int32 }
        var rows: [Spot: Int32] = [:], step = 0
        for row in 0..<frame.count {
            try run.checkNow(&step)
            let spot = Spot(kin: groups[row], period: own[row])
            guard rows.updateValue(Int32(row), forKey: spot) == nil else {
                throw Diagnostic("previous.several", Message(
                    zh: "同一期里有几行的其余各键都相同，说不出与哪一行比较",
                    en: "several rows of one period agree in all other keys: there is no saying "
                        + "which to compare with"),
                    hint: Message(zh: "先按这些列分组", en: "group by those columns first"))
            }
        }
        var before: [Int32: Int32] = [:]
        for (earlier, later) in zip(periods, periods.dropFirst()) { before[later] = earlier }
        return values.gathered(try (0..<frame.count).map { row in
            try run.checkNow(&step)
            guard let earlier = before[own[row]] else { return -1 }
            return rows[Spot(kin: groups[row], period: earlier)] ?? -1
        })
    }

    private func benchmark(_ frame: Frame, _ row: Scalar?, _ year: Scalar) throws -> Vector {
        let own = try Evaluator(run).evaluate(Scalar(.benchmark(row: row, year: year), .decimal(6)),
                                              frame)
        guard frame.totals != nil, case .int(var rates) = own else { return own }
        let totals = frame.partition.totals
        let members = totals.map { position -> [Int32] in
            guard let basis = frame.basis, let group = frame.groups?[Int(position)],
                  let number = Executor.totalNumber(group) else { return [] }
            return basis.members[number]
        }
        guard case .int(let common) = try common(
            frame.gathered(totals), frame.basis?.frame, members, row, year) else { return own }
        for (place, position) in totals.enumerated() { rates[Int(position)] = common[place] }
        return .int(rates)
    }

    /// The targets of totals in the making; `groups` of the frame say which total a row is.
    func benchmark(_ totals: Frame, madeOf ordinary: Frame, _ members: [[Int32]], _ row: Scalar?,
                   _ year: Scalar) throws -> Vector {
        try common(totals, ordinary, (totals.groups ?? []).map { members[Int($0)] }, row, year)
    }

    /// The target that all the rows of a total share, else the year's.
    private func common(_ totals: Frame, _ rows: Frame?, _ members: [[Int32]], _ row: Scalar?,
                        _ year: Scalar) throws -> Vector {
        let evaluator = Evaluator(run)
        var rates: [Int64] = []
        if let rows, case .int(let own) = try evaluator.evaluate(
            Scalar(.benchmark(row: row, year: year), .decimal(6)), rows) { rates = own }
        guard case .int(let general) = try evaluator.evaluate(
            Scalar(.benchmark(row: nil, year: year), .decimal(6)), totals) else { return .int([]) }
        return .int(members.enumerated().map { place, rows in
            let own = rows.map { rates[Int($0)] }
            guard let first = own.first, own.allSatisfy({ $0 == first }) else {
                return general[place]
            }
            return first
        })
    }
}
