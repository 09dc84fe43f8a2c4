import MusterDiagnostics

/// For whom and where a report is shown.
package struct Presentation: Sendable {
    /// Where the bytes of a format go.
    package enum Destination: Sendable, Hashable {
        /// A window that somebody reads: it can show texts only.
        case terminal
        /// Another program.
        case stream
        /// A file, which may be opened in a spreadsheet.
        case file
        /// The same, where standard output was led to one.
        case redirected

        /// A person may open it in a spreadsheet, which computes what looks like a formula.
        var isKept: Bool { self == .file || self == .redirected }
    }

    package var language: Language
    /// Columns of the window; nil where there is none (a file, a pipe): nothing is cut.
    package var width: Int?
    /// Columns that a chart may take where there is no window; nil for as many as is usual.
    package var chartWidth: Int?
    /// At most this many rows of a table, totals aside; nil for all.
    package var rowLimit: Int?
    /// How many screens of a table's columns are passed over, behind its first column.
    package var screen = 0
    package var colour: Bool
    /// False draws rules and marks in ASCII. Texts stay as they are.
    package var isUTF8: Bool
    package var destination: Destination
    /// Read by people who type nothing: names are words (`cancelled before`), not identifiers.
    var isForPaper = false
    /// Words that headings are made of, which are never broken.
    var phrases: Set<String> = []
    var breaks: HeadingBreaks { HeadingBreaks(phrases: phrases) }
    /// Told now and then how many of how many rows are written; throws to stop the writing.
    package var advance: @Sendable (_ done: Int, _ total: Int) throws(Diagnostic) -> Void

    package init(_ language: Language, width: Int? = nil, chartWidth: Int? = nil,
                rowLimit: Int? = nil, colour: Bool = false, isUTF8: Bool = true,
                destination: Destination = .stream, phrases: Set<String> = [],
                advance: @escaping @Sendable (Int, Int) throws(Diagnostic) -> Void = { _, _ in }) {
        self.language = language
        self.width = width
        self.chartWidth = chartWidth
        self.rowLimit = rowLimit
        self.colour = colour
        self.isUTF8 = isUTF8
        self.destination = destination
        self.phrases = phrases
        self.advance = advance
    }

    /// The same for paper: as wide and as long as need be, always UTF-8, names in words.
    var onPaper: Presentation {
        var paper = Presentation(language, phrases: phrases, advance: advance)
        paper.isForPaper = true
        return paper
    }

    /// Called for every row that is measured or written: tells now and then how far it is.
    func row(_ number: Int, of total: Int) throws(Diagnostic) {
        if number & 0x3FF == 0 { try advance(number, total) }
    }
}
