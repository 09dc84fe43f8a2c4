import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport

/// What the registries, the language and the saved scripts know about a name. Examples are
/// numbered for `example N`.
struct Help {
    let session: Session
    var blocks: [Report.Block] = []
    var examples: [String] = []
    var language: Language { session.preferences.language }
    var environment: Environment { session.environment }
    private var words: DomainWords { environment.domain.words }

    init(_ session: Session) { self.session = session }

    static func topics(_ environment: Environment) -> [Term] {
        let registry = environment.registry
        let entities = environment.domain.entities
        return registry.verbs.map { $0.signature.name } + registry.functions.map { $0.name }
            + Commands.all.map { $0.signature.name }
            + environment.domain.sources.map(\.name) + HelpWords.all.map(\.term)
            + entities.flatMap { $0.fields.map(\.name) + $0.levels + $0.relations.map(\.name) }
            + entities.flatMap { $0.fields.flatMap { $0.type.codes?.values ?? [] } }
            + ColumnNames.all + environment.domain.constants.map(\.name)
            + SetCommand.choices(environment.domain).map(\.name) + sections.map(\.name)
            + ScriptLibrary.scripts().map(\.name)
    }

    mutating func add(topic: String) {
        addSections(topic)
        addVerbs(topic)
        addFunctions(topic)
        addCommands(topic)
        addWords(topic)
        addStatistics(topic)
        addSources(topic)
        addFields(topic)
        addCodes(topic)
        addRest(topic)
        if blocks.isEmpty { addPhrases(topic) }
        guard !examples.isEmpty else { return }
        blocks.append(.notes([Message(
            zh: "“示例 1”执行第 1 个示例", en: "`example 1` runs the first example")]))
    }

    // MARK: parts

    mutating func heading(_ name: Term, _ kind: Message) {
        blocks.append(.heading(Message(
            zh: (name.zh == name.en ? name.zh : "\(name.zh)（\(name.en)）") + " · \(kind.zh)",
            en: (name.zh == name.en ? name.en : "\(name.en) (\(name.zh))") + " · \(kind.en)"),
            level: 2))
    }

    mutating func text(_ lines: [String]) {
        blocks.append(.text(Message(lines.joined(separator: "\n"))))
    }

    mutating func example(_ text: String, _ meaning: Message? = nil) {
        self.text(exampleLines(text, meaning))
    }

    /// An example with its number and what it is for.
    mutating func exampleLines(_ text: String, _ meaning: Message?) -> [String] {
        let shown = session.translated(text, to: language)
        examples.append(shown)
        let note = meaning.map { ["     — \($0[language])"] } ?? []
        return ["  \(examples.count)  " + shown.split(separator: "\n")
            .joined(separator: "\n     ")] + note
    }

    private mutating func addVerbs(_ topic: String) {
        for verb in environment.registry.verbs where verb.signature.name.matches(topic) {
            heading(verb.signature.name, Message(zh: "动词", en: "verb"))
            text([verb.signature.usage(language), verb.summary[language]])
            for one in words.examples.verbs[verb.signature.name.en] ?? [] {
                example(one.text, one.meaning)
            }
        }
    }

    private mutating func addFunctions(_ topic: String) {
        for function in environment.registry.functions where function.name.matches(topic) {
            heading(function.name, function.isAggregate
                ? Message(zh: "汇总函数", en: "aggregate") : Message(zh: "函数", en: "function"))
            text([function.usage[language], function.summary[language]])
            if let one = words.examples.functions[function.name.en] { example(one) }
        }
    }

    private mutating func addCommands(_ topic: String) {
        for command in Commands.all where command.signature.name.matches(topic) {
            heading(command.signature.name, Message(zh: "命令", en: "command"))
            text([command.usage(language), command.summary[language]])
            for one in words.examples.commands[command.signature.name.en] ?? [] { example(one) }
        }
    }

    private mutating func addWords(_ topic: String) {
        for word in HelpWords.all where word.term.matches(topic) { add(word) }
    }

    /// What is written with the word: `over years`, `over months` for `over`.
    private mutating func addPhrases(_ topic: String) {
        for word in HelpWords.all where word.term.en.split(separator: " ").contains(topic[...]) {
            add(word)
        }
    }

    private mutating func add(_ word: HelpWords.Entry) {
        heading(word.term, Message(zh: "语言中的词", en: "a word of the language"))
        text([word.meaning[language]])
        if let one = words.examples.words[word.term.en] { example(one) }
    }

    private mutating func addSources(_ topic: String) {
        for source in environment.domain.sources where source.name.matches(topic) {
            heading(source.name, Message(zh: "来源", en: "source"))
            var lines = [source.gloss[language]]
            if let entity = environment.domain.entity(source.entity) {
                let names = entity.fields.map { $0.name[language] }
                lines.append(Message(zh: "字段：" + names.joined(separator: "、"),
                                     en: "fields: " + names.joined(separator: ", "))[language])
            }
            text(lines)
            example("\(source.name.en) | count")
        }
    }

