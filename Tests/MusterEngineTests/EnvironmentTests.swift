import Foundation
import MusterPlan
import MusterStore
import Testing
@testable import MusterBinding
@testable import MusterEngine

/// What an execution can read follows from what is loaded and what kept tables hold.
@Suite("Snapshots that an environment reads")
struct EnvironmentTests {
    /// A snapshot of that year's end with those units, in their order, and nothing else.
    private func data(_ year: Int, _ units: [String]) throws -> DataSet {
        let list = units.map { #"{"id": "\#($0)", "name": "\#($0)团委", "level": "city"}"# }
        let text = #"{"format": "muster-snapshot/1", "as_of": "\#(year)-12-31", "units": ["#
            + list.joined(separator: ", ") + #"], "members": [], "service": [], "teams": []}"#
        let file = FileManager.default.temporaryDirectory
            .appending(path: "muster-environment-\(UUID().uuidString).json")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let loader = SnapshotLoader(schema: Evaluation.domain.schema, threads: 1,
                                    cancelled: { false })
        let data = DataSet(try loader.load(file.path), domain: Evaluation.domain)
        try #require(units.map { data.row($0, of: "units") } == units.indices.map { Int32($0) })
        return data
    }

    private func environment(_ sets: [DataSet]) -> Environment {
        Environment(domain: Evaluation.domain, registry: Evaluation.registry, dataSets: sets)
    }

    /// A table of one row, read in a data set, that holds units by their numbers.
    private func kept(_ numbers: [Int32], in dataSet: Int, _ environment: Environment)
        -> FrozenTable {
        let column = ColumnInfo(ColumnID(1), [], .row("units"))
        let place = Place(dataSet: dataSet, day: environment.dataSets[dataSet].asOf)
        var frame = Frame(count: numbers.count, ids: [column.id], columns: [.row(numbers)],
                          places: .same(place))
        frame.isLocal = false
        return FrozenTable("t", columns: [column], frame: frame, universe: environment.universe)
    }

    /// Which of the snapshots are still known once nothing but the table holds them.
    private func known(_ numbers: [Int32], in dataSet: Int, _ sets: [DataSet]) -> [Int32] {
        var environment = environment(sets)
        environment.tables["t"] = kept(numbers, in: dataSet, environment)
        environment.current = nil
        environment.dataSets = []
        return environment.universe.dataSets.map { data in
            sets.firstIndex { $0 === data }.map { Int32($0) } ?? -1
        }
    }

    @Test("A kept table needs the snapshots that have its rows, and no others")
    func needed() throws {
        // N is the first row of the later snapshot, which alone has it.
        let apart = [try data(2016, ["R", "O"]), try data(2017, ["N", "R"])]
        let union = environment(apart).universe.union
        #expect(union.number(ofKey: "N", entity: "units") == 0)
        #expect(union.number(ofKey: "R", entity: "units") == 1)
        #expect(union.number(ofKey: "O", entity: "units") == 2)
        #expect(known([0], in: 0, apart) == [0, 1])
        #expect(known([1], in: 0, apart) == [0])
        #expect(known([1], in: 1, apart) == [1])
        #expect(known([2], in: 1, apart) == [0, 1])
        #expect(known([-1], in: 1, apart) == [1])
        #expect(known([0, 1, 2], in: 1, apart) == [0, 1])
        // O is the first row of the earlier one, which alone has it; R the first of the later one.
        let first = [try data(2016, ["O", "R"]), try data(2017, ["R", "N"])]
        #expect(known([0], in: 1, first) == [1])
        #expect(known([2], in: 1, first) == [0, 1])
        #expect(known([0], in: 0, first) == [0])
        #expect(known([1], in: 0, first) == [0, 1])
    }

    @Test("Whatever changes what is read makes it anew; what does not leaves it")
    func anew() throws {
        let early = try data(2016, ["A"]), late = try data(2017, ["A"]), other = try data(2017, ["B"])
        var environment = environment([late])
        func sets() -> [Int] {
            environment.universe.dataSets.map { data in
                [early, late, other].firstIndex { $0 === data } ?? -1
            }
        }
        let before = environment.universe
        environment.dataSets = [late]
        environment.current = 0
        #expect(environment.universe === before)
        // Another snapshot in its place: as many, and the same one is current.
        environment.dataSets = [other]
        #expect(sets() == [2])
        // One more before it, then the other of the two.
        environment.dataSets = [early, other]
        #expect(sets() == [0, 2] && environment.universe.current == 0)
        environment.current = 1
        #expect(sets() == [0, 2] && environment.universe.current == 1)
        // One that is loaded no longer, and that a table still holds: the same two.
        environment.current = 0
        environment.tables["t"] = kept([0], in: 1, environment)
        #expect(environment.universe.loaded == 2)
        environment.dataSets = [early]
        #expect(sets() == [0, 2] && environment.universe.loaded == 1)
        environment.tables = [:]
        #expect(sets() == [0])
    }
}
