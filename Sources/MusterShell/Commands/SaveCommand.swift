import Foundation
import MusterBinding
import MusterDiagnostics
import MusterFiles
import MusterLanguage

/// `save FILE [N..M]`: a script of what was typed and worked.
enum SaveCommand: Command {
    static let signature = Signature(Term("save", "存成脚本"), [
        Slot("file", .path),
        Slot("numbers", .rest, required: false, shown: Message(zh: "N..M", en: "N..M")),
    ])
    static let summary = Message(
        zh: "把本次有结果的语句连同所依靠的定义、表和设置存成脚本；N..M 只存历史里这些序号的",
        en: "make a script of the statements of this session that had results, with what they "
            + "depend on; N..M takes those of these numbers in the history")
    static let topics = ["保存", "脚本", "save", "script"]
    static let synonyms = ["存脚本", "做成脚本", "存为脚本", "保存脚本"]
    static let slips: [Slip] = [
        Slip(#"^\s*(?:%save|%history\s+-f|\\s)\s+"#, "\(signature.name.en) "),
    ]
    static let traits: CommandTraits = [.unlogged, .typed]
    static let argument: CommandArgument? = .newFile

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let template = call.text("file") else { return [] }
        var path = homePath(session.binder(call.source).shownText(template))
        if !path.hasSuffix(ScriptLibrary.ending) { path += ScriptLibrary.ending }
        let done = session.done
        let chosen = try chosen(call.rest("numbers"), done, call.span)
        guard !chosen.isEmpty else {
            throw Diagnostic("save.none", Message(
                zh: "没有可存的语句", en: "there is nothing to make a script of"), at: call.span,
                hint: Message(zh: "先写出有结果的查询，再存成脚本；用“历史”查看序号",
                              en: "first run a query; history shows the numbers"))
        }
        let kept = done.closure(of: chosen).map { done[$0] }
        let place: FilePlace
        do { place = try session.files.place(path) } catch {
            throw error.placed(at: template.span)
        }
        let name = (path as NSString).lastPathComponent.dropLast(ScriptLibrary.ending.count)
        return [.write(text(kept, String(name), session), to: place), .say(Message(
            zh: "已存成脚本 \(path)（\(kept.count) 条语句）；运行写：运行 \"\(path)\"",
            en: "written to \(path) (\(kept.count) statements); to run it: run \"\(path)\""))]
    }

    /// The places of those that were asked for; without numbers of all that had a result.
    private static func chosen(_ numbers: String?, _ done: [DoneStatement], _ span: Span) throws
        -> [Int] {
        guard let numbers else { return done.indices.filter { done[$0].isAnswer } }
        let typed = asciiForms(numbers).replacing("。。", with: "..")
        let bounds = typed.split(separator: "..").map {
            Int($0.trimmingCharacters(in: .whitespaces))
        }
        guard (1...2).contains(bounds.count), let first = bounds[0],
              let last = bounds[bounds.count - 1], first <= last else {
            throw Diagnostic("save.numbers", Message(
                zh: "“\(numbers)”不是序号的范围", en: "\"\(numbers)\" is no range of numbers"), at: span,
                hint: Message(zh: "例如 3..5，序号用“历史”查看",
                              en: "such as 3..5; history shows the numbers"))
        }
        return done.indices.filter {
            (first...last).contains(done[$0].number) && done[$0].isForScripts
        }
    }

    /// The script's text: a line that says what it is, a title, the statements.
    private static func text(_ kept: [DoneStatement], _ name: String, _ session: Session)
        -> String {
        let language = session.preferences.language
        let head = Message(zh: "# 由交互中的语句存成；运行时读的是当时装载的快照。",
                           en: "# Made of statements that were typed; it reads the snapshots that "
                               + "are loaded when it runs.")
        let title = TitleCommand.signature.name[language] + " "
            + "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        let statements = kept.map { statement in
            let isContinued = statement.text.hasPrefix("|") || statement.text.hasPrefix("｜")
            return (isContinued ? Globals.last[language] + " " : "") + statement.text
        }
        return ([head[language], title, ""] + statements).joined(separator: "\n") + "\n"
    }
}
