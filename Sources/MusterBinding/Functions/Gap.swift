import MusterDiagnostics
import MusterPlan
import MusterStore

/// n/of − target as one fraction over the same whole numbers: of (target in millionths, of, n).
/// None where one of them is, or of = 0.
enum Gap {
    static let name = "gap"

    static let kernel = FunctionKernel(name) { call in
        guard case .int(let wanted) = call.arguments[0], case .int(let of) = call.arguments[1],
              case .int(let n) = call.arguments[2] else { return call.arguments[0] }
        return .double(try (0..<call.count).map { row in
            guard wanted[row] != None.integer, of[row] != None.integer, n[row] != None.integer,
                  of[row] != 0 else { return None.double }
            let (due, first) = wanted[row].multipliedReportingOverflow(by: of[row])
            let (done, second) = n[row].multipliedReportingOverflow(by: 1_000_000)
            let (whole, third) = of[row].multipliedReportingOverflow(by: 1_000_000)
            let (difference, fourth) = done.subtractingReportingOverflow(due)
            if first || second || third || fourth { throw Diagnostic.overflow }
            return Double(difference) / Double(whole)
        })
    }

    static let sql = FunctionSQL(name, """
        cast({2} * 1000000 - {0} * {1} as double precision) / nullif({1} * 1000000, 0)
        """, ["spark": "cast({2} * 1000000 - {0} * {1} as double) / nullif({1} * 1000000, 0)"])
}
