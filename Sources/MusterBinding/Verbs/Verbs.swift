import MusterDiagnostics
import MusterLanguage

extension Registry {
    /// Every verb, one line each.
    static let allVerbs: [any Verb.Type] = [
        WhereVerb.self, SelectVerb.self, DeriveVerb.self, SummarizeVerb.self, RateVerb.self,
        CountVerb.self, DistinctVerb.self, SortVerb.self, TakeVerb.self, RankVerb.self,
        LabelVerb.self, AgainstVerb.self, TotalVerb.self, SubtotalVerb.self, PivotVerb.self,
        UnpivotVerb.self, AppendVerb.self, CumulateVerb.self, ShareVerb.self, HistogramVerb.self,
        SampleVerb.self, ChartVerb.self, RevealVerb.self, ExportVerb.self, IntoVerb.self,
    ]
}

/// The verbs that others than the user write: into a corrected line, or a query that is judged.
package enum VerbNames {
    package static let filter = WhereVerb.signature.name.en
    package static let choose = SelectVerb.signature.name.en
    package static let summarize = SummarizeVerb.signature.name.en
    package static let distinct = DistinctVerb.signature.name.en
    package static let sort = SortVerb.signature.name.en
    package static let cut = TakeVerb.signature.name.en
    package static let export = ExportVerb.signature.name
    package static let rank = RankVerb.signature.name.en
}

extension Stage {
    /// What its verb does.
    package var traits: VerbTraits { definition?.traits ?? [] }

    /// Its verb's name in both languages.
    package var term: Term { definition?.signature.name ?? Term(verb) }

    private var definition: (any Verb.Type)? { Stage.verbs[verb] }

    private static let verbs = Dictionary(
        uniqueKeysWithValues: Registry.allVerbs.map { ($0.signature.name.en, $0) })
}
