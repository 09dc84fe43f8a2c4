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
        /// What people call it, or look for who are helped by it.
        var topics: [String] = []
    }

    /// Adds a list of the names whose meaning, or what people call them, holds the words.
    mutating func search(for words: String) {
        let wanted = words.lowercased()
        guard wanted.count >= 2 else { return }
        var seen: Set<Term> = []
        let found = everything.filter { one in
            (one.topics.contains(wanted) || holds(one, wanted))
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
            [Term("name", "名称"), Term("kind", "种类"), Term("meaning", "作用")],
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
                  meaning: $0.summary, topics: $0.synonyms + $0.kin + $0.topics)
        }
        all += registry.functions.filter { $0.use != .declaration }.map {
            Found(name: $0.name, sort: Message(zh: "函数", en: "function"), meaning: $0.summary,
                  topics: $0.synonyms + $0.topics)
        }
        all += HelpWords.all.map {
            Found(name: $0.term, sort: Message(zh: "词语", en: "word"), meaning: $0.meaning,
                  topics: $0.topics)
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
                  meaning: $0.summary, topics: $0.synonyms + $0.topics)
        }
        all += SetCommand.choices(environment.domain).map {
            Found(name: $0.name, sort: Message(zh: "设置", en: "setting"), meaning: $0.gloss,
                  topics: $0.topics)
        }
        return all
    }
}
