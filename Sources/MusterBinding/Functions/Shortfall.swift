import MusterDiagnostics
import MusterPlan
import MusterStore

/// max(0, ceil(target × of) − n): how many are missing, of (target in millionths, of, n). None
/// where one of them is, or of = 0.
enum Shortfall {
    static let name = "short"

    static let kernel = FunctionKernel(name) { call in
        guard case .int(let wanted) = call.arguments[0], case .int(let of) = call.arguments[1],
              case .int(let n) = call.arguments[2] else { return call.arguments[0] }
        return .int(try (0..<call.count).map { row in
            guard wanted[row] != None.integer, of[row] != None.integer, n[row] != None.integer,
                  of[row] != 0 else { return None.integer }
            let (due, overflow) = wanted[row].multipliedReportingOverflow(by: of[row])
            if overflow || due > Int64.max - 999_999 { throw Diagnostic.overflow }
            return max(0, (due + 999_999) / 1_000_000 - n[row])
        })
    }

    static let sql = FunctionSQL(name, form("/"), ["spark": form("div")])

    private static func form(_ divided: String) -> String {
        "case when {0} is null or {2} is null or nullif({1}, 0) is null then null else "
            + "greatest(0, ({0} * {1} + 999999) \(divided) 1000000 - {2}) end"
    }
}
