import Foundation
import MusterDiagnostics
import MusterLanguage
import MusterLeague
import MusterStore
@testable import MusterBinding
@testable import MusterEngine
import MusterPlan

/// The samples, and single expressions without any data.
enum Evaluation {
    static let domain = League.domain()
    static let registry = Registry(domain: domain, statements: [])

    static func dataSet(_ sample: String) throws -> DataSet {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let loader = SnapshotLoader(schema: domain.schema, threads: 2, cancelled: { false })
        return DataSet(try loader.load(root.appending(path: "samples/\(sample)").path),
                       domain: domain)
    }

    /// The plan of a query over a sample, and what it runs in.
    static func plan(_ query: String, of sample: String = "small") throws
        -> (plan: Plan, environment: Environment) {
        var environment = Environment(domain: domain, registry: registry,
                                      dataSets: [try dataSet(sample)])
        environment.current = 0
        let source = SourceText(text: query)
        let run = Run(environment, threads: 2, isCancelled: { false })
        guard case .query(let expression)? = parse(source, vocabulary: registry)
            .statements.first?.kind else { throw Diagnostic("test", Message("no query: \(query)")) }
        let plan = try Binder(environment, run: run, source: source)
            .bind(statement: expression, text: query)
        return (plan, environment)
    }

    /// The value of an expression such as `round(2.5, 0)`.
    static func value(_ text: String) throws -> Constant {
        let environment = Environment(domain: domain, registry: registry)
        let run = Run(environment, threads: 1, isCancelled: { false })
        let source = SourceText(text: text)
        return try Binder(environment, run: run, source: source)
            .constant(try parseExpression(source, vocabulary: registry)).0
    }
}

extension Measure {
    /// A measure whose identity does not matter.
    init(kind: Kind, condition: Scalar?, type: ValueType) {
        self.init(id: ColumnID(1), kind: kind, condition: condition, type: type)
    }
}
