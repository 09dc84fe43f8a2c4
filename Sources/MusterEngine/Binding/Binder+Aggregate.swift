import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterStore

extension Binder {
    /// A grouping with its outputs, each a name and an expression over aggregates.
    func aggregate(_ input: Plan, keys: [Key], outputs: [(ColumnInfo, Expression)]) throws
        -> Plan {
        try aggregate(input, keys: self.keys(keys, input), at: keys.first?.value.span) { scope in
            var result: [(ColumnInfo, Scalar)] = []
            defer { self.columnBeingBound = nil }
            for (column, expression) in outputs {
                self.columnBeingBound = column.name
                let scalar = try self.bind(expression, scope(result.map(\.0)))
                var info = column
                info.type = scalar.type
                result.append((info, scalar))
            }
            return result
        }
    }

    /// The same with outputs made by the verb. `outputs` gets a function that gives the scope
    /// in which the next output is bound, after those before it.
    func aggregate(_ input: Plan, keys: [GroupKey], at span: Span?,
                   outputs: ((_ after: [ColumnInfo]) -> Scope) throws -> [(ColumnInfo, Scalar)])
        throws -> Plan {
        try requirePeriod(input, keys, span)
        var rows = Scope(input.schema)
        rows.expanding = []
        let list = MeasureList(rows: rows, openPeriod: input.schema.openPeriod)
        list.origin = input.schema.origin
        list.keepsPeriod = keys.contains { $0.column.role == .period }
        let bound = try outputs { after in
            var scope = Scope(columns: keys.map(\.column) + after, entity: nil)
            scope.numbers = Array(keys.indices)
                + after.indices.map { MeasureList.outputBase + $0 }
            scope.aggregates = list
            return scope
        }
        let base = keys.count, count = list.measures.count
        var columns: [ColumnInfo] = []
        for key in keys {
            if columns.contains(where: { $0.name.collides(with: key.column.name) }) {
                throw repeated(key.column.name, span)
            }
            columns.append(key.column)
        }
        var finished: [(column: ColumnInfo, value: Scalar)] = []
        for (info, scalar) in bound {
            var column = info
            mark(&column, scalar, list, input)
            if columns.contains(where: { $0.name.collides(with: column.name) }) {
                throw repeated(column.name, span)
            }
            columns.append(column)
            finished.append((column, scalar.substituting { index in
                if index >= MeasureList.outputBase {
                    let output = index - MeasureList.outputBase
                    return Scalar(.column(base + count + output), bound[output].1.type)
                }
                if index >= MeasureList.measureBase {
                    let measure = index - MeasureList.measureBase
                    return Scalar(.column(base + measure), list.measures[measure].type)
                }
                return nil
            }))
        }
        var schema = Schema(entity: nil, columns: columns)
        schema.isGrouped = true
        if let instant = input.instants.first, input.instants.count == 1, instant.isRunning,
           input.schema.entity != nil, keys.count < schema.columns.count {
            schema.columns[keys.count].runningDay = instant.day
        }
        return Plan(.aggregate(input, Aggregation(keys: keys, measures: list.measures,
                                                  outputs: finished)), schema)
    }

    func repeated(_ name: Term, _ span: Span?) -> Diagnostic {
        Diagnostic("column.repeated", Message(zh: "两列同名：\(name.zh)",
                                              en: "two columns are called \(name.en)"),
                   at: span, hint: Message(zh: "用 新名 = … 另取一个名字",
                                           en: "give one another name: name = …"))
    }

    /// What an output is to later verbs: a count or sum, and one over periods.
    private func mark(_ column: inout ColumnInfo, _ scalar: Scalar, _ list: MeasureList,
                      _ input: Plan) {
        if case .column(let index) = scalar.node, index >= MeasureList.measureBase,
           index < MeasureList.outputBase {
            if list.measures[index - MeasureList.measureBase].isAdditive { column.role = .additive }
        }
        guard scalar.type.isNumeric else { return }
        column.isRatio = scalar.divides || scalar.sources.contains(where: list.isQuantile)
        if column.display == .plain, case .arithmetic(.divide, let a, let b) = scalar.node,
           list.usesHours(a), !list.usesHours(b) {
            // Hours a head, or a mean of hours: hours themselves. Hours over hours are a share.
            column.display = .hours
        }
        let used = scalar.columns.filter { $0 >= MeasureList.measureBase }
            .filter { $0 < MeasureList.outputBase }
            .map { list.measures[$0 - MeasureList.measureBase] }
        if column.display == .plain, scalar.type == .integer, !used.isEmpty,
           used.allSatisfy(\.isAdditive), isAdditive(scalar) {
            // How many: unlike a year or a number of a thing, it may be grouped by thousands.
            column.display = .count
        }
        if let period = input.schema.openPeriod, isAdditive(scalar), !used.isEmpty {
            let isFlow = used.allSatisfy { measure in
                // The same things may be counted again in the next period.
                if case .distinct = measure.kind { return false }
                return input.pins(period, measure.condition)
            }
            column.overPeriods = isFlow ? .flow : .stock
        } else if list.keepsPeriod, isAdditive(scalar), used.contains(where: { measure in
            (measure.measured?.columns ?? []).contains {
                input.schema.columns[$0].overPeriods != nil
            }
        }) {
            column.overPeriods = .stock
        }
    }

