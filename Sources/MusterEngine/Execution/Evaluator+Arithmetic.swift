import MusterValues
import MusterDiagnostics
import MusterStore

extension Evaluator {
    func arithmetic(_ op: ArithmeticOperator, _ a: Scalar, _ b: Scalar, _ type: ValueType,
                    _ frame: Frame, _ day: Int32) throws -> Vector {
        let left = try vector(a, frame, day), right = try vector(b, frame, day)
        switch (left, right) {
        case (.int(let x), .int(let y)):
            let result: [Int64]? = switch op {
            case .add: Arithmetic.add(x, y)
            case .subtract: Arithmetic.subtract(x, y)
            case .multiply: Arithmetic.multiply(x, y)
            case .modulo: Arithmetic.modulo(x, y)
            case .divide: nil
            }
            guard let result else { throw Evaluator.overflow }
            return .int(result)
        case (.double(let x), .double(let y)):
            let result: [Double] = switch op {
            case .add: Arithmetic.add(x, y)
            case .subtract: Arithmetic.subtract(x, y)
            case .multiply: Arithmetic.multiply(x, y)
            case .divide: Arithmetic.divide(x, y)
            case .modulo: Arithmetic.modulo(x, y)
            }
            return .double(result)
        case (.day(let x), .int(let y)): return try shifted(x, y, op, type)
        case (.day(let x), .day(let y)):
            return .int(zip(x, y).map {
                $0 == None.day || $1 == None.day ? None.integer : Int64($0) - Int64($1)
            })
        default: return type.nones(frame.count)
        }
    }

    static let overflow = Diagnostic(
        "number.overflow",
        Message(zh: "结果超出 64 位整数的范围", en: "the result does not fit in 64 bits"),
        hint: Message(zh: "请用小数计算，例如乘以 1.0", en: "compute with decimals, e.g. times 1.0"))

    private func shifted(_ x: [Int32], _ y: [Int64], _ op: ArithmeticOperator, _ type: ValueType)
        throws -> Vector {
        // Days of the years 1 to 9999; months and years likewise.
        let bounds: ClosedRange<Int64> = switch type {
        case .year: 1...9999
        case .month: 12...119_999
        default: -719_162...2_932_896
        }
        var failed = false
        let result = zip(x, y).map { day, step -> Int32 in
            if day == None.day || step == None.integer { return None.day }
            let (moved, overflow) = op == .subtract
                ? Int64(day).subtractingReportingOverflow(step)
                : Int64(day).addingReportingOverflow(step)
            if overflow || !bounds.contains(moved) { failed = true; return None.day }
            return Int32(moved)
        }
        guard !failed else {
            throw Diagnostic("date.range", Message(
                zh: "日期超出公元 1 年至 9999 年", en: "the date is outside the years 1 to 9999"),
                hint: Message(zh: "请检查加减的天数", en: "check the days that are added"))
        }
        return .day(result)
    }

    func convert(_ conversion: Conversion, _ a: Vector) throws -> Vector {
        switch (conversion, a) {
        case (.integerToNumber, .int(let v)): return .double(Arithmetic.doubles(v))
        case (.hundredthsToNumber, .int(let v)): return .double(Arithmetic.doubles(v, scale: 100))
        case (.millionthsToNumber, .int(let v)):
            return .double(Arithmetic.doubles(v, scale: 1_000_000))
        case (.integerToHundredths, .int(let v)):
            guard let scaled = Arithmetic.scaled(v, by: 100) else { throw Evaluator.overflow }
            return .int(scaled)
        case (.dayToMonth, .day(let v)): return days(v, CivilDay.month)
        case (.dayToYear, .day(let v)): return days(v, CivilDay.year)
        case (.monthToYear, .day(let v)): return days(v) { $0 / 12 }
        case (.firstDayOfMonth, .day(let v)):
            return days(v) { CivilDay.days(ofMonth: $0).lowerBound }
        case (.lastDayOfMonth, .day(let v)):
            return days(v) { CivilDay.days(ofMonth: $0).upperBound }
        case (.firstDayOfYear, .day(let v)):
            return days(v) { CivilDay.days(ofYear: $0).lowerBound }
        case (.lastDayOfYear, .day(let v)):
            return days(v) { CivilDay.days(ofYear: $0).upperBound }
        case (.monthOfYear, .day(let v)): return integers(v) { CivilDay.parts($0).month }
        case (.dayOfMonth, .day(let v)): return integers(v) { CivilDay.parts($0).day }
        case (.yearToInteger, .day(let v)): return integers(v) { Int($0) }
        default: return a
        }
    }

