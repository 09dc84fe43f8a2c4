import MusterDiagnostics
import MusterReport
import MusterSQL
import MusterStore

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
    /// How much a query may come to.
    package var limits = Limits()
    /// The user set the width: the window's does not matter.
    package var isWidthFixed = false
    package var colour = false
    package var isUTF8 = true
    /// Where results go.
    package var destination = Presentation.Destination.stream
    package var showsTime = false
    /// Long results go through a pager where the shell has a terminal.
    package var usesPager = true
    /// What was typed before is suggested as it is typed again.
    package var suggests = true
    /// False where statements are only tried: `export` does nothing.
    package var writesFiles = true
    /// Existing files may be written over.
    package var overwrites = false
    /// A snapshot is opened from its cache, where it has one.
    package var usesCaches = false
    /// A snapshot that is loaded gets a cache.
    package var makesCaches = false
    /// Queries are not carried out, but said in this dialect.
    package var dialect: (any Dialect)?
    /// What the command line gives to scripts.
    package var given = GivenFiles()

    package init(language: Language) { self.language = language }

    /// What becomes of a loaded snapshot that has no cache; nil where caches are not looked at.
    var making: SnapshotCache.Making? {
        if makesCaches { return .usually }
        return usesCaches ? .never : nil
    }
}
