import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `relate LOWER.KEYS to UPPER.KEYS as UP, DOWN`, as it was written: it is read again where one
/// of its tables is loaded anew.
package struct Relating: Sendable {
    package let lower: KeyedTable
    package let upper: KeyedTable
    package let up: Name
    package let down: Name?
    package let source: SourceText

    package init(lower: KeyedTable, upper: KeyedTable, up: Name, down: Name?,
                 source: SourceText) {
        self.lower = lower
        self.upper = upper
        self.up = up
        self.down = down
        self.source = source
    }

    /// Whether it takes the place of another: what a row of one table leads to has one meaning.
    package func replaces(_ other: Relating) -> Bool {
        lower.table.text == other.lower.table.text && up.text == other.up.text
    }
}

/// A relation that holds between tables that are there.
package struct MadeRelation: Sendable {
    package let relating: Relating
    package let relation: Relation
    /// `platform.证件号码 = people.id_number`, in both languages.
    package let gloss: Message
    /// The catalog's state when it was made.
    package let under: [String]

    package init(_ relating: Relating, _ relation: Relation, gloss: Message, under: [String]) {
        self.relating = relating
        self.relation = relation
        self.gloss = gloss
        self.under = under
    }

    /// Whether one of its tables is a snapshot's.
    package var readsSnapshots: Bool { relation.tables.count < 2 }
}

/// The table that lists the keys which relations found more than once.
package enum AmbiguousKeys {
    package static let name = Term("ambiguous", "不唯一")
    package static let table = Term("table", "表")
    package static let key = Term("key", "键")
    package static let rows = Term("rows", "行数")
}
