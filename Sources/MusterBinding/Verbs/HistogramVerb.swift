import MusterDiagnostics
import MusterLanguage
import MusterPlan

enum HistogramVerb: Verb {
    static let signature = Signature(Term("histogram", "直方图"), [
        Slot("column", .column),
        Slot("bins", keyword: Term("bins", "组数"), .number, required: false),
    ])
    static let summary = Message(
        zh: "把一列数从最小到最大等分成几组（不写组数为 10），数每组的行数：含下限，不含上限，末组含上限",
        en: "rows by equal parts of a column's range (10 unless said): from the lower bound up to "
            + "the upper, which only the last one includes")
    static let topics = ["分布", "频数", "distribution", "frequency"]
    static let synonyms = ["hist", "频数分布"]
    static let kin = ["分布", "频数"]
    static let traits: VerbTraits = .regroups

    private static let usual: Int64 = 10, most: Int64 = 1000
    private static let lower = Term("lower", "下限"), upper = Term("upper", "上限")

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let named = stage.columns("column").first else { return input }
        let value = try binder.bind(named, Scope(input))
        guard value.type.isNumeric else {
            throw Diagnostic.mismatch(Message(
                zh: "直方图 用的须是一列数", en: "histogram takes a column of numbers"),
                at: named.span)
        }
        let bins = try stage.expression("bins").map { try parts($0, binder) } ?? usual
        let number = binder.converted(value, to: .number)
        let has = Scalar(.not(Scalar(.isNone(value), .bool)), .bool)
        let rows = Plan(.filter(input, has), input.schema)
        let least = extreme(rows, number, isLeast: true, binder)
        let range = minus(extreme(rows, number, isLeast: false, binder), least)
        /// So many parts of the range.
        func bound(_ bin: Scalar) -> Scalar {
            let part = Scalar(.arithmetic(.multiply, range, bin), .number)
            return Scalar(.arithmetic(.add, least, Scalar(
                .arithmetic(.divide, part, double(bins)), .number)), .number)
        }
        let place = Scalar(.arithmetic(.divide, Scalar(
            .arithmetic(.multiply, minus(number, least), double(bins)), .number), range), .number)
        let bin = Rounding.toInteger(place, Floor.name.en, binder)
        let last = Scalar.constant(.int(bins - 1), .integer)
        // The greatest value belongs to the last part; where all are the same there is one place.
        let isInside = Scalar(.compare(.less, bin, last), .bool)
        let isOne = Scalar(.isNone(bin), .bool)
        let own = Scalar(.conditional(isOne, .constant(.int(0), .integer), Scalar(
            .conditional(isInside, bin, last), .integer)), .integer)
        var key = ColumnInfo(binder.newID(), [signature.name], .integer, role: .key)
        (key.keyIndex, key.isHidden) = (0, true)
        let count = CountVerb.countsPersons(input, binder) ? ColumnNames.persons
            : ColumnNames.rows
        let domain = KeyDomain.values((0..<bins).map { .int($0) })
        let counted = try binder.aggregate(
            rows, keys: [GroupKey(kind: .value(own), column: key, domain: domain)],
            at: stage.span) { scope in
            [(ColumnInfo(binder.newID(), [count], .integer),
              try binder.list(of: scope([])).add(.count, where: nil, .integer))]
        }
        let from = binder.converted(key.value, to: .number)
        let bounds = [(lower, bound(from)), (upper, bound(
            Scalar(.arithmetic(.add, from, double(1)), .number)))].map { term, value in
            (ColumnInfo(binder.newID(), [term], .number), value)
        }
        var schema = counted.schema
        schema.columns.insert(contentsOf: bounds.map(\.0), at: 1)
        var values = counted.schema.columns.map(\.value)
        values.insert(contentsOf: bounds.map(\.1), at: 1)
        return Plan(.project(counted, values), schema)
    }

    private static func parts(_ expression: Expression, _ binder: Binder) throws -> Int64 {
        if case (.int(let bins), .integer) = try binder.constant(expression),
           (1...most).contains(bins) { return bins }
        throw Diagnostic.mismatch(Message(
            zh: "组数须是 1 到 \(most) 的整数", en: "bins are a whole number from 1 to \(most)"),
            at: expression.span)
    }

    private static func double(_ number: Int64) -> Scalar {
        .constant(.double(Double(number)), .number)
    }

    private static func minus(_ a: Scalar, _ b: Scalar) -> Scalar {
        Scalar(.arithmetic(.subtract, a, b), .number)
    }

    /// The least or greatest value of all rows.
    private static func extreme(_ rows: Plan, _ value: Scalar, isLeast: Bool, _ binder: Binder)
        -> Scalar {
        let measure = Measure(id: binder.newID(), kind: isLeast ? .minimum(value) : .maximum(value),
                              condition: nil, type: .number)
        let column = ColumnInfo(binder.newID(), [isLeast ? lower : upper], .number)
        var schema = Schema(entity: nil, columns: [column])
        schema.isGrouped = true
        return Scalar(.subquery(Plan(.aggregate(rows, Aggregation(
            keys: [], measures: [measure],
            outputs: [Output(column: column, value: Scalar(.column(measure.id), .number))],
            readings: rows.readings(ofGroupsBy: [], query: binder.catalog.reading,
                                    kept: binder.keptReadings))), schema)), .number)
    }
}
