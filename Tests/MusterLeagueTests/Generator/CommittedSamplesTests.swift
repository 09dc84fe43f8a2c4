import Foundation
@testable import MusterLeague
import MusterStore
import Testing

/// The samples in the repository are what the generator makes, byte for byte. Where it was
/// changed on purpose, remove the folder and run the command that stands in its manifest.
struct CommittedSamplesTests {
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "samples")

    @Test(arguments: [("city", "2017-12-31"), ("city-2015", "2015-10-31")])
    func committedSamplesAreWhatTheGeneratorMakes(name: String, asOf: String) throws {
        let samples = Self.samples.appending(path: name)
        let parts = asOf.split(separator: "-").compactMap { Int($0) }
        let made = try GeneratedSnapshot(members: 6000, seed: 2015,
                                         asOf: day(parts[0], parts[1], parts[2]))
        for file in GeneratedSnapshot.files {
            let committed = try Data(contentsOf: samples.appending(path: file))
            // Not the data themselves: a failure would print them.
            let isSame = try committed == made.bytes(file)
            #expect(isSame, "\(name)/\(file)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: samples.path).sorted()
            == GeneratedSnapshot.files.sorted())
    }

    @Test func theFaultsFollowTheRowsOfTheSmallSample() throws {
        let faulty = try GeneratedSnapshot.object(
            try Data(contentsOf: Self.samples.appending(path: "faults.json")))
        for (table, faults) in [("units", 9), ("members", 13), ("service", 9), ("teams", 4)] {
            let sound = try Data(contentsOf: Self.samples.appending(path: "small/\(table).ndjson"))
                .split(separator: 0x0A).map(GeneratedSnapshot.object)
            let rows = try #require(faulty[table] as? [Any])
            #expect(rows.count == sound.count + faults, "\(table)")
            #expect(rows.prefix(sound.count).map { $0 as? NSDictionary }
                == sound.map { $0 as NSDictionary }, "\(table)")
        }
    }
}
