import Foundation
import MusterBinding
import MusterDiagnostics
import MusterLanguage

/// A sentence read as one of the questions that the domain knows. Only where nothing of it is left
/// over is there an answer: what asks for more than the query counts gets none.
struct QuestionReading {
    private let session: Session
    private let sentence: String
    private static let longest = 60

    init?(_ text: String, _ session: Session) {
        let plain = text.filter { !$0.isWhitespace && !"，。、？?！|｜,“”\"；;".contains($0) }
        guard plain.count <= Self.longest, plain.holdsChinese else { return nil }
        sentence = plain
        self.session = session
    }

    /// What is answered, and the query in the user's language; nil where it is not understood.
    func answer() -> (meaning: Message, query: String)? {
        let questions = session.environment.domain.words.questions
        // The one that needs most is meant before one that needs less.
        let all = ShellQuestions.all + questions.all
        for question in all.sorted(by: { $0.words.count > $1.words.count }) {
            if let query = query(question, questions) { return (question.meaning, query) }
        }
        return nil
    }

    private func query(_ question: Question, _ questions: Questions) -> String? {
        var rest = Rest(sentence)
        var parts: [Question.Hole: String] = [:]
        var periods: [Int32: String] = [:]
        while let (order, period) = rest.takePeriod() { periods[order] = period }
        for words in question.words {
            guard rest.take(oneOf: words) != nil else { return nil }
        }
        let wanted = question.asks(for: .period2) ? 2 : question.asks(for: .period) ? 1 : 0
        guard periods.count == wanted else { return nil }
        let sorted = periods.sorted { $0.key < $1.key }.map(\.value)
        (parts[.period], parts[.period2]) = (sorted.last, sorted.first)
        if question.asks(for: .percent) { parts[.percent] = rest.take(/[0-9]+(\.[0-9]+)?[%％]/) }
        if question.asks(for: .number) { parts[.number] = rest.takeNumber() }
        if question.asks(for: .code) { parts[.code] = rest.take(oneOf: codes) }
        let isOwn = rest.take(oneOf: questions.ownPlaces) != nil
        rest.trim(question.fillers + questions.fillers)
        let left = rest.pieces
        guard left.count <= 1 else { return nil }
        var place = isOwn ? session.environment.domain.words.hints.placeName : nil
        if let piece = left.first {
            if question.asks(for: .name) {
                guard (2...4).contains(piece.count) else { return nil }
                parts[.name] = piece
            } else if place == nil {
                place = piece
            } else { return nil }
        }
        let language = session.preferences.language
        parts[.place] = place.map { questions.place[language].replacing("{}", with: $0) } ?? ""
        var query = question.query[language]
        for hole in Question.Hole.allCases where question.asks(for: hole) {
            guard let part = parts[hole] else { return nil }
            query = query.replacing("{\(hole.rawValue)}", with: part)
        }
        let checker = ScriptChecker(session, asksData: true)
        return checker.faults(SourceText(text: query)).isEmpty ? query : nil
    }

    /// The values of code fields by both names.
    private var codes: [String] {
        session.environment.domain.entities.flatMap(\.fields).flatMap { field in
            field.type.codes?.values.flatMap { [$0.zh, $0.en] } ?? []
        }
    }
}

/// What is left of a sentence while it is read: pieces that nothing was taken from in between.
private struct Rest {
    private(set) var pieces: [String]

    init(_ sentence: String) { pieces = [sentence] }

    /// Takes the longest of these that is there, and returns it.
    mutating func take(oneOf words: [String]) -> String? {
        for word in words.sorted(by: { $0.count > $1.count }) {
            for (index, piece) in pieces.enumerated() {
                guard let range = piece.range(of: word) else { continue }
                split(index, range)
                return word
            }
        }
        return nil
    }

    /// Takes these from the ends of the pieces: in the middle they may be part of a name.
    mutating func trim(_ words: [String]) {
        let longestFirst = words.sorted { $0.count > $1.count }
        pieces = pieces.compactMap { piece in
            var rest = Substring(piece)
            while true {
                if let word = longestFirst.first(where: rest.hasPrefix) {
                    rest = rest.dropFirst(word.count)
                } else if let word = longestFirst.first(where: rest.hasSuffix) {
                    rest = rest.dropLast(word.count)
                } else { return rest.isEmpty ? nil : String(rest) }
            }
        }
    }

    mutating func take(_ pattern: some RegexComponent) -> String? {
        for (index, piece) in pieces.enumerated() {
            guard let range = piece.firstRange(of: pattern) else { continue }
            let found = String(piece[range])
            split(index, range)
            return found
        }
        return nil
    }

    private mutating func split(_ index: Int, _ range: Range<String.Index>) {
        let piece = pieces[index]
        let parts = [piece[..<range.lowerBound], piece[range.upperBound...]]
        pieces.replaceSubrange(index...index, with: parts.filter { !$0.isEmpty }.map(String.init))
    }

    /// 去年, 下个月, 今年6月, 2016年: how it is written, and what puts several in order.
    mutating func takePeriod() -> (order: Int32, text: String)? {
        for time in RelativeTime.all where time.unit != .day {
            for word in [time.name.zh] + time.synonyms where word.holdsChinese {
                guard pieces.contains(where: { $0.contains(word) }) else { continue }
                let order = time.unit == .year ? time.step * 12 : time.step
                let months = time.unit == .year ? (1...12).map { "\(word)\($0)月" } : []
                if let found = take(oneOf: months) {
                    return (order, time.name.zh + found.dropFirst(word.count))
                }
                if take(oneOf: [word]) != nil { return (order, time.name.zh) }
            }
        }
        return nil
    }

    private static let numerals: [(String, Int)] = [
        ("一百", 100), ("五十", 50), ("三十", 30), ("二十", 20), ("十八", 18), ("十六", 16), ("十四", 14),
        ("十", 10), ("五", 5), ("三", 3),
    ]

    mutating func takeNumber() -> String? {
        if let digits = take(/[0-9]+/) { return digits }
        for (word, number) in Self.numerals {
            if take(oneOf: [word]) != nil { return "\(number)" }
        }
        return nil
    }
}
