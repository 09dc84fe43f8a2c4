import MusterPlan
import MusterStore

/// The groups of the keys before that rows lie in: below each its subtotals stand.
struct Blocks: Sendable {
    /// How many keys tell the groups apart.
    let depth: Int
    /// The marks of the keys that its subtotals are over.
    let mark: UInt64
    /// For each row the group that it lies in, numbered as they come.
    var numbers: [Int32]
    /// For each row whether it is one of the subtotals.
    var isFoot: [Bool]

    func gathered(_ positions: [Int32]) -> Blocks {
        Blocks(depth: depth, mark: mark,
               numbers: positions.map { $0 < 0 ? -1 : numbers[Int($0)] },
               isFoot: positions.map { $0 >= 0 && isFoot[Int($0)] })
    }

    /// The same groups, numbered as they come now.
    var renumbered: Blocks {
        var known: [Int32: Int32] = [:]
        var copy = self
        copy.numbers = numbers.map { number in
            let next = Int32(known.count)
            return known[number] ?? { known[number] = next; return next }()
        }
        return copy
    }
}

extension Executor {
    /// The rows with every subtotal below its group, totals at the foot; groups stay as they come.
    func inBlocks(_ frame: Frame) throws -> Frame {
        try sorted(frame, []) { _ in nil }
    }

    /// Rows put in order where they lie in groups with subtotals: terms that are worked out of the
    /// keys of the groups alone, as long as they come first, put these in order, the others the
    /// rows within them.
    ///
    /// - Parameter keys: of a term the grouping's keys that it is worked out of alone.
    func sorted(_ frame: Frame, _ terms: [(SortTerm, OrderedValues)],
                by keys: (SortTerm) -> Set<Int>?) throws -> Frame {
        var order: [OrderedValues] = []
        var rest = terms[...]
        for blocks in frame.blocks {
            let before = Set(0..<blocks.depth)
            while let (term, values) = rest.first, let own = keys(term),
                  own.isSubset(of: before) {
                order.append(values)
                rest = rest.dropFirst()
            }
            order.append(try OrderedValues(.int(blocks.numbers.map(Int64.init)), .integer, run))
            order.append(try OrderedValues(.int(blocks.isFoot.map { $0 ? 1 : 0 }), .integer, run))
        }
        order += rest.map(\.1)
        let inside = (0..<Int32(frame.count)).filter {
            !frame.isTotal(Int($0)) || frame.isSubtotal(Int($0))
        }
        let foot = (0..<Int32(frame.count)).filter {
            frame.isTotal(Int($0)) && !frame.isSubtotal(Int($0))
        }
        var result = try frame.gathered(
            try OrderedValues.sorted(inside, by: order, run) + foot, run)
        result.blocks = result.blocks.map(\.renumbered)
        return result
    }
}
