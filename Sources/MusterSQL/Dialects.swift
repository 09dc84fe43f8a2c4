/// The dialects there are, one line each.
package enum Dialects {
    package static let all: [any Dialect] = [PostgreSQLDialect(), SparkDialect()]

    package static func named(_ name: String) -> (any Dialect)? {
        all.first { $0.name == name }
    }

    package static var names: [String] { all.map(\.name) }
}
