/// SplitMix64: the same numbers from the same seed, everywhere.
package struct RandomSource: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// 0 ..< count; 0 where there is nothing to choose from.
    mutating func below(_ count: Int) -> Int {
        count < 2 ? 0 : Int(next() % UInt64(count))
    }

    package mutating func from(_ lower: Int, to upper: Int) -> Int { lower + below(upper - lower + 1) }

    /// True so many times in a hundred.
    package mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    package mutating func pick<Element>(_ all: [Element]) -> Element? {
        all.isEmpty ? nil : all[below(all.count)]
    }

    /// Some of the elements, in their order, `count` of them at most.
    package mutating func some<Element>(_ all: [Element], _ count: Int) -> [Element] {
        var places = Array(all.indices)
        while places.count > count { places.remove(at: below(places.count)) }
        return places.map { all[$0] }
    }

    mutating func shuffled<Element>(_ all: [Element]) -> [Element] {
        var rest = all, result: [Element] = []
        while !rest.isEmpty { result.append(rest.remove(at: below(rest.count))) }
        return result
    }
}
