import ArgumentParser
import MusterDiagnostics
import MusterShell

struct Lesson: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List lessons or take one; check them, print them, report on a class · 课程")
    @Flag(help: "test lesson files with their right and wrong answers · 检查课程文件")
    var check = false
    @Flag(help: "the progress files of a class: who is where, who is stuck · 汇总全班的进度文件")
    var report = false
    @Flag(help: "the lessons on paper for learners · 学员讲义")
    var handout = false
    @Flag(help: "for the trainer: what to set up, timetable, answers · 备课：准备、时间表、答案")
    var prepare = false
    @Option(help: "the file of --handout or --prepare, by its ending · 讲义或备课写入的文件",
            completion: .file())
    var output: String?
    @OptionGroup var common: CommonOptions
    @Argument(help: "a lesson's name or number; files for --check and --report · 课程名或文件",
              completion: .custom { words, _, typed in
                  words.contains("--report")
                      ? CommandLineTool.files(beginning: typed, endingIn: ".json")
                      : CommandLineTool.lessons(beginning: typed)
              })
    var names: [String] = []

    func run() throws {
        let tool = try common.tool
        let chosen = [("--check", check), ("--report", report), ("--handout", handout),
                      ("--prepare", prepare)].filter(\.1).map(\.0)
        if chosen.count > 1 {
            throw WrongUsage(Message(
                zh: "\(chosen[0]) 和 \(chosen[1]) 不能同时用",
                en: "\(chosen[0]) and \(chosen[1]) exclude each other"))
        }
        if output != nil, !handout, !prepare {
            throw WrongUsage(Message(zh: "--output 用于 --handout 或 --prepare",
                                     en: "--output goes with --handout or --prepare"))
        }
        if report {
            guard !names.isEmpty else {
                throw WrongUsage(Message(zh: "--report 后面写进度文件",
                                         en: "--report takes progress files"))
            }
            throw ExitCode(tool.report(progress: names))
        }
        if check { throw ExitCode(tool.check(lessons: names)) }
        if handout || prepare {
            throw ExitCode(tool.print(lessons: names, forTrainer: prepare, to: output))
        }
        guard names.count < 2 else {
            throw WrongUsage(Message(zh: "一次只上一课", en: "one lesson at a time"))
        }
        throw ExitCode(tool.lesson(names.first))
    }
}