    private mutating func addFields(_ topic: String) {
        for entity in environment.domain.entities {
            for field in entity.fields where field.name.matches(topic) {
                heading(field.name, Message(zh: "\(entity.rowNoun.zh) 的字段",
                                            en: "field of a \(entity.rowNoun.en)"))
                var lines = ["\(environment.domain.name(of: field.type)[language]) · "
                    + field.gloss[language]]
                if let codes = field.type.codes {
                    lines.append(codes.values.map { $0.en == $0.zh ? $0.en : "\($0.en) \($0.zh)" }
                        .joined(separator: " · "))
                }
                if case .expression(let definition) = field.origin {
                    lines.append("= " + session.translated(definition, of: entity.name,
                                                           to: language))
                }
                text(lines)
                if let query = query(on: field, of: entity) { example(query) }
            }
            for relation in entity.relations where relation.name.matches(topic) {
                guard let source = environment.domain.sources.first(where: {
                    $0.entity == entity.name
                }) else { continue }
                heading(relation.name, Message(zh: "\(source.name.zh) 所属的行",
                                               en: "rows that belong to \(source.name.en)"))
                text([(relation.includesBelow
                    ? Message(zh: "本行及其下级的，用于 计数() 等",
                              en: "its own and of what is below; for count() and the like")
                    : Message(zh: "本行自己的，用于 计数() 等",
                              en: "its own; for count() and the like"))[language]])
                example("\(source.name.en) | select id, number = count(\(relation.name.en)) "
                    + "| take 5")
            }
            for level in entity.levels where level.matches(topic) {
                heading(level, Message(zh: "层级", en: "level"))
                text([Message(zh: "该层级的上级（本身即该层级则为自身）；没有则为空",
                              en: "the ancestor at that level, or the row itself; none where "
                                  + "there is none")[language]])
                if let way = environment.domain.wayUp(to: entity.name) {
                    example("\(words.hints.source.en) | count by \(way).\(level.en)")
                }
            }
        }
    }

    /// A query that shows what a field is good for.
    private func query(on field: FieldDefinition, of entity: EntityDefinition) -> String? {
        guard let source = environment.domain.sources.first(where: { $0.entity == entity.name })
        else { return nil }
        let rows = source.name.en
        let year = CivilDay.year(of: environment.today ?? CivilDay.number(2015, 1, 1) ?? 0)
        let isReserved = field.name == Keyword.by.term
            || Keyword(rawValue: field.name.en)?.isReserved ?? false
        let name = isReserved ? "`\(field.name.en)`" : field.name.en
        if field.type.isSensitive || field.type.isPersonal { return nil }
        switch field.type {
        case .bool:
            return entity.countsPersons ? "\(rows) | rate \(name) by \(words.hints.path.en)"
                : "\(rows) | where \(name) | count"
        case .day: return "\(rows) | where \(name) in \(year) | count"
        case .integer, .decimal, .number: return "\(rows) | summarize mean(\(name))"
        default: return "\(rows) | count by \(name)"
        }
    }

    private mutating func addCodes(_ topic: String) {
        for entity in environment.domain.entities {
            for field in entity.fields {
                guard let code = field.type.codes?.values.first(where: { $0.matches(topic) }),
                      let source = environment.domain.sources.first(where: {
                          $0.entity == entity.name
                      }) else { continue }
                heading(code, Message(zh: "\(source.name.zh) 的 \(field.name.zh) 的一个值",
                                      en: "a value of \(field.name.en) of \(source.name.en)"))
                let isWord = code.en != code.zh && Keyword(spelled: code.en) == nil
                    && code.en.allSatisfy { $0.isLetter || $0 == "_" }
                let value = isWord ? code.en : "\"\(code.en)\""
                example("\(source.name.en) | where \(field.name.en) = \(value) | count")
            }
        }
    }

    private mutating func addRest(_ topic: String) {
        for column in ColumnNames.all where column.matches(topic) && blocks.isEmpty {
            heading(column, Message(zh: "动词产生的列", en: "a column that verbs make"))
            text([Message(zh: "见“帮助 比率”“帮助 对照”“帮助 汇总”",
                          en: "see help rate, help against, help summarize")[language]])
        }
        for constant in environment.domain.constants where constant.name.matches(topic) {
            heading(constant.name, Message(zh: "可引用的值", en: "a value that queries may name"))
            text([constant.gloss[language]])
        }
        for choice in SetCommand.choices(environment.domain) where choice.name.matches(topic) {
            heading(choice.name, Message(zh: "设置", en: "setting"))
            text([choice.gloss[language],
                  Message(zh: "现为 \(choice.value(session))；设置 \(choice.name.zh) …",
                          en: "now \(choice.value(session)); set \(choice.name.en) …")[language]])
        }
        if let definition = environment.definitions[topic] {
            heading(Term(topic), Message(zh: "令 定义", en: "defined with let"))
            text([definition.source.slice(definition.value.span)])
        }
        if let table = environment.tables[topic] {
            heading(Term(topic), Message(zh: "表", en: "table"))
            text(table.columns.map {
                "\($0.name[language])  \(environment.domain.name(of: $0.type)[language])"
            })
        }
    }
}