    /// Made of sums and counts without a division: adding it up makes (or would make) sense.
    func isAdditive(_ scalar: Scalar) -> Bool {
        switch scalar.node {
        case .arithmetic(.divide, _, _), .compare, .isNone: false
        // What chooses between two values is not added up itself.
        case .conditional(_, let a, let b): isAdditive(a) && isAdditive(b)
        default: scalar.parts.allSatisfy { isAdditive($0) }
        }
    }

    private func requirePeriod(_ input: Plan, _ keys: [GroupKey], _ span: Span?) throws {
        guard let period = input.schema.openPeriod else { return }
        let keeps = keys.contains { key in
            if case .value(let scalar) = key.kind, case .column(period) = scalar.node { true }
            else { false }
        }
        guard !keeps else { return }
        let name = input.schema.columns[period].name
        throw Diagnostic("over.key", Message(
            zh: "历年、历月、历次 之后的第一次分组须保留“\(name.zh)”，否则同一个人会算好几次",
            en: "the first grouping after over must keep \(name.en), else a person counts "
                + "several times"),
            at: span, hint: Message(zh: "在 按 后面加上 \(name.zh)",
                                    en: "add \(name.en) behind by"))
    }

    /// The fault of a stage that drops the period column of `over`, with the way to keep it.
    func keepingPeriod(_ fault: Diagnostic, _ stage: Stage, _ input: Plan) -> Diagnostic {
        guard ["over.key", "over.select"].contains(fault.code),
              let period = input.schema.openPeriod else { return fault }
        let name = input.schema.columns[period].name
        let isList = stage.arguments["by"] != nil || stage.arguments["keys"] != nil
            || fault.code == "over.select"
        let by = Keyword.by.term
        var fault = fault
        let end = Span(stage.span.upper, stage.span.upper)
        let word = isList ? Term(", \(name.en)", ", \(name.zh)")
            : Term(" \(by.en) \(name.en)", " \(by.zh) \(name.zh)")
        fault.fixes = [Fix(end, word)]
        return fault
    }

    /// An error where a sum would add rates, or counts of the same persons over several periods.
    func refuseAddingOverPeriods(_ value: Scalar, _ list: MeasureList, _ call: Call) throws {
        try refuseAddingRatios(value, list.rows.columns, call.span)
        // A column that a pivot made of one period counts nobody twice.
        guard !list.keepsPeriod, value.columns.contains(where: {
            list.rows.columns.indices.contains($0)
                && list.rows.columns[$0].overPeriods == .stock
                && !list.rows.columns[$0].isOfOnePeriod
        }) else { return }
        throw addingOverPeriods(call.span)
    }

    /// Rates and means do not add up.
    func refuseAddingRatios(_ value: Scalar, _ columns: [ColumnInfo], _ span: Span) throws {
        guard value.summands.contains(where: {
            columns.indices.contains($0) && columns[$0].isRatio
        }) else { return }
        throw Diagnostic("ratio.sum", Message(
            zh: "比率、平均数不能相加", en: "rates and means cannot be added up"), at: span,
            hint: Message(zh: "分子、分母各自相加后再相除；总的比率用 合计",
                          en: "add up the numerators and denominators; for the whole use total"))
    }

    /// An error where columns that a pivot made of several periods are added up.
    func refuseAddingPeriods(_ value: Scalar, _ columns: [ColumnInfo], _ span: Span) throws {
        if case .arithmetic(.add, let a, let b) = value.node {
            func reads(_ side: Scalar) -> Bool {
                side.summands.contains {
                    columns.indices.contains($0) && columns[$0].isOfOnePeriod
                        && columns[$0].overPeriods == .stock
                }
            }
            if reads(a), reads(b) { throw addingOverPeriods(span) }
        }
        for part in value.parts { try refuseAddingPeriods(part, columns, span) }
    }

    func addingOverPeriods(_ span: Span) -> Diagnostic {
        Diagnostic("over.sum", Message(
            zh: "各期人数不能相加，否则同一个人会算好几次",
            en: "counts of several periods cannot be added up: a person would count several times"),
            at: span,
            hint: Message(zh: "可以计数或比较，例如 计数(达标)；要某一天的数用 截至",
                          en: "count or compare them, as in count(met); for one day use as of"))
    }
}

extension Measure {
    /// Adds up: how many, or how much.
    fileprivate var isAdditive: Bool {
        switch kind {
        case .count, .sum, .distinct: true
        case .minimum, .maximum, .quantile: false
        }
    }
}
