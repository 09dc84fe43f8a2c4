import MusterDiagnostics
import MusterValues

/// A bound expression: every name resolved, every type known.
package struct Scalar: Sendable, Hashable, Codable {
    package let node: ScalarNode
    package let type: ValueType
    /// Whether it, or an operation inside it, would tell more of a hidden text than may be told
    /// (see `isProbe`). Worked out as it is made: an expression is asked at every step.
    package let probes: Bool

    package init(_ node: ScalarNode, _ type: ValueType) {
        self.node = node
        self.type = type
        let parts = node.parts
        probes = parts.contains(where: \.probes) || Scalar.isProbe(node, type, parts)
    }

    private enum CodingKeys: CodingKey { case node, type }

    package init(from decoder: Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(try values.decode(ScalarNode.self, forKey: .node),
                  try values.decode(ValueType.self, forKey: .type))
    }

    package static func constant(_ value: Constant, _ type: ValueType) -> Scalar {
        Scalar(.constant(value), type)
    }

    package static let yes = Scalar(.constant(.bool(true)), .bool)

    package var constantValue: Constant? {
        if case .constant(let value) = node { value } else { nil }
    }

    /// The expression behind the name of a field or definition.
    package var bare: Scalar {
        if case .named(_, let inner) = node { Scalar(inner.bare.node, type) } else { self }
    }
}

/// The closed set of operations that every engine must know. Data: what is to be done, with
/// every argument, and never how.
package indirect enum ScalarNode: Sendable, Hashable, Codable {
    case constant(Constant)
    /// A column of the rows.
    case column(ColumnID)
    /// The row itself, while rows are an entity's.
    case row
    /// A stored column of an entity, at the row that `row` yields.
    case field(entity: String, column: String, row: Scalar)
    /// The row of a tree at a level, on the way up from a row; itself counts.
    case ancestor(entity: String, level: String, row: Scalar)
    /// The day at which the row is read.
    case day
    case not(Scalar)
    case and(Scalar, Scalar)
    case or(Scalar, Scalar)
    /// Both sides have the same physical type.
    case compare(ComparisonOperator, Scalar, Scalar)
    /// Begun by the row's day and not ended by it.
    case inForce(from: Scalar, until: Scalar)
    case arithmetic(ArithmeticOperator, Scalar, Scalar)
    case convert(Conversion, Scalar)
    case conditional(Scalar, Scalar, Scalar)
    case isNone(Scalar)
    /// A test of a text against a pattern that is the same for all rows.
    case textTest(TextOperator, ExactText, Scalar)
    /// Whether a row of a tree is one of the named rows or below one.
    case below([RowName], Scalar)
    /// The row directly below the named one on the way up from a row, itself included; the named
    /// row itself for itself; none for what is not below it.
    case part(of: RowName, Scalar)
    /// A function of the registry by its English name; what it computes stands in its file.
    case call(String, [Scalar])
    /// An aggregate of the rows that belong to a row, as they are at the row's day.
    case related(RelatedAggregate, Scalar)
    /// The expression at another day, for all rows the same.
    case atDay(Scalar, Scalar)
    /// The sum of the expression over the ordinary rows.
    case columnTotal(Scalar)
    /// A one-row, one-column plan.
    case subquery(Plan)
    /// Whether a row falls into one of some groups, each by its keys' values.
    case inGroups([GroupKey], [[Constant]])
    /// The rate that a row of the targets' tree is to reach in a year, in millionths: the row's
    /// own target, its nearest ancestor's, or the one for all.
    case benchmark(row: Scalar?, year: Scalar)
    /// Of several rows of a tree the lowest; none where there is none.
    case lowest([Scalar], entity: String)
    /// The row of another table that has these keys, where it is the only one.
    case match(Match, [Scalar])
    /// The value in the column of a plain table at that place, at the row that is meant.
    case cell(TableReference, Int, Scalar)
    /// The value of a plain table's column where another of its columns equals the key.
    case lookUp(LookUp, Scalar)
    /// A field that the domain declares, or a definition, by its name, with what it stands for.
    case named(Term, Scalar)
}

package enum ArithmeticOperator: String, Sendable, Hashable, Codable {
    case add = "+", subtract = "-", multiply = "*", divide = "/", modulo = "%"
}

/// Tests of a text.
package enum TextOperator: String, Sendable, Hashable, Codable {
    case contains, startsWith = "starts with", endsWith = "ends with"
    /// A regular expression.
    case matches
}

/// Changes of type that keep the value's meaning.
package enum Conversion: Sendable, Hashable, Codable {
    case integerToNumber
    /// An exact decimal of so many places to a number.
    case decimalToNumber(Int)
    /// An integer or exact decimal to one of so many places more; what does not fit is an error.
    case scaled(Int)
    /// The same to be compared: what does not fit is beyond whatever does.
    case scaledToCompare(Int)
    case dayToMonth, dayToYear, monthToYear
    case firstDayOfMonth, lastDayOfMonth, firstDayOfYear, lastDayOfYear
    /// The calendar month 1…12 and the day 1…31 as integers; a year as an integer.
    case monthOfYear, dayOfMonth, yearToInteger

    /// How a plan's text calls it.
    var name: String {
        switch self {
        case .decimalToNumber(let places): "decimalToNumber\(places)"
        case .scaled(let places): "scaled\(places)"
        case .scaledToCompare(let places): "scaledToCompare\(places)"
        default: "\(self)"
        }
    }
}

/// `count(members where registered)` of a unit: what is read, whose it is, what is measured.
package struct RelatedAggregate: Sendable, Hashable, Codable {
    package let rows: RowSource
    /// The source's condition, at the row's day.
    package let condition: Scalar?
    /// The row of the owner that a related row belongs to.
    package let owner: Scalar
    /// Whether what belongs to a row below the owner belongs to it.
    package let includesBelow: Bool
    package let measures: [Measure]
    /// Over the measures.
    package let output: Scalar

    package init(_ rows: RowSource, condition: Scalar?, owner: Scalar, includesBelow: Bool,
                 measures: [Measure], output: Scalar) {
        self.rows = rows
        self.condition = condition
        self.owner = owner
        self.includesBelow = includesBelow
        self.measures = measures
        self.output = output
    }

    /// Whether it may come out otherwise at another day.
    package var dependsOnDay: Bool {
        if case .entity = rows { return true }
        return ([owner] + [condition].compactMap { $0 } + measures.flatMap(\.scalars))
            .contains(where: \.dependsOnDay)
    }
}

/// `lookup(table.value, key = …)`.
package struct LookUp: Sendable, Hashable, Codable {
    package let table: TableReference
    /// The positions of the columns in the table.
    package let value: Int
    package let key: Int
    /// How many places more than the key's the wanted value has, both being exact decimals.
    package let finer: Int
    /// The wanted value is a double, and the key an exact decimal of so many places.
    package let keyPlaces: Int?
    /// Where it is written: several matches are a fault of the data.
    package let span: Span?

    package init(table: TableReference, value: Int, key: Int, finer: Int = 0,
                 keyPlaces: Int? = nil, span: Span?) {
        self.table = table
        self.value = value
        self.key = key
        self.finer = finer
        self.keyPlaces = keyPlaces
        self.span = span
    }
}
