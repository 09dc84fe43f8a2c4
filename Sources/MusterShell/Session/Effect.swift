import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterFiles
import MusterReport

/// What a command does, as a value: the session carries it out, in one place.
enum Effect {
    /// Adds to the report that is being made, or shows at once.
    case show([Report.Block])
    /// The same with all rows, whatever the limit.
    case showWhole([Report.Block])
    /// A line for the user beside the results; not in quiet mode.
    case say(Message)
    case change(Books.Change)
    case prefer(Preferences)
    /// A script's section begins, whose statements are carried out or passed over.
    case section(isSkipped: Bool)
    /// What the next table is called.
    case caption(Caption)
    /// What stands around the figures of the script's report.
    case paper(ReportFrame)
    case carryOut([Statement], SourceText)
    /// A text as if it were typed.
    case type(String)
    case run(script: String, given: [String: GivenValue], at: Span)
    case include(script: String, from: CommandCall)
    /// Shows the rows of a plan, or keeps them as a table of that name.
    case open(Plan, into: Name?, SourceText)
    /// Examples that `example N` carries out.
    case offer([String])
    /// Rows of one table belong to rows of another.
    case relate(Relating, Span)
    case keepLog(TranscriptLog?)
    case lesson(LessonRequest)
    /// A text that becomes a file.
    case write(String, to: FilePlace)
    case finish

    /// A list for the user to read, in any format.
    static func list(_ headings: [Term], _ rows: [[Message]]) -> Effect {
        .show([.table(.texts(headings, rows))])
    }
}

/// What a learner asks for.
enum LessonRequest {
    case begin(Lesson)
    case task, hint, skip, show, back, restart, leave
}
