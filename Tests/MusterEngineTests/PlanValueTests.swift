import MusterDiagnostics
import MusterPlan
import MusterStore
import Testing
@testable import MusterEngine

/// Plans are values: what is the same in every part is the same.
@Suite struct PlanValueTests {
    private static func codes(_ name: String = "kind", _ values: [String] = ["a", "b"],
                              isClosed: Bool = true, keepsOrder: Bool = false,
                              facts: [String] = []) -> CodeSet {
        CodeSet(Term(name, name), values.map { Term($0, $0) }, isClosed: isClosed,
                keepsOrder: keepsOrder, facts: facts.map { Term($0, $0) })
    }

    @Test("Codes made twice are the same, others are not")
    func codeSets() {
        let codes = Self.codes()
        #expect(codes == codes)
        #expect(codes == Self.codes())
        for other in [Self.codes("level"), Self.codes(values: ["a"]), Self.codes(isClosed: false),
                      Self.codes(keepsOrder: true), Self.codes(facts: ["c"])] {
            #expect(codes != other)
        }
    }

    private static func codes(values: [String]) -> CodeSet { codes("kind", values) }

    @Test("Six keys can be totalled, seven cannot")
    func manyTotals() throws {
        let keys = ["gender", "registered", "insured", "minor", "party", "stars", "trained"]
        for count in 6...7 {
            let list = keys.prefix(count).joined(separator: ", ")
            let query = "members | count by \(list) | total \(list)"
            if count == 6 { _ = try Evaluation.plan(query) } else {
                #expect(throws: Diagnostic.self) { try Evaluation.plan(query) }
            }
        }
    }

    /// Groups beyond those that have bits meet those that do.
    @Test("A value that both have counts once", arguments: [0, 1, 6, 63, 64, 70, 127])
    func mergedBits(_ row: Int32) {
        var many = Distinct(), few = Distinct()
        many.add([300], mask: nil, values: .row([row]))
        few.add([0], mask: nil, values: .row([row]))
        many.merge(few, [300])
        #expect(many.counts(301)[300] == 1)
    }

    @Test("A table that is read anew has one reading for all its rows only where it has no period")
    func readings() {
        let table = TableReference(name: "t", version: 1)
        func readings(_ readings: [Reading]) -> RowReadings {
            Plan(.table(TableScan(table, readings: readings)), Schema(entity: nil, columns: []))
                .rowReadings(query: Reading(snapshot: 9, day: 9)) { _ in .fixed(nil) }
        }
        let plain = Reading(snapshot: 5, day: 3), year = Reading(snapshot: 5, day: 5, period: 2016)
        #expect(readings([]) == .fixed(nil))
        #expect(readings([plain]) == .fixed(plain))
        #expect(readings([year]) == .own)
        #expect(readings([plain, plain]) == .own)
        #expect(readings([year, Reading(snapshot: 5, day: 6, period: 2017)]) == .own)
    }
}
