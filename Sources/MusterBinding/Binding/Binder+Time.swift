import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

extension Binder {
    /// What `as of` or `over` behind a source asks for.
    func reading(_ pipeline: Pipeline) throws -> SourceReading {
        if let over = pipeline.over {
            if let asOf = pipeline.asOf {
                throw Diagnostic("asof.over", Message(
                    zh: "截至 与 历年、历月 不能同用", en: "as of and over do not go together"),
                    at: asOf.span)
            }
            return try self.reading(over)
        }
        guard let asOf = pipeline.asOf else { preconditionFailure("neither as of nor over") }
        let (day, isRunning) = try self.day(asOf)
        let reading = catalog.reading(at: day, isRunning: isRunning)
        remarkOnLaterDays([reading].compactMap(\.self), at: asOf.span)
        return SourceReading(readings: [reading].compactMap(\.self), period: nil,
                             isExplicit: true)
    }

    /// The day that an `as of` means, and whether it stands for a period still running.
    func day(_ expression: Expression, _ scope: Scope? = nil) throws -> (Int32, Bool) {
        let (value, type) = try temporal(expression, scope)
        switch (value, type) {
        case (.day(let day), .day):
            try check(day, isAfter: catalog.today, at: expression.span)
            return (day, false)
        case (.day(let month), .month):
            return try close(CivilDay.days(ofMonth: month), at: expression.span)
        case (.day(let year), .year):
            return try close(CivilDay.days(ofYear: year), at: expression.span)
        case (.none, let type) where type.isTemporal && facts == nil:
            // Looked at without data: the type is right, the value comes later.
            return (catalog.today ?? 0, false)
        default:
            throw Diagnostic.mismatch(Message(
                zh: "截至 后面须是日期、月份或年度，不是\(type.name.zh)",
                en: "as of takes a day, month or year, not \(type.name.en)"),
                at: expression.span,
                hint: Message(zh: "例如 截至 2015-10-31", en: "for example as of 2015-10-31"))
        }
    }

    /// A constant day or period; a whole number 1000…9999 is a year here.
    package func period(_ expression: Expression) throws -> (Constant, ValueType) {
        try finish { try temporal(expression) }
    }

    /// A constant day or period; a whole number 1000…9999 is a year here.
    func temporal(_ expression: Expression, _ scope: Scope? = nil) throws
        -> (Constant, ValueType) {
        let (value, type) = try constant(expression, scope)
        if type == .integer, case .int(let number) = value, (1000...9999).contains(number) {
            return (.day(Int32(number)), .year)
        }
        return (value, type)
    }

    /// The last day of a period, or the snapshot's where it is still running.
    private func close(_ period: ClosedRange<Int32>, at span: Span) throws -> (Int32, Bool) {
        guard let asOf = catalog.today else { return (period.upperBound, false) }
        try check(period.lowerBound, isAfter: asOf, at: span)
        return (min(period.upperBound, asOf), period.upperBound > asOf)
    }

    private func check(_ day: Int32, isAfter asOf: Int32?, at span: Span) throws {
        guard let asOf, day > asOf else { return }
        let text = CivilDay.text(asOf)
        throw Diagnostic("asof.future", Message(
            zh: "这一天（\(CivilDay.text(day))）晚于快照的截至日 \(text)，数据里还没有",
            en: "that is \(CivilDay.text(day)), after the snapshot's day, \(text): "
                + "the data does not know it"),
            at: span,
            hint: Message(zh: "最晚可用 \(text)；或装载更晚的快照",
                          en: "use \(text) at the latest, or load a later snapshot"))
    }

    private func reading(_ over: Pipeline.Over) throws -> SourceReading {
        if over.unit == .snapshots { return try snapshots(over.unitSpan) }
        guard let range = over.range else {
            throw Diagnostic("over.range", Message(zh: "历年、历月 后面须有范围",
                                                   en: "over needs a range of periods"),
                             at: over.unitSpan,
                             hint: Message(zh: "例如 历年 2015..2017",
                                           en: "for example over years 2015..2017"))
        }
        let isYears = over.unit == .years
        let (first, last) = try bounds(range, isYears: isYears)
        guard first <= last else {
            throw Diagnostic("over.reversed", Message(
                zh: "范围的开头晚于结尾", en: "the range ends before it begins"), at: range.span,
                hint: Message(zh: "写成 早..晚", en: "write earlier..later"))
        }
        guard Int(last) - Int(first) < 1200 else {
            throw Diagnostic("over.long", Message(zh: "范围太长（最多 1200 期）",
                                                  en: "the range is too long (1200 at most)"),
                             at: range.span)
        }
        let readings = try (first...last).compactMap { period -> Reading? in
            let days = isYears ? CivilDay.days(ofYear: period) : CivilDay.days(ofMonth: period)
            let (day, isRunning) = try close(days, at: range.span)
            return catalog.reading(at: day, period: period, isRunning: isRunning)
        }
        remarkOnLaterDays(readings, at: range.span)
        let name = isYears ? ColumnNames.year : ColumnNames.month
        return SourceReading(
            readings: readings,
            period: ColumnInfo(newID(), [name], isYears ? .year : .month, role: .period),
            isExplicit: true)
    }

    private func snapshots(_ span: Span) throws -> SourceReading {
        if let day = catalog.today, day != catalog.data?.asOf {
            throw Diagnostic("over.asof", Message(
                zh: "历次 把每份快照读到它自己的截至日，与指定的截至日 \(CivilDay.text(day)) 不能同用",
                en: "over snapshots reads each at its own day, and does not go with the day "
                    + "\(CivilDay.text(day)) that was asked for"), at: span,
                hint: Message(zh: "去掉 --as-of；或用 历年、历月", en: "leave out --as-of, or use over "
                    + "years or over months"))
        }
        let readings = catalog.snapshots.map { data in
            Reading(snapshot: data.asOf, day: data.asOf, period: data.asOf)
        }
        return SourceReading(
            readings: readings,
            period: ColumnInfo(newID(), [ColumnNames.snapshot], .day, role: .period),
            isExplicit: true)
    }

    private func bounds(_ range: Expression, isYears: Bool) throws -> (Int32, Int32) {
        var (low, high) = (range, range)
        if case .range(let first, let last) = range.kind { (low, high) = (first, last) }
        let first = try period(low, isYears: isYears, isEnd: false)
        let last = try period(high, isYears: isYears, isEnd: true)
        // Looked at without data, a bound may not be known yet.
        let some = first ?? last ?? CivilDay.month(of: catalog.today ?? 0) / (isYears ? 12 : 1)
        return (first ?? some, last ?? some)
    }

    private func period(_ expression: Expression, isYears: Bool, isEnd: Bool) throws -> Int32? {
        let (value, type) = try temporal(expression)
        if value == .none, type.isTemporal, facts == nil { return nil }
        guard case .day(let number) = value else {
            throw Diagnostic.mismatch(Message(
                zh: "范围须由年度或月份组成，不是\(type.name.zh)",
                en: "the range is made of years or months, not \(type.name.en)"),
                at: expression.span, hint: Message(zh: "例如 2015..2017、2015-06..2015-10",
                                                   en: "such as 2015..2017, 2015-06..2015-10"))
        }
        switch (type, isYears) {
        case (.year, true), (.month, false): return number
        case (.year, false): return number * 12 + (isEnd ? 11 : 0)
        case (.day, false): return CivilDay.month(of: number)
        default:
            throw Diagnostic.mismatch(Message(
                zh: "历年 的范围须是年度，例如 2015..2017",
                en: "over years takes years, for example 2015..2017"), at: expression.span)
        }
    }
}
