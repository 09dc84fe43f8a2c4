import MusterDiagnostics
import MusterLanguage
import MusterReport

/// A statement of the shell or of a script: how it is written, what it is for, what it does.
protocol Command: Sendable {
    static var signature: Signature { get }
    static var summary: Message { get }
    /// What stands for text that the command takes as it is, in its usage line.
    static var restUsage: Message { get }
    /// How it is written, in one line.
    static func usage(_ language: Language) -> String
    static func run(_ call: CommandCall, _ session: Session) throws
}

extension Command {
    static var restUsage: Message { Message("…") }

    static func usage(_ language: Language) -> String {
        signature.usage(language).replacing("[…]", with: restUsage[language])
    }
}

/// The commands, one line each.
enum Commands {
    static let all: [any Command.Type] = [
        LoadCommand.self, UnloadCommand.self, SnapshotsCommand.self, UseCommand.self,
        TablesCommand.self, FieldsCommand.self, ValuesCommand.self, ValidateCommand.self,
        HelpCommand.self, ExampleCommand.self, ExplainCommand.self, DrillCommand.self, RunCommand.self,
        ScriptsCommand.self,
        LastCommand.self, EditCommand.self,
        SetCommand.self, HistoryCommand.self, TimeCommand.self, LogCommand.self,
        TitleCommand.self, SectionCommand.self, TextCommand.self, ExpectCommand.self,
        IncludeCommand.self,
        LessonCommand.self, HintCommand.self, SkipCommand.self, ShowCommand.self,
        RestartCommand.self, QuitCommand.self,
    ]

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
