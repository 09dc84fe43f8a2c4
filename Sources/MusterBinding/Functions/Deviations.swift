import MusterDiagnostics
import MusterPlan
import MusterStore

/// `variance(x)`: of a sample, by n − 1; none of fewer than two values.
enum Variance: Function {
    static let name = Term("variance", "方差")
    static let synonyms = ["var", "var_samp", "样本方差"]
    static let usage = Message(zh: "方差(数) · 方差(数 筛选 条件)", en: "variance(x) · variance(x where C)")
    static let summary = Message(zh: "样本方差（除以个数减一）；不到两个值时为空，空值不算在内",
                                 en: "the sample variance (by n − 1); none of fewer than two values")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        return try Deviations.variance(call, binder)
    }
}

/// `stddev(x)`: the root of the sample variance.
enum StandardDeviation: Function {
    static let name = Term("stddev", "标准差")
    static let synonyms = ["std", "stdev", "sd", "stddev_samp", "样本标准差"]
    static let usage = Message(zh: "标准差(数) · 标准差(数 筛选 条件)", en: "stddev(x) · stddev(x where C)")
    static let summary = Message(
        zh: "样本标准差（除以个数减一）；不到两个值时为空，空值不算在内",
        en: "the sample standard deviation (by n − 1); none of fewer than two values")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(1...1)
        return Scalar(.call(root, [try Deviations.variance(call, binder)]), .number)
    }

    private static let root = "root"

    static let kernels = [FunctionKernel(root) { call in
        guard case .double(let values) = call.arguments[0] else { return call.arguments[0] }
        return .double(values.map { $0.isNaN ? None.double : $0.squareRoot() })
    }]
    static let sql = [FunctionSQL(root, "sqrt({0})")]
}

/// `correlation(x, y)`: Pearson's, over the rows that have both.
enum Correlation: Function {
    static let name = Term("correlation", "相关系数")
    static let synonyms = ["corr", "cor", "correl", "pearson", "相关"]
    static let usage = Message(zh: "相关系数(数, 数) · 相关系数(数, 数 筛选 条件)",
                               en: "correlation(x, y) · correlation(x, y where C)")
    static let summary = Message(
        zh: "两个数的相关系数（皮尔逊），−1 到 1，只算两个都有值的行；不到两行或有一个处处相同时为空",
        en: "Pearson's correlation, −1 to 1, over the rows that have both; none of fewer than two "
            + "or where one is the same everywhere")
    static let isAggregate = true

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        try call.expect(2...2)
        let list = try binder.measures(call)
        var (x, y) = (try call.measuredNumber(0, binder, list),
                      try call.measuredNumber(1, binder, list))
        if !x.type.isExact || !y.type.isExact {
            (x, y) = (binder.converted(x, to: .number), binder.converted(y, to: .number))
        }
        let rows = try Deviations.rows(having: [x, y], call, binder, list)
        return Scalar(.call(name.en, [(x, y), (x, x), (y, y)].map {
            list.add(.codeviation($0.0, $0.1), where: rows, .number)
        }), .number)
    }

    static let kernels = [FunctionKernel(name.en) { call in
        guard case .double(let both) = call.arguments[0], case .double(let x) = call.arguments[1],
              case .double(let y) = call.arguments[2] else { return call.arguments[0] }
        return .double((0..<call.count).map { row in
            let size = (x[row] * y[row]).squareRoot()
            return size > 0 && size.isFinite ? min(max(both[row] / size, -1), 1) : None.double
        })
    }]
    static let sql = [FunctionSQL(
        name.en, "case when {1} > 0 and {2} > 0 then "
            + "least(greatest({0} / sqrt({1} * {2}), -1), 1) end")]
}

private enum Deviations {
    static func variance(_ call: Call, _ binder: Binder) throws -> Scalar {
        let list = try binder.measures(call)
        let value = try call.measuredNumber(0, binder, list)
        let rows = try self.rows(having: [value], call, binder, list)
        let squares = list.add(.codeviation(value, value), where: rows, .number)
        let count = list.add(.count, where: rows, .integer)
        let fewer = Scalar(.arithmetic(.subtract, count, .constant(.int(1), .integer)), .integer)
        return binder.quotient(squares, fewer)
    }

    /// Those that meet the call's condition and have all these values.
    static func rows(having values: [Scalar], _ call: Call, _ binder: Binder, _ list: MeasureList)
        throws -> Scalar? {
        let conditions = try call.arguments.indices.compactMap {
            try call.condition($0, binder, list)
        }
        let have = values.map { Scalar(.not(Scalar(.isNone($0), .bool)), .bool) }
        return (conditions + have).reduce(nil) { all, next in
            all.map { Scalar(.and($0, next), .bool) } ?? next
        }
    }
}
