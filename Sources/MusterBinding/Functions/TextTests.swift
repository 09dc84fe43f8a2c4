import MusterValues
import MusterPlan
import MusterStore

/// The tests of texts: `contains`, `starts with`, `ends with`, `matches`.
package enum TextTests {
    /// The kernel of a test whose pattern differs from row to row.
    static func name(of test: TextOperator) -> String { test.rawValue }

    /// Whether a text passes; the answer is the same wherever the pattern came from.
    package static func test(_ test: TextOperator, _ pattern: String) throws
        -> @Sendable (String) -> Bool {
        switch test {
        case .contains: return { $0.holdsExactly(pattern) }
        case .startsWith: return { $0.utf8.starts(with: pattern.utf8) }
        case .endsWith: return { $0.utf8.reversed().starts(with: pattern.utf8.reversed()) }
        case .matches:
            let compiled = try Pattern(pattern)
            return { compiled.matches($0) }
        }
    }

    /// Those of a pattern that differs from row to row: text, then pattern.
    static let sql = [
        FunctionSQL(name(of: .contains), "strpos({0}, {1}) > 0", ["spark": "contains({0}, {1})"]),
        FunctionSQL(name(of: .startsWith), "left({0}, length({1})) = {1}",
                    ["spark": "startswith({0}, {1})"]),
        FunctionSQL(name(of: .endsWith), "right({0}, length({1})) = {1}",
                    ["spark": "endswith({0}, {1})"]),
    ]

    static let kernels = [TextOperator.contains, .startsWith, .endsWith].map { test in
        FunctionKernel(name(of: test)) { call in
            guard case .text(let a, let x) = call.arguments[0],
                  case .text(let b, let y) = call.arguments[1] else {
                return .bool([UInt8](repeating: 0, count: call.count))
            }
            return .bool(try (0..<call.count).map { row in
                guard a[row] >= 0, b[row] >= 0 else { return 0 }
                return try TextTests.test(test, y[b[row]])(x[a[row]]) ? 1 : 0
            })
        }
    }
}
