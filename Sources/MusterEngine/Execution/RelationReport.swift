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

extension Results {
    /// The keys that relations found more than once in their upper tables, where the query reads.
    package static func ambiguous(_ relations: [MadeRelation], _ run: Run) throws -> FrozenTable {
        var tables = TextBuilder(), texts = TextBuilder()
        var names: [Int32] = [], keys: [Int32] = [], counts: [Int64] = [], types: [ValueType] = []
        var seen: Set<Match> = []
        for made in relations where seen.insert(made.relation.match).inserted {
            let match = made.relation.match
            let frame = try run.wholeFrame(match.upper, run.usual)
            let values = try match.keys.map { try Evaluator(run).evaluate($0, frame) }
            let repeated = try run.index(match, run.usual).repeated
            types += match.keys.map(\.type) + made.relation.keys.map(\.type)
            for (row, count) in repeated {
                try run.checkCancelled()
                names.append(tables.code(made.relating.upper.table.text))
                keys.append(texts.code(zip(values, match.keys).map { vector, key in
                    vector.constant(Int(row)).plain(as: key.type)
                }.joined(separator: " / ")))
                counts.append(Int64(count))
            }
        }
        var identities = Identities()
        let columns = [
            ColumnInfo(identities.next(), [AmbiguousKeys.table], .plainText),
            ColumnInfo(identities.next(), [AmbiguousKeys.key], .text(madeOf: types)),
            ColumnInfo(identities.next(), [AmbiguousKeys.rows], .integer),
        ]
        let frame = Frame(
            count: counts.count, ids: columns.map(\.id),
            columns: [.text(names, tables.dictionary), .text(keys, texts.dictionary),
                      .int(counts)],
            places: .same(run.usual))
        return FrozenTable(AmbiguousKeys.name.en, columns: columns, frame: frame, universe: nil)
    }
}
