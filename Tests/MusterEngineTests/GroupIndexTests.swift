import MusterStore
import Testing
@testable import MusterBinding
@testable import MusterEngine
import MusterPlan

@Suite("Numbering of groups")
struct GroupIndexTests {
    @Test("Groups are numbered as they appear, none is a group of its own")
    func order() {
        var index = GroupIndex([.plainText, .bool], sizes: [nil, nil])
        let texts = TextDictionary(["男", "女"])
        let groups = index.groups(of: [.text([1, 0, -1, 1, 1], texts), .bool([1, 1, 2, 1, 0])],
                                  count: 5)
        #expect(groups == [0, 1, 2, 0, 3])
        #expect(index.count == 4)
        #expect((0..<4).map { index.values(ofKey: 0).constant($0) }
            == [.text("女"), .text("男"), .none, .text("女")])
        #expect((0..<4).map { index.values(ofKey: 1).constant($0) }
            == [.bool(true), .bool(true), .none, .bool(false)])
    }

    @Test("Looking up adds nothing")
    func lookUp() {
        var index = GroupIndex([.integer], sizes: [nil])
        #expect(index.groups(of: [.int([5, 6])], count: 2) == [0, 1])
        #expect(index.groups(of: [.int([6, 7, None.integer, 5])], count: 4, adding: false)
            == [1, -1, -1, 0])
        #expect(index.count == 2)
        #expect(index.groups(of: [.int([None.integer])], count: 1) == [2])
    }

    @Test("0 and -0 are one value, and so are all none")
    func doubles() {
        var index = GroupIndex([.number], sizes: [nil])
        #expect(index.groups(of: [.double([0, -0.0, .nan, -.nan, 0.5])], count: 5)
            == [0, 0, 1, 1, 2])
    }

    @Test("Texts of other dictionaries are the same texts")
    func dictionaries() {
        var index = GroupIndex([.plainText], sizes: [nil])
        let first = TextDictionary(["a", "b"]), second = TextDictionary(["c", "b", "a"])
        #expect(index.groups(of: [.text([0, 1], first)], count: 2) == [0, 1])
        #expect(index.groups(of: [.text([0, 1, 2], second)], count: 3) == [2, 1, 0])
        #expect(index.groups(of: [.text([1], first)], count: 1) == [1])
    }

    /// Few values at first, then more than the array has room for, then more than 64 bits have.
    @Test("More and more values keep their groups", arguments: [1, 2, 3, 7, 9])
    func growing(keys: Int) {
        var index = GroupIndex([ValueType](repeating: .integer, count: keys),
                               sizes: [Int?](repeating: nil, count: keys))
        var expected: [[Int64]: Int32] = [:]
        var order: [[Int64]] = []
        for size in [4, 60, 1_000, 1_500] {
            // Values that no arithmetic on codes could mix up by luck.
            let rows = (0..<size).map { row in
                (0..<keys).map { Int64(row * ($0 + 7) % (size - $0 % 3)) }
            }
            let vectors = (0..<keys).map { key in Vector.int(rows.map { $0[key] }) }
            let groups = index.groups(of: vectors, count: size)
            let wanted = rows.map { row -> Int32 in
                if let known = expected[row] { return known }
                expected[row] = Int32(order.count)
                order.append(row)
                return Int32(order.count - 1)
            }
            #expect(groups == wanted)
            #expect(index.groups(of: vectors, count: size, adding: false) == groups)
        }
        #expect(index.count == order.count)
        for key in 0..<keys {
            guard case .int(let values) = index.values(ofKey: key) else {
                Issue.record("no whole numbers")
                continue
            }
            #expect(values == order.map { $0[key] })
        }
    }

    @Test("Rows of a table grow beyond the size that was expected")
    func rows() {
        var index = GroupIndex([.row("units"), .row("people")], sizes: [3, nil])
        #expect(index.groups(of: [.row([0, 2, -1]), .row([0, 0, 0])], count: 3) == [0, 1, 2])
        let far = Int32(3_000_000)
        #expect(index.groups(of: [.row([2, 0, far]), .row([0, far, -1])], count: 3)
            == [1, 3, 4])
        #expect(index.values(ofKey: 0).datum(4) == Datum.row(far))
        #expect(index.values(ofKey: 1).constant(4) == .none)
    }

    @Test("A row that is not there is none, however that is written")
    func absentRows() {
        var index = GroupIndex([.row("units")], sizes: [3])
        #expect(index.groups(of: [.row([1, -1, -2, -7, 1])], count: 5) == [0, 1, 1, 1, 0])
    }
}
