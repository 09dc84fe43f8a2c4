import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// A `let`: a name for a source or an expression, put in its place wherever it is used.
package struct Definition: Sendable {
    package let name: String
    package let parameters: [Name]
    package let value: Expression
    package let source: SourceText

    package init(name: String, parameters: [Name], value: Expression, source: SourceText) {
        self.name = name
        self.parameters = parameters
        self.value = value
        self.source = source
    }
}

/// A script's parameter with its value.
package struct Parameter: Sendable {
    package let type: ValueType
    package let value: Constant
    /// What a row is called.
    package let label: String?

    package init(type: ValueType, value: Constant, label: String? = nil) {
        self.type = type
        self.value = value
        self.label = label
    }
}

/// What binding must know of a loaded snapshot.
package struct SnapshotFacts: Sendable, Hashable {
    package let asOf: Int32
    package let fingerprint: String
    /// By entity: the columns that only the data has, in their order.
    package let extraColumns: [String: [ExtraColumn]]
    /// The years that have a target.
    package let targetYears: [Int32]
    /// Of the columns whose values hold since a day: those for which rows say since when.
    package let dated: Set<LookingBack.Field>

    package struct ExtraColumn: Sendable, Hashable {
        package let name: String
        package let type: ValueType

        package init(name: String, type: ValueType) {
            self.name = name
            self.type = type
        }
    }

    package init(asOf: Int32, fingerprint: String, extraColumns: [String: [ExtraColumn]],
                 targetYears: [Int32],
                dated: Set<LookingBack.Field> = []) {
        self.asOf = asOf
        self.fingerprint = fingerprint
        self.extraColumns = extraColumns
        self.targetYears = targetYears
        self.dated = dated
    }
}

/// What binding must know of a kept or plain table.
package struct TableFacts: Sendable {
    package let reference: TableReference
    /// In the table's order; their identities are the table's own.
    package let columns: [ColumnInfo]
    package let readings: RowReadings

    package init(reference: TableReference, columns: [ColumnInfo], readings: RowReadings) {
        self.reference = reference
        self.columns = columns
        self.readings = readings
    }
}

/// Everything that names in a query may refer to, without any data. A value.
package struct Catalog: Sendable {
    package let domain: Domain
    package let registry: Registry
    /// The loaded snapshots by their day, ascending.
    package var snapshots: [SnapshotFacts]
    /// The one that queries read; nil where none is loaded.
    package var current: Int?
    package var tables: [String: TableFacts]
    package var definitions: [String: Definition]
    package var parameters: [String: Parameter]
    /// Between tables that are there.
    package var relations: [MadeRelation]
    package var last: Plan?
    /// The day at which queries read unless they say otherwise.
    package var today: Int32?
    /// Which snapshot an earlier day is read from.
    package var history: History
    /// Whether values that hold since a day are none before it.
    package var heedsBeginnings = true
    /// Whether names of persons are shown by their first character only.
    package var hidesNames = false

    package init(domain: Domain, registry: Registry, snapshots: [SnapshotFacts] = [],
                 current: Int? = nil, tables: [String: TableFacts] = [:],
                 definitions: [String: Definition] = [:], parameters: [String: Parameter] = [:],
                 relations: [MadeRelation] = [], last: Plan? = nil, today: Int32? = nil,
                 history: History = .current) {
        self.domain = domain
        self.registry = registry
        self.snapshots = snapshots
        self.current = current
        self.tables = tables
        self.definitions = definitions
        self.parameters = parameters
        self.relations = relations
        self.last = last
        self.today = today
        self.history = history
    }

    package var data: SnapshotFacts? { current.map { snapshots[$0] } }

    /// Whether rows of the snapshot of a day say since when a column's values hold; nil for a
    /// column that needs no such day.
    package func isDated(_ field: LookingBack.Field, in snapshot: Int32) -> Bool? {
        guard domain.standing(field) != nil else { return nil }
        return snapshots.first { $0.asOf == snapshot }?.dated.contains(field) ?? false
    }

    /// Which snapshots there are, and which is read.
    package var state: [String] {
        snapshots.map(\.fingerprint) + [current.map { "\($0)" } ?? ""]
    }

    /// A kept or plain table; the one that the language makes by either of its names.
    package func table(_ name: String) -> TableFacts? {
        tables[name] ?? (AmbiguousKeys.name.matches(name) ? tables[AmbiguousKeys.name.en] : nil)
    }

    /// Where a statement reads that says nothing of it.
    package var reading: Reading? {
        data.flatMap { reading(at: today ?? $0.asOf) }
    }
}

extension Catalog {
    /// A stored field at a row: where a snapshot says since when its values hold, none at the
    /// row's day before that.
    package func value(of field: FieldDefinition, _ column: String, entity: String, at row: Scalar)
        -> Scalar {
        let value = Scalar(.field(entity: entity, column: column, row: row), field.type)
        let own = LookingBack.Field(entity: entity, column: column)
        guard heedsBeginnings, let since = field.since,
              snapshots.contains(where: { $0.dated.contains(own) }) else { return value }
        let start = Scalar(.field(entity: entity, column: since, row: row), .day)
        let isLater = Scalar(.compare(.greater, start, Scalar(.day, .day)), .bool)
        let held = Scalar(.conditional(isLater, .constant(.none, field.type), value), field.type)
        return Scalar(.named(field.name, held), field.type)
    }
}
