import MusterDiagnostics
import MusterStore
@testable import MusterShell
import Testing

/// When two results are equal, and what is said where they are not.
struct ComparisonTests {
    private func table(_ names: [String], _ rows: [[Cell]], keys: Int = 0,
                       totals: Set<Int> = []) -> ResultTable {
        ResultTable(columns: names.enumerated().map {
            ResultColumn(name: Term($1), isKey: $0 < keys)
        }, cells: names.indices.map { column in rows.map { $0[column] } },
            rowCount: rows.count, totalRows: totals)
    }

    private func fault(_ expected: ResultTable, _ given: ResultTable, isSorted: Bool = false)
        -> LessonFault? {
        ResultComparison(expected: expected, order: isSorted ? .asWritten(expected) : .any)
            .finding(given)?.fault
    }

    @Test func headingsMayDifferAndRowsMayStandInAnyOrder() {
        let a = table(["a", "b"], [[.text("x"), .integer(1)], [.text("y"), .integer(2)]])
        let b = table(["c", "d"], [[.text("y"), .integer(2)], [.text("x"), .integer(1)]])
        #expect(fault(a, b) == nil)
        #expect(fault(a, b, isSorted: true) == .order)
    }

    @Test("rows that are tied stand in any order; of those that could be taken any will do")
    func ties() {
        func rows(_ names: String) -> ResultTable {
            table(["a"], names.map { [.text(String($0))] })
        }
        // a, then b and c tied, then d and e tied; the first four are asked for.
        let order = RowOrder.runs([0..<1, 1..<3, 3..<5], of: rows("abcde"))
        let comparison = ResultComparison(expected: rows("abcd"), order: order)
        for right in ["abcd", "acbd", "abce", "acbe"] {
            #expect(comparison.finding(rows(right)) == nil, "\(right)")
        }
        for (wrong, fault) in [("bacd", LessonFault.order), ("abdc", .order), ("abbd", .rows),
                               ("abc", .rows), ("abcde", .rows), ("abde", .rows)] {
            #expect(comparison.finding(rows(wrong))?.fault == fault, "\(wrong)")
        }
    }

    @Test func formsOfNumbersAndNamesOfCodesAreEqual() {
        let a = table(["k", "v"], [[.term(Term("university", "高校")), .decimal(150, places: 2)]])
        #expect(fault(a, table(["k", "v"], [[.text("university"), .number(1.5)]])) == nil)
        #expect(fault(a, table(["k", "v"], [[.text("高校"), .number(1.5 + 1e-14)]])) == nil)
        #expect(fault(a, table(["k", "v"], [[.text("高校"), .number(1.5001)]])) != nil)
        #expect(fault(a, table(["k", "v"], [[.none, .number(1.5)]])) != nil)
        let own = table(["k", "v"], [[.term(Term("university")), .number(1.5)]])
        #expect(fault(a, own) == nil)
    }

    @Test func equalRowsCountAsOftenAsTheyOccur() {
        let x: [Cell] = [.text("x")], y: [Cell] = [.text("y")]
        #expect(fault(table(["a"], [x, x, y]), table(["a"], [x, y, y])) == .rows)
    }

    @Test func columns() {
        let a = table(["a", "b"], [[.integer(1), .integer(2)]])
        #expect(fault(a, table(["a"], [[.integer(1)]])) == .columns)
        #expect(fault(a, table(["b", "a"], [[.integer(2), .integer(1)]])) == .columns)
        #expect(fault(a, table(["a", "b"], [[.integer(1), .integer(3)]])) == .values)
    }

    @Test func rates() {
        let names = ["u", "of", "n", "rate"]
        func row(_ u: String, _ of: Int64, _ n: Int64) -> [Cell] {
            [.text(u), .integer(of), .integer(n), .number(Double(n) / Double(of))]
        }
        let a = table(names, [row("x", 10, 5), row("y", 4, 1)], keys: 1)
        #expect(fault(a, table(names, [row("x", 5, 5), row("y", 1, 1)], keys: 1)) == .denominator)
        #expect(fault(a, table(names, [row("x", 10, 6), row("y", 4, 2)], keys: 1)) == .numerator)
        #expect(fault(a, table(names, [row("x", 10, 5)], keys: 1)) == .rows)
        let one = table(["of", "n", "rate"], [[.integer(10), .integer(5), .number(0.5)]])
        func rate(_ of: Int64, _ n: Int64) -> ResultTable {
            table(["of", "n", "rate"], [[.integer(of), .integer(n), .number(0)]])
        }
        #expect(fault(one, rate(5, 5)) == .denominator)
        #expect(fault(one, rate(10, 6)) == .numerator)
        #expect(fault(one, rate(11, 6)) == .values)
    }

    @Test func totalsAndPeriods() {
        let rows: [[Cell]] = [[.year(2015), .integer(1)], [.year(2016), .integer(2)]]
        let a = table(["year", "n"], rows, keys: 1)
        let total: [Cell] = [.term(Term("total", "合计")), .integer(3)]
        let whole = table(["year", "n"], rows + [total], keys: 1, totals: [2])
        #expect(fault(whole, a) == .total)
        #expect(fault(a, whole) == .total)
        let more = table(["year", "n"], rows + [[.year(2017), .integer(3)]], keys: 1)
        #expect(fault(a, more) == .period)
        #expect(fault(more, a) == .period)
    }
}
