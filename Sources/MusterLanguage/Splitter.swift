import MusterDiagnostics

/// Chinese without spaces: finds where a run of Han characters falls into known names.
///
/// A run that is itself a known or just defined name is that name. Else it is cut into the
/// fewest known names, numbers and words of the language; where two ways are equally short it
/// is an error that shows them. A run that cannot be cut stays whole. Behind a word that
/// defines (`令`, `按`, `汇总`, `存为`) what remains may be a new name.
struct Splitter {
    private(set) var cuts: Set<Int> = []
    private(set) var diagnostics: [Diagnostic] = []

    private let vocabulary: any Vocabulary
    private let bytes: [UInt8]
    private var defined: Set<String> = []
    /// Words of the language, and those that signatures fix: `目标`, `显示`, `条形`.
    private let words: Set<String>

    /// What stands before a new name in a verb's slot: `记为`.
    private let namingWords: Set<String>

    /// Longer runs are no queries.
    private static let longestRun = 1200

    init(vocabulary: any Vocabulary, tokens: [Token], bytes: [UInt8]) {
        self.vocabulary = vocabulary
        self.bytes = bytes
        guard bytes.contains(where: { $0 >= 0x80 }) else {
            words = []
            namingWords = []
            return
        }
        words = Words.chinese.union(vocabulary.fixedWords.map(\.zh))
        let signatures = vocabulary.verbNames.compactMap { vocabulary.verb($0.en) }
            + vocabulary.statementNames.compactMap { vocabulary.statement($0.en) }
        namingWords = Set(signatures.flatMap(\.slots).compactMap { slot in
            if case .name = slot.kind { slot.keyword?.zh } else { nil }
        })
        // Whether a comma separates columns here (a pipeline's bracket) or arguments.
        var isPipeline = [true]
        var naming = NewNames(vocabulary)
        for (index, token) in tokens.enumerated() {
            if naming.isNew(token) {
                defined.insert(token.text)
                continue
            }
            switch token.kind {
            case .symbol(.open): isPipeline.append(false)
            case .symbol(.close): if isPipeline.count > 1 { isPipeline.removeLast() }
            case .symbol(.pipe): isPipeline[isPipeline.count - 1] = true
            case .word, .quoted:
                let isAssigned = index + 1 < tokens.count && tokens[index + 1].is(.equal)
                let before = index > 0 ? tokens[index - 1] : Token(.end, "", Span(0, 0))
                if defines(before, isAssigned: isAssigned,
                           isPipeline: isPipeline[isPipeline.count - 1]) {
                    defined.insert(token.text)
                } else if token.kind == .word {
                    split(token, isAssigned: isAssigned, behind: before)
                }
            default: break
            }
        }
    }

    /// Does a name behind that token come into being there?
    private func defines(_ before: Token, isAssigned: Bool, isPipeline: Bool) -> Bool {
        switch before.kind {
        case .symbol(.comma): isAssigned && isPipeline
        case .word: defines(before.text, isAssigned: isAssigned)
        default: false
        }
    }

    private func defines(_ word: String, isAssigned: Bool) -> Bool {
        switch Keyword(spelled: word) {
        case .let, .param, .as, .is: return true
        case .by: return isAssigned
        default: break
        }
        if namingWords.contains(word) { return true }
        let slots = (vocabulary.verb(word) ?? vocabulary.statement(word))?.slots ?? []
        return slots.contains { slot in
            switch slot.kind {
            case .bindings, .keys: slot.keyword == nil && isAssigned
            case .name: slot.keyword == nil || slot.keyword?.matches(word) == true
            default: false
            }
        }
    }

