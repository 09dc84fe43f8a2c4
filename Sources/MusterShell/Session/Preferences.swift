import MusterDiagnostics
import MusterLeague
import MusterReport
import MusterStore

/// Where a session writes to.
package struct SessionOutput {
    /// Results.
    package var results: ([UInt8]) -> Void
    /// Everything else.
    package var messages: (String) -> Void
    /// Where it is said how far a long task is; nil says nothing.
    package var progress: ProgressLine?

    package init(results: @escaping ([UInt8]) -> Void, messages: @escaping (String) -> Void,
                progress: ProgressLine? = nil) {
        self.results = results
        self.messages = messages
        self.progress = progress
    }
}

/// What the user chose on the command line or with `set`.
package struct Preferences: Sendable {
    package var language: Language
    package var format: String = "table"
    package var isQuiet = false
    package var isStrict = false
    package var threads = SnapshotLoader.processors
    /// Columns for tables; nil for no limit.
    package var width: Int?
    /// Columns for charts where tables have no limit.
    package var chartWidth: Int?
    package var rowLimit: Int?
    /// The user set the width: the window's does not matter.
    package var isWidthFixed = false
    package var colour = false
    package var isUTF8 = true
    /// Where results go.
    package var destination = Presentation.Destination.stream
    package var showsTime = false
    /// Long results go through a pager where the shell has a terminal.
    package var usesPager = true
    package var league = League.Settings()

    package init(language: Language) { self.language = language }
}
