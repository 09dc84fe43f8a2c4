import MusterDiagnostics
import MusterLanguage
import MusterPlan

extension Registry {
    /// Every function, one line each.
    static let allFunctions: [any Function.Type] = [
        Count.self, Sum.self, Mean.self, Median.self, Minimum.self, Maximum.self,
        Percentile.self, StandardDeviation.self, Variance.self, Correlation.self,
        DistinctCount.self, Rate.self, AnyRow.self,
        Total.self, Prior.self, Next.self,
        Year.self, Month.self, YearMonth.self, Day.self, Days.self, LastDay.self,
        AddMonths.self, FullYears.self, InForce.self,
        Week.self, Weekday.self, Quarter.self,
        Round.self, Floor.self, Ceiling.self, Absolute.self,
        SquareRoot.self, Power.self, NaturalLogarithm.self, Exponential.self,
        Lower.self, Upper.self, Length.self, Concat.self, Coalesce.self,
        SubstringOf.self, Split.self, Extract.self, Replace.self, Trim.self,
        Lookup.self, Each.self,
        Part.self, PathBelow.self, OrderOfCode.self,
        DateOf.self, NumberOf.self, TextOf.self, EmptyTable.self,
    ]
}

/// The functions that others than the user write, into a corrected line.
package enum FunctionNames {
    package static let count = Count.name.en
    package static let mean = Mean.name.en
    package static let distinct = DistinctCount.name.en
}

extension Call {
    /// An argument bound as a value of one row.
    func value(_ index: Int, _ binder: Binder) throws -> Scalar {
        let argument = arguments[index]
        if let condition = argument.condition {
            throw Diagnostic("call.where", Message(
                zh: "\(name.text) 的括号里不能写 筛选", en: "\(name.text) takes no where"),
                at: condition.span)
        }
        return try binder.bind(argument.value, scope)
    }

    /// An argument of the wanted kind of type.
    func value(_ index: Int, _ binder: Binder, _ wanted: Message, _ fits: (ValueType) -> Bool)
        throws -> Scalar {
        let scalar = try value(index, binder)
        guard fits(scalar.type) || scalar.type == .none else {
            throw Diagnostic.mismatch(Message(
                zh: "\(name.text) 的第 \(index + 1) 个参数须是\(wanted.zh)，不是\(scalar.type.name.zh)",
                en: "argument \(index + 1) of \(name.text) must be \(wanted.en), not "
                    + scalar.type.name.en),
                at: arguments[index].value.span, hint: Message(
                    zh: "写作：\(usage.zh)", en: "write \(usage.en)"))
        }
        return scalar
    }

    func number(_ index: Int, _ binder: Binder) throws -> Scalar {
        try value(index, binder, Message(zh: "数", en: "a number")) { $0.isNumeric }
    }

    package func day(_ index: Int, _ binder: Binder) throws -> Scalar {
        try value(index, binder, Message(zh: "日期", en: "a day")) { $0 == .day }
    }

    package func text(_ index: Int, _ binder: Binder) throws -> Scalar {
        try value(index, binder, Message(zh: "文字", en: "a text")) { $0.isText }
    }

    /// The condition behind `where` in an argument, in the rows' scope.
    func condition(_ index: Int, _ binder: Binder, _ list: MeasureList) throws -> Scalar? {
        try arguments[index].condition.map { try binder.condition($0, list.rows) }
    }

    /// An argument bound as a value of each row that is aggregated.
    func measured(_ index: Int, _ binder: Binder, _ list: MeasureList) throws -> Scalar {
        try binder.bind(arguments[index].value, list.rows)
    }

    func measuredNumber(_ index: Int, _ binder: Binder, _ list: MeasureList) throws -> Scalar {
        let scalar = try measured(index, binder, list)
        guard scalar.type.isNumeric || scalar.type == .none else {
            throw Diagnostic.mismatch(Message(
                zh: "\(name.text) 要的是数，不是\(scalar.type.name.zh)",
                en: "\(name.text) takes numbers, not \(scalar.type.name.en)"),
                at: arguments[index].value.span,
                hint: scalar.type == .bool
                    ? Message(zh: "数人用 计数(条件)", en: "to count, use count(condition)")
                    : scalar.type.isText && !scalar.type.isSensitive
                    ? Message(zh: "文字写的数用 数值(…)；数行用 计数()，数不同的值用 去重计数(…)",
                              en: "number(…) reads a text; count() counts rows, distinct(…) "
                                  + "different values")
                    : Message(zh: "数行用 计数()，数不同的值用 去重计数(…)",
                              en: "count() counts rows, distinct(…) different values"))
        }
        return scalar.type == .none ? .constant(.none, .integer) : scalar
    }
}
