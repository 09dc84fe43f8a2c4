import MusterPlan

/// What differs between the databases' SQL. A dialect is one file.
package protocol Dialect: Sendable {
    /// As `--dialect` calls it.
    var name: String { get }
    /// A name of a table or column, quoted whatever it holds.
    func quoted(name: String) -> String
    /// Where the `number`th value (from 1) is bound.
    func marker(_ number: Int, _ type: ValueType) -> String
    /// A value as it may stand in a statement's text.
    func literal(_ value: Constant, _ type: ValueType) -> String
    /// What the database calls the type that values of a type have there.
    func typeName(_ type: ValueType) -> String
}
