import MusterDiagnostics
import MusterPlan

extension Scope {
    /// An aggregate of the rows that belong to a row: a part of the statement that has it for
    /// every owner, joined by the owner.
    func related(_ aggregate: RelatedAggregate, _ row: Scalar) throws -> SQL {
        guard case .entity(let entity) = aggregate.rows else {
            return try relatedRowsOfTable(aggregate, row)
        }
        let owner = try value(row)
        let differs = aggregate.dependsOnDay && Set(days).count > 1
        let part = try writer.part(aggregate, entity, differs ? days : [days.first ?? 0],
                                   readings.first)
        let reading = readingColumn
        let joined = join("\(name: part.name)", part.name) { alias in
            let isOwn: SQL = "\(name: alias)._owner = \(owner)"
            guard differs, let reading else { return isOwn }
            return "\(isOwn) and \(name: alias).\(name: Rows.reading) = \(reading)"
        }
        var measured: [ColumnID: SQL] = [:]
        for measure in aggregate.measures {
            let column: SQL = "\(name: joined).\(name: part.columns[measure.id] ?? "")"
            // An owner to whom nothing belongs has no line there.
            measured[measure.id] = measure.isAdditive ? "coalesce(\(column), 0)" : column
        }
        let inner = Scope(writer, alias, from: source, entity: entity, columns: measured,
                          readings: readings, days: days)
        let output = try inner.value(aggregate.output)
        if case .row = row.bare.node { return output }
        // To no row nothing belongs, which is not the same as none of something.
        return "case when \(owner) is not null then \(output) end"
    }
}

extension StatementWriter {
    /// A part that holds related rows' measures, by what makes it one.
    struct RelatedPart {
        let name: String
        let columns: [ColumnID: String]
    }

    fileprivate func part(_ aggregate: RelatedAggregate, _ entity: String, _ days: [Int32],
                          _ reading: Reading?) throws -> RelatedPart {
        let key = RelatedKey(aggregate: aggregate, days: days)
        if let known = related[key] { return known }
        let readings = days.map { Reading(snapshot: snapshot, day: $0) }
        let rows = Rows(source: fanOut(entity, readings, period: nil), name: entity,
                        entity: entity, readings: readings)
        let scope = rows.scope(self)
        let conditions = try [aggregate.condition].compactMap { $0 }.flatMap(\.conjuncts).map {
            try scope.condition($0)
        }
        let owner = try scope.value(aggregate.owner)
        var keys: [SQL] = ["\(owner) as _owner"]
        if aggregate.includesBelow, let tree = aggregate.owner.type.entity {
            let above = alias("above")
            scope.add("join \(table(Layout.closure(tree))) \(name: above) "
                          + "on \(name: above).\(name: Layout.below) = \(owner)")
            keys = ["\(name: above).\(name: Layout.above) as _owner"]
        }
        if days.count > 1 { keys.append("r.\(name: Rows.reading)") }
        var columns: [ColumnID: String] = [:]
        let measures = try aggregate.measures.enumerated().map { place, measure -> SQL in
            columns[measure.id] = "m\(place + 1)"
            return "\(try scope.measure(measure)) as \(name: "m\(place + 1)")"
        }
        let isNone: [SQL] = ["\(owner) is not null"]
        let sql = select(keys + measures, from: scope.source, where: conditions + isNone,
                         groupBy: keys.count)
        let part = RelatedPart(name: add("\(entity)_by_owner", sql), columns: columns)
        related[key] = part
        return part
    }
}

struct RelatedKey: Hashable {
    let aggregate: RelatedAggregate
    let days: [Int32]
}
