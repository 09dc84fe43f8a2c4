import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// The last result, for whatever goes on from it: `drill`, `last`, a leading `|`.
struct Answer {
    let plan: Plan
    let table: ResultTable
    /// What a leading `|` goes on from: the plan, or the rows that `drill` opened last.
    var onward: Plan
    /// The generation of the books under which it was made.
    private let generation: Int
    /// The tables that it reads, as they were.
    let tables: [String: FrozenTable]

    /// - Parameter tables: those that the query may have read.
    init(_ plan: Plan, _ table: ResultTable, _ books: Books, tables: [String: FrozenTable]) {
        self.plan = plan
        self.table = table
        onward = plan
        generation = books.generation
        self.tables = tables
    }

    /// Why it no longer holds, or nil where it does.
    func fault(_ books: Books, _ environment: Environment, at span: Span?) -> Diagnostic? {
        if generation < books.generation {
            let done = books.changes[generation]
            return Diagnostic("answer.stale", Message(
                zh: "上一个结果之后，数据或设置已改变（\(done.zh)），不能再接着用",
                en: "the data or settings were changed since the last result (\(done.en))"),
                at: span, hint: Self.again)
        }
        let gone = tables.keys.sorted().first { environment.tables[$0] !== tables[$0] }
        return gone.map { name in
            Diagnostic("answer.stale", Message(
                zh: "上一个结果所用的表 \(name) 已换掉或卸载，不能再接着用",
                en: "the table \(name) that the last result read was replaced or dropped since"),
                at: span, hint: Self.again)
        }
    }

    private static let again = Message(zh: "请重新查询一次", en: "run the query again")
}

extension Environment {
    /// The tables whose names occur in a text, or in the definitions that it names. Rather one
    /// too many: a table that is not read but named makes a result stale early, never late.
    func tables(namedIn text: String) -> [String: FrozenTable] {
        var texts = [text], seen: Set<String> = []
        var found: [String: FrozenTable] = [:]
        while let text = texts.popLast() {
            for (name, table) in tables where text.names(name) { found[name] = table }
            for definition in definitions.values
            where text.names(definition.name) && seen.insert(definition.name).inserted {
                texts.append(definition.source.slice(definition.value.span))
            }
        }
        return found
    }
}

extension String {
    /// Holds a name as a word. Chinese is written without spaces, so any run of it may.
    fileprivate func names(_ name: String) -> Bool {
        func isPart(_ character: Character) -> Bool {
            character.isASCII && (character.isLetter || character.isNumber || character == "_")
        }
        var rest = self[...]
        while let range = rest.firstRange(of: name) {
            let before = range.lowerBound == startIndex
                ? nil : self[index(before: range.lowerBound)]
            let after = range.upperBound == endIndex ? nil : self[range.upperBound]
            if !(name.first.map(isPart) == true && before.map(isPart) == true),
               !(name.last.map(isPart) == true && after.map(isPart) == true) { return true }
            rest = self[range.upperBound...]
        }
        return false
    }
}

extension Expression {
    /// Where it goes on from the last result at its beginning; nil where it does not.
    var goesOn: Span? {
        switch kind {
        case .pipeline(let pipeline):
            switch pipeline.source {
            case .last: pipeline.sourceSpan
            case .name(let name) where Globals.last.matches(name.text): name.span
            default: nil
            }
        case .path(let names) where names.count == 1 && Globals.last.matches(names[0].text):
            span
        default: nil
        }
    }
}
