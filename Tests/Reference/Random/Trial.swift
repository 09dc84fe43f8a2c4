/// What the judged side made of a query.
package enum Answer: Sendable {
    case csv(String)
    /// An error's code and text.
    case error(String)
}

/// One query on one snapshot, answered by both sides.
package struct Trial: Sendable {
    package enum Verdict: Sendable, Equatable {
        case same
        /// Both sides say that there is no answer.
        case bothRefuse
        case differs(String)
        /// The judged side gives an error where the contract has an answer.
        case refused(String)
        /// It gives an answer where the contract has an error.
        case answered(String)

        package var isFine: Bool {
            switch self {
            case .same, .bothRefuse: true
            default: false
            }
        }

        /// Shrinking must not turn one fault into another.
        func isLike(_ other: Verdict) -> Bool {
            switch (self, other) {
            case (.refused(let a), .refused(let b)): a.prefix(24) == b.prefix(24)
            case (.differs, .differs), (.answered, .answered): true
            default: false
            }
        }
    }

    /// Compares an answer with what the reference says.
    package static func judge(_ text: String, _ chronicle: Chronicle, _ answer: Answer) -> Verdict {
        let expected: Sheet
        do {
            guard let sheet = try Evaluator(chronicle).run(text).last else {
                return .answered("the reference has no table")
            }
            expected = sheet
        } catch {
            if case .error = answer { return .bothRefuse }
            if let refusal = error as? Refusal, refusal.isOutside { return .bothRefuse }
            return .answered("\(error)")
        }
        switch answer {
        case .error(let message): return .refused(message)
        case .csv(let csv):
            return expected.difference(CSVText.table(csv)).map { .differs($0) } ?? .same
        }
    }
}
