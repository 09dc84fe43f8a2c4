import MusterDiagnostics

// What the parser makes of a text. Nothing here knows a table, a field or what a verb means:
// names are kept as they were typed, and the binder decides.

/// A name as typed, in either language.
package struct Name: Sendable, Hashable {
    package let text: String
    package let span: Span
    /// Written in backquotes or 【】: a column or field, never a code value or keyword.
    package let isQuoted: Bool

    package init(_ text: String, _ span: Span, isQuoted: Bool = false) {
        self.text = text
        self.span = span
        self.isQuoted = isQuoted
    }
}

/// A text literal; `{name}` in it is a place for a parameter where one of that name is declared,
/// in a report's texts for a `let` too, or a column of its one row (`{name.column}`), else plain
/// text (so each hole keeps its spelling).
package struct Template: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        case text(String)
        case hole(Name)
    }
    package let parts: [Part]
    package let span: Span

    package init(_ parts: [Part], _ span: Span) {
        self.parts = parts
        self.span = span
    }
}

package enum Literal: Sendable, Hashable {
    case integer(Int64)
    /// `digits × 10^-scale`, exact; `95%` is (95, 2), `0.5` is (5, 1).
    case decimal(digits: Int64, scale: Int)
    case text(Template)
    /// Days since 1970-01-01.
    case day(Int32)
    /// Months since year 0 (2015-06 is 2015 × 12 + 5).
    case month(Int32)
    /// Only where written as a year: `2015年`, `2015年度`. A bare 2015 is an integer.
    case year(Int32)
    case bool(Bool)
    case none
}

package enum UnaryOperator: String, Sendable, Hashable { case not, minus }

package enum BinaryOperator: String, Sendable, Hashable {
    case or, and
    case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">"
    case greaterOrEqual = ">="
    case contains, startsWith = "starts with", endsWith = "ends with", matches, under
    case add = "+", subtract = "-", multiply = "*", divide = "/", modulo = "%"
}

package struct Expression: Sendable, Hashable {
    package indirect enum Kind: Sendable, Hashable {
        case literal(Literal)
        /// `{name}` outside a string.
        case parameter(Name)
        /// `name`, `unit.district`, `member.unit.name`.
        case path([Name])
        /// `f(a, b)`, `count(members where registered)`, and with a prefix
        /// `children.count(members)`. `each("a": C, …)` is a call with labels.
        case call(path: [Name], Name, [Argument])
        case unary(UnaryOperator, Expression)
        case binary(BinaryOperator, Expression, Expression)
        /// `x in y`, `x not in y`; y is a `.list`, a `.range` or a period or range value.
        case membership(Expression, Expression, negated: Bool)
        case between(Expression, Expression, Expression)
        case isNone(Expression, negated: Bool)
        /// Right side of `in` and `under`: `(a, b)`. One element in brackets is that element.
        case list([Expression])
        /// `2015..2017`.
        case range(Expression, Expression)
        case conditional(Expression, then: Expression, else: Expression)
        /// `e as of D`.
        case asOf(Expression, Expression)
        /// `(members | count)`: a pipeline in brackets; also the whole of a query statement
        /// that has a source modifier or a stage.
        case pipeline(Pipeline)
    }
    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}

/// One argument of a call: `e`, `e where c`, `label: e` or `"标签" "label": e`.
package struct Argument: Sendable, Hashable {
    package let label: Expression?
    /// The label's English, where it stands behind the Chinese one.
    package let english: Expression?
    package let value: Expression
    package let condition: Expression?

    package init(label: Expression? = nil, english: Expression? = nil, _ value: Expression,
                where condition: Expression? = nil) {
        self.label = label
        self.english = english
        self.value = value
        self.condition = condition
    }
}

/// `source [as of D] [over …] | stage | stage`.
package struct Pipeline: Sendable, Hashable {
    package indirect enum Source: Sendable, Hashable {
        /// A table, a `let`, a plain table.
        case name(Name)
        /// A `let` with parameters: `m(2015)`.
        case call(Name, [Argument])
        /// A pipeline in brackets.
        case nested(Pipeline)
        /// The last result: the line began with `|`.
        case last
    }
    package struct Over: Sendable, Hashable {
        package enum Unit: String, Sendable, Hashable { case years, months, snapshots }
        package let unit: Unit
        package let unitSpan: Span
        /// A `.range`, a period or a parameter; nil for `over snapshots`.
        package let range: Expression?

        package init(_ unit: Unit, unitSpan: Span, range: Expression?) {
            self.unit = unit
            self.unitSpan = unitSpan
            self.range = range
        }
    }
    package var source: Source
    package var sourceSpan: Span
    package var asOf: Expression?
    package var over: Over?
    package var stages: [Stage]
    package var span: Span

    package init(_ source: Source, sourceSpan: Span, asOf: Expression? = nil, over: Over? = nil,
                stages: [Stage] = [], span: Span) {
        self.source = source
        self.sourceSpan = sourceSpan
        self.asOf = asOf
        self.over = over
        self.stages = stages
        self.span = span
    }
}

