import Foundation
import MusterSQL
import MusterStore
import MusterValues

/// What stands beside a snapshot's tables, in `catalog.json`: written last, so that it says that
/// all of it is there.
struct SparkCatalog: Codable {
    let version: Int
    let schema: String
    /// As `2017-12-31`.
    let asOf: String
    let fingerprint: String
    let path: String
    /// Nil where the version is another one.
    let description: SnapshotDescription?

    init(_ snapshot: PushedSnapshot) {
        version = snapshot.version
        schema = snapshot.schema
        asOf = CivilDay.text(snapshot.asOf)
        fingerprint = snapshot.fingerprint
        path = snapshot.path
        description = snapshot.description
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        version = try values.decode(Int.self, forKey: .version)
        schema = try values.decode(String.self, forKey: .schema)
        asOf = try values.decode(String.self, forKey: .asOf)
        fingerprint = try values.decode(String.self, forKey: .fingerprint)
        path = try values.decode(String.self, forKey: .path)
        description = version == Layout.version
            ? try? values.decode(SnapshotDescription.self, forKey: .description) : nil
    }

    private var day: Int32? {
        let parts = asOf.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? CivilDay.number(parts[0], parts[1], parts[2]) : nil
    }

    /// JSON, the same for equal snapshots.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// The snapshots of a folder, the earliest first: of each its folder's name and its catalog's
    /// text. What is none of this program's is left out.
    static func snapshots(_ columns: [Vector]) -> [PushedSnapshot] {
        guard columns.count == 2, case .text(let names, let nameTexts) = columns[0],
              case .text(let catalogs, let texts) = columns[1] else { return [] }
        let found = zip(names, catalogs).compactMap { name, catalog -> PushedSnapshot? in
            guard let own = try? JSONDecoder().decode(Self.self,
                                                      from: Data(texts[catalog].utf8)),
                  own.schema == nameTexts[name], let day = own.day else {
                return nil
            }
            return PushedSnapshot(schema: own.schema, asOf: day, fingerprint: own.fingerprint,
                                  path: own.path, version: own.version,
                                  description: own.description)
        }
        return found.sorted { ($0.asOf, $0.schema) < ($1.asOf, $1.schema) }
    }
}
