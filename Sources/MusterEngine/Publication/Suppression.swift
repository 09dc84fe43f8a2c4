/// Which figures of a table must be withheld so that none below a least number of persons is
/// published, nor can be worked out from what is.
///
/// Primary: counts from 1 to less than the least. Then, as long as one of these is settled by the
/// equations that a reader knows (a total is the sum of its parts), the smallest other figure of
/// such an equation is withheld too. (Cell suppression as official statistics practise it.)
package struct Suppression {
    /// `parts` add up to `total`; all are figures by their number.
    package struct Equation: Hashable, Sendable {
        package let parts: [Int]
        package let total: Int

        package init(parts: [Int], total: Int) {
            self.parts = parts
            self.total = total
        }

        var all: [Int] { parts + [total] }
    }

    /// Too many equations to be checked.
    package struct TooLarge: Error {}

    package let withheld: Set<Int>

    private static let mostSteps = 20_000_000
    /// More covers than so many are left as they were found.
    private static let mostReleased = 300

    /// - Parameters:
    ///   - values: the number of persons of each figure.
    ///   - least: figures of fewer, but for 0, are not published.
    ///   - equations: those whose figures the table shows; each must hold.
    ///   - check: asked all the time; throws to stop.
    package init(_ values: [Int64], least: Int64, _ equations: [Equation],
                 check: () throws -> Void = {}) throws {
        let primary = Set(values.indices.filter { (1..<least).contains(values[$0]) })
        let known = equations.filter { equation in
            equation.parts.reduce(0) { $0 + values[$1] } == values[equation.total]
        }
        var withheld = primary
        var places: [Int: [Int]] = [:]
        for (number, equation) in known.enumerated() {
            for figure in equation.all { places[figure, default: []].append(number) }
            try check()
        }
        while true {
            let settled = try Self.settled(withheld, known, check)
            let open = settled.union(Self.bounded(withheld, primary, values, least, known))
            guard !open.isDisjoint(with: primary) else { break }
            var touched: Set<Int> = []
            func cover(_ figures: Set<Int>) throws {
                for figure in figures.sorted() {
                    try check()
                    let own = places[figure] ?? []
                    if own.contains(where: touched.contains) { continue }
                    guard let (next, number) = Self.cover(figure, own, known, withheld, values,
                                                          least) else { continue }
                    withheld.insert(next)
                    touched.insert(number)
                }
            }
            try cover(open.intersection(primary))
            // What covers a small figure may be settled itself.
            if touched.isEmpty { try cover(settled) }
            // Nothing is left that could cover them.
            if touched.isEmpty { break }
        }
        self.withheld = try Self.released(withheld, primary, values, least, known, check)
    }

    /// Without those that need not be withheld: the largest that can be shown after all first.
    private static func released(_ withheld: Set<Int>, _ primary: Set<Int>, _ values: [Int64],
                                 _ least: Int64, _ equations: [Equation],
                                 _ check: () throws -> Void) throws -> Set<Int> {
        func isSafe(_ withheld: Set<Int>) throws -> Bool {
            try settled(withheld, equations, check).union(
                bounded(withheld, primary, values, least, equations)).isDisjoint(with: primary)
        }
        let covers = withheld.subtracting(primary)
        guard covers.count <= mostReleased, try isSafe(withheld) else { return withheld }
        var kept = withheld
        for figure in covers.sorted(by: { (values[$0], $0) > (values[$1], $1) }) {
            kept.remove(figure)
            if try !isSafe(kept) { kept.insert(figure) }
        }
        return kept
    }

    /// The figure that covers another one with the least loss, and the equation in which it does.
    private static func cover(_ figure: Int, _ own: [Int], _ equations: [Equation],
                              _ withheld: Set<Int>, _ values: [Int64], _ least: Int64)
        -> (figure: Int, equation: Int)? {
        /// Ordinary figures before totals, those that are large enough to hide one before others.
        func cost(_ other: Int, _ equation: Equation) -> (Int, Int, Int64) {
            (other == equation.total ? 1 : 0, values[other] < least ? 1 : 0, values[other])
        }
        var best: (figure: Int, equation: Int, cost: (Int, Int, Int64))?
        for number in own {
            let equation = equations[number]
            // A 0 hides nothing: where all of a sum are 0, each is.
            for other in equation.all
            where other != figure && values[other] > 0 && !withheld.contains(other) {
                let cost = cost(other, equation)
                if best.map({ cost < $0.cost }) ?? true { best = (other, number, cost) }
            }
        }
        return best.map { ($0.figure, $0.equation) }
    }

    /// Withheld figures that the equations settle: exact elimination modulo a large prime. Each
    /// equation touches only those that share a figure with it, so that many small ones are
    /// settled in time linear in their number.
    package static func settled(_ withheld: Set<Int>, _ equations: [Equation],
                                _ check: () throws -> Void = {}) throws -> Set<Int> {
        var elimination = Elimination()
        for equation in equations {
            try check()
            var row: [Int: UInt64] = [:]
            for part in equation.parts where withheld.contains(part) {
                row[part] = add(row[part] ?? 0, 1)
            }
            if withheld.contains(equation.total) {
                row[equation.total] = add(row[equation.total] ?? 0, prime - 1)
            }
            try elimination.add(row.filter { $0.value != 0 })
        }
        return elimination.settled
    }

    /// Rows in reduced echelon form: each has a column that no other row has.
    private struct Elimination {
        private var rows: [[Int: UInt64]] = []
        /// By column: the row whose own it is.
        private var owners: [Int: Int] = [:]
        /// By column that is no row's own: the rows that have it.
        private var holders: [Int: Set<Int>] = [:]
        private var steps = 0

        /// The columns whose rows have no other.
        var settled: Set<Int> { Set(owners.filter { rows[$0.value].count == 1 }.keys) }

        mutating func add(_ added: [Int: UInt64]) throws {
            var row = added
            for column in added.keys {
                guard let owner = owners[column], let factor = row[column] else { continue }
                Suppression.subtract(&row, rows[owner], factor)
                steps += rows[owner].count
            }
            guard let column = row.keys.min(), let lead = row[column] else { return }
            let inverse = power(lead, prime - 2)
            row = row.mapValues { multiply($0, inverse) }
            let others = row.keys.filter { $0 != column }
            for place in holders.removeValue(forKey: column) ?? [] {
                guard let factor = rows[place][column] else { continue }
                Suppression.subtract(&rows[place], row, factor)
                steps += row.count
                for other in others {
                    if rows[place][other] == nil {
                        holders[other]?.remove(place)
                    } else {
                        holders[other, default: []].insert(place)
                    }
                }
            }
            if steps > mostSteps { throw TooLarge() }
            owners[column] = rows.count
            for other in others { holders[other, default: []].insert(rows.count) }
            rows.append(row)
        }
    }

    /// Withheld figures that can only be the least or the greatest a withheld one may be: all of
    /// an equation's are small, and together they are as few or as many as can be.
    private static func bounded(_ withheld: Set<Int>, _ primary: Set<Int>, _ values: [Int64],
                                _ least: Int64, _ equations: [Equation]) -> Set<Int> {
        var open: Set<Int> = []
        for equation in equations where !withheld.contains(equation.total) {
            let parts = equation.parts.filter(withheld.contains)
            guard !parts.isEmpty, parts.allSatisfy(primary.contains) else { continue }
            let sum = parts.reduce(0) { $0 + values[$1] }, count = Int64(parts.count)
            if sum == count || sum == count * (least - 1) { open.formUnion(parts) }
        }
        return open
    }

    // MARK: arithmetic modulo 2⁶¹ − 1

    private static let prime: UInt64 = (1 << 61) - 1

    private static func add(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let sum = a + b
        return sum >= prime ? sum - prime : sum
    }

    private static func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let (high, low) = a.multipliedFullWidth(by: b)
        return add((low & prime) % prime, ((high << 3) | (low >> 61)) % prime)
    }

    private static func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
        var result: UInt64 = 1, base = base, exponent = exponent
        while exponent > 0 {
            if exponent & 1 == 1 { result = multiply(result, base) }
            base = multiply(base, base)
            exponent >>= 1
        }
        return result
    }

    private static func subtract(_ row: inout [Int: UInt64], _ other: [Int: UInt64],
                                 _ factor: UInt64) {
        for (column, value) in other {
            let next = add(row[column] ?? 0, prime - multiply(value, factor))
            row[column] = next == 0 || next == prime ? nil : next
        }
    }
}
