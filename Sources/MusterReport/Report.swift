import MusterDiagnostics
import MusterStore

/// What a statement or a script has to show, in reading order: the last step before a format.
///
/// Formats for people show every block; formats for programs (csv, tsv, json, ndjson) hold the
/// tables and nothing else.
public struct Report: Sendable {
    public enum Block: Sendable {
        /// Level 1 is the title, 2 a section.
        case heading(Message, level: Int)
        /// Paragraphs; a line break in it starts a new one.
        case text(Message)
        case table(ResultTable)
        /// A picture of a table; formats for programs leave it out.
        case chart(Chart)
        /// Footers: rejects, persons left out, how a rate was counted.
        case notes([Message])
    }

    public var blocks: [Block]

    public init(_ blocks: [Block] = []) { self.blocks = blocks }

    public init(_ table: ResultTable) { self.init([.table(table)]) }

    /// The tables alone, in order.
    public var tables: [ResultTable] {
        blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    }
}
