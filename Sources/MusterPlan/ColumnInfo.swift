import MusterDiagnostics
import MusterValues

/// What a column is, whatever it is called and wherever it stands: unique within a plan.
package struct ColumnID: Sendable, Hashable, Codable, Comparable {
    package let number: Int

    package init(_ number: Int) { self.number = number }

    package static func < (a: ColumnID, b: ColumnID) -> Bool { a.number < b.number }
}

/// How a column came to be, as far as later verbs must know.
package enum ColumnRole: Sendable, Hashable, Codable {
    /// Computed or selected.
    case value
    /// A grouping key.
    case key
    /// The period column of `over`.
    case period
}

/// What a column is the difference of.
package struct Difference: Sendable, Hashable, Codable {
    package let minuend: ColumnID
    package let subtrahend: ColumnID

    package init(_ minuend: ColumnID, less subtrahend: ColumnID) {
        self.minuend = minuend
        self.subtrahend = subtrahend
    }
}

/// One column of a relation: its identity, its names (a segment of a path each, in both
/// languages), its type and how it wants to be shown.
package struct ColumnInfo: Sendable, Hashable, Codable {
    package let id: ColumnID
    package var path: [Term]
    package var type: ValueType
    package var role: ColumnRole
    package var display: Display = .plain
    package var label: Term?
    /// What none in it is shown as.
    package var noneLabel: Term?
    /// The column that this one is measured against: a rate's target.
    package var goal: ColumnID?
    /// Which of two columns less which it is, for a change or a gap.
    package var difference: Difference?
    /// What its numbers count or measure, such as persons.
    package var unit: Term?
    /// It says whether a target was met.
    package var isVerdict = false
    /// For columns that a pivot made several of for each value.
    package var head: SpanningHead?
    /// The whole column stands for a period still running, read up to this day.
    package var runningDay: Int32?
    /// For a key: which of the grouping's keys it is.
    package var keyIndex: Int?
    /// For a key that is the part of a tree that a row lies in: the row whose parts they are. What
    /// belongs to it directly comes behind the others.
    package var whole: RowName?
    /// It was a key of what a kept table came from, and is shown as one.
    package var wasKey = false
    /// A key that `select` left out: it cannot be named and is not shown, but rows are still
    /// told apart by it.
    package var isHidden = false
    /// For columns of a kept table: a rate or a share there.
    package var isShare = false
    /// For columns of a kept table: what adding them up would mean there.
    package var kept: Additivity?

    package var isKey: Bool { keyIndex != nil || role == .period || wasKey }

    package init(_ id: ColumnID, _ path: [Term], _ type: ValueType, role: ColumnRole = .value) {
        self.id = id
        self.path = path
        self.type = type
        self.role = role
    }

    package var name: Term {
        Term(path.map(\.en).joined(separator: "."), path.map(\.zh).joined(separator: "."))
    }

    /// Its value, in the rows that have it.
    package var value: Scalar { Scalar(.column(id), type) }

    /// The same column under another identity.
    package func identified(_ id: ColumnID) -> ColumnInfo {
        var copy = ColumnInfo(id, path, type, role: role)
        (copy.display, copy.label, copy.goal) = (display, label, goal)
        (copy.runningDay, copy.keyIndex, copy.wasKey) = (runningDay, keyIndex, wasKey)
        (copy.isHidden, copy.kept, copy.difference) = (isHidden, kept, difference)
        (copy.isShare, copy.whole, copy.noneLabel) = (isShare, whole, noneLabel)
        (copy.unit, copy.head, copy.isVerdict) = (unit, head, isVerdict)
        return copy
    }

    /// Whether the path as typed names this column, as a file's heading whatever the width of
    /// its letters.
    package func matches(_ names: [String]) -> Bool {
        isCalled(names) || !isHidden && names.count == 1 && path.count == 1
            && path[0].en == path[0].zh && Heading.isSame(path[0].en, names[0])
    }

    /// Whether the path as typed is one of its names to the letter.
    fileprivate func isCalled(_ names: [String]) -> Bool {
        if isHidden { return false }
        if names.count == path.count { return zip(path, names).allSatisfy { $0.matches($1) } }
        var rest = names[...]
        for term in path {
            if let first = rest.first, term.matches(first) {
                rest = rest.dropFirst()
            } else if term.en == rest.prefix(2).joined(separator: ".") {
                // A field's own name may hold a dot: `registered.date`.
                rest = rest.dropFirst(2)
            } else {
                return names.count == 1 && name.matches(names[0])
            }
        }
        return rest.isEmpty
    }
}

extension [ColumnInfo] {
    /// The last column that a path names: to the letter, else whatever the width of its letters.
    package func place(named names: [String]) -> Int? {
        lastIndex { $0.isCalled(names) } ?? lastIndex { $0.matches(names) }
    }
}

/// What a plan's rows look like.
package struct Schema: Sendable, Hashable, Codable {
    /// The entity whose fields can be named; nil once columns were selected or rows grouped.
    package var entity: String?
    /// The plain table whose relations can be named, likewise; its columns by the identities that
    /// they have here.
    package var table: RowSource?
    package var columns: [ColumnInfo]
    /// A grouped result: columns beyond the keys are measures.
    package var isGrouped = false
    package var hasTotals = false
    /// The column that `over` added, while rows are still repeated over it.
    package var openPeriod: ColumnID?
    /// What the rows are, while they are rows of a source.
    package var origin: Origin?
    /// Columns not known before it runs (a pivot without data): any quoted name goes.
    package var isOpen = false

    package init(entity: String?, columns: [ColumnInfo]) {
        self.entity = entity
        self.columns = columns
    }

    package subscript(id: ColumnID) -> ColumnInfo? { columns.first { $0.id == id } }

    package func position(of id: ColumnID) -> Int? { columns.firstIndex { $0.id == id } }

    /// The columns that can be named and are shown.
    package var shown: [ColumnInfo] { columns.filter { !$0.isHidden } }

    /// Whether another column could be taken for one of that name.
    package func has(_ name: Term) -> Bool { shown.contains { $0.name.collides(with: name) } }
}

/// What the rows of a result were, before they were counted: for the words under a report.
package struct Origin: Sendable, Hashable, Codable {
    /// The source's name and what it holds.
    package let source: Term
    package let gloss: Message
    /// The conditions of `where`, as written, in both languages.
    package var conditions: [Message] = []

    package init(source: Term, gloss: Message) {
        self.source = source
        self.gloss = gloss
    }
}
