import MusterBinding
import MusterDiagnostics
import MusterPlan

/// What has to be known of the data to say a plan in SQL.
package protocol SQLContext: Sendable {
    var domain: Domain { get }
    var registry: Registry { get }
    var dialect: any Dialect { get }
    /// The database's schema that holds the snapshot of a day; nil where it stands elsewhere.
    func schema(ofSnapshot day: Int32) -> String?
    /// What makes a stored column of the snapshot's table one of a type; nil for a column that is
    /// not there, or holds nothing. Throws a `Diagnostic` where it is of a type that cannot be.
    func stored(_ entity: String, _ column: String, as type: ValueType, snapshot: Int32) throws
        -> StoredColumn?
    /// The key that a named row bears in the snapshot; nil where it is none of its rows.
    func key(of name: RowName, snapshot: Int32) throws -> String?
    /// The number that a named row has in the snapshot, where it is known here: a database knows of
    /// a number that it is given how many rows have it, and of one that it is to look up nothing.
    func number(of name: RowName, snapshot: Int32) -> Int32?
    /// Whether what is written may hold for the usual values only (`FunctionSQL.isGuess`).
    var mayGuess: Bool { get }
    /// The rows of a plain table that a look-up finds, by their keys as they are compared there:
    /// the keys, then the values. Throws `NotInSQL` where they cannot be put into a statement.
    func rows(of lookUp: LookUp, key: ValueType) throws -> [BroughtColumn]
    /// The rows of a plain table that are the only ones with their keys: their numbers, then the
    /// keys as they are compared. Throws `NotInSQL` where they cannot be put into a statement.
    func rows(of match: Match, snapshot: Int32) throws -> [BroughtColumn]
    /// A column of a plain table by the numbers of its rows: the numbers, then the values.
    func cells(of table: TableReference, _ column: Int) throws -> [BroughtColumn]
    /// What the rows of a plain table come to that belong to each row of an entity, at a reading:
    /// by the rows' numbers, but for those to which nothing belongs; and what it comes to there.
    func related(_ aggregate: RelatedAggregate, at reading: Reading) throws
        -> (columns: [BroughtColumn], nothing: Constant)
    /// The value of an expression that reads no row.
    func value(of scalar: Scalar, at reading: Reading) throws -> Constant
}

/// What cannot be said in a database's SQL, and is worked out elsewhere or refused.
package struct NotInSQL: Error {
    /// What it is, for people: a function, a test.
    package let what: Message

    package init(_ what: Message) { self.what = what }
}

/// A value was met of which a statement does not say what it comes to: it is to be worked out
/// elsewhere, or with a statement that guesses nothing.
package struct UnsaidValue: Error {
    package init() {}
}

/// A column that a table has.
package struct StoredColumn: Sendable {
    /// To the type that is asked for, where it has another.
    package let conversion: Conversion?

    package init(_ conversion: Conversion?) { self.conversion = conversion }
}
