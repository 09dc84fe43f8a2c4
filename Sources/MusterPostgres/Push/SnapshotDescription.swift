import Foundation
import MusterBinding
import MusterDiagnostics
import MusterStore

/// What the database keeps of a snapshot beside its tables: what loading it from its files says.
package struct SnapshotDescription: Codable, Sendable, Hashable {
    /// The format of the snapshot's files: `muster-snapshot/1`.
    package let format: String
    package let source: String
    package let targets: [ManifestTarget]
    package let tables: [PushedTable]
    /// Rows that the loader turned away.
    package let rejects: Int
    package let account: SnapshotAccount

    func table(_ name: String) -> PushedTable? { tables.first { $0.name == name } }

    /// JSON, the same for equal descriptions.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Nil where it is none that this program wrote.
    init?(json: String) {
        guard let read = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else {
            return nil
        }
        self = read
    }

    init(_ snapshot: Snapshot, _ domain: Domain, tables: [PushedTable]) {
        format = domain.schema.format
        account = SnapshotAccount(holdings: domain.words.holdings(snapshot),
                                  remark: domain.words.remark(snapshot))
        source = snapshot.source
        targets = snapshot.targets
        self.tables = tables
        rejects = snapshot.rejects.count
    }
}

/// A snapshot that stands in a database.
package struct PushedSnapshot: Sendable, Hashable {
    package let schema: String
    package let asOf: Int32
    /// The snapshot's own, of all 32 digits.
    package let fingerprint: String
    /// The folder or file it came from, as it was named where it was pushed from.
    package let path: String
    /// In which way it stands there (`SnapshotCatalog.version`).
    package let version: Int
    /// Nil where it was written by another version.
    package let description: SnapshotDescription?
}
