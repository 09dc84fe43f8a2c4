import ArgumentParser
import MusterDiagnostics
import MusterImport
import MusterShell

struct ImportRosters: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Rosters (Excel, CSV) to a snapshot · 导入名册")
    @Option(help: "the snapshot to write, a folder · 写成哪个快照", completion: .directory)
    var to: String
    @Option(help: "a roster of units, or a snapshot · 组织名册或快照", completion: .file())
    var units: String?
    @Option(help: "the earlier snapshot of the same people · 上次的快照", completion: .file())
    var like: String?
    @Option(help: "what headings mean, and defaults · 标题对照表", completion: .file())
    var mapping: String?
    @Option(name: .customLong("write-mapping"),
            help: "write what was guessed of the headings · 写出标题对照表", completion: .file())
    var writtenMapping: String?
    @Option(parsing: .upToNextOption, help: "filled-in questions · 填好的问题工作簿",
            completion: .file())
    var corrections: [String] = []
    @Option(help: "where the questions go · 问题写到哪里", completion: .file())
    var questions: String?
    @Option(help: "only this sheet · 只读这张工作表")
    var sheet: String?
    @Option(help: "what the sheets hold · 表的内容：组织、团员、服务记录、志愿服务组织")
    var table: String?
    @Flag(name: .customLong("dry-run"), help: "write nothing · 只试读")
    var isDryRun = false
    @OptionGroup var common: CommonOptions
    @Argument(help: "workbooks and CSV · 名册文件", completion: .file())
    var files: [String]

    func run() throws {
        guard common.asOf != nil else {
            throw WrongUsage(Message(zh: "请用 --as-of 写明名册的截至日期，如 --as-of 2015-10-31",
                                     en: "say of which day the rosters are: --as-of 2015-10-31"))
        }
        var options = ImportOptions()
        options.files = files
        options.target = to
        options.units = units
        options.like = like
        options.mapping = mapping
        options.writtenMapping = writtenMapping
        options.corrections = corrections
        options.questions = questions
        options.sheet = sheet
        options.table = table
        options.isDryRun = isDryRun
        throw ExitCode(try common.tool.importRosters(options))
    }
}

struct Template: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write an empty roster to fill in · 生成空白名册")
    @OptionGroup var common: CommonOptions
    @Argument(help: "the workbook to write (.xlsx) · 写到哪里", completion: .file())
    var file: String

    func run() throws { throw ExitCode(try common.tool.writeTemplate(file)) }
}
