import MusterPlan
import MusterStore

/// A database that answers statements.
package protocol SQLServer: Sendable {
    var dialect: any Dialect { get }
    /// Runs a statement and gives its columns, each of the physical type of its `ValueType`, none
    /// as `None` says it; rows of entities by their numbers.
    ///
    /// Throws a `Diagnostic`: `Diagnostic.interrupted` where `isCancelled` turned true, which is
    /// asked every 50 ms or sooner and ends the work on the server too; what the server says
    /// otherwise, with what to do about it. Throws `UnsaidValue` where the statement guessed wrong.
    func columns(of statement: SQLStatement, isCancelled: @Sendable () -> Bool) throws -> [Vector]
}
