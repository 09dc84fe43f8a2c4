import MusterDiagnostics

extension Splitter {
    /// Follows a statement that ends in a list of new names: `为 本人, 平台记录`.
    struct NewNames {
        private let vocabulary: any Vocabulary
        private var isBeginning = true
        private var keyword: Term?
        private var isDue = false
        private var isIn = false

        init(_ vocabulary: any Vocabulary) { self.vocabulary = vocabulary }

        mutating func isNew(_ token: Token) -> Bool {
            switch token.kind {
            case .newline, .symbol(.semicolon): self = NewNames(vocabulary)
            case .symbol(.comma): isDue = isIn
            case .word where isBeginning:
                isBeginning = false
                let slots = vocabulary.statement(token.text)?.slots ?? []
                keyword = slots.first { if case .names = $0.kind { true } else { false } }?.keyword
            case .word where keyword?.matches(token.text) == true: (isIn, isDue) = (true, true)
            case .word where isDue:
                isDue = false
                return true
            default: (isBeginning, isDue) = (false, false)
            }
            return false
        }
    }
}
