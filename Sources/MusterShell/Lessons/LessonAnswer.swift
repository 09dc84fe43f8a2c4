import MusterLanguage
import MusterStore

/// One answer to a step: its results on both snapshots, and the means to try it changed.
struct LessonAnswer {
    let onSample: [ResultTable]
    /// Carried out only where the sample's results are right.
    let onSecond: () throws -> [ResultTable]
    /// The query as typed; nil where the answer is none.
    let query: Pipeline?
    /// What a query gives that is changed in one place; nil where it cannot be carried out.
    let trial: (Pipeline, LessonJudge.Ground) -> ResultTable?
}

extension Statement {
    /// The pipeline of a query that is one.
    var pipeline: Pipeline? {
        guard case .query(let expression) = kind, case .pipeline(let pipeline) = expression.kind
        else { return nil }
        return pipeline
    }

    func with(_ pipeline: Pipeline) -> Statement {
        Statement(.query(Expression(.pipeline(pipeline), span)), span)
    }
}

extension Pipeline {
    /// Goes on from another query where the line began with `|`.
    func after(_ earlier: Pipeline?) -> Pipeline? {
        guard source == .last else { return self }
        guard var whole = earlier else { return nil }
        whole.stages += stages
        return whole
    }
}
