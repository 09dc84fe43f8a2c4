import Foundation

/// Snapshots and tables of a few rows, written for one test and removed with it.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "muster-statistics-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ name: String, _ text: String) throws -> String {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// A snapshot of one district 甲区 and one university 乙大学, with the given people.
    func snapshot(_ asOf: String, people: [String], units: [String] = Scratch.units) throws
        -> String {
        try write("\(asOf).json", """
            {"format": "muster-snapshot/1", "as_of": "\(asOf)",
             "units": [\(units.joined(separator: ",\n"))],
             "members": [\(people.joined(separator: ",\n"))]}
            """)
    }

    static let units = [
        #"{"id": "1", "name": "市委", "level": "city"}"#,
        #"{"id": "A", "name": "甲区", "parent": "1", "level": "district", "kind": "district"}"#,
        #"{"id": "B", "name": "乙大学", "parent": "1", "level": "district", "kind": "university"}"#,
    ]

    /// A member on the roll since 2014.
    static func member(_ id: String, _ unit: String, registered: String? = nil) -> String {
        let registration = registered.map { #", "registered": "\#($0)""# } ?? ""
        return #"{"id": "\#(id)", "name": "团员\#(id)", "unit": "\#(unit)", "joined": "2014-05-04""#
            + registration + "}"
    }
}
