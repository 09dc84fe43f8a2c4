import ArgumentParser
import MusterDiagnostics
import MusterShell

struct SQLStatements: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "Print a script's queries as SQL · 把脚本里的查询写成 SQL")
    @Argument(help: "a path, or a short name such as progress · 路径或短名",
              completion: .custom { _, _, typed in CommandLineTool.scripts(beginning: typed) })
    var script: String
    @Option(help: "\(CommandLineTool.dialects.joined(separator: ", ")) · 数据库的方言",
            completion: .list(CommandLineTool.dialects))
    var dialect: String = CommandLineTool.dialects[0]
    @Option(name: .customLong("set"), parsing: .singleValue, help: "k=v, a parameter · 参数")
    var settings: [String] = []
    @OptionGroup var common: CommonOptions
    @Argument(help: "snapshots, or k=v parameters · 快照，或 参数=值", completion: .file())
    var rest: [String] = []

    func run() throws {
        let (loose, snapshots) = RunScript.split(rest)
        throw ExitCode(try common.tool.sql(script: script, settings: settings + loose,
                                           dialect: dialect, snapshots: snapshots))
    }
}
