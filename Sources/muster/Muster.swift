import ArgumentParser
import MusterDiagnostics
import MusterLeague
import MusterShell

@main
struct Muster: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "muster",
        abstract: "Rates and statistics over the League's books · 团务统计",
        usage: """
            muster [SNAPSHOT …]
            muster -c 'STATEMENTS' [SNAPSHOT …]
            muster run SCRIPT [--set k=v …] [--output FILE] [SNAPSHOT …]
            """,
        version: CommandLineTool.version(League.domain()),
        subcommands: [ShellCommand.self, RunScript.self, Check.self, FormatScripts.self,
                      Validate.self, ImportRosters.self, Template.self, Cache.self, Push.self,
                      SQLStatements.self, GenerateCommand.self, Lesson.self],
        defaultSubcommand: ShellCommand.self)

    static var subcommandNames: [String] {
        configuration.subcommands.map {
            $0.configuration.commandName ?? String(describing: $0).lowercased()
        }
    }

    /// `muster --format csv run x` means `muster run --format csv x`: a subcommand behind common
    /// options goes to the front.
    private static func subcommandFirst(_ arguments: [String]) -> [String] {
        // What a shell's completion asks, `---completion run -- …`, has its own order.
        if arguments.first?.hasPrefix("---") == true { return arguments }
        let names = subcommandNames
        let withValue: Set = ["--format", "--language", "--as-of", "--threads", "--allow", "--on"]
        var index = 0
        while index < arguments.count {
            let word = arguments[index]
            if withValue.contains(word) {
                index += 2
            } else if word.hasPrefix("--"), word != "--" {
                index += 1
            } else {
                guard names.contains(word) else { return arguments }
                var moved = arguments
                moved.remove(at: index)
                return [word] + moved
            }
        }
        return arguments
    }

    static func main() {
        CommandLineTool.prepare()
        DeepStack.run { carryOut() }
    }

    private static func carryOut() {
        let arguments = subcommandFirst(Array(CommandLine.arguments.dropFirst()))
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch {
            let isHelp = exitCode(for: error).isSuccess
            if let exit = error as? ExitCode { Muster.exit(withError: exit) }
            if isHelp {
                CommandLineTool.write(fullMessage(for: error))
                Muster.exit()
            }
            let problem = (error as? WrongUsage)?.message ?? WrongUsage.reading(message(for: error))
            CommandLineTool.complain(WrongUsage.whole(problem, arguments), arguments)
            // Wrong usage is 2, as the reference says; 64 is the argument parser's own.
            Muster.exit(withError: ExitCode(2))
        }
    }
}

/// Options that every way of running takes.
struct CommonOptions: ParsableArguments {
    private static let formats = CommandLineTool.formatNames

    @Option(help: "\(formats.joined(separator: ", ")) · 结果的格式", completion: .list(formats))
    var format: String?
    @Option(help: "zh or en · 语言", completion: .list(["zh", "en"]))
    var language: String?
    @Option(name: .customLong("as-of"), help: "read at this day (YYYY-MM-DD) · 截至日")
    var asOf: String?
    @Flag(help: "any rejected row is a failure · 有不合格的行即失败")
    var strict = false
    @Flag(help: "results and errors only · 只输出结果和错误")
    var quiet = false
    @Flag(name: .customLong("no-color"), help: "no colours · 不用颜色")
    var noColor = false
    @Flag(help: "for publication: no persons, no figure of fewer than 3 · 用于公布")
    var publish = false
    @Option(help: "worker threads · 线程数")
    var threads: Int?
    @Flag(help: "write over existing files · 覆盖已有的文件")
    var force = false
    @Option(name: .customLong("allow"), parsing: .singleValue,
            help: "a folder that scripts may read and write · 脚本可读写的文件夹",
            completion: .directory)
    var allowed: [String] = []
    @Flag(name: .customLong("no-cache"), help: "read the snapshot's files anew · 不用数据缓存")
    var noCache = false
    @Option(help: "what holds the snapshots: postgres://…, spark:FOLDER · 快照所在的数据库或文件夹")
    var on: String?

    var tool: CommandLineTool {
        get throws {
            let options = CommandLineTool.Options(
                format: format, language: language, asOf: asOf, isStrict: strict,
                isQuiet: quiet, noColour: noColor, threads: threads, publishes: publish,
                overwrites: force, allowed: allowed, database: on,
                usesCaches: !noCache)
            if let problem = options.problem { throw WrongUsage(problem) }
            return CommandLineTool(options, League.domain())
        }
    }
}

