import Foundation
@testable import MusterLeague
import MusterStore
import Testing

/// The samples in the repository are what the generator makes, byte for byte. Where it was
/// changed on purpose, remove the folder and run the command that stands in its manifest.
struct CommittedSamplesTests {
    @Test(arguments: [("city", "2017-12-31"), ("city-2015", "2015-10-31")])
    func committedSamplesAreWhatTheGeneratorMakes(name: String, asOf: String) throws {
        let samples = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "samples/\(name)")
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
}
