import ArgumentParser
import MusterDiagnostics
import MusterShell

struct Push: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a snapshot into a database · 把快照存入数据库")
    @Option(help: "the database: postgres://USER@HOST/DATABASE · 数据库的地址")
    var on: String
    @OptionGroup var common: CommonOptions
    @Argument(help: "the snapshot · 快照", completion: .file())
    var snapshot: String

    func run() throws { throw ExitCode(try common.tool.push(snapshot, on: on)) }
}
