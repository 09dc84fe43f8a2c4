import Foundation
import Testing

/// A district's or a university's own snapshot gives the tables that the city's gives for it: the
/// same script, the same figures, whoever runs it.
@Suite struct OwnSnapshotTests {
    private static let units = ["和平区团委", "南开大学团委"]

    /// The rows of the city's books that lie in a unit, as a snapshot of their own.
    private static func extract(_ name: String, to scratch: Scratch) throws -> String {
        func lines(_ table: String) throws -> [(text: String, row: [String: Any])] {
            let path = Project.path("samples/city/\(table).ndjson")
            return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
                let row = try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
                return (String($0), try #require(row))
            }
        }
        func texts(_ row: [String: Any], _ key: String) -> [String] {
            (row[key] as? String).map { [$0] } ?? row[key] as? [String] ?? []
        }
        var inside: Set<String> = [], units: [String] = []
        // Parents come before children in the samples.
        for (text, row) in try lines("units") {
            let id = texts(row, "id"), parent = texts(row, "parent")
            let isTop = texts(row, "name") == [name]
            guard isTop || parent.contains(where: inside.contains) else { continue }
            inside.formUnion(id + texts(row, "formerly"))
            units.append(isTop
                ? text.replacing("\"parent\":\"\(parent.first ?? "")\",", with: "") : text)
        }
        func rows(_ table: String, _ key: String, in known: Set<String>) throws
            -> [(text: String, row: [String: Any])] {
            try lines(table).filter { texts($0.row, key).allSatisfy(known.contains) }
        }
        let people = try rows("members", "unit", in: inside)
        let ids = Set(people.flatMap { texts($0.row, "id") })
        let service = try rows("service", "member", in: ids)
        let teams = try rows("teams", "unit", in: inside)
        func array(_ rows: [String]) -> String { "[" + rows.joined(separator: ",\n") + "]" }
        return try scratch.write("\(name).json", """
            {"format": "muster-snapshot/1", "as_of": "2017-12-31",
             "units": \(array(units)), "members": \(array(people.map(\.text))),
             "service": \(array(service.map(\.text))), "teams": \(array(teams.map(\.text)))}
            """)
    }

    @Test(arguments: units, DocumentTests.scripts + DocumentTests.lists)
    func thoroughOwnBooksGiveTheSame(_ unit: String, _ script: String) throws {
        let scratch = try Scratch()
        let own = try Self.extract(unit, to: scratch)
        let alone = try sheets(script, onFiles: [own])
        let ofCity = try sheets(script, on: "city@\(unit)")
        #expect(alone.map(\.headings) == ofCity.map(\.headings))
        for (a, b) in zip(alone, ofCity) { #expect(a.rows == b.rows) }
    }
}
