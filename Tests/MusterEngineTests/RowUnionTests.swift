import MusterStore
import Testing
@testable import MusterBinding
@testable import MusterEngine

/// Rows that only other snapshots have keep their numbers on the way there and back.
@Suite("The rows of several snapshots as one numbering")
struct RowUnionTests {
    @Test("A row that a snapshot lacks is told from none, and from what no snapshot has")
    func absent() {
        for row: Int32 in [0, 1, 77, -1, -2, RowUnion.nobody] {
            #expect(!RowUnion.isAbsent(row), "\(row)")
        }
        for row: Int32 in [-3, -4, -100, Int32.min + 1] {
            #expect(RowUnion.isAbsent(row), "\(row)")
        }
    }

    @Test("There and back, in the current snapshot and in others")
    func numbers() throws {
        let small = try Evaluation.dataSet("small"), city = try Evaluation.dataSet("city")
        let union = RowUnion([small, city], current: 1, domain: Evaluation.domain)
        let count = Int32(union.count("units"))
        #expect(count > Int32(city.rowCount("units")))
        let all = Array(0..<count)
        for dataSet in 0...1 {
            let local = union.local(all, entity: "units", in: dataSet)
            #expect(local.contains { $0 >= 0 } && local.contains { RowUnion.isAbsent($0) })
            #expect(union.united(local, entity: "units", from: dataSet) == all)
        }
        // None, what no snapshot knows, and a name that nothing bears, beside absent ones.
        let special: [Int32] = [0, -1, -2, -3, -4, RowUnion.nobody]
        #expect(union.united(special, entity: "units", from: 1) == [0, -1, -2, 0, 1, -1])
        #expect(union.local([-1, -2, count, count + 5], entity: "units", in: 0) == [-1, -2, -1, -1])
    }
}
