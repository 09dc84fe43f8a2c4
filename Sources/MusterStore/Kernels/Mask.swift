/// Two-valued logic over bytes: 1 is true, 0 and none are not.
public enum Mask {
    public static func and(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
        map(a, b) { ($0 == 1 ? 1 : 0) & ($1 == 1 ? 1 : 0) }
    }

    public static func or(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
        map(a, b) { ($0 == 1 ? 1 : 0) | ($1 == 1 ? 1 : 0) }
    }

    public static func not(_ a: [UInt8]) -> [UInt8] { map(a) { $0 == 1 ? 0 : 1 } }

    /// The table's answer for each code; `none` for a negative one.
    public static func lookUp(_ codes: [Int32], in table: [UInt8], none: UInt8) -> [UInt8] {
        table.withUnsafeBufferPointer { table in
            map(codes) { $0 < 0 ? none : table[Int($0)] }
        }
    }

    /// The positions that hold true, ascending.
    public static func positions(_ mask: [UInt8]) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: mask.count) { out, count in
            var next = 0
            mask.withUnsafeBufferPointer { mask in
                for index in 0..<mask.count {
                    // Written always, kept where true: no branch on the data.
                    (out.baseAddress! + next).initialize(to: Int32(truncatingIfNeeded: index))
                    next += mask[index] == 1 ? 1 : 0
                }
            }
            count = next
        }
    }

    /// `rows[p]` for each true position, or `base + p` where the rows are consecutive.
    public static func select(_ mask: [UInt8], base: Int32) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: mask.count) { out, count in
            var next = 0
            mask.withUnsafeBufferPointer { mask in
                for index in 0..<mask.count {
                    (out.baseAddress! + next)
                        .initialize(to: base &+ Int32(truncatingIfNeeded: index))
                    next += mask[index] == 1 ? 1 : 0
                }
            }
            count = next
        }
    }
}
