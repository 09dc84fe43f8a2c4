import MusterValues
import MusterStore
import Testing

@Suite("Kernels")
struct KernelTests {
    private static let none = None.integer

    @Test("A comparison with none is false, but for !=")
    func integers() {
        let a: [Int64] = [1, 2, 3, Self.none, Self.none, 1]
        let b: [Int64] = [2, 2, 2, 2, Self.none, Self.none]
        #expect(Comparison.compare(a, .equal, b) == [0, 1, 0, 0, 0, 0])
        #expect(Comparison.compare(a, .notEqual, b) == [1, 0, 1, 1, 1, 1])
        #expect(Comparison.compare(a, .less, b) == [1, 0, 0, 0, 0, 0])
        #expect(Comparison.compare(a, .lessOrEqual, b) == [1, 1, 0, 0, 0, 0])
        #expect(Comparison.compare(a, .greater, b) == [0, 0, 1, 0, 0, 0])
        #expect(Comparison.compare(a, .greaterOrEqual, b) == [0, 1, 1, 0, 0, 0])
    }

    @Test("Against one value it is the same as against as many of it",
          arguments: [ComparisonOperator.equal, .notEqual, .less, .lessOrEqual, .greater,
                      .greaterOrEqual])
    func scalars(_ op: ComparisonOperator) {
        let whole: [Int64] = [-1, 0, 1, .max, Self.none]
        let days: [Int32] = [-1, 0, 1, None.day]
        let doubles: [Double] = [-0.5, 0, -0.0, 1, .infinity, None.double]
        for value in whole.dropLast() {
            #expect(Comparison.compare(whole, op, value)
                == Comparison.compare(whole, op, whole.map { _ in value }))
        }
        for value in days.dropLast() {
            #expect(Comparison.compare(days, op, value, none: None.day)
                == Comparison.compare(days, op, days.map { _ in value }, none: None.day))
        }
        for value in doubles.dropLast() {
            #expect(Comparison.compare(doubles, op, value)
                == Comparison.compare(doubles, op, doubles.map { _ in value }))
        }
        #expect(op.mirrored.mirrored == op)
    }

    @Test("A state holds from its first day until the day before its last")
    func inForce() {
        //                    open        ended  the day  before  same day  none
        let from: [Int32] = [10, 10, 10, 10, 10, None.day]
        let until: [Int32] = [None.day, 20, 15, 5, 10, 20]
        #expect(Comparison.inForce(from, until, at: 15) == [1, 1, 0, 1, 0, 0])
        #expect(Comparison.inForce(from, until, at: 9) == [0, 0, 0, 0, 0, 0])
        #expect(Comparison.inForce(from, until, at: 10) == [1, 1, 1, 1, 0, 0])
    }

    @Test("Days within a range; none is not")
    func within() {
        #expect(Comparison.within([1, 2, 3, None.day], 2...3) == [0, 1, 1, 0])
    }

    @Test("Two-valued logic: none is not true, and not none is")
    func masks() {
        let a: [UInt8] = [0, 0, 1, 1, 2, 2, 2, 0, 1]
        let b: [UInt8] = [0, 1, 0, 1, 0, 1, 2, 2, 2]
        #expect(Mask.and(a, b) == [0, 0, 0, 1, 0, 0, 0, 0, 0])
        #expect(Mask.or(a, b) == [0, 1, 1, 1, 0, 1, 0, 0, 1])
        #expect(Mask.not([0, 1, 2]) == [1, 0, 1])
        #expect(Mask.positions([1, 0, 2, 1]) == [0, 3])
        #expect(Mask.positions([]) == [])
        #expect(Mask.select([0, 1, 1], base: 100) == [101, 102])
        #expect(Mask.lookUp([0, 1, -1], in: [1, 0], none: 2) == [1, 0, 2])
    }

    @Test("Arithmetic passes none on")
    func nonesInArithmetic() {
        let a: [Int64] = [1, Self.none, 3], b: [Int64] = [2, 2, Self.none]
        #expect(Arithmetic.add(a, b) == [3, Self.none, Self.none])
        #expect(Arithmetic.subtract(a, b) == [-1, Self.none, Self.none])
        #expect(Arithmetic.multiply(a, b) == [2, Self.none, Self.none])
        #expect(Arithmetic.modulo(a, b) == [1, Self.none, Self.none])
        #expect(Arithmetic.scaled(a, by: 100) == [100, Self.none, 300])
        let doubles = Arithmetic.doubles(a, scale: 100)
        #expect(doubles[0] == 0.01 && doubles[1].isNaN && doubles[2] == 0.03)
    }

    @Test("What does not fit in 64 bits is no figure, nor is the value that means none")
    func overflow() {
        #expect(Arithmetic.add([.max], [1]) == nil)
        #expect(Arithmetic.subtract([-.max], [2]) == nil)
        #expect(Arithmetic.subtract([-.max], [1]) == nil)
        #expect(Arithmetic.multiply([.max], [2]) == nil)
        #expect(Arithmetic.multiply([1 << 32], [-(1 << 31)]) == nil)
        #expect(Arithmetic.scaled([.max / 99], by: 100) == nil)
        #expect(Arithmetic.add([.max - 1], [1]) == [.max])
        #expect(Arithmetic.add([.max, 1], [1, 1]) == nil, "one is enough")
    }

    @Test("Division by nought is none, the remainder has the dividend's sign")
    func division() {
        let quotients = Arithmetic.divide([1, 0, 1, .nan], [2, 0, 0, 1])
        #expect(quotients[0] == 0.5)
        #expect(quotients.dropFirst().allSatisfy { $0.isNaN })
        #expect(Arithmetic.modulo([7, -7, 7, -7, 5], [3, 3, -3, -3, 0])
            == [1, -1, 1, -1, Self.none])
        #expect(Arithmetic.modulo([7.5, 1.0], [2, 0])[0] == 1.5)
        #expect(Arithmetic.modulo([7.5, 1.0], [2, 0])[1].isNaN)
    }

    @Test("Whole numbers to small ones, however many")
    func integerTable() {
        var table = IntegerTable()
        let keys = (0..<10_000).map { Int64($0) * 1_000_003 - 5_000_000_000 } + [.min, .max]
        for (value, key) in keys.enumerated() { table.set(key, Int32(value)) }
        table.set(keys[7], 77_777)
        #expect(table[keys[7]] == 77_777)
        #expect(keys.indices.allSatisfy { $0 == 7 || table[keys[$0]] == Int32($0) })
        #expect(table[1] == nil)
    }
}
