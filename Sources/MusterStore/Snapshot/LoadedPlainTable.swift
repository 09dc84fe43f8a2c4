import MusterDiagnostics

/// What a column of a file is to be, whatever its values look like.
package enum ColumnWish: Sendable, Hashable {
    case text, number, day, bool
}

/// What must be hidden in files from outside: told by a column's heading, or by its values.
package struct Discretion: Sendable {
    package let isHidden: @Sendable (_ heading: String) -> Bool
    /// Whether a value is one that may not be shown wherever it stands.
    package let hides: @Sendable (_ value: String) -> Bool

    package init(isHidden: @escaping @Sendable (_ heading: String) -> Bool = { _ in false },
                 hides: @escaping @Sendable (_ value: String) -> Bool = { _ in false }) {
        self.isHidden = isHidden
        self.hides = hides
    }
}

/// A plain table, and what is to be told about how it was read.
package struct LoadedPlainTable: Sendable {
    package let table: Table
    package let encoding: TextEncoding
    /// Columns most of whose values may not be shown, whatever heads them.
    package let hidden: Set<String>
    package let mixed: [MixedColumn]
    /// By column: values that are not what was wished for, which are none.
    package let unconverted: [(name: String, count: Int)]
}

/// What was found about an undeclared column beside its values.
struct ColumnFindings {
    var hidden: Set<String> = []
    var mixed: [MixedColumn] = []
    var unconverted: [(name: String, count: Int)] = []
}

/// How undeclared columns are read.
struct ColumnReading {
    /// Whether every value came as a text, whatever it is (CSV).
    var isUntyped = false
    /// By heading, folded.
    var wishes: [String: ColumnWish] = [:]
    var discretion = Discretion()
}
