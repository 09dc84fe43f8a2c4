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

    private struct Stopped: Error {}

    /// Asked at every step of 65,536 places, and nothing is lost where it is stopped.
    @Test func growthIsInterrupted() throws {
        var table = IntegerTable()
        for number in 0..<(1 << 18) { table.set(Int64(number), Int32(number)) }
        // The next one makes it grow: a million places anew, half a million entered again.
        var asked = 0
        var grown = table
        grown.set(-1, 7) { asked += 1 }
        #expect(asked >= (1 << 20) / 0x4_0000 * 2 + (1 << 19) / 0x1_0000)
        #expect(grown[-1] == 7 && grown[0] == 0 && grown[(1 << 18) - 1] == (1 << 18) - 1)
        for stop in 0..<asked {
            var left = stop
            #expect(throws: Stopped.self) {
                try table.set(-1, 7) {
                    if left == 0 { throw Stopped() }
                    left -= 1
                }
            }
        }
        #expect(table[-1] == nil)
        #expect((0..<(1 << 18)).allSatisfy { table[Int64($0)] == Int32($0) })
    }
}
