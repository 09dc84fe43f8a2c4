import MusterDiagnostics

/// What to import, and how.
package struct ImportOptions: Sendable {
    package var files: [String] = []
    /// The folder of the new snapshot.
    package var target = ""
    /// The day whose state of the books the files are.
    package var asOf: Int32 = 0
    /// A roster of units, or a snapshot whose units they are.
    package var units: String?
    /// An earlier snapshot of the same people.
    package var like: String?
    package var mapping: String?
    package var writtenMapping: String?
    /// Workbooks of questions, with answers.
    package var corrections: [String] = []
    /// Where the questions go; nil for beside the snapshot.
    package var questions: String?
    package var isDryRun = false
    /// Only the sheet of that name.
    package var sheet: String?
    /// What the sheets hold, where they do not tell.
    package var table: String?
    package var language = Language.zh

    package init() {}

    /// Where the questions go.
    package var questionsPath: String {
        if let questions { return questions }
        var stem = target
        while stem.hasSuffix("/"), stem.count > 1 { stem.removeLast() }
        return stem + (language == .zh ? "-问题.xlsx" : "-questions.xlsx")
    }
}
