import MusterValues
import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// What an execution remembers, each by all that it depends on.
struct Memory {
    struct RelatedKey: Hashable {
        let aggregate: RelatedAggregate
        let place: Place
    }
    struct TestKey: Hashable {
        let test: TextOperator
        let pattern: ExactText
        let dictionary: ObjectIdentifier
    }
    /// One step of a path: a column of an entity's table, or the ancestor at a level.
    struct Step: Hashable {
        let entity: String
        let column: String
        let isLevel: Bool
    }
    struct PathKey: Hashable {
        let steps: [Step]
        let dataSet: Int
    }
    struct RowSetKey: Hashable {
        let rows: [RowName]
        let dataSet: Int
    }
    struct MatchKey: Hashable {
        let match: Match
        let dataSet: Int
    }
    /// One of a match's keys, and the dictionary of the texts that are looked for.
    struct MatchTextKey: Hashable {
        let match: MatchKey
        let key: Int
        let dictionary: ObjectIdentifier
    }
    struct GroupsKey: Hashable {
        let keys: [GroupKey]
        let groups: [[Constant]]

    }
    var paths: [PathKey: Vector] = [:]
    var related: [RelatedKey: Vector] = [:]
    var tests: [TestKey: [UInt8]] = [:]
    var rowSets: [RowSetKey: [UInt8]] = [:]
    var parts: [RowSetKey: [Int32]] = [:]
    var subqueries: [Plan: Vector] = [:]
    var lookUps: [LookUp: LookUpTable] = [:]
    var matches: [MatchKey: MatchIndex] = [:]
    var matchTexts: [MatchTextKey: [Int32]] = [:]
    var groups: [GroupsKey: GroupIndex] = [:]
    var grouped: [Plan: Grouped] = [:]
    var tables: [TableReference: Frame] = [:]
    var benchmarks: [Int: Benchmarks] = [:]
    /// Whether a statement met a value that it guessed not to be there.
    var hasGuessedWrong = false
    /// Keeps the dictionaries alive whose identities are remembered.
    var anchors: [TextDictionary] = []
}

extension Run {
    /// What is remembered under a key, or worked out now. Two workers may work it out at once;
    /// the answer is the same.
    func remembered<Key: Hashable, Value: Sendable>(
        _ path: WritableKeyPath<Memory, [Key: Value]> & Sendable, _ key: Key,
        _ compute: () throws -> Value) rethrows -> Value {
        if let known = memory.withLock({ $0[keyPath: path][key] }) { return known }
        let computed = try compute()
        memory.withLock { $0[keyPath: path][key] = computed }
        return computed
    }

    /// Dense over the owner entity's rows. Not computed twice for a day.
    func related(_ aggregate: RelatedAggregate, _ place: Place) throws -> Vector {
        // What does not differ from day to day is worked out once a snapshot.
        let key = aggregate.dependsOnDay ? place : Place(dataSet: place.dataSet, day: 0)
        var numbering = Renumbering()
        let recipe = numbering.related(aggregate)
        return try remembered(\.related, Memory.RelatedKey(aggregate: recipe, place: key)) {
            try Executor(self).related(aggregate, place)
        }
    }

    /// What a path of several steps leads to from every row of the table where it begins; nil
    /// where it is one step, or where the table is large: then following it row by row is less.
    func values(along steps: [Memory.Step], dataSet: Int) -> Vector? {
        let data = universe.dataSets[dataSet], largest = 1 << 18
        guard steps.count > 1, data.rowCount(steps[0].entity) <= largest else { return nil }
        let key = Memory.PathKey(steps: steps, dataSet: dataSet)
        if let known = memory.withLock({ $0.paths[key] }) { return known }
        guard var values = data.column(steps[0])?.values(0..<data.rowCount(steps[0].entity))
        else { return nil }
        for step in steps.dropFirst() {
            guard case .row(let rows) = values, let column = data.column(step) else { return nil }
            values = column.values(rows)
        }
        memory.withLock { $0.paths[key] = values }
        return values
    }

    /// The answers of a text test for every text of a dictionary.
    func answers(_ test: TextOperator, _ pattern: ExactText, _ dictionary: TextDictionary) throws
        -> [UInt8] {
        let key = Memory.TestKey(test: test, pattern: pattern,
                                 dictionary: ObjectIdentifier(dictionary))
        return try remembered(\.tests, key) {
            let passes = try TextTests.test(test, pattern.text)
            memory.withLock { $0.anchors.append(dictionary) }
            return (0..<Int32(dictionary.count)).map { passes(dictionary[$0]) ? 1 : 0 }
        }
    }

    /// For each row of the tree whether it is one of the named rows or below one.
    func members(of rows: [RowName], dataSet: Int) -> [UInt8] {
        remembered(\.rowSets, Memory.RowSetKey(rows: rows, dataSet: dataSet)) {
            let roots = Set(rows.map { row($0, in: dataSet) }.filter { $0 >= 0 })
            return universe.dataSets[dataSet].below(roots, entity: rows.first?.entity ?? "")
        }
    }

    /// For each row of the tree the one directly below the named row on its way up, itself
    /// included; the named row for itself; none for what is not below it.
    func parts(of whole: RowName, dataSet: Int) -> [Int32] {
        remembered(\.parts, Memory.RowSetKey(rows: [whole], dataSet: dataSet)) {
            let above = universe.dataSets[dataSet].parents[whole.entity] ?? []
            let root = row(whole, in: dataSet)
            guard root >= 0 else { return above.map { _ in None.row } }
            return nearestAbove(above) { Int32($0) == root || above[$0] == root }
        }
    }

    /// A kept table as its rows are numbered here. Throws where it has been replaced.
    func frame(_ reference: TableReference) throws -> Frame {
        guard let table = tables[reference.name], table.reference == reference else {
            throw Diagnostic("table.replaced", Message(
                zh: "表 \(reference.name) 已换过或已不在", en: "the table \(reference.name) was "
                    + "replaced or is gone"),
                hint: Message(zh: "请重新查询", en: "query anew"))
        }
        return remembered(\.tables, reference) {
            var frame = table.frame(in: universe)
            // A plain table's rows are read where the query reads.
            if table.universe == nil { frame.places = .same(usual) }
            return frame
        }
    }
}

extension DataSet {
    func column(_ step: Memory.Step) -> Column? {
        step.isLevel ? ancestors(step.entity, at: step.column) : column(step.entity, step.column)
    }
}

extension FrozenTable {
    /// The frame with its rows as another universe numbers them.
    func frame(in other: Universe) -> Frame {
        guard let universe, universe !== other else { return frame }
        return moved(frame, universe, other)
    }

    private func moved(_ frame: Frame, _ own: Universe, _ other: Universe) -> Frame {
        var result = frame
        for (position, column) in columns.enumerated() where position < frame.columns.count {
            guard case .row(let entity) = column.type, case .row(let rows) = frame.columns[position]
            else { continue }
            result.columns[position] = .row(other.adopted(rows, entity: entity, from: own))
        }
        result.places = frame.places.mapped { place in
            guard own.dataSets.indices.contains(place.dataSet),
                  let index = other.index(of: own.dataSets[place.dataSet]) else {
                return Place(dataSet: other.current, day: place.day)
            }
            return Place(dataSet: index, day: place.day)
        }
        if let basis = frame.basis {
            result.basis = Basis(frame: moved(basis.frame, own, other), members: basis.members)
        }
        return result
    }
}
