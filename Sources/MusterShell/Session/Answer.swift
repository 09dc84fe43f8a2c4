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

    init(_ plan: Plan, _ table: ResultTable, _ books: Books) {
        self.plan = plan
        self.table = table
        onward = plan
        generation = books.generation
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
        let gone = plan.tables.filter { environment.tables[$0.name]?.reference != $0 }
        return gone.map(\.name).min().map { name in
            Diagnostic("answer.stale", Message(
                zh: "上一个结果所用的表 \(name) 已换掉或卸载，不能再接着用",
                en: "the table \(name) that the last result read was replaced or dropped since"),
                at: span, hint: Self.again)
        }
    }

    private static let again = Message(zh: "请重新查询一次", en: "run the query again")
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
