import MusterValues
import MusterDiagnostics
import MusterStore

/// A bound expression: every name resolved, every type known. Evaluated a batch at a time.
package struct Scalar: Sendable {
    package let node: ScalarNode
    package let type: ValueType

    init(_ node: ScalarNode, _ type: ValueType) {
        self.node = node
        self.type = type
    }

    static func constant(_ value: Constant, _ type: ValueType) -> Scalar {
        Scalar(.constant(value), type)
    }

    static let yes = Scalar(.constant(.bool(true)), .bool)

    var constantValue: Constant? {
        if case .constant(let value) = node { value } else { nil }
    }
}

/// The closed set of operations that every back end must know.
package indirect enum ScalarNode: Sendable {
    case constant(Constant)
    /// A column of the frame, by position.
    case column(Int)
    /// The row's number in its entity's table.
    case rowNumber
    /// A stored column of an entity, at the row that `row` yields.
    case field(entity: String, column: String, row: Scalar)
    /// The day at which the row is read.
    case day
    case not(Scalar)
    case and(Scalar, Scalar)
    case or(Scalar, Scalar)
    /// Both sides have the same physical type, and so the same dictionary order for texts.
    case compare(ComparisonOperator, Scalar, Scalar)
    /// Begun by the row's day and not ended by it.
    case inForce(from: Scalar, until: Scalar)
    case arithmetic(ArithmeticOperator, Scalar, Scalar)
    case convert(Conversion, Scalar)
    case conditional(Scalar, Scalar, Scalar)
    case isNone(Scalar)
    /// A test of a text against a constant, made once for each text of the dictionary.
    case textTest(TextTest, Scalar)
    /// Whether a row of a tree is one of the named rows or below one.
    case below(RowSet, Scalar)
    case oneOf(Scalar, [Constant])
    case call(FunctionKernel, [Scalar])
    /// An aggregate of the rows that belong to a row, as they are at the row's day.
    case related(RelatedAggregate, Scalar)
    /// The expression at another day, for all rows the same.
    case atDay(Scalar, Scalar)
    /// The sum of the expression over the frame's ordinary rows.
    case columnTotal(Scalar)
    /// A one-row, one-column plan.
    case subquery(Plan)
    /// Whether a row falls into one of some groups of a grouping.
    case inGroups(GroupSet)
    /// A row's benchmark rate in millionths: unit (or none) and year.
    case benchmark(row: Scalar?, year: Scalar)
    /// Of several rows of a tree the lowest; none where there is none.
    case lowest([Scalar], entity: String)
    /// The value of a plain table's column where another of its columns equals the key.
    case lookUp(LookUp, Scalar)
}

package enum ArithmeticOperator: String, Sendable, Hashable {
    case add = "+", subtract = "-", multiply = "*", divide = "/", modulo = "%"
}

/// Changes of type that keep the value's meaning.
package enum Conversion: Sendable, Hashable {
    case integerToNumber, hundredthsToNumber, integerToHundredths
    case dayToMonth, dayToYear, monthToYear
    case firstDayOfMonth, lastDayOfMonth, firstDayOfYear, lastDayOfYear
    /// The calendar month 1…12 and the day 1…31 as integers; a year as an integer.
    case monthOfYear, dayOfMonth, yearToInteger
    /// Millionths as an integer to a number.
    case millionthsToNumber
}

/// Groups of a grouping: what `drill` opens.
package final class GroupSet: Sendable {
    let aggregation: Aggregation
    let index: GroupIndex
    let groups: Set<Int32>

    init(aggregation: Aggregation, index: GroupIndex, groups: Set<Int32>) {
        self.aggregation = aggregation
        self.index = index
        self.groups = groups
    }
}

/// A test of one text, with an identity under which its answers are remembered.
package final class TextTest: Sendable {
    let test: @Sendable (String) -> Bool

    init(_ test: @escaping @Sendable (String) -> Bool) { self.test = test }
}

/// Rows of a tree named in a query (`under "…"`), found in each snapshot that is read.
package final class RowSet: Sendable {
    let entity: String
    let names: [String]

    init(entity: String, names: [String]) {
        self.entity = entity
        self.names = names
    }
}

/// What an open function computes, whole vectors at a time. Its name is what other back ends
/// know it by.
package final class FunctionKernel: Sendable {
    let name: String
    let evaluate: @Sendable (_ arguments: [Vector], _ count: Int) throws -> Vector

    init(_ name: String, _ evaluate: @escaping @Sendable ([Vector], Int) throws -> Vector) {
        self.name = name
        self.evaluate = evaluate
    }
}

/// `count(members where registered)` of a unit: a plan grouped by the row it belongs to, whose
/// answers are kept a day.
package final class RelatedAggregate: Sendable {
    /// Scan and filter of the related rows; its instants are replaced by the day asked for.
    let rows: Plan
    /// The row of the owner that a related row belongs to.
    let owner: Scalar
    let ownerEntity: String
    let includesBelow: Bool
    let measures: [Measure]
    /// Over the measures as columns.
    let output: Scalar

    init(rows: Plan, owner: Scalar, ownerEntity: String, includesBelow: Bool,
         measures: [Measure], output: Scalar) {
        self.rows = rows
        self.owner = owner
        self.ownerEntity = ownerEntity
        self.includesBelow = includesBelow
        self.measures = measures
        self.output = output
    }
}

/// `lookup(table.value, key = …)`.
package final class LookUp: Sendable {
    let table: String
    let values: Vector
    let keys: Vector
    let keyType: ValueType
    let span: Span

    init(table: String, values: Vector, keys: Vector, keyType: ValueType, span: Span) {
        self.table = table
        self.values = values
        self.keys = keys
        self.keyType = keyType
        self.span = span
    }
}