/// A verb and what its signature's slots were filled with.
package struct Stage: Sendable, Hashable {
    /// The canonical English name, from the signature.
    package let verb: String
    /// As typed.
    package let name: Name
    /// By slot label. An optional slot that was left out is absent.
    package var arguments: [String: SlotValue]
    package var span: Span

    package init(verb: String, name: Name, arguments: [String: SlotValue], span: Span) {
        self.verb = verb
        self.name = name
        self.arguments = arguments
        self.span = span
    }
}

/// `a`, `x = e`.
package struct Binding: Sendable, Hashable {
    package let alias: Name?
    package let value: Expression

    package init(alias: Name? = nil, _ value: Expression) {
        self.alias = alias
        self.value = value
    }
}

/// One grouping key: `k`, `x = e`, `every k [under u]`, `x = each("a": C, …)` (an ordinary call).
package struct Key: Sendable, Hashable {
    package let alias: Name?
    /// The span of `every`, where it stands.
    package let every: Span?
    package let value: Expression
    /// `under "…"` behind an `every` key.
    package let under: Expression?
    /// `or none` behind an `every` key: rows without a value form a group too.
    package let orNone: Bool

    package init(alias: Name? = nil, every: Span? = nil, _ value: Expression,
                under: Expression? = nil, orNone: Bool = false) {
        self.alias = alias
        self.every = every
        self.value = value
        self.under = under
        self.orNone = orNone
    }
}

package struct SortKey: Sendable, Hashable {
    package let value: Expression
    package let isDescending: Bool

    package init(_ value: Expression, isDescending: Bool) {
        self.value = value
        self.isDescending = isDescending
    }
}

package indirect enum SlotValue: Sendable, Hashable {
    case expression(Expression)
    case bindings([Binding])
    case keys([Key])
    case sortKeys([SortKey])
    /// Paths: columns named, not computed.
    case columns([Expression])
    /// One of the slot's fixed words, by its canonical English name.
    case word(String, Span)
    case words([Name])
    case name(Name)
    case text(Template)
    /// A file path, or a script's name: a text, or bare characters up to a space.
    case path(Template)
    case paths([Template])
    /// `k=v` pairs up to the end of the statement.
    case settings([Setting])
    case typings([Typing])
    case keyed(KeyedTable)
    /// The rest of the statement as a statement of its own (`explain`, `log`).
    case statement(Statement)
    /// The rest of the line as it stands (`help`).
    case rest(String, Span)
}

/// A table and what its rows are known by: `platform.id`, `platform.(name, birth)`.
package struct KeyedTable: Sendable, Hashable {
    package let table: Name
    package let keys: [Expression]
    package let span: Span

    package init(_ table: Name, _ keys: [Expression], _ span: Span) {
        self.table = table
        self.keys = keys
        self.span = span
    }
}

/// What a column is to be: `birth as date`.
package struct Typing: Sendable, Hashable {
    package let column: Name
    /// The type's English name.
    package let type: String

    package init(_ column: Name, _ type: String) {
        self.column = column
        self.type = type
    }
}

/// `k=v` of `run` and `set`: the value is an expression where it parses as one.
package struct Setting: Sendable, Hashable {
    package let name: Name
    package let value: Expression

    package init(_ name: Name, _ value: Expression) {
        self.name = name
        self.value = value
    }
}

package indirect enum StatementKind: Sendable, Hashable {
    /// A pipeline, or a bare expression or source name (`members`, `(members | count) > 0`).
    case query(Expression)
    /// `let NAME = …`, `let NAME(p, q) = …`.
    case assignment(Name, parameters: [Name], Expression)
    /// `param to: year = … "统计年度"`.
    case parameter(Name, type: Name, default: Expression?, Template?, Template?)
    /// Everything that a `StatementSignature` describes: `load`, `expect`, `title`, `run` …
    case command(String, Name, [String: SlotValue])
}

package struct Statement: Sendable, Hashable {
    package var kind: StatementKind
    package var span: Span

    package init(_ kind: StatementKind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}
