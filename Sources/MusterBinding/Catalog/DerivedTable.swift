import MusterPlan
import MusterStore

/// A table that the domain works out from the others. It costs nothing until a query reads it.
package struct DerivedTableDefinition: Sendable {
    /// The entity whose rows it holds; its own name.
    package let entity: String
    /// Gives the entity's table for one snapshot. Throws where it is interrupted.
    package let compute: @Sendable (any Derivation) throws -> Table

    package init(_ entity: String, compute: @escaping @Sendable (any Derivation) throws -> Table) {
        self.entity = entity
        self.compute = compute
    }
}

/// One snapshot's tables as the domain's own code may read them.
package protocol SnapshotTables {
    var snapshot: Snapshot { get }
    func column(_ entity: String, _ name: String) -> Column?
    func rowCount(_ entity: String) -> Int
}

/// What a derived table is worked out with: one snapshot's data, and the language over it. Rows
/// are read at the snapshot's own day, whatever day the query that asks for the table reads at.
package protocol Derivation {
    var data: any SnapshotTables { get }
    /// The rows of an entity's table that meet a condition written in the language, ascending.
    /// No source stands between: rows that a source leaves out are looked at too.
    func rows(of entity: String, where condition: String) throws -> [Int32]
    /// The values of an expression written in the language at some rows of an entity's table.
    func values(_ expression: String, of entity: String, at rows: [Int32]) throws
        -> (vector: Vector, type: ValueType)
    /// An error where the work was interrupted; for loops that are not queries.
    func checkCancelled() throws
}
