import MusterDiagnostics

/// For whom and where a report is shown.
public struct Presentation: Sendable {
    public var language: Language
    /// Columns of the window; nil where there is none (a file, a pipe): nothing is cut.
    public var width: Int?
    /// At most this many rows of a table, totals aside; nil for all.
    public var rowLimit: Int?
    public var colour: Bool
    /// False draws rules and marks in ASCII. Texts stay as they are.
    public var isUTF8: Bool

    public init(_ language: Language, width: Int? = nil, rowLimit: Int? = nil,
                colour: Bool = false, isUTF8: Bool = true) {
        self.language = language
        self.width = width
        self.rowLimit = rowLimit
        self.colour = colour
        self.isUTF8 = isUTF8
    }
}