    private mutating func split(_ token: Token, isAssigned: Bool, behind before: Token) {
        let run = token.span
        guard run.upper - run.lower <= Splitter.longestRun,
              token.text.holdsChinese,
              token.keyword == nil, !isKnown(token.text) else { return }
        let lattice = lattice(run)
        if lattice.contains(where: { $0.last == run.upper && !$0.previous.isEmpty }) {
            let ways = ways(lattice, to: run, atMost: 3)
            // A step of a path with another name right behind it is one unknown name.
            if before.is(.dot), let cut = ways.first?.first,
               !isFollower(rest(run, from: cut)) { return }
            cuts.formUnion(ways.first ?? [])
            if ways.count > 1 { diagnostics.append(ambiguous(run, ways)) }
        } else if !splitDefinition(run, lattice, isAssigned: isAssigned) {
            splitAround(run, isVerb: before.is(.pipe))
        }
    }

    private func rest(_ run: Span, from place: Int) -> String {
        String(decoding: bytes[place..<run.upper], as: UTF8.self)
    }

    /// Whether a text begins with what may stand right behind a name.
    private func isFollower(_ text: String) -> Bool {
        words.contains { text.hasPrefix($0) } || vocabulary.verbNames.contains {
            text.hasPrefix($0.zh)
        } || text.utf8.first.map { $0 < 0x80 } == true
    }

    /// A run with an unknown name in it: the verb before it and the words of the language around
    /// it are cut off, so that the fault is the name alone.
    private mutating func splitAround(_ run: Span, isVerb: Bool) {
        let text = rest(run, from: run.lower)
        var place = run.lower
        if isVerb, let verb = vocabulary.verbNames.map(\.zh).filter({ text.hasPrefix($0) })
            .max(by: { $0.utf8.count < $1.utf8.count }) {
            place += verb.utf8.count
        } else if let phrase = Phrase.all.first(where: { text.hasSuffix($0.term.zh) }) {
            cuts.insert(run.upper - phrase.term.zh.utf8.count)
            return
        }
        guard place > run.lower, place < run.upper else { return }
        var isUnknown = false
        cuts.insert(place)
        while place < run.upper {
            let ends = pieces(at: place, run, Node(last: place, count: 0, previous: []))
            let end = ends.map(\.end).first { end in
                !isUnknown || bounds(String(decoding: bytes[place..<end], as: UTF8.self))
            }
            if let end {
                cuts.formUnion([place, end])
                isUnknown = false
                place = end
            } else {
                isUnknown = true
                place = Lexer(bytes).typed(at: place)?.end ?? run.upper
            }
        }
        cuts.remove(run.upper)
    }

    /// Words that end an unknown name: not those that may well be a part of it.
    private func bounds(_ word: String) -> Bool {
        words.contains(word) && (word.count > 1 || word == Keyword.by.term.zh)
            || word.utf8.first.map { $0 < 0x80 } == true
    }

    private func isKnown(_ text: String) -> Bool {
        defined.contains(text) || words.contains(text) || vocabulary.isKnown(text)
            || vocabulary.verb(text) != nil || vocabulary.statement(text) != nil
    }

    // MARK: the shortest ways through a run

    /// A place in the run that can be reached: with the fewest words, and from where.
    private struct Node {
        let last: Int
        var count: Int
        var previous: [Int]
        var isAfterNumber = false
    }

    private func lattice(_ run: Span) -> [Node] {
        var nodes: [Int: Node] = [run.lower: Node(last: run.lower, count: 0, previous: [])]
        for place in run.lower..<run.upper {
            guard let node = nodes[place] else { continue }
            for (end, isNumber) in pieces(at: place, run, node) {
                var next = nodes[end] ?? Node(last: end, count: Int.max, previous: [])
                if node.count + 1 < next.count {
                    next = Node(last: end, count: node.count + 1, previous: [place],
                                isAfterNumber: isNumber)
                } else if node.count + 1 == next.count {
                    next.previous.append(place)
                    next.isAfterNumber = next.isAfterNumber || isNumber
                }
                nodes[end] = next
            }
        }
        return nodes.values.sorted { $0.last < $1.last }
    }

