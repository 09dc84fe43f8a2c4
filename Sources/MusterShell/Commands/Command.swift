import MusterDiagnostics
import MusterLanguage
import MusterReport

/// A statement of the shell or of a script: how it is written, what it is for, what it does.
protocol Command: Sendable {
    static var signature: Signature { get }
    static var summary: Message { get }
    /// Statements that can be run as they stand.
    static var examples: [String] { get }
    static func run(_ call: CommandCall, _ session: Session) throws
}

extension Command {
    static var examples: [String] { [] }

    /// How it is written, in one line.
    static func usage(_ language: Language) -> String { signature.usage(language) }
}

/// The commands, one line each.
enum Commands {
    static let common: [any Command.Type] = [
        HelpCommand.self, ExampleCommand.self, ExplainCommand.self,
        LoadCommand.self, UnloadCommand.self, SnapshotsCommand.self, UseCommand.self,
        TablesCommand.self, FieldsCommand.self, ValuesCommand.self, ValidateCommand.self,
        DrillCommand.self, LastCommand.self, RunCommand.self, ScriptsCommand.self,
        EditCommand.self, HistoryCommand.self, LogCommand.self, SetCommand.self,
        TimeCommand.self, LessonCommand.self, QuitCommand.self,
    ]

    /// What a script is made of beside queries.
    static let inScripts: [any Command.Type] = [
        TitleCommand.self, SectionCommand.self, TextCommand.self, ExpectCommand.self,
        IncludeCommand.self,
    ]

    /// Of use only while a lesson is going on.
    static let inLessons: [any Command.Type] = [
        HintCommand.self, SkipCommand.self, ShowCommand.self, RestartCommand.self,
    ]

    static let all = common + inScripts + inLessons

    static let signatures = all.map { $0.signature }
}

/// A command with what its slots were filled with.
struct CommandCall {
    let arguments: [String: SlotValue]
    let name: Name
    let span: Span
    let source: SourceText

    func text(_ label: String) -> Template? {
        switch arguments[label] {
        case .text(let template)?, .path(let template)?: template
        default: nil
        }
    }

    func name(_ label: String) -> Name? {
        if case .name(let name)? = arguments[label] { name } else { nil }
    }

    func expression(_ label: String) -> Expression? {
        if case .expression(let e)? = arguments[label] { e } else { nil }
    }

    func rest(_ label: String) -> String? {
        if case .rest(let text, _)? = arguments[label] {
            text.isEmpty ? nil : text
        } else { nil }
    }

    func settings(_ label: String) -> [Setting] {
        if case .settings(let list)? = arguments[label] { list } else { [] }
    }

    func statement(_ label: String) -> Statement? {
        if case .statement(let statement)? = arguments[label] { statement } else { nil }
    }
}

extension Session {
    /// A list for the user to read, in any format.
    func list(_ headings: [Term], _ rows: [[Message]]) {
        add([.table(.texts(headings, rows))])
    }
}
