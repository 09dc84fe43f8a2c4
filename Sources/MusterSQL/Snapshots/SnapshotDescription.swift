import Foundation
import MusterBinding
import MusterDiagnostics
import MusterStore

/// What is kept of a pushed snapshot beside its tables: what loading it from its files says.
package struct SnapshotDescription: Codable, Sendable, Hashable {
    /// The format of the snapshot's files: `muster-snapshot/1`.
    package let format: String
    package let source: String
    package let targets: [ManifestTarget]
    package let tables: [PushedTable]
    /// Rows that the loader turned away.
    package let rejects: Int
    package let account: SnapshotAccount

    package func table(_ name: String) -> PushedTable? { tables.first { $0.name == name } }

    /// JSON, the same for equal descriptions.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Nil where it is none that this program wrote.
    package init?(json: String) {
        guard let read = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else {
            return nil
        }
        self = read
    }

    package init(format: String, source: String, targets: [ManifestTarget],
                 tables: [PushedTable], rejects: Int, account: SnapshotAccount) {
        self.format = format
        self.source = source
        self.targets = targets
        self.tables = tables
        self.rejects = rejects
        self.account = account
    }

    package init(_ snapshot: Snapshot, _ domain: Domain, tables: [PushedTable]) {
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
    /// In which way it stands there (`Layout.version`).
    package let version: Int
    /// Nil where it was written by another version.
    package let description: SnapshotDescription?

    package init(schema: String, asOf: Int32, fingerprint: String, path: String, version: Int,
                 description: SnapshotDescription?) {
        self.schema = schema
        self.asOf = asOf
        self.fingerprint = fingerprint
        self.path = path
        self.version = version
        self.description = description
    }

    /// Whether it is a snapshot with all that its files say.
    package func isSame(as snapshot: Snapshot, _ domain: Domain) -> Bool {
        guard let description else { return false }
        return fingerprint == snapshot.fingerprint && description.source == snapshot.source
            && description.targets == snapshot.targets
            && description.format == domain.schema.format
    }

    /// Why a snapshot is not pushed where something else stands.
    /// - Parameters:
    ///   - known: what is listed under the schema's name.
    ///   - isThere: whether its tables are there.
    package static func isOther(_ schema: String, known: PushedSnapshot?, isThere: Bool)
        -> Diagnostic {
        let reason = if known == nil {
            Message(zh: "那里已有 \(schema)，但不是完整的快照",
                    en: "\(schema) is there and is no whole snapshot")
        } else if !isThere {
            Message(zh: "快照 \(schema) 登记过，但已不在",
                    en: "the snapshot \(schema) is listed, but is gone")
        } else if known?.description == nil {
            Message(zh: "快照 \(schema) 是另一版本的程序存入的",
                    en: "the snapshot \(schema) was pushed by another version of the program")
        } else {
            Message(zh: "那里的 \(schema) 数据相同而目标或来源不同，或是另一个快照",
                    en: "\(schema) there has other targets or another source, or is another "
                        + "snapshot")
        }
        return Diagnostic("database.other", reason,
                          hint: Message(zh: "用 --force 替换它", en: "--force replaces it"))
    }
}

extension PushedSnapshot {
    /// What to do where parts of one are not there.
    package static let mayBeGone = Message(
        zh: "快照可能已被删除或替换，请重新打开，或用 muster push --force 重新存入",
        en: "the snapshot may have been removed or replaced: open it again, or push it anew with "
            + "muster push --force")
}

/// What became of a push.
package enum PushOutcome: Sendable {
    /// What to do where it was broken off.
    package static let nothingIsLeft = Message(
        zh: "没有留下半个快照，请再存一次", en: "no half of it was left there: push it again")

    /// It was put there: so many rows of the snapshot's tables.
    case pushed(PushedSnapshot, rows: Int)
    /// The same snapshot already stands there; nothing was changed.
    case present(PushedSnapshot)
}
