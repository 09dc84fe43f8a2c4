import MusterDiagnostics
import MusterLanguage
import MusterStore

/// A `let`: a name for a source or an expression, put in its place wherever it is used.
public struct Definition: Sendable {
    public let name: String
    public let parameters: [Name]
    public let value: Expression
    public let source: SourceText

    public init(name: String, parameters: [Name], value: Expression, source: SourceText) {
        self.name = name
        self.parameters = parameters
        self.value = value
        self.source = source
    }
}

/// A script's parameter with its value.
public struct Parameter: Sendable {
    public let type: ValueType
    public let value: Constant

    public init(type: ValueType, value: Constant) {
        self.type = type
        self.value = value
    }
}

/// Everything that names in a query may refer to. A value: a script gets a copy of its own.
public struct Environment: Sendable {
    public let domain: Domain
    public let registry: Registry
    /// The loaded snapshots by their day, ascending.
    public var dataSets: [DataSet] { didSet { unite() } }
    /// The one that queries read; nil where none is loaded.
    public var current: Int? { didSet { unite() } }
    /// The rows of all loaded snapshots as one numbering.
    public private(set) var union: RowUnion?
    public var tables: [String: FrozenTable] = [:]
    public var definitions: [String: Definition] = [:]
    public var parameters: [String: Parameter] = [:]
    public var last: Plan?
    /// Names of persons are shown by their first character only.
    public var hidesNames = false

    public init(domain: Domain, registry: Registry, dataSets: [DataSet] = []) {
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
    public var readingDay: Int32?

    /// The day at which queries read unless they say otherwise.
    public var today: Int32? { readingDay ?? data?.asOf }

    public var data: DataSet? { current.map { dataSets[$0] } }
}
