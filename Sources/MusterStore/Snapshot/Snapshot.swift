import MusterDiagnostics

/// A row that broke a rule of the format.
public struct Reject: Sendable, Hashable {
    /// Why: `code` is stable, `message` for people. One list, beside the loader's checks.
    public let table: String
    public let file: String
    /// Line of the file from 1, or index in a document's array from 1.
    public let line: Int
    /// Empty where the row as a whole is at fault.
    public let field: String
    public let reason: Term
    /// The row as it stood, cut to 500 bytes, with sensitive values masked.
    public let raw: String

    public init(table: String, file: String, line: Int, field: String, reason: Term, raw: String) {
        self.table = table
        self.file = file
        self.line = line
        self.field = field
        self.reason = reason
        self.raw = raw
    }
}

/// One dated export of the books, loaded. Immutable; shared by everything that reads it.
public final class Snapshot: Sendable {
    /// The folder or file it came from, as the user named it.
    public let path: String
    public let asOf: Int32
    /// The manifest's `source`, or empty.
    public let source: String
    public let targets: [ManifestTarget]
    public let tables: [String: Table]
    public let rejects: [Reject]
    /// XXH3-128 over the bytes of the tables as they came (decompressed), 32 hexadecimal digits.
    public let fingerprint: String
    /// By table: rows with a decimal finer than hundredths, which was rounded; ascending.
    public let roundedRows: [String: [Int32]]

    public init(path: String, asOf: Int32, source: String, targets: [ManifestTarget],
                tables: [String: Table], rejects: [Reject], fingerprint: String,
                roundedRows: [String: [Int32]] = [:]) {
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
