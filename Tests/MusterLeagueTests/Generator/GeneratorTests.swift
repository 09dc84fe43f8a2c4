import Foundation
import MusterDiagnostics
@testable import MusterLeague
import MusterStore
import Testing

struct GeneratorTests {
    @Test func theSameSeedGivesTheSameBytes() throws {
        let first = try GeneratedSnapshot(members: 700), again = try GeneratedSnapshot(members: 700)
        let other = try GeneratedSnapshot(members: 700, seed: 8)
        for file in GeneratedSnapshot.files {
            #expect(try first.bytes(file) == again.bytes(file), "\(file)")
            #expect(try first.bytes(file) != other.bytes(file), "\(file)")
        }
    }

    @Test(arguments: [0, 1, 17, 999, 1500])
    func asManyPeopleAsAskedForAreInTheBooks(members: Int) throws {
        let snapshot = try GeneratedSnapshot(members: members)
        let people = try snapshot.rows("members")
        #expect(people.count == members)
        #expect(Set(people.compactMap { $0.text("id") }).count == members)
        var units: Set<String> = []
        for unit in try snapshot.rows("units") {
            let id = try #require(unit.text("id"))
            #expect(unit.text("parent").map { units.contains($0) } ?? units.isEmpty)
            #expect(units.insert(id).inserted)
            if let formerly = unit.text("formerly") { #expect(units.insert(formerly).inserted) }
        }
        for person in people { #expect(units.contains(person.text("unit") ?? "")) }
        let ids = Set(people.compactMap { $0.text("id") })
        for record in try snapshot.rows("service") {
            #expect(ids.contains(record.text("member") ?? ""))
        }
        for team in try snapshot.rows("teams") { #expect(units.contains(team.text("unit") ?? "")) }
    }

    @Test func bothFormsHoldTheSameRows() throws {
        let folder = try GeneratedSnapshot(members: 300)
        let document = try GeneratedSnapshot(members: 300, form: .document)
        let whole = try GeneratedSnapshot.object(try Data(contentsOf: document.output))
        let manifest = try GeneratedSnapshot.object(try folder.bytes("manifest.json"))
        for (key, value) in manifest {
            #expect((whole[key] as? NSObject) == (value as? NSObject), "\(key)")
        }
        for table in ["units", "members", "service", "teams"] {
            let rows = try folder.rows(table) as [NSDictionary]
            #expect(try #require(whole[table] as? [NSDictionary]) == rows, "\(table)")
        }
    }

    @Test func anEarlierDayShowsTheSamePeopleAsTheyWereThen() throws {
        let (early, late) = ("2015-10-31", try GeneratedSnapshot(members: 2000))
        let before = try GeneratedSnapshot(members: 2000, asOf: day(2015, 10, 31))
        let now = Dictionary(uniqueKeysWithValues: try late.rows("members").map {
            ($0.text("id") ?? "", $0)
        })
        var moved = 0, admitted = 0
        let people = try before.rows("members")
        #expect(people.count < now.count)
        for person in people {
            let later = try #require(now[person.text("id") ?? ""])
            for key in ["name", "gender", "birth", "id_number"] {
                #expect(person.text(key) == later.text(key))
            }
            for key in ["joined", "left", "party_joined", "nominated", "registered", "cancelled",
                        "entered", "trained"] {
                let cut = later.text(key).flatMap { $0 <= early ? $0 : nil }
                #expect(person.text(key) == cut, "\(key)")
            }
            if person.text("unit") != later.text("unit") { moved += 1 }
            if person.text("status") != later.text("status") { admitted += 1 }
            let stars = try #require(person["certified_stars"] as? Int)
            #expect(stars <= later["certified_stars"] as? Int ?? 0)
        }
        #expect(moved > 0)
        #expect(admitted > 0)
        let known = Set(people.compactMap { $0.text("id") })
        let cut = try late.lines("service").filter {
            let record = try GeneratedSnapshot.object($0)
            return (record.text("date") ?? "") <= early
                && known.contains(record.text("member") ?? "")
        }
        #expect(try Set(before.lines("service")) == Set(cut))
        for unit in try before.rows("units") {
            #expect((unit.text("plan_submitted") ?? "") <= early)
        }
        for team in try before.rows("teams") { #expect((team.text("founded") ?? "") <= early) }
    }

    @Test func renamedDistrictsKeepTheirFormerIds() throws {
        func district(_ snapshot: GeneratedSnapshot, _ id: String) throws -> [String: Any]? {
            try snapshot.rows("units").first { $0.text("id") == id }
        }
        let early = try GeneratedSnapshot(members: 100, asOf: day(2015, 5, 31))
        #expect(try district(early, "120221")?.text("kind") == "county")
        #expect(try district(early, "120225")?.text("name") == "蓟县团委")
        let between = try GeneratedSnapshot(members: 100, asOf: day(2015, 12, 31))
        #expect(try district(between, "120117")?.text("formerly") == "120221")
        #expect(try district(between, "120118")?.text("name") == "静海区团委")
        #expect(try district(between, "120225") != nil)
        let late = try GeneratedSnapshot(members: 100)
        #expect(try district(late, "120119")?.text("formerly") == "120225")
        #expect(try district(late, "120119")?.text("kind") == "district")
        #expect(try late.rows("units").count { $0.text("level") == "district" } == 84)
    }

    @Test func whatExistsIsNotWrittenOver() throws {
        let snapshot = try GeneratedSnapshot(members: 10)
        for form in [GeneratorOptions.Form.folder, .document] {
            let options = GeneratorOptions(members: 20, seed: 7, form: form,
                                           output: snapshot.output.path)
            let error = #expect(throws: Diagnostic.self) { try generate(options) }
            #expect(error?.code == "file.exists")
        }
        #expect(try snapshot.rows("members").count == 10)
        #expect(try FileManager.default.contentsOfDirectory(atPath: snapshot.folder.path)
            == ["out"])
    }

    @Test func optionsOutOfRangeAreExplained() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/muster-\(UUID().uuidString)"
        func code(_ options: GeneratorOptions) -> String? {
            #expect(throws: Diagnostic.self) { try generate(options) }?.code
        }
        #expect(code(GeneratorOptions(members: -1, seed: 1, output: folder)) == "generate.members")
        #expect(code(GeneratorOptions(members: .max, seed: 1, output: folder))
            == "generate.members")
        #expect(code(GeneratorOptions(members: 1, seed: 1, asOf: try day(2018, 1, 1),
                                      output: folder)) == "generate.day")
        #expect(code(GeneratorOptions(members: 1, seed: 1, output: folder + "/no/such/place"))
            == "file.write")
        #expect(!FileManager.default.fileExists(atPath: folder))
    }
}
