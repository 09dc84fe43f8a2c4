import MusterDiagnostics

/// How people ask for something in a sentence, and the query that answers it. Shown in words where
/// every word of the sentence is understood, and never put in.
package struct Question: Sendable {
    /// The sentence holds one spelling of each.
    package let words: [[String]]
    /// What may stand in it besides and says nothing more.
    package let fillers: [String]
    /// In both languages, with `{place}`, `{period}`, `{period2}`, `{number}`, `{percent}`,
    /// `{code}` and `{name}` where what the sentence says of them belongs.
    package let query: Term
    /// What it counts or lists, where the sentence leaves that open.
    package let meaning: Message

    package init(_ words: [[String]], fillers: [String] = [], _ query: Term, _ meaning: Message) {
        self.words = words
        self.fillers = fillers
        self.query = query
        self.meaning = meaning
    }

    /// The parts of the query that stand for something of the sentence.
    package func asks(for hole: Hole) -> Bool { query.zh.contains("{\(hole.rawValue)}") }

    package enum Hole: String, CaseIterable, Sendable {
        case place, period, period2, number, percent, code, name
    }
}

/// The questions that a domain understands.
package struct Questions: Sendable {
    package let all: [Question]
    /// Words that say nothing of what is asked: 的, 有多少.
    package let fillers: [String]
    /// Words for the asker's own place: 我区.
    package let ownPlaces: [String]
    /// The stage that keeps what is at a place, for `{place}`; `{}` is its name.
    package let place: Term

    package init(_ all: [Question], fillers: [String], ownPlaces: [String], place: Term) {
        self.all = all
        self.fillers = fillers
        self.ownPlaces = ownPlaces
        self.place = place
    }

    package static let none = Questions([], fillers: [], ownPlaces: [], place: Term(""))
}
