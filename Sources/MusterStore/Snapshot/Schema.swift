import MusterDiagnostics

/// What a field of the input may hold. The loader knows these and nothing of what they mean.
package enum FieldType: Sendable, Hashable {
    case text
    /// `YYYY-MM-DD`, a day of the calendar from 1900 to 2199.
    case day
    /// A whole number within the bounds.
    case integer(ClosedRange<Int64>)
    /// A number over the lower and up to the upper bound, kept as hundredths, half away from zero.
    /// The bounds are whole numbers, not hundredths, and hold for the number before rounding.
    case hundredths(over: Int64, upTo: Int64)
    case bool
    /// One of these texts and no other.
    case choice([String])
    /// The id of a row of another table (or of this one), resolved to its row number.
    case reference(table: String)
}

/// One declared field of an input table.
package struct FieldSchema: Sendable {
    package let name: String
    package let type: FieldType
    package let isRequired: Bool
    package let isUnique: Bool
    /// The text stored where the field is absent or null.
    package let defaultText: String?
    /// True where the value must not be shown in full anywhere, a reject's raw text included.
    package let isSensitive: Bool

    package init(_ name: String, _ type: FieldType, required: Bool = false, unique: Bool = false,
                defaultText: String? = nil, sensitive: Bool = false) {
        self.name = name
        self.type = type
        self.isRequired = required
        self.isUnique = unique
        self.defaultText = defaultText
        self.isSensitive = sensitive
    }
}

/// One declared input table: the file `<file>.ndjson`, or the array of that key in a document.
package struct TableSchema: Sendable {
    package let name: String
    /// The file's stem and the document's key, where it is not the table's name
    /// (`members.ndjson` holds the table `people`).
    package let file: String
    package let isRequired: Bool
    package let fields: [FieldSchema]
    /// The unique text field that references to this table name.
    package let key: String?
    /// A field that refers to a row of this same table and must form a forest (no cycle):
    /// `parent` of a unit.
    package let parent: String?
    /// A field holding a text or an array of texts under which this row is also found by
    /// references: `formerly` of a unit. Stored as text (an array joined by one space).
    package let aliases: String?
    /// Fields filled from the nearest ancestor that has one: `kind` of a unit.
    package let inherited: [String]

    package init(_ name: String, file: String? = nil, required: Bool = false,
                key: String? = nil, parent: String? = nil, aliases: String? = nil,
                inherited: [String] = [], fields: [FieldSchema]) {
        self.name = name
        self.file = file ?? name
        self.isRequired = required
        self.fields = fields
        self.key = key
        self.parent = parent
        self.aliases = aliases
        self.inherited = inherited
    }
}

/// A benchmark as the manifest states it, see snapshot.md: the rate to reach in a year.
package struct ManifestTarget: Sendable, Hashable, Codable {
    package let year: Int
    /// Millionths: 500000 is 50 %.
    package let rate: Int64
    /// The day by which it is to be met, or none.
    package let by: Int32?
    /// The key of the row of a tree for which (and below which) it holds, or nil for all.
    package let owner: String?

    package init(year: Int, rate: Int64, by: Int32?, owner: String?) {
        self.year = year
        self.rate = rate
        self.by = by
        self.owner = owner
    }
}

/// The whole declaration of a snapshot format.
package struct SnapshotSchema: Sendable {
    /// The value `format` must have: `muster-snapshot/1`.
    package let format: String
    /// In an order in which every reference points to an earlier table (or its own).
    package let tables: [TableSchema]
    /// Used where the manifest states none.
    package let defaultTargets: [ManifestTarget]
    /// What an entry of the manifest's targets calls the row that it holds for.
    package let targetOwner: String

    package init(format: String, tables: [TableSchema], defaultTargets: [ManifestTarget] = [],
                 targetOwner: String) {
        self.format = format
        self.tables = tables
        self.defaultTargets = defaultTargets
        self.targetOwner = targetOwner
    }
}
