import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

extension Results {
    /// The keys that relations found more than once in their upper tables, where the query reads.
    ///
    /// - Parameter run: nil where a text is only looked at: the table has no rows then.
    package static func ambiguous(_ relations: [MadeRelation], _ domain: Domain, _ run: Run?) throws
        -> FrozenTable {
        var tables = TextBuilder(), texts = TextBuilder()
        var names: [Int32] = [], keys: [Int32] = [], counts: [Int64] = []
        let codes = CodeSet(AmbiguousKeys.table, relations.reduce(into: [Term]()) { terms, made in
            let name = made.upperName(domain)
            if !terms.contains(name) { terms.append(name) }
        }, isClosed: false)
        var seen: Set<Match> = []
        for made in relations where seen.insert(made.relation.match).inserted {
            guard let run else { break }
            let match = made.relation.match
            let frame = try run.wholeFrame(match.upper, run.usual)
            let values = try match.keys.map { try Evaluator(run).evaluate($0, frame) }
            for (row, count) in try run.index(match, run.usual).repeated {
                try run.checkCancelled()
                names.append(tables.code(made.upperName(domain).en))
                keys.append(texts.code(zip(values, match.keys).map { vector, key in
                    vector.constant(Int(row)).plain(as: key.type)
                }.joined(separator: " / ")))
                counts.append(Int64(count))
            }
        }
        let types = relations.flatMap { ($0.relation.match.keys + $0.relation.keys).map(\.type) }
        var identities = Identities()
        let columns = [
            ColumnInfo(identities.next(), [AmbiguousKeys.table], .text(.code(codes))),
            ColumnInfo(identities.next(), [AmbiguousKeys.key], .text(madeOf: types)),
            ColumnInfo(identities.next(), [AmbiguousKeys.rows], .integer),
        ]
        let frame = Frame(
            count: counts.count, ids: columns.map(\.id),
            columns: [.text(names, tables.dictionary), .text(keys, texts.dictionary),
                      .int(counts)],
            places: .same(run?.usual ?? Place(dataSet: 0, day: 0)))
        return FrozenTable(AmbiguousKeys.name.en, columns: columns, frame: frame, universe: nil)
    }
}

extension MadeRelation {
    /// What the upper table is called.
    fileprivate func upperName(_ domain: Domain) -> Term {
        let name = relating.upper.table.text
        return domain.source(name)?.name ?? Term(name)
    }
}

extension FrozenTable {
    /// Whether another has the same columns and values.
    package func isSame(as other: FrozenTable) -> Bool {
        frame.count == other.frame.count && columns == other.columns
            && zip(frame.columns, other.frame.columns).allSatisfy { own, others in
                (0..<frame.count).allSatisfy { own.datum($0) == others.datum($0) }
            }
    }
}
