import Foundation
@testable import MusterLeague
import MusterValues
import MusterStore
import Testing

/// A generated snapshot in a folder of its own, removed with it.
final class GeneratedSnapshot {
    let folder: URL
    var output: URL { folder.appending(path: "out") }

    init(members: Int, seed: UInt64 = 7, asOf: Int32 = GeneratorOptions.days.upperBound,
         form: GeneratorOptions.Form = .folder) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "muster-generator-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try generate(GeneratorOptions(members: members, seed: seed, asOf: asOf, form: form,
                                      output: folder.appending(path: "out").path))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func bytes(_ file: String) throws -> Data {
        try Data(contentsOf: output.appending(path: file))
    }

    /// The rows of a table as Foundation reads them, not as the generator wrote them.
    func rows(_ table: String) throws -> [[String: Any]] {
        try lines(table).map(Self.object)
    }

    func lines(_ table: String) throws -> [Data] {
        try bytes("\(table).ndjson").split(separator: 0x0A)
    }

    static func object(_ data: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    static let files = ["manifest.json", "units.ndjson", "members.ndjson", "service.ndjson",
                        "teams.ndjson"]
}

extension [String: Any] {
    func text(_ key: String) -> String? { self[key] as? String }
}

func day(_ year: Int, _ month: Int, _ day: Int) throws -> Int32 {
    try #require(CivilDay.number(year, month, day))
}
