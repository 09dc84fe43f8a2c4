import MusterPlan
import MusterStore

extension Run {
    /// The rows that have these keys, as the place numbers them; none where there is none, or
    /// more than one.
    func rows(_ match: Match, _ keys: [Vector], _ place: Place) throws -> [Int32] {
        let (index, numbers) = try numbers(match, keys, place)
        var rows = [Int32](repeating: None.row, count: numbers.first?.count ?? 0)
        for row in rows.indices {
            if row & 0xFFFF == 0 { try checkCancelled() }
            if case .found(let found) = index.outcome(numbers, row) { rows[row] = found }
            // To a row that does not find itself nothing belongs, but it is there.
            else if match.isOwn { rows[row] = RowUnion.ownerless }
        }
        if case .entity(let entity) = match.upper, let data = data(place),
           data.isRemote(entity), !match.isOwn {
            try Executor(self).learnNames(Set(rows), entity, data)
        }
        return rows
    }

    /// The keys as numbers of the index that they are looked for in.
    func numbers(_ match: Match, _ keys: [Vector], _ place: Place) throws
        -> (index: MatchIndex, numbers: [[Int32]]) {
        let key = Memory.MatchKey(match: match, dataSet: place.dataSet)
        let index = try self.index(match, place)
        let numbers = try keys.enumerated().map { position, vector in
            try index.numbers(vector, key: position) { dictionary in
                let text = Memory.MatchTextKey(match: key, key: position,
                                               dictionary: ObjectIdentifier(dictionary))
                return try remembered(\.matchTexts, text) {
                    memory.withLock { $0.anchors.append(dictionary) }
                    return try index.numbers(of: dictionary, key: position,
                                             check: checkCancelled)
                }
            }
        }
        return (index, numbers)
    }

    /// The upper table's rows by their keys.
    func index(_ match: Match, _ place: Place) throws -> MatchIndex {
        // A row finds itself by the same index.
        let plain = Match(upper: match.upper, keys: match.keys, forms: match.forms)
        let key = Memory.MatchKey(match: plain, dataSet: place.dataSet)
        return try remembered(\.matches, key) { try matchIndex(match, place) }
    }

    private func matchIndex(_ match: Match, _ place: Place) throws -> MatchIndex {
        let frame = try wholeFrame(match.upper, place)
        let keys = try match.keys.map { try Evaluator(self).evaluate($0, frame) }
        return try MatchIndex(keys, match.forms, check: checkCancelled)
    }

    /// All rows of a table, at a place.
    func wholeFrame(_ source: RowSource, _ place: Place) throws -> Frame {
        switch source {
        case .table(let table, let columns):
            var frame = try frame(table)
            let types = tables[table.name]?.columns.map(\.type) ?? []
            for (position, type) in types.enumerated() {
                frame.columns[position] = local(frame.columns[position], type, in: place.dataSet)
            }
            (frame.ids, frame.places, frame.isLocal) = (columns, .same(place), true)
            return frame
        case .entity(let entity):
            try data(place)?.prepare(entity, self)
            let count = data(place)?.rowCount(entity) ?? 0
            return Frame(count: count, ids: [], columns: [], rows: .range(0..<Int32(count)),
                         places: .same(place), isLocal: true)
        }
    }
}
