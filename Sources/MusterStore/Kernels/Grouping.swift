/// What turns the codes of several keys into one number a row.
public enum Grouping {
    /// Adds each code times `stride` to the row's number; wraps around.
    public static func add(_ codes: [Int32], times stride: Int64, to numbers: inout [Int64]) {
        numbers = map(numbers, codes) { $0 &+ Int64($1) &* stride }
    }

    /// The same where all numbers fit in 32 bits.
    public static func add(_ codes: [Int32], times stride: Int32, to numbers: inout [Int32]) {
        numbers = map(numbers, codes) { $0 &+ $1 &* stride }
    }

    /// Makes the number of each row whose code is negative (unknown) -1.
    public static func strike(_ codes: [Int32], from numbers: inout [Int64]) {
        numbers = map(numbers, codes) { $1 < 0 ? -1 : $0 }
    }

    public static func strike(_ codes: [Int32], from numbers: inout [Int32]) {
        numbers = map(numbers, codes) { $1 < 0 ? -1 : $0 }
    }

    /// The table's entry for each number, -1 for a negative one; and the rows that got -1.
    public static func lookUp(_ numbers: [Int32], in table: [Int32])
        -> (groups: [Int32], missing: [Int32]) {
        var signs: Int32 = 0
        let groups = table.withUnsafeBufferPointer { table in
            map(numbers) { number in
                let group = number < 0 ? -1 : table[Int(number)]
                signs |= group
                return group
            }
        }
        guard signs < 0 else { return (groups, []) }
        return (groups, Mask.positions(map(groups) { $0 < 0 ? 1 : 0 }))
    }
}
