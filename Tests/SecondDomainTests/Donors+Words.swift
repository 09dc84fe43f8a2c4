import MusterBinding
import MusterDiagnostics
import MusterLanguage

extension Donors {
    static let words = DomainWords(
        hints: HintNames(
            source: Term("donors", "献血者"), condition: Term("eligible", "可献血"),
            number: Term("volume", "献血量"), place: Term("site", "采血点"),
            path: Term("site.ward", "采血点.片区"), placeName: "河东",
            relation: Term("donors", "献血者")),
        examples: DomainExamples(
            verbs: ["rate": [Example("donors | rate eligible by site.ward",
                                     Message(zh: "各片区可献血的比率", en: "who may give, by ward"))]],
            words: ["under": "donors | where site under \"河东\" | count"],
            beginnings: [Example("donors | count by site.ward",
                                 Message(zh: "各片区的献血者", en: "donors of each ward"))]),
        sensitive: SensitiveText(
            Message(zh: "电话号码", en: "a telephone number"),
            isIn: { $0.contains(/1[0-9]{10}/) },
            masked: { $0.replacing(/1[0-9]{10}/) { "**********" + $0.output.suffix(1) } }),
        holdings: { snapshot in
            let donors = snapshot.tables["donors"]?.rowCount ?? 0
            return Message(zh: "献血者 \(donors)", en: "\(donors) donors")
        })
}
