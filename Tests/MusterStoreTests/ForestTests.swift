import Testing
@testable import MusterStore

struct ForestTests {
    private func units(_ rows: [(id: String, parent: String?)]) -> [String] {
        rows.map { row in
            let parent = row.parent.map { "\"\($0)\"" } ?? "null"
            return "{\"id\": \"\(row.id)\", \"name\": \"单位\(row.id)\", \"parent\": \(parent)}"
        }
    }

    private func load(_ units: [String], members: [String] = []) throws -> Snapshot {
        var books = Books()
        books.units = units
        books.members = members
        books.service = nil
        return try books.load(blockSize: 64)
    }

    @Test func parentsMayComeLater() throws {
        let snapshot = try load(units([("3", "2"), ("2", "1"), ("1", nil)]))
        #expect(snapshot.rejects.isEmpty)
        #expect(cells(snapshot.tables["units"], "parent") == ["units 1", "units 2", nil])
    }

    @Test func anUnknownParentTakesItsDescendantsAlong() throws {
        let snapshot = try load(
            units([("5", "4"), ("1", nil), ("4", "3"), ("3", "nowhere"), ("2", "1")]),
            members: [#"{"id": "M1", "name": "A", "unit": "5"}"#,
                      #"{"id": "M2", "name": "B", "unit": "2"}"#])
        #expect(cells(snapshot.tables["units"], "id") == ["1", "2"])
        #expect(cells(snapshot.tables["units"], "parent") == [nil, "units 0"])
        #expect(snapshot.rejects.map(\.line) == [1, 3, 4, 1])
        #expect(snapshot.rejects.allSatisfy { $0.reason == RejectReason.unknownReference.term })
        #expect(snapshot.rejects.map(\.field) == ["parent", "parent", "parent", "unit"])
        #expect(snapshot.rejects[2].raw.contains("nowhere"))
        #expect(cells(snapshot.tables["people"], "unit") == ["units 1"])
        // The dictionaries hold nothing of the rows turned away.
        guard case .text(let codes, let texts)? = snapshot.tables["units"]?["name"] else {
            Issue.record("name is no text")
            return
        }
        #expect(texts.texts == ["单位1", "单位2"] && codes == [0, 1])
    }

    @Test func cyclesAreTurnedAway() throws {
        let snapshot = try load(units([
            ("1", nil), ("a", "b"), ("b", "c"), ("c", "a"), ("d", "c"), ("s", "s"), ("2", "1"),
        ]))
        #expect(cells(snapshot.tables["units"], "id") == ["1", "2"])
        let cycle = RejectReason.cycle.term, unknown = RejectReason.unknownReference.term
        #expect(snapshot.rejects.map(\.line) == [2, 3, 4, 5, 6])
        #expect(snapshot.rejects.map(\.reason) == [cycle, cycle, cycle, unknown, cycle])
    }

    @Test func earlierRejectsDoNotShiftLaterOnes() throws {
        var rows = units([("1", nil), ("2", "x"), ("3", "1"), ("4", "2"), ("5", "3")])
        rows.insert(#"{"id": "0", "name": 5}"#, at: 0)
        rows.insert("", at: 2)
        let snapshot = try load(rows)
        #expect(cells(snapshot.tables["units"], "id") == ["1", "3", "5"])
        #expect(cells(snapshot.tables["units"], "parent") == [nil, "units 0", "units 1"])
        #expect(snapshot.rejects.map(\.line) == [1, 4, 6])
        #expect(snapshot.rejects.map { $0.raw.contains("\"4\"") } == [false, false, true])
    }

    @Test func deepChainsAreNoTrouble() throws {
        let depth = 20_000
        let chain = units((0..<depth).map { ("\($0)", $0 + 1 < depth ? "\($0 + 1)" : nil) })
        #expect(try load(chain).tables["units"]?.rowCount == depth)
        let broken = units((0..<depth).map { ("\($0)", "\($0 + 1)") })
        #expect(try load(broken).rejects.count == depth)
        let ring = units((0..<depth).map { ("\($0)", "\(($0 + 1) % depth)") })
        #expect(try load(ring).rejects.allSatisfy { $0.reason == RejectReason.cycle.term })
    }

    @Test func formerIdsFindTheUnit() throws {
        let snapshot = try load([
            #"{"id": "1", "name": "A", "formerly": "old"}"#,
            #"{"id": "2", "name": "B", "parent": "old2", "formerly": ["x", "y z"]}"#,
            #"{"id": "3", "name": "C", "formerly": ["old2", "1"]}"#,
            #"{"id": "4", "name": "D", "parent": "gone"}"#,
            #"{"id": "5", "name": "E", "formerly": []}"#,
            #"{"id": "7", "name": "G", "formerly": "seven"}"#,
            #"{"id": "6", "name": "F", "formerly": ["a", 1]}"#,
        ], members: [
            #"{"id": "M1", "name": "A", "unit": "old"}"#,
            #"{"id": "M2", "name": "A", "unit": "y"}"#,
            #"{"id": "M3", "name": "A", "unit": "1"}"#,
            #"{"id": "M4", "name": "A", "unit": "old2"}"#,
            #"{"id": "M5", "name": "A", "unit": "5"}"#,
            #"{"id": "M6", "name": "A", "unit": "seven"}"#,
        ])
        #expect(cells(snapshot.tables["units"], "parent") == [nil, "units 2", nil, nil, nil])
        #expect(cells(snapshot.tables["units"], "formerly")
            == ["old", "x y z", "old2 1", "", "seven"])
        #expect(cells(snapshot.tables["people"], "unit")
            == ["units 0", "units 1", "units 0", "units 2", "units 3", "units 4"])
        #expect(snapshot.rejects.map(\.line) == [4, 7])
        #expect(snapshot.rejects.map(\.reason)
            == [RejectReason.unknownReference.term, RejectReason.wrongType.term])
    }

    @Test func kindComesFromTheNearestAncestor() throws {
        let snapshot = try load([
            #"{"id": "4", "name": "D", "parent": "3"}"#,
            #"{"id": "1", "name": "A", "kind": "city"}"#,
            #"{"id": "2", "name": "B", "parent": "1"}"#,
            #"{"id": "3", "name": "C", "parent": "2", "kind": "university"}"#,
            #"{"id": "5", "name": "E"}"#,
            #"{"id": "6", "name": "F", "parent": "5"}"#,
        ])
        #expect(cells(snapshot.tables["units"], "kind")
            == ["university", "city", "city", "university", nil, nil])
    }
}
