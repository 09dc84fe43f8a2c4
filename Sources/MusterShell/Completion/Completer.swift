import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

/// What Tab offers at a place in a statement: a text and a cursor in, candidates out. What is
/// due there is asked of the parser, what names mean of the binder.
struct Completer {
    let environment: Environment
    let language: Language
    let vocabulary: any Vocabulary
    /// A lesson is going on: its commands are offered too.
    let isInLesson: Bool
    /// Whether the user wants no candidates any more.
    let isInterrupted: () -> Bool

    /// So many are offered at most.
    static let most = 2000

    init(_ environment: Environment, language: Language, vocabulary: (any Vocabulary)? = nil,
         isInLesson: Bool = false, isInterrupted: @escaping () -> Bool = { false }) {
        self.environment = environment
        self.isInLesson = isInLesson
        self.isInterrupted = isInterrupted
        self.language = language
        self.vocabulary = vocabulary ?? environment.registry
    }

    func complete(_ line: String, _ cursorUTF8: Int) -> Completions {
        guard (0...line.utf8.count).contains(cursorUTF8) else { return .none }
        guard let text = String(validating: Array(line.utf8.prefix(cursorUTF8)), as: UTF8.self)
        else { return .none }
        let state = cursorState(text, vocabulary: vocabulary)
        let offered = Place(self, state, SourceText(text: text)).candidates
        return Completions(start: state.start + offered.skipped,
                           Completer.ranked(offered.list, offered.typed, state.quote))
    }

    /// Something that could stand at the cursor.
    struct Candidate {
        /// Its names, the one to be put in where nothing is typed first.
        let names: [String]
        var gloss = ""
        /// Texts stand in quotation marks.
        var isText = false
        /// How well it fits what is typed, where that is known already.
        var rank: Int?
        /// Offered only where nothing else fits.
        var isLast = false
        var suffix = " "
        /// A folder, behind which a path goes on.
        var isGoneOnFrom = false

        func completion(_ name: String, _ quote: Character?) -> Completion {
            if let quote {
                let close: Character = quote == "“" ? "”" : quote == "‘" ? "’"
                    : quote == "【" ? "】" : quote
                return Completion(name, suffix: isGoneOnFrom ? "" : String(close), gloss: gloss)
            }
            // A path goes on behind a folder: its quotation mark stays open.
            return Completion(isText ? "\"\(name)" + (isGoneOnFrom ? "" : "\"")
                                  : Completer.asName(name), suffix: suffix, gloss: gloss)
        }
    }

    /// A name that would not be read as one stands in backquotes.
    private static func asName(_ name: String) -> String {
        let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "_.()/~-+:=".contains($0) }
            || !name.contains(" ")
        return isPlain || name.contains("`") || Phrases.spaced.contains(name) ? name
            : "`\(name)`"
    }

    /// Words of the language that hold spaces.
    enum Phrases {
        static let spaced: Set<String> = Set(Words.all.map(\.en).filter { $0.contains(" ") })
    }

    /// The candidates that fit what is typed, the best first: by the beginning of a name, by
    /// pinyin, by any part of a name.
    static func ranked(_ candidates: [Candidate], _ typed: String, _ quote: Character?)
        -> [Completion] {
        let lower = typed.lowercased()
        var ranked: [(rank: Int, isPath: Bool, place: Int, completion: Completion)] = []
        var seen: Set<String> = []
        for (place, candidate) in candidates.enumerated() {
            guard let (rank, name) = rank(candidate, lower),
                  seen.insert(name).inserted else { continue }
            let completion = candidate.completion(name, quote)
            // `registered` before `registered.date`.
            let isPath = !typed.isEmpty && completion.text.utf8.contains(UInt8(ascii: "."))
            ranked.append((rank, isPath, place, completion))
        }
        if ranked.contains(where: { !candidates[$0.place].isLast }) {
            ranked.removeAll { candidates[$0.place].isLast }
        }
        ranked.sort {
            ($0.rank, $0.isPath ? 1 : 0, $0.place) < ($1.rank, $1.isPath ? 1 : 0, $1.place)
        }
        // A part in the middle is only looked for where nothing begins with it, but for names
        // that people know by a part (see NameIndex).
        if let best = ranked.first?.rank, best < 4 { ranked.removeAll { $0.rank >= 6 } }
        return ranked.prefix(most).map(\.completion)
    }

    private static func rank(_ candidate: Candidate, _ typed: String) -> (Int, String)? {
        guard let usual = candidate.names.first else { return nil }
        if let rank = candidate.rank { return (rank, usual) }
        if typed.isEmpty { return (0, usual) }
        for (index, name) in candidate.names.enumerated() where name.lowercased() == typed {
            return (index, name)
        }
        for name in candidate.names where name.lowercased().hasPrefix(typed) { return (1, name) }
        if Pinyin.mayBe(typed) {
            for name in candidate.names {
                let forms = Pinyin.spellings(of: name).flatMap { [$0.initials, $0.whole] }
                if forms.contains(typed) { return (2, name) }
                if forms.contains(where: { $0.hasPrefix(typed) }) { return (3, name) }
            }
        }
        for name in candidate.names where name.lowercased().contains(typed) {
            return (6, name)
        }
        return nil
    }
}
