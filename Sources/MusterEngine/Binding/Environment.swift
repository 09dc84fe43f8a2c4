import MusterDiagnostics
import MusterLanguage
import MusterStore

/// A `let`: a name for a source or an expression, put in its place wherever it is used.
package struct Definition: Sendable {
    package let name: String
    package let parameters: [Name]
    package let value: Expression
    package let source: SourceText

    package init(name: String, parameters: [Name], value: Expression, source: SourceText) {
        self.name = name
        self.parameters = parameters
        self.value = value
        self.source = source
    }
}

/// A script's parameter with its value.
package struct Parameter: Sendable {
    package let type: ValueType
    package let value: Constant

    package init(type: ValueType, value: Constant) {
        self.type = type
        self.value = value
    }
}

/// Everything that names in a query may refer to. A value: a script gets a copy of its own.
package struct Environment: Sendable {
    package let domain: Domain
    package let registry: Registry
    /// The loaded snapshots by their day, ascending.
    package var dataSets: [DataSet] { didSet { unite() } }
    /// The one that queries read; nil where none is loaded.
    package var current: Int? { didSet { unite() } }
    /// The rows of all loaded snapshots as one numbering.
    package private(set) var union: RowUnion?
    package var tables: [String: FrozenTable] = [:]
    package var definitions: [String: Definition] = [:]
    package var parameters: [String: Parameter] = [:]
    package var last: Plan?
    /// Names of persons are shown by their first character only.
    package var hidesNames = false

    package init(domain: Domain, registry: Registry, dataSets: [DataSet] = []) {
        self.domain = domain
        self.registry = registry
        self.dataSets = dataSets.sorted { $0.asOf < $1.asOf }
        self.current = dataSets.isEmpty ? nil : dataSets.count - 1
        unite()
    }

    private mutating func unite() {
        union = current.flatMap { current in
            dataSets.count > 1 && dataSets.indices.contains(current)
                ? RowUnion(dataSets, current: current, domain: domain) : nil
        }
    }

    /// An earlier day to read at than the snapshot's, where the user asked for one.
    package var readingDay: Int32?

    /// The day at which queries read unless they say otherwise.
    package var today: Int32? { readingDay ?? data?.asOf }

    package var data: DataSet? { current.map { dataSets[$0] } }
}
