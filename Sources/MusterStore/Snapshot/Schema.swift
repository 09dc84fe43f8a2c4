import MusterDiagnostics

/// What a field of the input may hold. The loader knows these and nothing of what they mean.
public enum FieldType: Sendable, Hashable {
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
public struct FieldSchema: Sendable {
    public let name: String
    public let type: FieldType
    public let isRequired: Bool
    public let isUnique: Bool
    /// The text stored where the field is absent or null.
    public let defaultText: String?
    /// True where the value must not be shown in full anywhere, a reject's raw text included.
    public let isSensitive: Bool

    public init(_ name: String, _ type: FieldType, required: Bool = false, unique: Bool = false,
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
public struct TableSchema: Sendable {
    public let name: String
    /// The file's stem and the document's key, where it is not the table's name
    /// (`members.ndjson` holds the table `people`).
    public let file: String
    public let isRequired: Bool
    public let fields: [FieldSchema]
    /// The unique text field that references to this table name.
    public let key: String?
    /// A field that refers to a row of this same table and must form a forest (no cycle):
    /// `parent` of a unit.
    public let parent: String?
    /// A field holding a text or an array of texts under which this row is also found by
    /// references: `formerly` of a unit. Stored as text (an array joined by one space).
    public let aliases: String?
    /// Fields filled from the nearest ancestor that has one: `kind` of a unit.
    public let inherited: [String]

    public init(_ name: String, file: String? = nil, required: Bool = false,
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
public struct ManifestTarget: Sendable, Hashable {
    public let year: Int
    /// Millionths: 500000 is 50 %.
    public let rate: Int64
    /// The day by which it is to be met, or none.
    public let by: Int32?
    /// The id of the unit for which (and below which) it holds, or nil for all.
    public let unit: String?

    public init(year: Int, rate: Int64, by: Int32?, unit: String?) {
        self.year = year
        self.rate = rate
        self.by = by
        self.unit = unit
    }
}

/// The whole declaration of a snapshot format.
public struct SnapshotSchema: Sendable {
    /// The value `format` must have: `muster-snapshot/1`.
    public let format: String
    /// In an order in which every reference points to an earlier table (or its own).
    public let tables: [TableSchema]
    /// Used where the manifest states none.
    public let defaultTargets: [ManifestTarget]

    public init(format: String, tables: [TableSchema], defaultTargets: [ManifestTarget]) {
        self.format = format
        self.tables = tables
        self.defaultTargets = defaultTargets
    }
}