    private func days(_ values: [Int32], _ body: (Int32) -> Int32) -> Vector {
        var last = None.day, answer = None.day
        return .day(values.map { value in
            if value != last {
                last = value
                answer = value == None.day ? None.day : body(value)
            }
            return answer
        })
    }

    private func integers(_ values: [Int32], _ body: (Int32) -> Int) -> Vector {
        .int(values.map { $0 == None.day ? None.integer : Int64(body($0)) })
    }

    func columnTotal(_ a: Scalar, _ frame: Frame, _ day: Int32) throws -> Vector {
        let over = totalsFrame ?? frame
        let values = try vector(a, over.gathered(over.partition.ordinary), day)
        switch values {
        case .int(let v):
            var sum: Int64 = 0
            for value in v where value != None.integer {
                let (next, overflow) = sum.addingReportingOverflow(value)
                if overflow { throw Evaluator.overflow }
                sum = next
            }
            return .int([Int64](repeating: sum, count: frame.count))
        case .double(let v):
            let sum = v.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
            return .double([Double](repeating: sum, count: frame.count))
        default: return values.nones(frame.count)
        }
    }

    func lookUp(_ lookUp: LookUp, _ keys: Vector) throws -> Vector {
        var rows: [Constant: Int32] = [:]
        var repeated: Set<Constant> = []
        for index in 0..<lookUp.keys.count {
            let key = lookUp.keys.constant(index)
            if key == .none { continue }
            if rows.updateValue(Int32(index), forKey: key) != nil { repeated.insert(key) }
        }
        let positions = try (0..<keys.count).map { index -> Int32 in
            let key = keys.constant(index)
            if repeated.contains(key) {
                throw Diagnostic("lookup.several", Message(
                    zh: "查表：表 \(lookUp.table) 中有多行与同一个键相符",
                    en: "lookup: several rows of \(lookUp.table) match one key"),
                    at: lookUp.span)
            }
            return rows[key] ?? -1
        }
        return lookUp.values.gathered(positions)
    }

    func benchmark(_ row: Scalar?, _ year: Scalar, _ frame: Frame, _ day: Int32) throws -> Vector {
        guard case .day(let years) = try vector(year, frame, day) else {
            return .int([Int64](repeating: None.integer, count: frame.count))
        }
        var rows = [Int32](repeating: None.row, count: frame.count)
        if let row, case .row(let own) = try vector(row, frame, day) { rows = own }
        let benchmarks = Benchmarks(run.dataSets[frame.dataSet], run.domain)
        return .int(zip(rows, years).map { benchmarks.rate(row: $0, year: $1) })
    }
}

/// The snapshot's targets by row of the tree and year, in millionths.
struct Benchmarks {
    private var general: [Int32: Int64] = [:]
    private var own: [Int64: Int64] = [:]
    private let above: [Int32]

    init(_ data: DataSet, _ domain: Domain) {
        let entity = domain.benchmarkEntity
        above = data.parents[entity] ?? []
        let finder = RowFinder(data, domain, entity)
        for target in data.snapshot.targets {
            guard let unit = target.unit else {
                general[Int32(target.year)] = target.rate
                continue
            }
            if case .found(let row) = finder.find(unit) {
                own[Int64(row) << 32 | Int64(target.year)] = target.rate
            }
        }
    }

    /// The row's own or nearest ancestor's, else the year's; none where there is none.
    func rate(row: Int32, year: Int32) -> Int64 {
        if year == None.day { return None.integer }
        var current = row
        while current >= 0, Int(current) < above.count, !own.isEmpty {
            if let rate = own[Int64(current) << 32 | Int64(year)] { return rate }
            current = above[Int(current)]
        }
        return general[year] ?? None.integer
    }
}
