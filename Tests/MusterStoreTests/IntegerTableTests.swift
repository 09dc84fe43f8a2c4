import Testing
@testable import MusterStore

/// Keys of every sort spread over the table, so that looking one up takes a few steps.
struct IntegerTableTests {
    static let kinds: [(name: String, key: @Sendable (Int) -> Int64)] = [
        ("whole numbers", { Int64($0) }),
        ("whole numbers as doubles", { Int64(bitPattern: Double($0).bitPattern) }),
        ("hundredths as doubles", { Int64(bitPattern: (Double($0) / 100).bitPattern) }),
        ("quarters as doubles", { Int64(bitPattern: (Double($0) * 0.25).bitPattern) }),
        ("days in the upper half", { Int64($0) << 32 }),
        ("negative numbers", { -Int64($0) }),
    ]

    @Test(arguments: kinds.indices) func keysSpread(_ kind: Int) {
        var table = IntegerTable()
        let key = Self.kinds[kind].key
        for number in 0..<50_000 { table.set(key(number), Int32(number)) }
        #expect((0..<50_000).allSatisfy { table[key($0)] == Int32($0) })
        #expect(table[key(50_000)] == nil)
        #expect(table.meanProbes < 4, "\(Self.kinds[kind].name): \(table.meanProbes)")
    }
}
