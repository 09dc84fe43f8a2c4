/// Whole numbers to small numbers: open addressing with linear probing, half full at most.
public struct IntegerTable: Sendable {
    private var keys: [Int64]
    /// -1 marks a free place.
    private var values: [Int32]
    private var count = 0

    public init() { self.init(capacity: 16) {} }

    /// - Parameter check: asked while room is taken for many; throws once the run is interrupted.
    public init(capacity: Int, check: () throws -> Void) rethrows {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        keys = try IntegerTable.filled(size, with: 0, check)
        values = try IntegerTable.filled(size, with: -1, check)
    }

    /// The value of a key, or nil. Values are not negative.
    public subscript(key: Int64) -> Int32? {
        let place = self.place(key)
        return values[place] < 0 ? nil : values[place]
    }

    public mutating func set(_ key: Int64, _ value: Int32) { set(key, value) {} }

    /// The same where there may be many: `check`, asked while a large table grows, throws once the
    /// run is interrupted.
    public mutating func set(_ key: Int64, _ value: Int32, check: () throws -> Void) rethrows {
        if (count + 1) * 2 > keys.count { try grow(check) }
        let place = self.place(key)
        if values[place] < 0 { count += 1 }
        keys[place] = key
        values[place] = value
    }

    /// Where a key is, or the free place where it would go.
    private func place(_ key: Int64) -> Int {
        let mask = keys.count - 1
        var place = start(key)
        while values[place] >= 0, keys[place] != key { place = (place + 1) & mask }
        return place
    }

    /// Where a key is looked for first. Fibonacci hashing by the upper bits, on which all of the
    /// key's bear: neighbouring keys spread over the table, and so do doubles, whose lower bits
    /// are mostly zeros.
    private func start(_ key: Int64) -> Int {
        let bits = UInt64(bitPattern: key)
        let product = (bits ^ bits >> 32) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: product >> UInt64(keys.count.leadingZeroBitCount + 1))
    }

    /// Entries that are looked at before a key is found, on the average over all keys.
    var meanProbes: Double {
        var sum = 0
        for home in keys.indices where values[home] >= 0 {
            sum += (home - start(keys[home])) & (keys.count - 1) + 1
        }
        return count == 0 ? 0 : Double(sum) / Double(count)
    }

    private mutating func grow(_ check: () throws -> Void) rethrows {
        var larger = try IntegerTable(capacity: keys.count, check: check)
        larger.count = count
        for place in keys.indices {
            if place & 0xFFFF == 0xFFFF { try check() }
            guard values[place] >= 0 else { continue }
            let next = larger.place(keys[place])
            larger.keys[next] = keys[place]
            larger.values[next] = values[place]
        }
        self = larger
    }

    /// So many of a value; to have the machine's memory takes as long as to enter what it is for.
    private static func filled<T>(_ size: Int, with value: T, _ check: () throws -> Void) rethrows
        -> [T] {
        try [T](unsafeUninitializedCapacity: size) { memory, count in
            while count < size {
                try check()
                let next = min(size, count + 0x4_0000)
                UnsafeMutableBufferPointer(rebasing: memory[count..<next])
                    .initialize(repeating: value)
                count = next
            }
        }
    }
}
