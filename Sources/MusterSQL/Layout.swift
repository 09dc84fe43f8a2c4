import MusterBinding

/// How a snapshot stands in a database: a schema for each, in it a table for each entity under its
/// English name. Values are held as in memory: exact decimals as whole numbers of their last place
/// (hours in hundredths), rows of other tables by their numbers there, none as NULL.
package enum Layout {
    /// The row's number in its file, from 0: its key, and the order of the rows.
    package static let row = "_row"
    /// For a row of a tree, how many are above it.
    package static let depth = "_depth"
    /// For a row of a tree, the row of a level on its way up, itself included; or NULL.
    package static func ancestor(_ level: String) -> String { "_at_" + level }
    /// The table of all pairs of a tree's row and one on its way up, itself included.
    package static func closure(_ entity: String) -> String { entity + "_above" }
    /// The two columns of it.
    package static let below = "_below", above = "_above"
}
