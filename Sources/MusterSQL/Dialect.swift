import MusterPlan

/// What differs between the databases' SQL. A dialect is one file; what all of them say alike
/// stands in `Dialect+Shared`.
package protocol Dialect: Sendable {
    /// As `--dialect` and functions' SQL forms call it.
    var name: String { get }
    /// What stands around a name that is not plain.
    var quote: Unicode.Scalar { get }
    /// What the database calls texts, doubles and whole numbers of 32 bits.
    var types: (text: String, double: String, int: String) { get }
    /// What stands in a statement where its `number`th value (from 1) is bound, of no type yet.
    func place(_ number: Int) -> String
    /// What stands behind a whole number of 64 bits.
    var suffix: String { get }
    /// A text between quotes, in which whatever it holds stands for itself.
    func escaped(_ text: String) -> String
    /// How many whole times a number that is not negative holds another.
    func quotient(_ value: SQL, _ divisor: SQL) -> SQL
    /// The last day of the month that a day begins.
    func lastDay(_ firstDay: SQL) -> SQL
    /// A day so many days later; `days` is a bigint.
    func later(_ day: SQL, by days: SQL) -> SQL
    /// The days from one day to another, as a bigint.
    func days(from earlier: SQL, to later: SQL) -> SQL
    /// Texts in the order of their code points.
    func byCodePoint(_ text: SQL) -> SQL
    /// Whether a text holds, starts with or ends with another; nil where a test is none that
    /// every database makes in the same way.
    func test(_ text: SQL, _ test: TextOperator, _ pattern: String) -> SQL?
    /// The value between the closest ranks, by linear interpolation, of the doubles that meet a
    /// condition.
    func quantile(_ value: SQL, _ fraction: Double, _ condition: SQL?) -> SQL
    /// A whole number of last places as a decimal.
    func decimal(_ value: SQL, _ places: Int) -> SQL
    /// The day as `2015-06`, without its day.
    func month(of day: SQL) -> SQL
    /// A relation of as many rows for each row before it as there are lines, made of its columns.
    func spread(_ lines: [[SQL]], _ alias: String, _ columns: [String]) -> SQL
    /// A relation of the objects of a list in JSON, under a name, with columns' names and types.
    func rows(json: SQL, _ alias: String, _ columns: [(name: String, type: ValueType)]) -> SQL
    /// A text in whose place the statement ends, as one that guessed wrong (`UnsaidValue`).
    func unsaid(_ text: SQL) -> SQL
}
