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
        ResultComparison(expected: expected, isSorted: isSorted).finding(given)?.fault
    }

    @Test func headingsMayDifferAndRowsMayStandInAnyOrder() {
        let a = table(["a", "b"], [[.text("x"), .integer(1)], [.text("y"), .integer(2)]])
        let b = table(["c", "d"], [[.text("y"), .integer(2)], [.text("x"), .integer(1)]])
        #expect(fault(a, b) == nil)
        #expect(fault(a, b, isSorted: true) == .order)
    }

    @Test func formsOfNumbersAndNamesOfCodesAreEqual() {
        let a = table(["k", "v"], [[.term(Term("university", "高校")), .hundredths(150)]])
        #expect(fault(a, table(["k", "v"], [[.text("university"), .number(1.5)]])) == nil)
        #expect(fault(a, table(["k", "v"], [[.text("高校"), .number(1.5 + 1e-14)]])) == nil)
        #expect(fault(a, table(["k", "v"], [[.text("高校"), .number(1.5001)]])) != nil)
        #expect(fault(a, table(["k", "v"], [[.none, .number(1.5)]])) != nil)
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
