import MusterDiagnostics
import MusterStore

/// What a statement or a script has to show, in reading order: the last step before a format.
///
/// Formats for people show every block; formats for programs (csv, tsv, json, ndjson) hold the
/// tables and nothing else.
package struct Report: Sendable {
    package enum Block: Sendable {
        /// Level 1 is the title, 2 a section.
        case heading(Message, level: Int)
        /// Paragraphs; a line break in it starts a new one.
        case text(Message)
        case table(ResultTable)
        /// A picture of a table; formats for programs leave it out.
        case chart(Chart)
        /// Footers: rejects, persons left out, how a rate was counted.
        case notes([Message])
        /// What stands at the foot of a report: where its figures come from and what they count.
        case provenance([Message])
    }

    package var blocks: [Block]
    /// What official paper has around the figures; nil for a statement's own result.
    package var frame: ReportFrame?
    /// The day that its figures are read at; nil where no data is loaded.
    package var day: Int32?
    /// Rows of persons or their data are among it: a file of it is for its owner alone.
    package var isPrivate = false

    package init(_ blocks: [Block] = []) { self.blocks = blocks }

    package init(_ table: ResultTable) { self.init([.table(table)]) }

    /// The tables alone, in order.
    package var tables: [ResultTable] {
        blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    }
}
