import ArgumentParser
import MusterShell

struct Cache: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep a snapshot's columns, so that it opens faster · 为快照建立数据缓存")
    @Flag(help: "take the cache away · 删除缓存")
    var remove = false
    @OptionGroup var common: CommonOptions
    @Argument(help: "the snapshot · 快照", completion: .file())
    var snapshot: String

    func run() throws {
        throw ExitCode(try common.tool.cache(snapshot, removing: remove))
    }
}
