extension Registry {
    /// Every verb, one line each.
    static let allVerbs: [any Verb.Type] = [
        WhereVerb.self, SelectVerb.self, DeriveVerb.self, SummarizeVerb.self, RateVerb.self,
        CountVerb.self, DistinctVerb.self, SortVerb.self, TakeVerb.self, RankVerb.self,
        LabelVerb.self, AgainstVerb.self, TotalVerb.self, PivotVerb.self, CumulateVerb.self,
        ChartVerb.self, ExportVerb.self, IntoVerb.self,
    ]
}
