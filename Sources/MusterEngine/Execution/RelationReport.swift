import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// What became of the rows of a relation, where the query reads.
package struct RelationReport: Sendable, Equatable {
    /// Rows of the lower table.
    package private(set) var rows = 0
    package private(set) var found = 0
    /// Rows whose key no row of the upper table has.
    package private(set) var missing = 0
    /// Rows without a key.
    package private(set) var keyless = 0
    /// Rows whose key several rows of the upper table have: they belong to nobody.
    package private(set) var ambiguous = 0
    /// Keys that several rows of the upper table have.
    package private(set) var ambiguousKeys = 0

    /// Throws where the run is interrupted.
    package init(_ relation: Relation, _ run: Run) throws {
        let place = run.usual, evaluator = Evaluator(run)
        var frame = try run.wholeFrame(relation.lower, place)
        if let condition = relation.condition {
            frame = frame.gathered(Mask.positions(try evaluator.mask(condition, frame)))
        }
        let keys = try relation.keys.map { try evaluator.evaluate($0, frame) }
        let (index, numbers) = try run.numbers(relation.match, keys, place)
        rows = frame.count
        ambiguousKeys = index.repeated.count
        for row in 0..<frame.count {
            if row & 0xFFFF == 0 { try run.checkCancelled() }
            switch index.outcome(numbers, row) {
            case .found: found += 1
            case .missing: missing += 1
            case .noKey: keyless += 1
            case .ambiguous: ambiguous += 1
            }
        }
    }
}
