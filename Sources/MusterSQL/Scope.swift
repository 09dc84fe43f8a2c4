import MusterDiagnostics
import MusterPlan
import MusterValues

/// The rows that one `select` reads: what expressions over them may name, and the tables that
/// their paths lead to, joined as they are asked for.
final class Scope {
    let writer: StatementWriter
    /// The rows' own name.
    let alias: String
    let entity: String?
    let columns: [ColumnID: SQL]
    let readings: [Reading]
    /// For each reading the day at which expressions are read now.
    private(set) var days: [Int32]
    private var from: SQL
    private var joined: [Join: String] = [:]
    /// What must hold of each line for it to count.
    private(set) var required: [SQL] = []

    struct Join: Hashable {
        let table: SQL
        let on: SQL
    }

    init(_ writer: StatementWriter, _ alias: String, from: SQL, entity: String?,
         columns: [ColumnID: SQL], readings: [Reading], days: [Int32]? = nil) {
        self.writer = writer
        self.alias = alias
        self.from = from
        self.entity = entity
        self.columns = columns
        self.readings = readings
        self.days = days ?? readings.map(\.day)
    }

    var dialect: any Dialect { writer.dialect }

    /// What stands behind `from`, with what was joined.
    var source: SQL { from }

    /// Puts a further source behind the others: `cross join …`.
    func add(_ source: SQL) { from = "\(from)\n  \(source)" }

    func require(_ condition: SQL) { required.append(condition) }

    /// The name of a table's row that a condition finds for each row, or of none.
    func join(_ table: SQL, _ entity: String, _ on: (String) -> SQL) -> String {
        let key = Join(table: table, on: on("?"))
        if let known = joined[key] { return known }
        let alias = writer.alias(entity)
        joined[key] = alias
        add("left join \(table) \(name: alias) on \(on(alias))")
        return alias
    }

    /// The row of an entity by its number.
    func row(_ entity: String, _ number: SQL) -> String {
        join(writer.table(entity), entity) { "\(name: $0)._row = \(number)" }
    }

    /// The same rows read at one reading, with columns that it gives; what is joined there,
    /// `take` joins here.
    func reading(_ reading: Reading, columns: [ColumnID: SQL]) -> Scope {
        let scope = Scope(writer, alias, from: from, entity: entity, columns: columns,
                          readings: [reading])
        scope.joined = joined
        return scope
    }

    func take(_ other: Scope) {
        from = other.from
        joined = other.joined
    }

    /// What is read at other days.
    func at<R>(_ other: [Int32], _ body: () throws -> R) rethrows -> R {
        let own = days
        days = other
        defer { days = own }
        return try body()
    }

    /// The day at which rows are read.
    var day: SQL {
        if Set(days).count == 1 || readings.count < 2 { return literal(days.first) }
        if days == readings.map(\.day) { return "\(name: alias).\(name: Rows.day)" }
        let cases = days.enumerated().map { "when \($0) then \(literal($1))" as SQL }
        return "case \(name: alias).\(name: Rows.reading) \(cases.joined(" ")) end"
    }

    private func literal(_ day: Int32?) -> SQL {
        guard let day else { return "\(value: .none, .day)" }
        return "\(value: .day(day), .day)"
    }

    /// What `total(x)` sums: the ordinary rows of this part, where it is another than the rows'.
    var ordinary: Rows?

    var readingColumn: SQL? {
        readings.count < 2 ? nil : "\(name: alias).\(name: Rows.reading)"
    }
}
