import MusterDiagnostics

/// An aggregate that engines know; all others are arithmetic between these.
package struct Measure: Sendable, Hashable, Codable {
    package enum Kind: Sendable, Hashable, Codable {
        case count
        case sum(Scalar)
        case minimum(Scalar)
        case maximum(Scalar)
        case distinct(Scalar)
        /// Linear interpolation between the closest ranks; fraction 0…1.
        case quantile(Scalar, Double)
        /// The sum of (x − x̄)(y − ȳ) over the rows that have both; none where no row has.
        case codeviation(Scalar, Scalar)
    }
    package let id: ColumnID
    package let kind: Kind
    /// Rows that take part; nil for all.
    package let condition: Scalar?
    package let type: ValueType

    package init(id: ColumnID, kind: Kind, condition: Scalar?, type: ValueType) {
        self.id = id
        self.kind = kind
        self.condition = condition
        self.type = type
    }

    /// What is measured of each row; nothing for a count.
    package var measured: [Scalar] {
        switch kind {
        case .count: []
        case .sum(let a), .minimum(let a), .maximum(let a), .distinct(let a), .quantile(let a, _):
            [a]
        case .codeviation(let a, let b): [a, b]
        }
    }

    /// All that is read of a row.
    package var scalars: [Scalar] { measured + [condition].compactMap { $0 } }

    /// Whether that of several groups follows from theirs, in whatever order: not how many are
    /// different, nor what lies in the middle, nor a sum of fractions.
    package var followsFromGroups: Bool {
        switch kind {
        case .count, .minimum, .maximum: true
        case .sum: type != .number
        case .distinct, .quantile, .codeviation: false
        }
    }

    /// Adds up: how many, or how much.
    package var isAdditive: Bool {
        switch kind {
        case .count, .sum, .distinct: true
        case .minimum, .maximum, .quantile, .codeviation: false
        }
    }
}

/// All values of a key that get a group, even without rows.
package enum KeyDomain: Sendable, Hashable, Codable {
    case values([Constant])
    /// The rows of a tree, in table order: of one level, or all; one of the named rows or below
    /// one, or anywhere.
    case rows(entity: String, level: String?, under: [RowName]?)
    /// The rows of a tree directly below the named one, in table order; it itself where a row has
    /// it.
    case parts(of: RowName)
}

/// What a row is grouped by.
package struct GroupKey: Sendable, Hashable, Codable {
    package enum Kind: Sendable, Hashable, Codable {
        case value(Scalar)
        /// A row falls under every label whose condition holds.
        case each([String], [Scalar])
        /// The row of a tree and all above it.
        case lineage(Scalar, entity: String)
    }
    package let kind: Kind
    package let column: ColumnInfo
    /// Nil: the values that occur.
    package let domain: KeyDomain?
    /// Beside the domain, the rows without a value form a group where there are any.
    package let keepsNone: Bool

    package init(kind: Kind, column: ColumnInfo, domain: KeyDomain? = nil,
                 keepsNone: Bool = false) {
        self.kind = kind
        self.column = column
        self.domain = domain
        self.keepsNone = keepsNone
    }
}

/// A share in words: what is counted among what, and what the names in it mean. It is read when
/// a report says what it counted.
package struct Share: Sendable, Hashable, Codable {
    package let condition: Message
    /// A condition that narrows what it is a share of.
    package let within: Message?
    /// The fields and definitions named, each with what it means.
    package let fields: [Message]

    package init(condition: Message, within: Message?, fields: [Message]) {
        self.condition = condition
        self.within = within
        self.fields = fields
    }
}

/// A column of a grouping, computed from keys, measures and earlier outputs.
package struct Output: Sendable, Hashable, Codable {
    package let column: ColumnInfo
    package let value: Scalar
    /// For a share: its words. Several where it is made of several.
    package let shares: [Share]

    package init(column: ColumnInfo, value: Scalar, shares: [Share] = []) {
        self.column = column
        self.value = value
        self.shares = shares
    }
}

/// Keys, aggregates and what is computed from them: the recipe of a grouped result.
package struct Aggregation: Sendable, Hashable, Codable {
    package let keys: [GroupKey]
    package let measures: [Measure]
    package let outputs: [Output]
    /// Where the groups are read (see `Plan.readings(ofGroupsBy:)`).
    package let readings: RowReadings

    package init(keys: [GroupKey], measures: [Measure], outputs: [Output],
                 readings: RowReadings) {
        self.keys = keys
        self.readings = readings
        self.measures = measures
        self.outputs = outputs
    }

    /// Whether a row can fall into several groups.
    package var overlaps: Bool {
        keys.contains { if case .value = $0.kind { false } else { true } }
    }
}