struct ShellCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell", abstract: "The shell, or statements from -c or standard input · 交互",
        shouldDisplay: false)
    @Option(name: .customShort("c"), help: "statements to carry out · 要执行的语句")
    var statements: String?
    @OptionGroup var common: CommonOptions
    @Argument(help: "snapshots to load · 要装载的快照", completion: .file())
    var snapshots: [String] = []

    func run() throws {
        throw ExitCode(try common.tool.shell(statements: statements, snapshots: snapshots))
    }
}

struct RunScript: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a saved script · 运行脚本")
    @Argument(help: "a path, or a short name such as progress · 路径或短名",
              completion: .custom { _, _, typed in CommandLineTool.scripts(beginning: typed) })
    var script: String
    @Option(name: .customLong("set"), parsing: .singleValue, help: "k=v, a parameter · 参数")
    var settings: [String] = []
    @Option(help: "a file, by its ending, or FOLDER/ for each table a file · 写入文件或文件夹",
            completion: .file())
    var output: String?
    @Option(help: "a level: a report for each of its units, --output '…{unit}…' · 每个单位一份")
    var each: String?
    @Option(help: "a folder that keeps each issue, compared with the last · 存档的文件夹，每期一份",
            completion: .directory)
    var issue: String?
    @OptionGroup var common: CommonOptions
    @Argument(help: "snapshots, or k=v parameters · 快照，或 参数=值", completion: .file())
    var rest: [String] = []

    func run() throws {
        if each != nil, output == nil {
            throw WrongUsage(Message(zh: "--each 须同时用 --output 写明文件，如 '待办/{unit}.xlsx'",
                                     en: "--each needs --output, such as 'todo/{unit}.xlsx'"))
        }
        if issue != nil, output != nil || each != nil {
            throw WrongUsage(Message(zh: "--issue 自己定文件名，不与 --output、--each 同用",
                                     en: "--issue names its files itself: no --output or --each "
                                         + "beside it"))
        }
        let (loose, snapshots) = Self.split(rest)
        for setting in settings where !Self.isSetting(setting) {
            throw WrongUsage(Message(zh: "--set 须写 参数=值，不是 \(setting)",
                                     en: "--set takes k=v, not \(setting)"))
        }
        throw ExitCode(try common.tool.run(
            script: script, settings: settings + loose, output: output, each: each, issue: issue,
            snapshots: snapshots))
    }

    /// Parameters, and the snapshots among them.
    static func split(_ rest: [String]) -> (settings: [String], snapshots: [String]) {
        (rest.filter(isSetting), rest.filter { !isSetting($0) })
    }

    /// `year=2015`; a path with an equals sign is written with a `./` before it.
    private static func isSetting(_ text: String) -> Bool {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            return false
        }
        return !text[..<equals].contains("/")
    }
}

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report every error of scripts, running nothing · 检查脚本")
    @OptionGroup var common: CommonOptions
    @Argument(help: "scripts · 脚本",
              completion: .custom { _, _, typed in CommandLineTool.scripts(beginning: typed) })
    var scripts: [String]

    func run() throws { throw ExitCode(try common.tool.check(scripts)) }
}

struct FormatScripts: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Print scripts in their canonical form · 整理脚本")
    @Option(help: "zh or en: translate · 翻译成中文或英文", completion: .list(["zh", "en"]))
    var to: String?
    @OptionGroup var common: CommonOptions
    @Argument(help: "scripts · 脚本",
              completion: .custom { _, _, typed in CommandLineTool.scripts(beginning: typed) })
    var scripts: [String]

    func run() throws {
        if let to, Language(rawValue: to) == nil {
            throw WrongUsage(Message(zh: "--to 可为 zh 或 en，没有 \(to)",
                                     en: "--to takes zh or en, not \(to)"))
        }
        throw ExitCode(try common.tool.format(scripts, to: to.flatMap(Language.init)))
    }
}

struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load a snapshot; report its findings and rejects · 校验快照")
    @OptionGroup var common: CommonOptions
    @Argument(help: "the snapshot · 快照", completion: .file())
    var snapshot: String

    func run() throws { throw ExitCode(try common.tool.validate(snapshot)) }
}

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Write a snapshot of invented persons · 生成样例快照")
    @Option(help: "people in the books at the end of 2017 · 人数")
    var members: Int
    @Option(help: "the same seed gives the same snapshot · 随机种子")
    var seed: UInt64 = 2015
    @Flag(help: "one JSON document instead of a folder · 单个文件")
    var document = false
    @OptionGroup var common: CommonOptions
    @Argument(help: "the folder or file to write · 写到哪里", completion: .file())
    var out: String

    func run() throws {
        let doing = Message(zh: "生成 \(out)", en: "generating \(out)")
        throw ExitCode(try common.tool.write(out, doing) { day, advance in
            try generate(GeneratorOptions(
                members: members, seed: seed, asOf: day ?? GeneratorOptions.days.upperBound,
                form: document ? .document : .folder, output: out), advance: advance)
        })
    }
}
