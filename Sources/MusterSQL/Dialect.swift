import MusterPlan

/// What differs between the databases' SQL. A dialect is one file.
package protocol Dialect: Sendable {
    /// As `--dialect` and functions' SQL forms call it.
    var name: String { get }
    /// A name of a table or column, quoted whatever it holds.
    func quoted(name: String) -> String
    /// Where the `number`th value (from 1) is bound.
    func marker(_ number: Int, _ type: ValueType) -> String
    /// A value as it may stand in a statement's text.
    func literal(_ value: Constant, _ type: ValueType) -> String
    /// What the database calls the type that values of a type have there.
    func typeName(_ type: ValueType) -> String
    /// The value in another type; `value` stands in brackets where it needs them.
    func converted(_ value: SQL, _ conversion: Conversion) -> SQL
    /// A day so many days later; `days` is a bigint.
    func later(_ day: SQL, by days: SQL) -> SQL
    /// The days from one day to another, as a bigint.
    func days(from earlier: SQL, to later: SQL) -> SQL
    /// Texts in the order of their code points.
    func byCodePoint(_ text: SQL) -> SQL
    /// Whether a text holds, starts with or ends with another; nil where a test is none that
    /// every database makes in the same way.
    func test(_ text: SQL, _ test: TextOperator, _ pattern: String) -> SQL?
    /// A sum as a value of its type, 0 where it is NULL; one that does not fit is an error.
    func total(_ sum: SQL, _ type: ValueType) -> SQL
    /// An aggregate over the rows that meet a condition.
    func filtered(_ aggregate: SQL, _ condition: SQL?) -> SQL
    /// The value between the closest ranks, by linear interpolation, of the doubles that meet a
    /// condition.
    func quantile(_ value: SQL, _ fraction: Double, _ condition: SQL?) -> SQL
    /// A value as one of a type.
    func cast(_ value: SQL, _ type: ValueType) -> SQL
    /// A value as a text.
    func text(_ value: SQL) -> SQL
    /// A whole number of last places as a decimal.
    func decimal(_ value: SQL, _ places: Int) -> SQL
    /// A month, since year 0, as `2015-06`.
    func month(_ value: SQL) -> SQL
    /// A text of which only the last character shows.
    func masked(_ value: SQL) -> SQL
    /// A relation of as many rows for each row before it as there are lines, made of its columns.
    func spread(_ lines: [[SQL]], _ alias: String, _ columns: [String]) -> SQL
    /// A relation of rows that stand in the statement itself, under a name, with columns' names.
    func rows(_ rows: [[SQL]], _ alias: String, _ columns: [String]) -> SQL
}

extension Dialect {
    package func cast(_ value: SQL, _ type: ValueType) -> SQL {
        "cast(\(value) as \(SQL(stringLiteral: typeName(type))))"
    }

    package func filtered(_ aggregate: SQL, _ condition: SQL?) -> SQL {
        condition.map { "\(aggregate) filter (where \($0))" } ?? aggregate
    }
}
