import MusterDiagnostics
import MusterStore

/// A table that the domain works out from the others. It costs nothing until a query reads it.
package struct DerivedTableDefinition: Sendable {
    /// The entity whose rows it holds; its own name.
    package let entity: String
    /// Gives the entity's table for one snapshot. Throws where it is interrupted.
    package let compute: @Sendable (Derivation) throws -> Table

    package init(_ entity: String, compute: @escaping @Sendable (Derivation) throws -> Table) {
        self.entity = entity
        self.compute = compute
    }
}

/// What a derived table is worked out with: one snapshot's data, and the language over it. Rows
/// are read at the snapshot's own day, whatever day the query that asks for the table reads at.
package struct Derivation {
    package let data: DataSet
    private let binder: Binder
    private let run: Run

    init(_ data: DataSet, _ run: Run) {
        self.data = data
        self.run = run.alone(on: data)
        binder = Binder(Environment(
            domain: run.domain, registry: Registry(domain: run.domain, statements: []),
            dataSets: [data]), run: self.run)
    }

    /// The rows of an entity's table that meet a condition written in the language, ascending.
    /// No source stands between: rows that a source leaves out are looked at too.
    package func rows(of entity: String, where condition: String) throws -> [Int32] {
        let instant = Instant(dataSet: 0, day: data.asOf, period: nil, isRunning: false)
        let plan = Plan(.scan(entity: entity, condition: try bound(condition, entity),
                              instants: [instant]), Schema(entity: entity, columns: []))
        guard case .list(let rows)? = try Executor(run).execute(plan).rows else { return [] }
        return rows
    }

    /// The values of an expression written in the language at some rows of an entity's table.
    package func values(_ expression: String, of entity: String, at rows: [Int32]) throws
        -> (vector: Vector, type: ValueType) {
        let scalar = try bound(expression, entity)
        let frame = Frame(count: rows.count, columns: [], rows: .list(rows),
                          days: .same(data.asOf), dataSet: 0)
        return (try Evaluator(run).evaluate(scalar, frame), scalar.type)
    }

    /// An error where the work was interrupted; for loops that are not queries.
    package func checkCancelled() throws { try run.checkCancelled() }

    private func bound(_ text: String, _ entity: String) throws -> Scalar {
        try binder.declared(text, Scope(columns: [], entity: entity))
    }
}
