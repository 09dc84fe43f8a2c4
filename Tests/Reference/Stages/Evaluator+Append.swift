import MusterLanguage

extension Evaluator {
    /// The rows of another relation behind these, each read where it was. Columns go together by
    /// name, those of the first before those that only the other has.
    func append(_ stage: Stage, _ input: Relation) throws -> Relation {
        guard case .expression(let expression)? = stage.arguments["rows"] else {
            throw Refusal("no rows")
        }
        let other = try relation(of: expression, at: given)
        for side in [input, other] {
            if side.isTable { throw Refusal("no columns were chosen") }
            if side.isRepeated { throw Refusal("rows over periods are not grouped") }
        }
        let columns = input.shape.columns.map { column in
            var own = column.alone
            own.isShare = column.isShare && other.shape.column(column.name)?.isShare != false
            return own
        } + other.shape.columns.filter { input.shape.column($0.name) == nil }.map(\.alone)
        let rows = (input.rows + other.rows).map { row in
            let values = columns.map { ($0.name, row[$0.name]) }
            return Row(at: row.at, values: Dictionary(values) { first, _ in first },
                       groups: row.groups)
        }
        let isOfOneDay = input.at == other.at
        var output = Relation(shape: Shape(columns: columns), rows: rows,
                              at: isOfOneDay ? input.at : chronicle.today)
        output.readsOwn = input.readsOwn || other.readsOwn || !isOfOneDay
        output.isTable = false
        output.isPivoted = input.isPivoted || other.isPivoted
        return output
    }
}

extension Column {
    /// What is left of it where the relation that it came from is forgotten.
    var alone: Column {
        var alone = Column(name: name, codes: codes)
        (alone.kind, alone.isFromFile) = (kind, isFromFile)
        (alone.otherName, alone.isShare) = (otherName, isShare)
        return alone
    }
}
