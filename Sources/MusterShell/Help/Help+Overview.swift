import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterReport

/// How to begin, where to look further, and whole lists of what there is.
extension Help {
    /// A list of everything of one sort: `help verbs`.
    struct Section: Sendable {
        let name: Term
        /// What it lists: name, usage, meaning.
        let rows: @Sendable (Help) -> [(name: Term, usage: String, meaning: Message)]
    }

    static let sections = [
        Section(name: Term("verbs", "动词")) { help in
            help.environment.registry.verbs.map {
                ($0.signature.name, $0.signature.usage(help.language), $0.summary)
            }
        },
        Section(name: Term("functions", "函数")) { help in
            help.environment.registry.functions.filter { $0.use != .declaration }.map {
                ($0.name, $0.usage[help.language], $0.summary)
            }
        },
        Section(name: Term("commands", "命令")) { help in
            (Commands.common + Commands.inScripts + Commands.inLessons).map {
                ($0.signature.name, $0.usage(help.language), $0.summary)
            }
        },
        Section(name: Term("words", "词语")) { help in
            HelpWords.all.map {
                (($0.term, help.written($0.term), $0.meaning))
            }
        },
    ]

    mutating func addSections(_ topic: String) {
        for section in Self.sections where section.name.matches(topic) {
            blocks.append(.table(.texts(
                [Term("name", "名称"), Term("usage", "写法"), Term("meaning", "作用")],
                section.rows(self).map {
                    [Message($0.name[language]), Message($0.usage), $0.meaning]
                })))
        }
    }

    /// Who is in a lesson needs its commands first.
    private mutating func addLessonCommands() {
        guard session.coach != nil else { return }
        let rows = Commands.inLessons.map { command in
            [Message(command.signature.name[language]), command.summary]
        } + [[LessonCommand.leaving, Message(zh: "上课时：结束这一课，下次接着做",
                                             en: "in a lesson: leave; it goes on from here")]]
        blocks.append(.table(.texts([Term("type", "输入"), Term("meaning", "作用")], rows)))
    }

    mutating func addOverview() {
        addLessonCommands()
        let start = Message(zh: "一条查询由来源和动词组成，用 | 连接；不知道写什么时按 Tab 键，列出此处可写的名称。",
                      en: "A query is a source and verbs joined by |; wherever you are, Tab lists "
                          + "what may stand there.")
        let examples = environment.domain.words.examples.beginnings.flatMap {
            exampleLines($0.text, $0.meaning)
        }
        let end = Message(zh: "“示例 1”执行第 1 个示例。", en: "`example 1` runs the first one.")
        text([start[language]] + examples + [end[language]])
        blocks.append(.table(.texts([Term("to find out", "想知道"), Term("type", "输入")],
                                    ways.map { [$0.question, $0.answer] })))
        let names = Self.sections.prefix(1).map { section in
            section.name[language] + Message(zh: "：", en: ": ")[language]
                + section.rows(self).map { $0.name[language] }
                    .joined(separator: Message(zh: "、", en: ", ")[language])
        }
        text(names + [Message(
            zh: "名称可按拼音首字母补全；Ctrl-C 取消，Ctrl-D 退出。",
            en: "Ctrl-C cancels, Ctrl-D leaves; `set language zh` speaks Chinese.")[language]])
    }

    /// An example of a word of the language, as it is written in theirs.
    private func written(_ word: Term) -> String {
        environment.domain.words.examples.words[word.en].map {
            session.translated($0, to: language, isOneLine: true)
        } ?? ""
    }

    private var ways: [(question: Message, answer: Message)] {
        let names = environment.domain.words.hints
        let tree = environment.domain.sources.first { $0.entity == environment.domain.tree?.name }
        let other = tree?.name ?? names.source
        return [
        (Message(zh: "有哪些来源、哪些字段", en: "which sources and fields there are"),
         Message(zh: "表格；字段；字段 \(other.zh)", en: "tables; fields; fields \(other.en)")),
        (Message(zh: "一个字段有哪些值，各多少", en: "the values of a field, with counts"),
         Message(zh: "取值 \(names.condition.zh)", en: "values \(names.condition.en)")),
        (Message(zh: "一个名称的意思和写法", en: "what a name means and how it is written"),
         Message(zh: "帮助 比率；帮助 \(names.condition.zh)；帮助 截至",
                 en: "help rate; help \(names.condition.en); help as of")),
        (Message(zh: "全部动词、函数、命令、词语", en: "all verbs, functions, commands, words"),
         Message(zh: "帮助 动词；帮助 函数；帮助 命令；帮助 词语",
                 en: "help verbs; help functions; help commands; help words")),
        (Message(zh: "有哪些保存的统计", en: "which statistics are saved"),
         Message(zh: "脚本；帮助 progress", en: "scripts; help progress")),
        (Message(zh: "一个查询算的是什么", en: "what a query counts"),
         Message(zh: "解释 \(names.source.zh) | 比率 \(names.condition.zh)",
                 en: "explain \(names.source.en) | rate \(names.condition.en)")),
        (Message(zh: "结果某一行背后的各行", en: "the rows behind a row of the result"),
         Message(zh: "展开 1", en: "drill 1")),
        (Message(zh: "怎样存成文件", en: "how to keep a result as a file"),
         Message(zh: "… | 导出 \"名单.xlsx\"", en: "… | export \"list.xlsx\"")),
        (Message(zh: "投影时隐去姓名；其他设置", en: "how to hide names on a projector; settings"),
         Message(zh: "设置 隐私 严格；设置", en: "set privacy strict; set")),
        (Message(zh: "怎样学用", en: "how to learn it"), Message(zh: "课程", en: "lesson")),
        ]
    }
}
