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
    /// A text with every piece masked that may not be shown.
    package let masked: @Sendable (_ text: String) -> String

    package init(isHidden: @escaping @Sendable (_ heading: String) -> Bool = { _ in false },
                 hides: @escaping @Sendable (_ value: String) -> Bool = { _ in false },
                 masked: @escaping @Sendable (_ text: String) -> String = { $0 }) {
        self.isHidden = isHidden
        self.hides = hides
        self.masked = masked
    }
}

/// A plain table, and what is to be told about how it was read.
package struct LoadedPlainTable: Sendable {
    package let table: Table
    package let encoding: TextEncoding
    package let mixed: [MixedColumn]
    /// By column: values that are not what was wished for, which are none.
    package let unconverted: [(name: String, count: Int)]
    /// How the sheet was read, where it is one of a workbook.
    package let sheet: SheetReading?
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
