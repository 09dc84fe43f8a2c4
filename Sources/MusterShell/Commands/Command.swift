import MusterBinding
import MusterDiagnostics
import MusterLanguage

/// What is peculiar to a command, for those who carry statements out, log and teach.
struct CommandTraits: OptionSet {
    let rawValue: Int
    /// Bears on results, and may be carried out a second time on another snapshot: a lesson does.
    static let rehearsed = CommandTraits(rawValue: 1)
    /// Means nothing to whoever replays a log.
    static let unlogged = CommandTraits(rawValue: 2)
    /// Begins a part of a report: holds whatever the condition of the section before.
    static let heading = CommandTraits(rawValue: 4)
    /// Of no use where no snapshot is loaded.
    static let needsSnapshot = CommandTraits(rawValue: 8)
    /// Names that stand in no text are known behind it: columns of a file, those of a script.
    static let bringsNames = CommandTraits(rawValue: 16)
    /// Outlives what it stands in, or runs another program: not for scripts.
    static let typed = CommandTraits(rawValue: 32)
    /// Goes on from the last result.
    static let goesOn = CommandTraits(rawValue: 64)
    /// Chooses what every result behind it depends on.
    static let chooses = CommandTraits(rawValue: 128)
}

/// What stands behind a command, for whoever completes it.
enum CommandArgument {
    case topic, setting, source, field, day, lesson, script
    /// A column of the last result.
    case result
    /// A table or a snapshot that is loaded.
    case loaded
    /// A file or folder to be read.
    case data
    /// A file to be written.
    case newFile
    /// The same, or `off`.
    case log
}

/// A statement of the shell or of a script: how it is written, what it is for, what it does.
protocol Command: Sendable {
    static var signature: Signature { get }
    static var summary: Message { get }
    /// What other programs call just this.
    static var synonyms: [String] { get }
    /// What else people look for who are helped by this.
    static var topics: [String] { get }
    /// What they write otherwise, and certainly mean this by.
    static var slips: [Slip] { get }
    static var traits: CommandTraits { get }
    static var argument: CommandArgument? { get }
    /// Whether it is `rehearsed`, where that depends on what stands behind it.
    static func isRehearsed(_ arguments: [String: SlotValue]) -> Bool
    /// What it does. Looks at the session and changes nothing of it.
    static func effects(of call: CommandCall, in session: Session) throws -> [Effect]
}

extension Command {
    static var synonyms: [String] { [] }
    static var topics: [String] { [] }
    static var slips: [Slip] { [] }
    static var traits: CommandTraits { [] }
    static var argument: CommandArgument? { nil }
    static func isRehearsed(_ arguments: [String: SlotValue]) -> Bool {
        traits.contains(.rehearsed)
    }

    /// How it is written, in one line.
    static func usage(_ language: Language) -> String { signature.usage(language) }
}

/// The commands, one line each.
enum Commands {
    static let common: [any Command.Type] = [
        HelpCommand.self, ExampleCommand.self, ExplainCommand.self,
        LoadCommand.self, ImportCommand.self, RelateCommand.self, UnloadCommand.self,
        SnapshotsCommand.self, UseCommand.self,
        TablesCommand.self, FieldsCommand.self, ValuesCommand.self, ValidateCommand.self,
        DrillCommand.self, LastCommand.self, ExportCommand.self, SaveCommand.self,
        RunCommand.self, ScriptsCommand.self,
        EditCommand.self, HistoryCommand.self, LogCommand.self, SetCommand.self,
        TimeCommand.self, LessonCommand.self, QuitCommand.self,
    ]

    /// What a script is made of beside queries.
    static let inScripts: [any Command.Type] = [
        TitleCommand.self, SectionCommand.self, TextCommand.self, ExpectCommand.self,
        IncludeCommand.self, CaptionCommand.self, NoteCommand.self, FormCommand.self,
        SignCommand.self,
    ]

    /// Of use only while a lesson is going on.
    static let inLessons: [any Command.Type] = [
        TaskCommand.self, HintCommand.self, ShowCommand.self, SkipCommand.self,
        BackCommand.self, RestartCommand.self,
    ]

    /// What a learner may write in place of a lesson's command.
    static func inLesson(calledElsewhere word: String) -> (any Command.Type)? {
        let lower = word.lowercased()
        return inLessons.first { $0.synonyms.contains(lower) }
    }

    static let all = common + inScripts + inLessons

    static let signatures = all.map { $0.signature }

    private static let byName = Dictionary(
        uniqueKeysWithValues: all.map { ($0.signature.name.en, $0) })

    static func calledElsewhere(_ word: String) -> (any Command.Type)? {
        let lower = word.lowercased()
        return all.first { $0.synonyms.contains(lower) || $0.signature.name.en == lower }
    }

    /// By the English name, as a statement bears it.
    static func named(_ word: String) -> (any Command.Type)? { byName[word] }
}

/// A command with what its slots were filled with.
struct CommandCall: FilledSlots {
    let arguments: [String: SlotValue]
    let name: Name
    let span: Span
    let source: SourceText
}

extension Statement {
    /// The command that it is, if it is one.
    var command: (any Command.Type)? {
        guard case .command(let word, _, _) = kind else { return nil }
        return Commands.named(word)
    }

    /// Shows or does something; definitions and headings hold whatever the section's condition.
    var isPartOfSection: Bool {
        switch kind {
        case .assignment, .parameter: false
        case .query: true
        case .command: command?.traits.contains(.heading) != true
        }
    }

    /// Has a bearing on results, and may be carried out a second time on another snapshot.
    var isRehearsed: Bool {
        guard case .command(_, _, let arguments) = kind else { return true }
        return command?.isRehearsed(arguments) == true
    }
}