    /// Where the words that may stand at a place end, longest first.
    private func pieces(at place: Int, _ run: Span, _ node: Node) -> [(end: Int, isNumber: Bool)] {
        var reader = Lexer(bytes, from: place)
        guard let (first, _) = reader.scalar(at: place) else { return [] }
        if Lexer.isDigit(first) {
            reader.number()
            return [(min(reader.offset, run.upper), true)]
        }
        let rest = String(decoding: bytes[place..<run.upper], as: UTF8.self)
        var ends: Set<Int> = []
        func add(_ name: String) {
            let end = place + name.utf8.count
            // A Latin word is not cut in the middle.
            guard end > place, end <= run.upper, end == run.upper || first.value >= 0x80
                    || bytes[end] >= 0x80 else { return }
            // Nor a number: `项10` is not `项1` and 0.
            let isInNumber = end < run.upper && (0x30...0x39).contains(bytes[end])
                && (0x30...0x39).contains(bytes[end - 1])
            if isInNumber { return }
            ends.insert(end)
        }
        for name in vocabulary.knownPrefixes(of: rest[...]) where rest.hasPrefix(name) { add(name) }
        for name in defined where rest.hasPrefix(name) { add(name) }
        for word in words where rest.hasPrefix(word) {
            let isInside = place > run.lower && place + word.utf8.count < run.upper
            let next = rest.dropFirst(word.count).unicodeScalars.first
            switch word {
            case Words.pathDot: if isInside { add(word) }
            case Words.ordinal: if next.map(Lexer.isDigit) == true { add(word) }
            case _ where Words.measures.contains(word) || Words.untils.contains(word):
                if node.isAfterNumber { add(word) }
            default: add(word)
            }
        }
        return ends.sorted(by: >).map { ($0, false) }
    }

    /// The shortest ways to the run's end, each as the places between its words; the one with
    /// the longest first word comes first.
    private func ways(_ lattice: [Node], to run: Span, atMost limit: Int) -> [[Int]] {
        let nodes = Dictionary(uniqueKeysWithValues: lattice.map { ($0.last, $0) })
        var open: [(place: Int, cuts: [Int])] = [(run.upper, [])]
        var found: [[Int]] = []
        while let (place, cuts) = open.popLast(), found.count < limit {
            guard let node = nodes[place], place > run.lower else {
                found.append(cuts.reversed())
                continue
            }
            for previous in node.previous {
                open.append((previous, previous > run.lower ? cuts + [previous] : cuts))
            }
        }
        return found.sorted { ($0.first ?? 0) > ($1.first ?? 0) }
    }

    private func ambiguous(_ run: Span, _ ways: [[Int]]) -> Diagnostic {
        let shown = ways.map { cuts in
            zip([run.lower] + cuts, cuts + [run.upper]).map {
                String(decoding: bytes[$0..<$1], as: UTF8.self)
            }.joined(separator: " ")
        }
        return Diagnostic("name.ambiguous",
                          Message(zh: "此处有几种读法", en: "this can be read in several ways"),
                          at: run, hint: Message(zh: "请用空格分开", en: "put spaces between the words"),
                          related: shown.map { Message($0) })
    }

    /// `汇总新人数 = …`: the known words up to the last one that defines, then a new name.
    private mutating func splitDefinition(_ run: Span, _ lattice: [Node],
                                          isAssigned: Bool) -> Bool {
        for node in lattice.reversed() where node.last > run.lower && node.last < run.upper {
            guard let start = node.previous.first,
                  defines(String(decoding: bytes[start..<node.last], as: UTF8.self),
                          isAssigned: isAssigned) else { continue }
            let way = ways(lattice.filter { $0.last <= node.last },
                           to: Span(run.lower, node.last), atMost: 1)
            cuts.formUnion(way.first ?? [])
            cuts.insert(node.last)
            defined.insert(String(decoding: bytes[node.last..<run.upper], as: UTF8.self))
            return true
        }
        return false
    }
}
