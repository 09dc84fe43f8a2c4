import MusterValues
import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

extension Evaluator {
    func arithmetic(_ op: ArithmeticOperator, _ a: Scalar, _ b: Scalar, _ type: ValueType,
                    _ frame: Frame, _ place: Place) throws -> Vector {
        let left = try value(a, frame, place), right = try value(b, frame, place)
        switch (left, right) {
        case (.int(let x), .int(let y)):
            let result: [Int64]? = switch op {
            case .add: Arithmetic.add(x, y)
            case .subtract: Arithmetic.subtract(x, y)
            case .multiply: Arithmetic.multiply(x, y)
            case .modulo: Arithmetic.modulo(x, y)
            case .divide: nil
            }
            guard let result else { throw Diagnostic.overflow }
            return .int(result)
        case (.double(let x), .double(let y)):
            let result: [Double] = switch op {
            case .add: Arithmetic.add(x, y)
            case .subtract: Arithmetic.subtract(x, y)
            case .multiply: Arithmetic.multiply(x, y)
            case .divide: Arithmetic.divide(x, y)
            case .modulo: Arithmetic.modulo(x, y)
            }
            guard !result.contains(where: \.isInfinite) else { throw Evaluator.tooLarge }
            return .double(result)
        case (.day(let x), .int(let y)): return try shifted(x, y, op, type)
        case (.day(let x), .day(let y)):
            return .int(zip(x, y).map {
                $0 == None.day || $1 == None.day ? None.integer : Int64($0) - Int64($1)
            })
        default: return type.nones(frame.count)
        }
    }

    /// A decimal beyond what a double holds is no figure.
    private static let tooLarge = Diagnostic(
        "number.large", Message(zh: "结果过大", en: "the result is too large"),
        hint: Message(zh: "数最大约为 1.8e308", en: "numbers go up to about 1.8e308"))

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
        case (.decimalToNumber(let places), .int(let v)):
            return .double(Arithmetic.doubles(v, scale: Double(FixedPoint.unit(places))))
        case (.scaled(let places), .int(let v)):
            guard let scaled = Arithmetic.scaled(v, by: FixedPoint.unit(places)) else {
                throw Diagnostic.overflow
            }
            return .int(scaled)
        case (.scaledToCompare(let places), .int(let v)):
            return .int(Arithmetic.clamped(v, by: FixedPoint.unit(places)))
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

    /// The sum over the ordinary rows of a whole frame, for each of `count` rows.
    func columnTotal(_ a: Scalar, _ over: Frame, _ count: Int) throws -> Vector {
        let values = try Evaluator(run).evaluate(a, over.gathered(over.partition.ordinary))
        switch values {
        case .int(let v):
            var sum: Int64 = 0
            for value in v where value != None.integer {
                let (next, overflow) = sum.addingReportingOverflow(value)
                if overflow { throw Diagnostic.overflow }
                sum = next
            }
            return .int([Int64](repeating: sum, count: count))
        case .double(let v):
            let sum = v.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
            return .double([Double](repeating: sum, count: count))
        default: return values.nones(count)
        }
    }
}
