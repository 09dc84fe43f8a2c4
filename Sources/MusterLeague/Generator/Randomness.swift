/// A stream of random numbers that depends on a seed and on what it is for, and on nothing else:
/// the same on every machine. (SplitMix64; integers only, since the C library's `log` and `exp`
/// differ in the last bit from one version to the next.)
struct Randomness {
    /// What a stream is for, so that one more draw in one place moves nothing elsewhere.
    enum Purpose: UInt64 {
        case plan = 1, person, life, service, teams
    }

    private var state: UInt64

    init(seed: UInt64, _ purpose: Purpose, _ index: Int = 0) {
        let start = Self.mix(seed &+ purpose.rawValue &* 0x9E37_79B9_7F4A_7C15)
        let number = UInt64(truncatingIfNeeded: index) &+ 0x632B_E59B_D9B4_E019
        state = Self.mix(start ^ Self.mix(number))
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// From 0 up to, not including, the bound; 0 where the bound is under 1.
    mutating func below(_ bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func between(_ first: Int32, _ last: Int32) -> Int32 {
        first + Int32(truncatingIfNeeded: below(Int(last) - Int(first) + 1))
    }

    /// True `share` times in a thousand.
    mutating func chance(_ share: Int) -> Bool { below(1000) < share }

    /// An index of `weights`, as often as its weight says.
    mutating func weighted(_ weights: [Int]) -> Int {
        var rest = below(weights.reduce(0, +))
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        return 0
    }

    /// An element, the earlier ones more often.
    mutating func leaning<T>(_ list: [T]) -> T {
        list[min(below(list.count), below(list.count))]
    }

    mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
