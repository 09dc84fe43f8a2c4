import MusterPlan

extension StatementWriter {
    /// The numbers and values of some rows of a table.
    package func values(_ entity: String, _ column: String, at rows: [Int32], _ type: ValueType)
        -> SQLStatement {
        let most = 10_000
        let numbers = rows.map { "\(Int($0))" as SQL }.joined(", ")
        let some: [SQL] = rows.count > most ? [] : ["r.\(name: Layout.row) in (\(numbers))"]
        return SQLStatement(select(["r.\(name: Layout.row)", "r.\(name: Layout.column(column))"],
                                   from: "\(table(entity)) r", where: some),
                            types: [.row(entity), type])
    }
}
