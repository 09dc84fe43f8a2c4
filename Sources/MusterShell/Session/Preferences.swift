import MusterDiagnostics
import MusterLeague
import MusterReport
import MusterStore

/// Where a session writes to.
public struct SessionOutput {
    /// Results.
    public var results: ([UInt8]) -> Void
    /// Everything else.
    public var messages: (String) -> Void
    /// Where it is said how far a long task is; nil says nothing.
    public var progress: ProgressLine?

    public init(results: @escaping ([UInt8]) -> Void, messages: @escaping (String) -> Void,
                progress: ProgressLine? = nil) {
        self.results = results
        self.messages = messages
        self.progress = progress
    }
}

/// What the user chose on the command line or with `set`.
public struct Preferences: Sendable {
    public var language: Language
    public var format: String = "table"
    public var isQuiet = false
    public var isStrict = false
    public var threads = SnapshotLoader.processors
    /// Columns for tables; nil for no limit.
    public var width: Int?
    /// Columns for charts where tables have no limit.
    public var chartWidth: Int?
    public var rowLimit: Int?
    /// The user set the width: the window's does not matter.
    public var isWidthFixed = false
    public var colour = false
    public var isUTF8 = true
    /// Where results go.
    public var destination = Presentation.Destination.stream
    public var showsTime = false
    /// Long results go through a pager where the shell has a terminal.
    public var usesPager = true
    public var league = League.Settings()

    public init(language: Language) { self.language = language }
}
