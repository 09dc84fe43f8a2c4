import Glibc
import MusterDiagnostics
import MusterPlan
import MusterStore

/// `sqrt(x)`: none of a negative number.
enum SquareRoot: Function {
    static let name = Term("sqrt", "平方根")
    static let synonyms = ["squareroot", "开方", "开平方"]
    static let usage = Message(zh: "平方根(数)", en: "sqrt(x)")
    static let summary = Message(zh: "平方根；负数没有，为空",
                                 en: "the square root; none of a negative number")
    static let unanswered = Powers.unanswered

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Powers.bind(call, binder, name.en, 1)
    }

    static let kernels = [Powers.kernel(name.en) { $0[0].squareRoot() }]

    /// The nearest double everywhere. What has no root is counted here, not there.
    static let sql = [FunctionSQL(name.en, isGuess: true) { _, dialect in
        let double = dialect == "spark" ? "double" : "double precision"
        return "case when {0} is null then null when {0} between 0 and 1e300 then sqrt({0}) + 0 "
            + "else \(FunctionSQL.unsaid(double, in: dialect)) end"
    }]
}

/// `power(x, y)`: x to the power of y. Two libraries of mathematics differ in the last digit, as
/// they do for `ln` and `exp`: these three are worked out here alone.
enum Power: Function {
    static let name = Term("power", "乘方")
    static let synonyms = ["pow", "幂", "次方"]
    static let usage = Message(zh: "乘方(数, 指数)", en: "power(x, y)")
    static let summary = Message(zh: "数的若干次方；没有结果的（负数的小数次方、零的负数次方）为空",
                                 en: "x to the power of y; none where there is no such number")
    static let unanswered = Powers.unanswered

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Powers.bind(call, binder, name.en, 2)
    }

    static let kernels = [Powers.kernel(name.en) { pow($0[0], $0[1]) }]
}

/// `ln(x)`: none of zero and of a negative number.
enum NaturalLogarithm: Function {
    static let name = Term("ln", "自然对数")
    static let usage = Message(zh: "自然对数(数)", en: "ln(x)")
    static let summary = Message(zh: "自然对数；零和负数没有，为空",
                                 en: "the natural logarithm; none of zero and negative numbers")
    static let topics = ["log", "log10", "对数", "logarithm"]
    static let unanswered = Powers.unanswered

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Powers.bind(call, binder, name.en, 1)
    }

    static let kernels = [Powers.kernel(name.en) { log($0[0]) }]
}

/// `exp(x)`: e to the power of x.
enum Exponential: Function {
    static let name = Term("exp", "指数")
    static let synonyms = ["指数函数"]
    static let usage = Message(zh: "指数(数)", en: "exp(x)")
    static let summary = Message(zh: "e 的若干次方", en: "e to the power of x")
    static let unanswered = Powers.unanswered

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try Powers.bind(call, binder, name.en, 1)
    }

    static let kernels = [Powers.kernel(name.en) { exp($0[0]) }]
}

private enum Powers {
    static let unanswered = Message(zh: "没有结果", en: "have no result")

    static func bind(_ call: Call, _ binder: Binder, _ name: String, _ count: Int) throws
        -> Scalar {
        try call.expect(count...count)
        let values = try (0..<count).map { try call.number($0, binder) }
        if values.contains(where: { $0.type == .none }) { return .constant(.none, .number) }
        return Scalar(.call(name, values.map { binder.converted($0, to: .number) }), .number)
    }

    /// None of what is none. What comes to no finite number is told, and none; nothing is −0.
    static func kernel(_ name: String, _ body: @escaping @Sendable ([Double]) -> Double)
        -> FunctionKernel {
        FunctionKernel(name) { call in
            let columns = call.arguments.compactMap { argument -> [Double]? in
                if case .double(let values) = argument { values } else { nil }
            }
            return .double((0..<call.count).map { row in
                let values = columns.map { $0[row] }
                if values.contains(where: \.isNaN) { return None.double }
                let result = body(values)
                if result.isFinite { return result + 0 }
                call.lost(values.map { Constant.double($0).plain(as: .number) }
                    .joined(separator: ", "))
                return None.double
            })
        }
    }
}
