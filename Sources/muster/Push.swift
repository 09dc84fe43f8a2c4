import ArgumentParser
import MusterDiagnostics
import MusterShell

struct Push: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a snapshot into a database, or for Spark · 把快照存入数据库或供 Spark 查询")
    @OptionGroup var common: CommonOptions
    @Argument(help: "the snapshot · 快照", completion: .file())
    var snapshot: String

    func run() throws {
        guard let on = common.on else {
            throw WrongUsage(Message(zh: "请写明存到哪里：--on postgres://… 或 --on spark:文件夹",
                                     en: "say where to: --on postgres://… or --on spark:FOLDER"))
        }
        throw ExitCode(try common.tool.push(snapshot, on: on))
    }
}
