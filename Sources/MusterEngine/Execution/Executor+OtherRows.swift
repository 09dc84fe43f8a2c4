import MusterPlan
import MusterStore

/// Columns of what other rows of the result hold.
extension Executor {
    /// In each row the sum over those that belong together; none counts for nothing.
    func summed(_ frame: Frame, _ scalar: Scalar, _ by: [Scalar]) throws -> Vector {
        let groups = try kin(frame, by)
        let running = try cumulated(frame, scalar, by)
        var last: [Kin: Int32] = [:], step = 0
        for row in 0..<frame.count {
            try run.checkNow(&step)
            last[groups[row]] = Int32(row)
        }
        return running.gathered(groups.map { last[$0] ?? -1 })
    }

    /// The value so many rows before, or behind, among the ordinary rows that belong together;
    /// none where there is no such row, and for totals.
    func shifted(_ frame: Frame, _ scalar: Scalar, _ distance: Int, _ by: [Scalar]) throws
        -> Vector {
        let values = try Evaluator(run).evaluate(scalar, frame)
        let groups = try self.groups(frame, by)
        var lines: [Int32: [Int32]] = [:], step = 0
        for position in frame.partition.ordinary {
            try run.checkNow(&step)
            lines[groups[Int(position)], default: []].append(position)
        }
        var sources = [Int32](repeating: -1, count: frame.count)
        for line in lines.values {
            for (place, position) in line.enumerated() {
                let other = place - distance
                if line.indices.contains(other) { sources[Int(position)] = line[other] }
            }
        }
        return values.gathered(sources)
    }
}
