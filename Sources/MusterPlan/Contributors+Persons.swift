extension Contributors {
    /// Which rows are persons, and how those of other tables lead to one.
    package struct Persons: Sendable {
        package let entity: String
        /// By entity: the stored column that refers to a person.
        package let references: [String: String]
        /// By plain table: how its rows lead to one.
        package let tables: [TableReference: TablePath]

        package init(entity: String, references: [String: String],
                     tables: [TableReference: TablePath] = [:]) {
            self.entity = entity
            self.references = references
            self.tables = tables
        }

        /// The person that a row is or belongs to, over the rows of its table.
        package func person(of source: RowSource) -> Scalar? {
            switch source {
            case .entity(let name):
                let row = Scalar(.row, .row(name))
                if name == entity { return row }
                return references[name].map {
                    Scalar(.field(entity: name, column: $0, row: row), .row(entity))
                }
            case .table(let table, let columns): return tables[table]?.person(columns)
            }
        }
    }

    /// The person that the rows of a plain table belong to, by the relations that were made.
    package struct TablePath: Sendable {
        /// The table's columns by the identities that `value` has them by.
        private let columns: [ColumnID]
        private let value: Scalar

        package init(columns: [ColumnID], value: Scalar) {
            self.columns = columns
            self.value = value
        }

        /// The columns that lead to the person, by their places.
        package var keys: Set<Int> {
            let read = value.columns
            return Set(columns.indices.filter { read.contains(columns[$0]) })
        }

        fileprivate func person(_ here: [ColumnID]) -> Scalar {
            value.replacingColumns(Dictionary(zip(columns, here)) { first, _ in first })
        }
    }

    /// Measures that together count the persons behind another.
    struct PersonCount {
        let measures: [Measure]

        var value: Scalar {
            let parts = measures.map { Scalar(.column($0.id), .integer) }
            return parts.dropFirst().reduce(parts[0]) {
                Scalar(.arithmetic(.add, $0, $1), .integer)
            }
        }

        func isSame(_ other: PersonCount) -> Bool {
            measures.map(\.kind) == other.measures.map(\.kind)
                && measures.map(\.condition) == other.measures.map(\.condition)
        }
    }

    /// The persons among rows of a table that leads to them, each once; a row that leads to
    /// nobody is somebody of whom no more is known.
    mutating func persons(_ person: Scalar, where condition: Scalar?, mayBeNone: Bool)
        -> PersonCount {
        var measures = [made(.distinct(person), condition)]
        if mayBeNone {
            let isNone = Scalar(.isNone(person), .bool)
            measures.append(made(.count, Scalar.all([condition, isNone].compactMap { $0 })))
        }
        return PersonCount(measures: measures)
    }

    /// A plain table with a hidden column more: the person that each row belongs to.
    mutating func withPersons(_ plan: Plan) -> Plan {
        guard let source = plan.rowTable, let person = persons.person(of: source) else {
            return plan
        }
        var info = hidden()
        info.type = person.type
        personColumn = info.id
        var schema = plan.schema
        schema.columns.append(info)
        return Plan(.project(plan, plan.schema.columns.map(\.value) + [person]), schema)
    }
}

extension Scalar {
    /// The same over columns that are called otherwise.
    fileprivate func replacingColumns(_ columns: [ColumnID: ColumnID]) -> Scalar {
        if case .column(let id) = node { return Scalar(.column(columns[id] ?? id), type) }
        return mapParts { $0.replacingColumns(columns) }
    }
}
