import Foundation
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport

/// One thing that can be set.
struct SettingChoice {
    let name: Term
    let gloss: Message
    /// What else people look for who are helped by this.
    var topics: [String] = []
    /// The values there are, where those are few.
    var options: [Term] = []
    let value: (Session) -> String
    /// Whether a script may not set it to that (nor loosen privacy): decided here alone.
    var isForTyping: (Session, String) -> Bool = { _, _ in false }
    /// What setting it does. Throws a message where the value is not one.
    let set: (Session, String) throws -> [Effect]
}

/// `set [NAME VALUE]`.
enum SetCommand: Command {
    static let signature = Signature(Term("set", "设置"), [
        Slot("what", .rest, required: false, shown: Message(zh: "名称 值", en: "NAME VALUE")),
    ])
    static let summary = Message(zh: "查看或改变设置", en: "see or change settings")
    static let synonyms = ["设定"]
    static let traits: CommandTraits = [.rehearsed, .chooses]
    static let argument: CommandArgument? = .setting

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let choices = choices(session.environment.domain)
        guard let rest = call.rest("what") else {
            return [.list([Term("setting", "设置"), Term("value", "值"), Term("meaning", "说明")],
                          choices.map { choice in
                [Message(zh: choice.name.zh, en: choice.name.en), Message(choice.value(session)),
                 choice.gloss]
            })]
        }
        let parts = rest.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "=" })
        let name = parts.first.map(String.init) ?? rest
        guard let choice = choices.first(where: { $0.name.matches(name) }) else {
            throw Diagnostic("set.unknown", Message(
                zh: "没有设置“\(name)”", en: "there is no setting \"\(name)\""), at: call.span,
                hint: suggestion(for: name, among: choices.map(\.name))
                    ?? Message(zh: "输入“设置”查看全部", en: "type set to see all"))
        }
        guard parts.count == 2 else {
            return [.list([Term("setting", "设置"), Term("value", "值")],
                          [[Message(zh: choice.name.zh, en: choice.name.en),
                            Message(choice.value(session))]])]
        }
        let value = parts[1].trimmingCharacters(in: .whitespaces)
            .trimmingCharacters(in: CharacterSet(charactersIn: "=\"“” "))
        if session.isInScript, choice.isForTyping(session, value) {
            throw Diagnostic("set.script", Message(
                zh: "脚本不能改这个设置", en: "a script may not change this setting"),
                at: call.span, hint: Message(zh: "请在提示符下输入，或用命令行选项",
                                             en: "type it at the prompt, or use the option of the "
                                                 + "command line"))
        }
        do {
            return try choice.set(session, value)
        } catch let message as SettingProblem {
            throw Diagnostic("set.value", message.message, at: call.span, hint: choice.gloss)
        }
    }

    /// Whether it is for typing alone: a script may not set that.
    static func isForTyping(_ arguments: [String: SlotValue], in session: Session) -> Bool {
        guard case .rest(let text, _)? = arguments["what"] else { return true }
        let parts = text.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "=" })
        guard parts.count == 2, let choice = choices(session.environment.domain).first(where: {
            $0.name.matches(String(parts[0]))
        }) else { return true }
        return choice.isForTyping(session, parts[1].trimmingCharacters(in: .whitespaces))
    }

    struct SettingProblem: Error { let message: Message }

    static func problem(_ value: String) -> SettingProblem {
        SettingProblem(message: Message(zh: "“\(value)”不是可用的值",
                                        en: "\"\(value)\" is not a possible value"))
    }

    /// What can be set: the shell's own, and what the domain takes.
    static func choices(_ domain: Domain) -> [SettingChoice] {
        own + domain.settings.map { setting in
            SettingChoice(name: setting.name, gloss: setting.gloss,
                          value: { _ in setting.value }) { _, value in
                guard let changed = setting.change(value) else { throw problem(value) }
                return [.change(.set(changed, setting.name))]
            }
        }
    }

    private static var own: [SettingChoice] { [
        SettingChoice(name: Term("language", "语言"),
                      gloss: Message(zh: "zh 中文，en 英文", en: "zh Chinese, en English"),
                      options: Language.allCases.map { Term($0.rawValue) },
                      value: { $0.preferences.language.rawValue }) { session, value in
            guard let language = Language(rawValue: value) else { throw problem(value) }
            return prefer(session) { $0.language = language }
        },
        SettingChoice(name: Term("format", "格式"),
                      gloss: Message(zh: "结果的格式：" + formatNames, en: "of results: " + formatNames),
                      options: Formats.all.map { Term($0.name) },
                      value: { $0.preferences.format }) { session, value in
            guard let format = Formats.named(value) else { throw problem(value) }
            guard !format.isBinary || session.preferences.destination != .terminal else {
                throw format.notForTerminals
            }
            return prefer(session) { $0.format = value }
        },
        SettingChoice(name: Term("width", "宽度"),
                      gloss: Message(zh: "表格和图的宽度（列数），0 为不限",
                                     en: "columns for tables and charts; 0 for no limit"),
                      value: { $0.preferences.width.map(String.init) ?? "0" }) { session, value in
            guard let width = Int(value), width == 0 || (20...10_000).contains(width) else {
                throw problem(value)
            }
            return prefer(session) {
                $0.width = width == 0 ? nil : width
                $0.isWidthFixed = true
            }
        },
        SettingChoice(name: Term("rows", "行数"),
                      gloss: Message(zh: "最多显示几行，0 为不限", en: "rows shown at most; 0 for all"),
                      value: { "\($0.preferences.rowLimit ?? 0)" }) { session, value in
            guard let rows = Int(value), (0...1_000_000_000).contains(rows) else {
                throw problem(value)
            }
            return prefer(session) { $0.rowLimit = rows == 0 ? nil : rows }
        },
        limit(Term("groups", "分组数"),
              Message(zh: "一次分组最多几组", en: "groups that one grouping may make"), \.groups),
        limit(Term("cells", "单元格"),
              Message(zh: "结果最多几个单元格（行数 × 列数）",
                      en: "cells that a result may have (rows × columns)"), \.cells),
        limit(Term("rejects", "问题行"),
              Message(zh: "装载时每张表最多留几行问题数据",
                      en: "faulty rows of a table that a load may keep"), \.rejects),
        toggle(Term("pager", "分页"),
               Message(zh: "开 或 关：长结果逐页显示（设了 $PAGER 则用它）",
                       en: "on or off: long results page by page, through $PAGER where there is one"),
               \.usesPager),
        toggle(Term("suggestions", "联想"),
               Message(zh: "开 或 关：输入时用灰字显示以前输过的同样开头的语句，按右箭头取用",
                       en: "on or off: what was typed before is shown in grey as you type; the "
                           + "right arrow takes it"),
               \.suggests),
        overwriting,
        caching,
        toggle(Term("time", "计时"),
               Message(zh: "开 或 关：显示每条语句和查询各步的用时",
                       en: "on or off: show how long statements and the steps of a query take"),
               \.showsTime),
        SettingChoice(name: history,
                      gloss: Message(
                          zh: "过去的一天读哪份快照：当前（从当前快照回看）或 历次（那一天或之前最近的一份）",
                          en: "the snapshot that an earlier day is read from: current, looking back, "
                              + "or snapshots, the last one at or before it"),
                      topics: ["回看", "旧快照", "looking back"],
                      options: histories,
                      value: { histories[$0.environment.history == .current ? 0 : 1][
                          $0.preferences.language] }) { _, value in
            guard let choice = histories.firstIndex(where: { $0.matches(value) }) else {
                throw problem(value)
            }
            return [.change(.history(History.allCases[choice], history))]
        },
        SettingChoice(name: privacy,
                      gloss: Message(zh: "严格：姓名只显示首字（投影时用）；一般：照常显示",
                                     en: "strict: persons' names show only their first character, "
                                         + "as on a projector; normal: in full"),
                      topics: ["隐藏", "脱敏", "投影", "hide", "projector"],
                      options: privacies,
                      value: { privacies[$0.environment.hidesNames ? 0 : 1][
                          $0.preferences.language] },
                      // What a script shows is read by others than who wrote it.
                      isForTyping: { _, value in !privacies[0].matches(value) }) {
            session, value in
            guard let choice = privacies.firstIndex(where: { $0.matches(value) }) else {
                throw problem(value)
            }
            // What was shown before holds names as they were shown: the books remember the change.
            var effects: [Effect] = [.change(.hideNames(choice == 0, privacy))]
            if choice == 0, session.console.isAttended {
                effects.append(.say(Message(
                    zh: "此后姓名只显示首字；屏幕上已有的姓名，可按 Ctrl-L 清屏",
                    en: "names are hidden from here on; Ctrl-L clears those that stand on the "
                        + "screen")))
            }
            return effects
        },
        SettingChoice(name: publish,
                      gloss: Message(
                          zh: "用于公布：不列个人，不足几人的数不予公布，由其他数推算得出的也不；写人数（如 3），0 为关",
                          en: "for publication: no persons, no figure of fewer persons than so many, "
                              + "nor one that tells of such; 3 for example, 0 for off"),
                      topics: ["公开", "发布", "小单元格", "publication", "suppress"],
                      value: { "\($0.environment.publishesFrom ?? 0)" },
                      isForTyping: { session, value in
                          (Int(value) ?? 0) < (session.environment.publishesFrom ?? 0)
                      }) { _, value in
            guard let least = Int(value), least == 0 || (2...1000).contains(least) else {
                throw problem(value)
            }
            return [.change(.publish(from: least == 0 ? nil : least, publish))]
        },
    ] }

    static let privacy = Term("privacy", "隐私")
    static let history = Term("history", "历史")
    private static let histories = [Term("current", "当前"), Term("snapshots", "历次")]
    static let publish = Term("publish", "公布")
    static let overwrite = Term("overwrite", "覆盖")

    private static var overwriting: SettingChoice {
        var choice = toggle(
            overwrite, Message(zh: "开 或 关：导出时可以覆盖已有的文件（同 --force）",
                               en: "on or off: exports may write over existing files, as --force"),
            \.overwrites)
        choice.isForTyping = { _, _ in true }
        return choice
    }

    private static var caching: SettingChoice {
        var choice = toggle(
            Term("cache", "缓存"),
            Message(zh: "开 或 关：装载快照时留下数据缓存，下次打开更快",
                    en: "on or off: keep the columns of a snapshot that is loaded, so that it "
                        + "opens faster"),
            \.makesCaches)
        choice.topics = ["加快", "faster", "speed"]
        // What persons' data is copied to the disk, the user decides.
        choice.isForTyping = { _, _ in true }
        return choice
    }

    /// A setting as one writes it.
    static func written(_ name: Term) -> Term {
        Term("\(signature.name.en) \(name.en)", "\(signature.name.zh) \(name.zh)")
    }

    private static func prefer(_ session: Session, _ change: (inout Preferences) -> Void)
        -> [Effect] {
        var preferences = session.preferences
        change(&preferences)
        return [.prefer(preferences)]
    }

    private static let privacies = [Term("strict", "严格"), Term("normal", "一般")]

    /// How much there may be of something.
    private static func limit(_ name: Term, _ gloss: Message,
                              _ path: WritableKeyPath<Limits, Int> & Sendable) -> SettingChoice {
        SettingChoice(name: name, gloss: gloss,
                      value: { "\($0.preferences.limits[keyPath: path])" }) { session, value in
            guard let number = Int(value), (1...Int(Int32.max)).contains(number) else {
                throw problem(value)
            }
            return prefer(session) { $0.limits[keyPath: path] = number }
        }
    }

    /// What is on or off.
    private static func toggle(_ name: Term, _ gloss: Message,
                               _ path: WritableKeyPath<Preferences, Bool>) -> SettingChoice {
        SettingChoice(name: name, gloss: gloss, options: TimeCommand.switches,
                      value: { TimeCommand.switches[$0.preferences[keyPath: path] ? 0 : 1][
                          $0.preferences.language] }) {
            session, value in
            guard let choice = TimeCommand.switches.firstIndex(where: { $0.matches(value) })
            else { throw problem(value) }
            return prefer(session) { $0[keyPath: path] = choice == 0 }
        }
    }

    private static let formatNames = Formats.all.map(\.name).joined(separator: " ")
}
