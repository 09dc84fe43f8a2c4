import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

extension Binder {
    /// A grouping with its outputs, each a name and an expression over aggregates.
    func aggregate(_ input: Plan, keys: [Key], outputs: [(ColumnInfo, Expression)]) throws
        -> Plan {
        try aggregate(input, keys: self.keys(keys, input), at: keys.first?.value.span) { scope in
            var result: [(ColumnInfo, Scalar)] = []
            for (column, expression) in outputs {
                var place = scope(result)
                place.target = column.name
                let scalar = try self.bind(expression, place)
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
                   outputs: ((_ after: [(ColumnInfo, Scalar)]) -> Scope) throws
                       -> [(ColumnInfo, Scalar)]) throws -> Plan {
        try requirePeriod(input, keys, span)
        let list = MeasureList(rows: Scope(input), input: input,
                               keepsPeriod: keys.contains { $0.column.role == .period }, self)
        let bound = try outputs { after in
            var scope = Scope(columns: keys.map(\.column) + after.map(\.0), entity: nil)
            scope.aggregates = list
            return scope
        }
        var columns: [ColumnInfo] = []
        for column in keys.map(\.column) + bound.map(\.0) {
            if columns.contains(where: { $0.name.collides(with: column.name) }) {
                throw repeated(column.name, span)
            }
            columns.append(column)
        }
        let finished = bound.map { info, scalar in
            Output(column: shown(info, scalar, list), value: scalar,
                   shares: list.shares[info.name] ?? [])
        }
        var schema = Schema(entity: nil, columns: keys.map(\.column) + finished.map(\.column))
        schema.isGrouped = true
        if let reading = input.readings.first, input.readings.count == 1, reading.isRunning,
           input.schema.entity != nil, keys.count < schema.columns.count {
            schema.columns[keys.count].runningDay = reading.day
        }
        return Plan(.aggregate(input, Aggregation(
            keys: keys, measures: list.measures, outputs: finished,
            readings: input.readings(ofGroupsBy: keys, query: catalog.reading,
                                     kept: keptReadings))), schema)
    }

    /// Where the rows of a kept table are read.
    func keptReadings(_ table: TableReference) -> RowReadings {
        catalog.tables[table.name]?.readings ?? .fixed(catalog.reading)
    }

    func repeated(_ name: Term, _ span: Span?) -> Diagnostic {
        Diagnostic("column.repeated", Message(zh: "两列同名：\(name.zh)",
                                              en: "two columns are called \(name.en)"),
                   at: span, hint: Message(zh: "用 新名 = … 另取一个名字",
                                           en: "give one another name: name = …"))
    }

    /// How an output wants to be shown, by what it is made of.
    private func shown(_ column: ColumnInfo, _ scalar: Scalar, _ list: MeasureList) -> ColumnInfo {
        var column = column
        column.unit = unit(scalar, list)
        guard scalar.type.isNumeric, column.display == .plain else { return column }
        if case .arithmetic(.divide, let a, let b) = scalar.node,
           list.usesHours(a), !list.usesHours(b) {
            // Hours a head, or a mean of hours: hours themselves. Hours over hours are a share.
            column.display = .hours
            return column
        }
        let read = scalar.columns
        let used = list.measures.filter { read.contains($0.id) }
        if scalar.type == .integer, !used.isEmpty, used.allSatisfy(\.isAdditive), scalar.addsUp {
            // How many: unlike a year or a number of a thing, it may be grouped by thousands.
            column.display = .count
        }
        return column
    }

    /// What an output counts, where all that it is made of counts the same.
    private func unit(_ scalar: Scalar, _ list: MeasureList) -> Term? {
        guard scalar.type == .integer, scalar.addsUp else { return nil }
        let read = scalar.columns
        let units = list.measures.filter { read.contains($0.id) }.map { measure -> Term? in
            let entity: String? = switch measure.kind {
            case .count: list.input?.schema.entity
            case .distinct(let value): if case .row(let name) = value.type { name } else { nil }
            case .sum, .minimum, .maximum, .quantile, .codeviation: nil
            }
            return entity.flatMap { domain.entity($0)?.counter }
        }
        guard let first = units.first, units.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    private func requirePeriod(_ input: Plan, _ keys: [GroupKey], _ span: Span?) throws {
        guard let period = input.schema.openPeriod else { return }
        let keeps = keys.contains { key in
            if case .value(let scalar) = key.kind { scalar.column == period }
            else { false }
        }
        guard !keeps else { return }
        let name = input.schema[period]?.name ?? ColumnNames.year
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
        let name = input.schema[period]?.name ?? ColumnNames.year
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
        guard let rows = list.input else { return }
        try refuseAddingRatios(value, rows, call.span)
        // A column that a pivot made of one period counts nobody twice.
        guard !list.keepsPeriod,
              value.columns.contains(where: { rows.additivity(of: $0).repeatsPersons })
        else { return }
        throw addingOverPeriods(call.span)
    }

    /// The column of numbers whose values a verb adds up over rows; nil where none is written.
    func addedColumn(_ stage: Stage, _ input: Plan, _ verb: Term, hint: Message? = nil) throws
        -> (column: ColumnInfo, span: Span)? {
        guard let expression = stage.columns("column").first,
              case .path(let names) = expression.kind else { return nil }
        guard let column = try resolve(names, Scope(input)).column, column.type.isNumeric else {
            throw Diagnostic.mismatch(Message(
                zh: "\(verb.zh) 用的须是结果里的一列数", en: "\(verb.en) takes a column of numbers"),
                at: expression.span, hint: hint)
        }
        try refuseAddingRatios(column.value, input, expression.span)
        return (column, expression.span)
    }

    /// Rates and means do not add up.
    func refuseAddingRatios(_ value: Scalar, _ rows: Plan, _ span: Span) throws {
        guard value.summands.contains(where: { rows.additivity(of: $0).isRatio }) else { return }
        throw Diagnostic("ratio.sum", Message(
            zh: "比率、平均数不能相加", en: "rates and means cannot be added up"), at: span,
            hint: Message(zh: "分子、分母各自相加后再相除；总的比率用 合计",
                          en: "add up the numerators and denominators; for the whole use total"))
    }

    /// An error where columns that a pivot made of several periods are added up.
    func refuseAddingPeriods(_ value: Scalar, _ rows: Plan, _ span: Span) throws {
        if case .arithmetic(.add, let a, let b) = value.node {
            /// The pivot's values whose columns it adds up.
            func read(_ side: Scalar) -> Set<PivotValue?> {
                Set(side.summands.filter {
                    let additivity = rows.additivity(of: $0)
                    return additivity.isOfOnePeriod && additivity.overPeriods == .stock
                }.map(rows.pivotValue))
            }
            let both = (read(a), read(b))
            let isOfOne = both.0 == both.1 && both.0.count == 1 && both.0 != [nil]
            if !both.0.isEmpty, !both.1.isEmpty, !isOfOne { throw addingOverPeriods(span) }
        }
        for part in value.parts { try refuseAddingPeriods(part, rows, span) }
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
