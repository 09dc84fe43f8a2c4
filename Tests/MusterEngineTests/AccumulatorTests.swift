import MusterStore
import Testing
@testable import MusterBinding
@testable import MusterEngine
import MusterPlan

@Suite("Measures of groups")
struct AccumulatorTests {
    private static let value = Scalar.constant(.none, .integer)

    private func measure(_ kind: Measure.Kind, _ type: ValueType = .integer) -> Measure {
        Measure(kind: kind, condition: nil, type: type)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let measure: Measure
        let values: Vector?
        var measured: [Vector] { values.map { [$0, $0] } ?? [] }
    }

    private static let whole = (0..<2_000).map {
        $0 % 11 == 0 ? None.integer : Int64($0 * 37 % 501)
    }
    private static let texts = TextDictionary((0..<50).map { "t\($0)" })

    static let cases = [
        Case(testDescription: "count", measure: Measure(kind: .count, condition: nil,
                                                        type: .integer), values: nil),
        Case(testDescription: "sum", measure: Measure(kind: .sum(value), condition: nil,
                                                      type: .integer), values: .int(whole)),
        Case(testDescription: "minimum", measure: Measure(kind: .minimum(value), condition: nil,
                                                          type: .integer), values: .int(whole)),
        Case(testDescription: "maximum", measure: Measure(kind: .maximum(value), condition: nil,
                                                          type: .integer), values: .int(whole)),
        Case(testDescription: "median", measure: Measure(kind: .quantile(value, 0.5),
                                                         condition: nil, type: .number),
             values: .double(Arithmetic.doubles(whole))),
        Case(testDescription: "codeviation", measure: Measure(kind: .codeviation(value, value),
                                                              condition: nil, type: .number),
             values: .int(whole)),
        Case(testDescription: "distinct rows", measure: Measure(kind: .distinct(value),
                                                                condition: nil, type: .integer),
             values: .row(whole.map { $0 == None.integer ? None.row : Int32($0) })),
        Case(testDescription: "distinct texts", measure: Measure(kind: .distinct(value),
                                                                 condition: nil, type: .integer),
             values: .text(whole.map { $0 == None.integer ? None.code : Int32($0 % 50) }, texts)),
        Case(testDescription: "distinct numbers", measure: Measure(kind: .distinct(value),
                                                                   condition: nil,
                                                                   type: .integer),
             values: .int(whole)),
    ]

    /// 600 groups: more than the 256 that are kept as bits.
    @Test("In parts that are merged the result is that of one go", arguments: cases, [5, 600])
    func merged(_ one: Case, _ groupCount: Int) {
        let groups = (0..<2_000).map { row in
            row % 17 == 0 ? Int32(-1) : Int32(row * 13 % groupCount)
        }
        let mask = (0..<2_000).map { UInt8($0 % 5 == 0 ? 0 : $0 % 7 == 0 ? 2 : 1) }
        var whole = Accumulator(one.measure)
        whole.grow(to: groupCount)
        whole.add(groups, mask: mask, values: one.measured)

        // The parts number their groups the other way round.
        let map = (0..<groupCount).map { Int32(groupCount - 1 - $0) }
        var parts = (0..<3).map { _ in Accumulator(one.measure) }
        for (number, range) in [0..<700, 700..<701, 701..<2_000].enumerated() {
            parts[number].grow(to: groupCount)
            parts[number].add(groups[range].map { $0 < 0 ? -1 : map[Int($0)] },
                              mask: Array(mask[range]), values: one.measured.map { $0.sliced(range) })
        }
        var merged = Accumulator(one.measure)
        merged.grow(to: groupCount)
        for part in parts { merged.merge(part, map) }

        let expected = whole.result(groupCount, type: one.measure.type)
        let found = merged.result(groupCount, type: one.measure.type)
        for group in 0..<groupCount {
            #expect(found.constant(group) == expected.constant(group))
        }
    }

    @Test("Sums that do not fit are noticed, in one go and between parts")
    func overflow() {
        var one = Accumulator(measure(.sum(Self.value)))
        one.grow(to: 1)
        one.add([0, 0], mask: nil, values: [.int([.max, 1])])
        #expect(one.overflowed)

        var halves = (0..<2).map { _ in Accumulator(measure(.sum(Self.value))) }
        for index in halves.indices {
            halves[index].grow(to: 1)
            halves[index].add([0], mask: nil, values: [.int([.max - 1])])
            #expect(!halves[index].overflowed)
        }
        halves[0].merge(halves[1], [0])
        #expect(halves[0].overflowed)
    }

    @Test("A sum of nothing is 0, an extreme or median of nothing is none")
    func nothing() {
        func result(_ kind: Measure.Kind, _ type: ValueType, _ values: Vector? = nil) -> Constant {
            var accumulator = Accumulator(measure(kind, type))
            accumulator.grow(to: 1)
            accumulator.add([0, -1], mask: [0, 1], values: values.map { [$0, $0] } ?? [])
            return accumulator.result(1, type: type).constant(0)
        }
        #expect(result(.count, .integer) == .int(0))
        #expect(result(.sum(Self.value), .integer, .int([3, 4])) == .int(0))
        #expect(result(.maximum(Self.value), .integer, .int([3, 4])) == .none)
        #expect(result(.quantile(Self.value, 0.5), .number, .double([3, 4])) == .none)
        #expect(result(.distinct(Self.value), .integer, .int([3, 4])) == .int(0))
        #expect(result(.codeviation(Self.value, Self.value), .number, .int([3, 4])) == .none)
    }

    @Test("What deviates from the mean: exact where the numbers are, whatever their size")
    func codeviations() {
        func result(_ x: Vector, _ y: Vector) -> Constant {
            var accumulator = Accumulator(
                measure(.codeviation(Self.value, Self.value), .number))
            accumulator.grow(to: 1)
            accumulator.add([Int32](repeating: 0, count: x.count), mask: nil, values: [x, y])
            return accumulator.result(1, type: .number).constant(0)
        }
        let large: Int64 = 4_000_000_000_000_000_000
        let three: [Int64] = [large, large + 1, large + 2]
        #expect(result(.int(three), .int(three)) == .double(2))
        #expect(result(.int([1, 2, None.integer, 4]), .int([2, 4, 6, None.integer]))
            == .double(1))
        #expect(result(.double([0.1, 0.1, 0.1]), .double([1, 2, 3])) == .double(0))
        #expect(result(.double([1, 2, 3]), .double([3, 2, 1])) == .double(-2))
    }

    @Test("Quantiles interpolate linearly", arguments: [
        (0.0, 1.0), (0.25, 1.75), (0.5, 2.5), (0.9, 3.7), (1.0, 4.0),
    ])
    func quantiles(_ fraction: Double, _ expected: Double) throws {
        var accumulator = Accumulator(measure(.quantile(Self.value, fraction), .number))
        accumulator.grow(to: 1)
        accumulator.add([0, 0, 0, 0], mask: nil, values: [.double([4, 1, 3, 2])])
        guard case .double(let found) = accumulator.result(1, type: .number).constant(0) else {
            Issue.record("no number")
            return
        }
        #expect(abs(found - expected) < 1e-12)
    }
}
