import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterReport

/// Help on a word that is no name: what speaks of it.
extension Help {
    private struct Found {
        let name: Term
        let sort: Message
        let meaning: Message
    }

    /// Adds a list of the names whose meaning, or what people call them, holds the words.
    mutating func search(for words: String) {
        let wanted = words.lowercased()
        guard wanted.count >= 2 else { return }
        let otherwise = Self.calledOtherwise.filter { $0.words.contains(wanted) }.flatMap(\.names)
        var seen: Set<Term> = []
        let found = everything.filter { one in
            (otherwise.contains(one.name.en) || holds(one, wanted))
                && seen.insert(one.name).inserted
        }
        guard !found.isEmpty else { return }
        // Names before what only speaks of it.
        let named = found.filter {
            $0.name.en.lowercased().contains(wanted) || $0.name.zh.contains(wanted)
        }
        let ordered = named + found.filter { one in !named.contains { $0.name == one.name } }
        text([Message(zh: "没有叫“\(words)”的名称，与它有关的有：",
                      en: "nothing is called \"\(words)\"; what has to do with it:")[language]])
        blocks.append(.table(.texts(
            [Term("name", "名称"), Term("sort", "种类"), Term("meaning", "作用")],
            ordered.prefix(30).map {
                [Message(zh: $0.name.zh, en: $0.name.en), $0.sort, $0.meaning]
            })))
    }

    private func holds(_ one: Found, _ wanted: String) -> Bool {
        [one.name.en, one.name.zh, one.meaning.en, one.meaning.zh].contains {
            $0.lowercased().contains(wanted)
        }
    }

    private var everything: [Found] {
        let registry = environment.registry
        var all = registry.verbs.map {
            Found(name: $0.signature.name, sort: Message(zh: "动词", en: "verb"),
                  meaning: $0.summary)
        }
        all += registry.functions.filter { $0.use != .declaration }.map {
            Found(name: $0.name, sort: Message(zh: "函数", en: "function"), meaning: $0.summary)
        }
        all += HelpWords.all.map {
            Found(name: $0.term, sort: Message(zh: "词语", en: "word"), meaning: $0.meaning)
        }
        for source in environment.domain.sources {
            all.append(Found(name: source.name, sort: Message(zh: "来源", en: "source"),
                             meaning: source.gloss))
        }
        for entity in environment.domain.entities {
            all += entity.fields.map {
                Found(name: $0.name,
                      sort: Message(zh: "\(entity.rowNoun.zh)的字段",
                                    en: "field of a \(entity.rowNoun.en)"), meaning: $0.gloss)
            }
        }
        all += Commands.all.map {
            Found(name: $0.signature.name, sort: Message(zh: "命令", en: "command"),
                  meaning: $0.summary)
        }
        all += SetCommand.choices(environment.domain).map {
            Found(name: $0.name, sort: Message(zh: "设置", en: "setting"), meaning: $0.gloss)
        }
        return all
    }

    /// What people call things in passing, and the names that help with it.
    private static let calledOtherwise: [(words: Set<String>, names: Set<String>)] = [
        (["去年", "上年", "上月", "同比", "环比", "增长", "比较", "compare", "growth", "last year"],
         ["against", "over years", "over months"]),
        (["名单", "花名册", "list", "roster"], ["select", "drill", "export"]),
        (["占比", "比例", "百分比", "share", "percentage", "percent"], ["rate", "total", "label"]),
        (["excel", "打印", "文件", "print", "file", "save", "保存"], ["export", "into", "log"]),
        (["合并", "关联", "join", "merge"], ["lookup", "load"]),
        (["最多", "最高", "最少", "最低", "前几名", "top", "most", "best"],
         ["sort", "take", "rank"]),
        (["分组", "分类", "group", "groups"], ["by", "count", "summarize", "rate", "each"]),
        (["今天", "今日", "现在", "today", "now"], ["as of", "use"]),
        (["隐藏", "脱敏", "投影", "hide", "projector"], ["privacy"]),
        (["条件", "过滤", "filter", "condition"], ["where", "and", "or", "not", "in", "if"]),
        (["下级", "上级", "below", "above"], ["under", "parent", "children"]),
        (["画图", "统计图", "graph", "plot", "draw"], ["chart"]),
        (["空", "缺失", "没有", "missing", "null", "empty"], ["none", "is none", "coalesce"]),
    ]
}
