import Testing
@testable import MusterEngine

/// No count of one or two persons is published, nor can be solved for.
@Suite struct SuppressionTests {
    /// A table of so many rows and columns with all its totals.
    private struct Table {
        let values: [Int64]
        let equations: [Suppression.Equation]

        init(rows: Int, columns: Int, _ cells: [Int64]) {
            var values: [Int64] = []
            var equations: [Suppression.Equation] = []
            func place(_ row: Int, _ column: Int) -> Int { row * (columns + 1) + column }
            for row in 0...rows {
                for column in 0...columns {
                    let across = column < columns ? column..<(column + 1) : 0..<columns
                    let down = row < rows ? row..<(row + 1) : 0..<rows
                    values.append(down.reduce(0) { sum, r in
                        across.reduce(sum) { $0 + cells[r * columns + $1] }
                    })
                }
            }
            for row in 0...rows {
                equations.append(.init(parts: (0..<columns).map { place(row, $0) },
                                       total: place(row, columns)))
            }
            for column in 0...columns {
                equations.append(.init(parts: (0..<rows).map { place($0, column) },
                                       total: place(rows, column)))
            }
            (self.values, self.equations) = (values, equations)
        }

        /// Every value that a withheld figure can have, by trying all there are.
        func possible(_ figure: Int, _ withheld: Set<Int>) -> Set<Int64> {
            let open = withheld.sorted()
            let most = values.max() ?? 0
            var trial = values, found: Set<Int64> = []
            func holds(_ fixed: Int) -> Bool {
                equations.allSatisfy { equation in
                    if equation.all.contains(where: { open[fixed...].contains($0) }) { return true }
                    return equation.parts.reduce(0) { $0 + trial[$1] } == trial[equation.total]
                }
            }
            func fill(_ place: Int) {
                if found.count > 1 { return }
                guard place < open.count else {
                    found.insert(trial[figure])
                    return
                }
                for value in 0...most {
                    trial[open[place]] = value
                    if holds(place + 1) { fill(place + 1) }
                }
            }
            fill(0)
            return found
        }
    }

    @Test("A reader who tries every number finds several for each small figure")
    func nothingIsSolved() throws {
        var state: UInt64 = 53
        func draw(_ below: UInt64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64((state >> 33) % below)
        }
        var tried = 0, covered = 0
        for _ in 0..<400 {
            let rows = Int(draw(3)) + 1, columns = Int(draw(2)) + 1
            let table = Table(rows: rows, columns: columns,
                              (0..<rows * columns).map { _ in draw(3) == 0 ? draw(4) : draw(8) })
            let found = try Suppression(table.values, least: 3, table.equations).withheld
            let small = table.values.indices.filter { (1...2).contains(table.values[$0]) }
            #expect(found.isSuperset(of: small))
            #expect(small.isEmpty == found.isEmpty)
            guard found.count <= 6 else { continue }
            for figure in small {
                // Where all that there is is small, nothing else is left to withhold.
                if found.count == table.values.count { continue }
                let possible = table.possible(figure, found)
                #expect(possible.count > 1, "\(table.values) without \(found.sorted()): \(figure)")
                tried += 1
            }
            covered += found.count > small.count ? 1 : 0
        }
        #expect(tried > 100 && covered > 50)
    }

    @Test("What is solved through several equations is seen")
    func eliminationSeesThrough() throws {
        // a + b = c, a + d = e, b + d = f with all totals known: every one is settled.
        let equations: [Suppression.Equation] = [
            .init(parts: [0, 1], total: 3), .init(parts: [0, 2], total: 4),
            .init(parts: [1, 2], total: 5),
        ]
        #expect(try Suppression.settled([0, 1, 2], equations) == [0, 1, 2])
        #expect(try Suppression.settled([0, 1, 2, 5], equations).isEmpty)
        #expect(try Suppression.settled([0, 1], Array(equations.prefix(1))).isEmpty)
    }

    @Test("Three that can only be one each are covered like one that is alone")
    func boundsCount() throws {
        let equation = Suppression.Equation(parts: [0, 1, 2, 3], total: 4)
        #expect(try Suppression([1, 1, 1, 9, 12], least: 3, [equation]).withheld == [0, 1, 2, 3])
        // As many as they can be together: each is two.
        #expect(try Suppression([2, 2, 2, 9, 15], least: 3, [equation]).withheld == [0, 1, 2, 3])
        #expect(try Suppression([1, 2, 2, 9, 14], least: 3, [equation]).withheld == [0, 1, 2])
    }

    /// Taken one against the other these are as many steps as the square of their number.
    @Test("Many sums that share no figure are settled one by one; each stop is heeded")
    func many() throws {
        let count = 100_000
        let apart = (0..<count).map {
            Suppression.Equation(parts: [3 * $0, 3 * $0 + 1], total: 3 * $0 + 2)
        }
        let first = Set((0..<count).map { 3 * $0 })
        #expect(try Suppression.settled(first, apart) == first)
        let both = first.union((0..<count).map { 3 * $0 + 1 })
        #expect(try Suppression.settled(both, apart).isEmpty)
        struct Stop: Error {}
        var asked = 0
        #expect(throws: Stop.self) {
            _ = try Suppression([Int64](repeating: 0, count: 3 * count), least: 3, apart) {
                asked += 1
                if asked > count { throw Stop() }
            }
        }
    }

    /// Held against elimination as it is taught, over fractions.
    @Test("What is settled is what a reader can solve for")
    func random() throws {
        var random = Numbers()
        for _ in 0..<300 {
            let figures = Int.random(in: 3...9, using: &random)
            let equations = (0..<Int.random(in: 1...7, using: &random)).map { _ in
                var all = Array(0..<figures)
                all.shuffle(using: &random)
                let parts = Int.random(in: 1..<figures, using: &random)
                return Suppression.Equation(parts: Array(all[..<parts]), total: all[parts])
            }
            let withheld = Set((0..<figures).filter { _ in Bool.random(using: &random) })
            #expect(try Suppression.settled(withheld, equations)
                == solved(withheld.sorted(), equations))
        }
    }

    /// The unknowns that equations fix: those whose own row can be made of the equations' rows.
    private func solved(_ unknowns: [Int], _ equations: [Suppression.Equation]) -> Set<Int> {
        let rows = equations.map { equation in
            unknowns.map { unknown in
                Double(equation.parts.count { $0 == unknown } - (equation.total == unknown ? 1 : 0))
            }
        }
        let own = rank(rows)
        return Set(unknowns.indices.filter { place in
            rank(rows + [unknowns.indices.map { $0 == place ? 1 : 0 }]) == own
        }.map { unknowns[$0] })
    }

    private func rank(_ rows: [[Double]]) -> Int {
        var rows = rows, rank = 0
        for column in rows.first?.indices ?? 0..<0 {
            guard let pivot = (rank..<rows.count).max(by: {
                abs(rows[$0][column]) < abs(rows[$1][column])
            }), abs(rows[pivot][column]) > 1e-9 else { continue }
            rows.swapAt(rank, pivot)
            for row in rows.indices where row != rank {
                let factor = rows[row][column] / rows[rank][column]
                for place in rows[row].indices { rows[row][place] -= factor * rows[rank][place] }
            }
            rank += 1
        }
        return rank
    }

    @Test("A sum that does not hold tells nothing")
    func otherRowsThanShown() throws {
        #expect(try Suppression([1, 9, 30], least: 3, [.init(parts: [0, 1], total: 2)]).withheld
            == [0])
    }
}

/// The same numbers in every run.
private struct Numbers: RandomNumberGenerator {
    private var state: UInt64 = 41

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
