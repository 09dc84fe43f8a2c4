import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore

extension Executor {
    /// The row of a table in a database that people call so: by its label, its key, or a part of
    /// its label.
    func remoteRow(named name: String, _ entity: String, _ data: DataSet) throws
        -> RowFinder.Answer {
        guard let definition = run.domain.entity(entity), let label = definition.labelField,
              let remote = data.remote else { return .missing }
        let column: SQL = "r.\(name: Layout.column(label))"
        let text: SQL = "\(value: .text(name), .plainText)"
        var ways: [SQL] = ["\(column) = \(text)"]
        if let key = definition.keyField {
            ways.append("r.\(name: Layout.column(key)) = \(text)")
        }
        if !name.isEmpty, let part = remote.server.dialect.test(column, .contains, name) {
            ways.append(part)
        }
        for way in ways {
            let from: SQL = "\(name: remote.schema).\(name: entity) r"
            let statement = SQLStatement(
                "select r._row from \(from) where \(way) order by r._row limit 50",
                types: [.row(entity)])
            guard case .row(let rows) = try fetch(statement, data)[0], !rows.isEmpty else {
                continue
            }
            try learnNames(Set(rows), entity, data)
            return rows.count == 1 ? .found(rows[0]) : .ambiguous(rows)
        }
        return .missing
    }
}

extension DataSet {
    /// The tables with all rows of an entity at hand, for the domain's own code: worked out where
    /// it is a derived one, brought here where they stand in a database.
    package func bringing(_ entity: String, _ run: Run) throws -> any SnapshotTables {
        try prepare(entity, run)
        guard isRemote(entity), let table = tables[entity],
              let definition = run.domain.entity(entity) else { return self }
        let rows = Array(0..<Int32(rowCount(entity)))
        var columns: [String: Column] = [:]
        for field in definition.fields {
            guard case .stored(let name) = field.origin, table[name] != nil else { continue }
            let values = try Executor(run).remoteValues(entity, name, rows, field.type, self)
            columns[name] = values.column(of: field.type)
        }
        return BroughtTables(own: self, entity: entity, columns: columns)
    }
}

/// A data set with the rows of one more entity at hand.
private struct BroughtTables: SnapshotTables {
    let own: DataSet
    let entity: String
    let columns: [String: Column]

    var snapshot: Snapshot { own.snapshot }

    func column(_ entity: String, _ name: String) -> Column? {
        entity == self.entity ? columns[name] : own.column(entity, name)
    }

    func rowCount(_ entity: String) -> Int { own.rowCount(entity) }
}

extension Vector {
    /// The values as a table holds them.
    fileprivate func column(of type: ValueType) -> Column {
        switch self {
        case .bool(let v): .bool(v)
        case .int(let v): type.places > 0 ? .decimal(v, places: type.places) : .integer(v)
        case .double(let v): .double(v)
        case .day(let v): .day(v)
        case .row(let v): .reference(v, table: type.entity ?? "")
        case .text(let codes, let texts): .text(codes, texts)
        }
    }
}
