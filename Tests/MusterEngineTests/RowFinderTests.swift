import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterBinding
@testable import MusterEngine
import MusterPlan

@Suite("Finding a unit by what people call it")
struct RowFinderTests {
    private let finder: RowFinder

    init() throws {
        finder = RowFinder(try Evaluation.dataSet("small"), Evaluation.domain, "units")
    }

    private func id(_ name: String) -> String? {
        if case .found(let row) = finder.find(name) { finder.key(row) } else { nil }
    }

    @Test("By its exact name, id, an earlier id, or a part that fits", arguments: [
        ("和平区团委", "120101"), ("120101", "120101"), ("120221", "120117"),
        ("120221-03-001", "120117-03-001"), ("机电", "120117-03-001"), ("审计", "12B01"),
        // One match is above all the others.
        ("和平区", "120101"), ("南开大学", "12U01"), ("宁河", "120117"), ("商学院", "12U01-01"),
        ("第一中学", "120101-01"), ("劝业场", "120101-02"), ("天津", "12"),
    ])
    func found(_ name: String, _ expected: String) {
        #expect(id(name) == expected)
    }

    @Test("Nothing fits", arguments: ["河东区", "", "120101 ", "120999"])
    func missing(_ name: String) {
        guard case .missing = finder.find(name) else {
            Issue.record("\(name) was found")
            return
        }
    }

    @Test("Several fit and none is above the others", arguments: [
        ("社区", 2), ("团支部", 9), ("1班", 4),
    ])
    func ambiguous(_ name: String, _ count: Int) {
        guard case .ambiguous(let rows) = finder.find(name) else {
            Issue.record("\(name) is not ambiguous")
            return
        }
        #expect(rows.count == count)
    }
}
