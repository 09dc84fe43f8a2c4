import MusterDiagnostics
import MusterStore

extension Executor {
    /// The frame with one more column, computed over rows that belong together.
    func window(_ frame: Frame, _ kind: WindowKind, _ by: [Scalar]) throws -> Frame {
        var result = frame
        switch kind {
        case .rank(let terms): result.columns.append(try ranks(frame, terms, by))
        case .cumulate(let scalar): result.columns.append(try cumulated(frame, scalar, by))
        case .previous(let scalar, let period, let others, let periods):
            result.columns.append(try previous(frame, scalar, period, others, periods))
        case .benchmark(let row, let year, let keys):
            let own = try Evaluator(run).evaluate(
                Scalar(.benchmark(row: row, year: year), .integer), frame)
            result.columns.append(frame.totals == nil
                ? own : try withTotals(own, frame, year, keys))
        }
        return result
    }

    private func ranks(_ frame: Frame, _ terms: [SortTerm], _ by: [Scalar]) throws -> Vector {
        let evaluator = Evaluator(run)
        let values = try terms.map { try evaluator.evaluate($0.value, frame) }
        let keys = zip(terms, values).map {
            OrderedValues($1, $0.value.type, isDescending: $0.isDescending)
        }
        let groups = try self.groups(frame, by)
        var ranks = [Int64](repeating: None.integer, count: frame.count)
        var seen: [Int32: (count: Int64, rank: Int64, last: Int32)] = [:]
        for position in OrderedValues.sorted(frame.partition.ordinary, by: keys) {
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
    private func kinGroups(_ frame: Frame, _ by: [Scalar]) throws -> [Int64] {
        let groups = try self.groups(frame, by)
        return groups.indices.map { Int64(frame.totals?[$0] ?? 0) << 32 | Int64(groups[$0]) }
    }

    private func cumulated(_ frame: Frame, _ scalar: Scalar, _ by: [Scalar]) throws -> Vector {
        let groups = try kinGroups(frame, by)
        switch try Evaluator(run).evaluate(scalar, frame) {
        case .int(let values):
            var sums: [Int64: Int64] = [:]
            return .int(try values.indices.map { row in
                let (sum, overflow) = sums[groups[row], default: 0].addingReportingOverflow(
                    values[row] == None.integer ? 0 : values[row])
                if overflow { throw Evaluator.overflow }
                sums[groups[row]] = sum
                return sum
            })
        case .double(let values):
            var sums: [Int64: Double] = [:]
            return .double(values.indices.map { row in
                sums[groups[row], default: 0] += values[row].isNaN ? 0 : values[row]
                return sums[groups[row], default: 0]
            })
        case let other: return other
        }
    }

    private func previous(_ frame: Frame, _ scalar: Scalar, _ period: Int, _ others: [Int],
                          _ periods: [Int32]) throws -> Vector {
        let values = try Evaluator(run).evaluate(scalar, frame)
        guard case .day(let own) = frame.columns[period] else { return values }
        let keys = others.map { Scalar(.column($0), keyType(frame.columns[$0])) }
        let groups = try kinGroups(frame, keys)
        struct Place: Hashable { let group: Int64; let period: Int32 }
        var rows: [Place: Int32] = [:]
        for row in 0..<frame.count {
            rows[Place(group: groups[row], period: own[row])] = Int32(row)
        }
        var before: [Int32: Int32] = [:]
        for (earlier, later) in zip(periods, periods.dropFirst()) { before[later] = earlier }
        return values.gathered((0..<frame.count).map { row in
            guard let earlier = before[own[row]] else { return -1 }
            return rows[Place(group: groups[row], period: earlier)] ?? -1
        })
    }

    /// A type that groups a vector as it is; the exact one does not matter for that.
    private func keyType(_ vector: Vector) -> ValueType {
        switch vector {
        case .bool: .bool
        case .int: .integer
        case .double: .number
        case .day: .day
        case .row: .row("")
        case .text: .plainText
        }
    }

    /// The benchmark of a total is the one that all its groups share, else the year's.
    private func withTotals(_ own: Vector, _ frame: Frame, _ year: Scalar, _ keys: [Int]) throws
        -> Vector {
        guard case .int(var rates) = own, let marks = frame.totals else { return own }
        let general = try generalBenchmarks(frame, year)
        for row in 0..<frame.count where marks[row] != 0 {
            let covered = (0..<frame.count).filter { other in
                marks[other] == 0 && keys.allSatisfy { key in
                    marks[row] & Executor.mark(key) != 0
                        || frame.columns[key].constant(other) == frame.columns[key].constant(row)
                }
            }
            rates[row] = common(covered.map { rates[$0] }) ?? general[row]
        }
        return .int(rates)
    }

    private func generalBenchmarks(_ frame: Frame, _ year: Scalar) throws -> [Int64] {
        let vector = try Evaluator(run).evaluate(
            Scalar(.benchmark(row: nil, year: year), .integer), frame)
        guard case .int(let rates) = vector else { return [] }
        return rates
    }

    private func common(_ rates: [Int64]) -> Int64? {
        guard let first = rates.first, rates.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    /// The same for total rows `totals` made of the groups of `ordinary` through a routing.
    func benchmark(_ totals: Frame, madeOf ordinary: Frame, _ target: [Int32], row: Scalar?,
                   year: Scalar) throws -> Vector {
        let own = try Evaluator(run).evaluate(
            Scalar(.benchmark(row: row, year: year), .integer), ordinary)
        guard case .int(let rates) = own else { return own }
        var byTotal: [Int32: [Int64]] = [:]
        for index in 0..<ordinary.count {
            guard let group = ordinary.groups?[index], target[Int(group)] >= 0 else { continue }
            byTotal[target[Int(group)], default: []].append(rates[index])
        }
        let general = try generalBenchmarks(totals, year)
        return .int((0..<totals.count).map { index in
            common(byTotal[totals.groups?[index] ?? -1] ?? []) ?? general[index]
        })
    }
}
