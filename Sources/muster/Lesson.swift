import ArgumentParser
import MusterShell

struct Lesson: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List lessons or take one; check them, report on a class · 课程")
    @Flag(help: "test lesson files with their right and wrong answers · 检查课程文件")
    var check = false
    @Flag(help: "the progress files of a class in one table · 汇总全班的进度文件")
    var report = false
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
        if check, report { throw ValidationError("--check and --report exclude each other") }
        if report {
            guard !names.isEmpty else { throw ValidationError("--report takes progress files") }
            throw ExitCode(tool.report(progress: names))
        }
        if check { throw ExitCode(tool.check(lessons: names)) }
        guard names.count < 2 else { throw ValidationError("one lesson at a time") }
        throw ExitCode(tool.lesson(names.first))
    }
}
