import MusterDiagnostics

/// A row that broke a rule of the format.
package struct Reject: Sendable, Hashable {
    /// Why: `code` is stable, `message` for people. One list, beside the loader's checks.
    package let table: String
    package let file: String
    /// Line of the file from 1, or index in a document's array from 1.
    package let line: Int
    /// Empty where the row as a whole is at fault.
    package let field: String
    package let reason: Term
    /// The row as it stood, cut to 500 bytes, with sensitive values masked.
    package let raw: String

    package init(table: String, file: String, line: Int, field: String, reason: Term, raw: String) {
        self.table = table
        self.file = file
        self.line = line
        self.field = field
        self.reason = reason
        self.raw = raw
    }
}

/// One dated export of the books, loaded. Immutable; shared by everything that reads it.
package final class Snapshot: Sendable {
    /// The folder or file it came from, as the user named it.
    package let path: String
    package let asOf: Int32
    /// The manifest's `source`, or empty.
    package let source: String
    package let targets: [ManifestTarget]
    package let tables: [String: Table]
    package let rejects: [Reject]
    /// XXH3-128 over the bytes of the tables as they came (decompressed), 32 hexadecimal digits.
    package let fingerprint: String
    /// By table: rows with a decimal finer than hundredths, which was rounded; ascending.
    package let roundedRows: [String: [Int32]]
    /// What is to be said of it, where its rows are not here to be counted.
    package let account: SnapshotAccount?

    package init(path: String, asOf: Int32, source: String, targets: [ManifestTarget],
                tables: [String: Table], rejects: [Reject], fingerprint: String,
                roundedRows: [String: [Int32]] = [:], account: SnapshotAccount? = nil) {
        self.account = account
        self.path = path
        self.asOf = asOf
        self.source = source
        self.targets = targets
        self.tables = tables
        self.rejects = rejects
        self.fingerprint = fingerprint
        self.roundedRows = roundedRows
    }
}

/// What the domain says of a snapshot, written down when all of it was at hand.
package struct SnapshotAccount: Sendable, Hashable, Codable {
    package let holdings: Message
    package let remark: Message

    package init(holdings: Message, remark: Message) {
        self.holdings = holdings
        self.remark = remark
    }
}
