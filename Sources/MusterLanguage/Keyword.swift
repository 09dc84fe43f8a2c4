import MusterDiagnostics

/// The reserved words of the language, in both languages. They are never names outside
/// backquotes where one of them could stand; those that only ever follow another word
/// (see `isReserved`) are ordinary names elsewhere.
package enum Keyword: String, Sendable, CaseIterable {
    case and, or, not, `in`, between, contains, starts, ends, with, matches, `is`, under
    case `true`, `false`, none, `if`, then, `else`, `as`, of, over, by, `where`, every, show
    case `let`, param

    /// Both names. `of`, `with` and their kin have no Chinese word of their own: see `phrases`.
    package var term: Term {
        switch self {
        case .and: Term("and", "且")
        case .or: Term("or", "或")
        case .not: Term("not", "非")
        case .in: Term("in", "属于")
        case .between: Term("between", "介于")
        case .contains: Term("contains", "包含")
        case .matches: Term("matches", "匹配")
        case .is: Term("is", "为")
        case .under: Term("under", "隶属")
        case .true: Term("true", "是")
        case .false: Term("false", "否")
        case .none: Term("none", "空")
        case .if: Term("if", "若")
        case .then: Term("then", "则")
        case .else: Term("else", "否则")
        case .by: Term("by", "按")
        case .where: Term("where", "筛选")
        case .every: Term("every", "每个")
        case .show: Term("show", "显示")
        case .let: Term("let", "令")
        case .param: Term("param", "参数")
        case .starts, .ends, .with, .as, .of, .over: Term(rawValue)
        }
    }

    /// True for the words that can never be a bare name. The others (`of`, `over`, `every`,
    /// `show` …) are names wherever a value is expected.
    package var isReserved: Bool {
        switch self {
        case .starts, .ends, .with, .of, .over, .every, .show, .let, .param: false
        default: true
        }
    }

    /// The keyword of that spelling, in either language.
    package init?(spelled text: String) {
        guard let keyword = Keyword.bySpelling[text] else { return nil }
        self = keyword
    }

    private static let bySpelling: [String: Keyword] = {
        var all: [String: Keyword] = [:]
        for keyword in allCases {
            all[keyword.rawValue] = keyword
            all[keyword.term.zh] = keyword
        }
        return all
    }()
}

/// Several English words that are one operator, and one Chinese word.
struct Phrase: Sendable {
    let term: Term
    let words: [String]

    init(_ en: String, _ zh: String) {
        term = Term(en, zh)
        words = en.split(separator: " ").map(String.init)
    }

    static let asOf = Phrase("as of", "截至")
    static let startsWith = Phrase("starts with", "开头为")
    static let endsWith = Phrase("ends with", "结尾为")
    static let isNone = Phrase("is none", "为空")
    static let isNotNone = Phrase("is not none", "不为空")
    static let notIn = Phrase("not in", "不属于")
    static let notUnder = Phrase("not under", "不隶属")
    static let notContains = Phrase("not contains", "不包含")
    static let overYears = Phrase("over years", "历年")
    static let overMonths = Phrase("over months", "历月")
    static let overSnapshots = Phrase("over snapshots", "历次")

    static let all = [asOf, startsWith, endsWith, isNone, isNotNone, notIn, notUnder, notContains,
                      overYears, overMonths, overSnapshots]
    static let byChinese = Dictionary(uniqueKeysWithValues: all.map { ($0.term.zh, $0) })
    static let byEnglish = Dictionary(uniqueKeysWithValues: all.map { ($0.term.en, $0) })
}

/// Every word of the language itself, for telling runs of Chinese apart and for completion.
package enum Words {
    /// Chinese words that only occur inside a construct: between … 与, the dot of a path,
    /// what stands before and behind a number.
    static let between = "与"
    /// As it is said: `介于 14 到 17`.
    static let betweens: Set<String> = [between, "和", "到", "至", "to"]
    static let untils: Set<String> = ["到", "至"]
    static let pathDot = "的"
    static let ordinal = "第"
    static let measures: Set<String> = ["名", "个", "行", "条", "位"]

    /// Keywords and phrases with both names.
    package static let all: [Term] = Keyword.allCases.map(\.term).filter { $0.zh != $0.en }
        + Phrase.all.map(\.term)

    static let chinese: Set<String> = Set(all.map(\.zh)).union([between, pathDot, ordinal])
        .union(measures).union(untils)
}
