import MusterDiagnostics
import MusterLanguage

/// A text read statement by statement while it is carried out: the names that one of them brings
/// (a table's columns, another script's definitions) are known to those behind it.
struct StatementReader {
    private let source: SourceText
    private var vocabulary: SessionVocabulary
    private var script: ParsedScript
    /// Where the last statement that was taken ends.
    private var place = 0

    init(_ source: SourceText, _ vocabulary: SessionVocabulary) {
        self.source = source
        self.vocabulary = vocabulary
        script = parse(source, vocabulary: vocabulary)
    }

    /// How many statements there are, as far as that is known.
    var count: Int { script.statements.count }

    var statements: [Statement] { script.statements.filter { $0.span.lower >= place } }

    /// What is wrong for certain: faults in Chinese behind a statement that brings names may be
    /// none once they are known.
    var faults: [Diagnostic] {
        let first = script.statements.first { $0.span.lower >= place && $0.bringsNames }
        return script.diagnostics.filter { fault in
            guard let first, let span = fault.span else { return true }
            return span.lower < first.span.upper || !line(of: span).holdsChinese
        }.map { $0.located(in: source) }
    }

    /// The next statement, read with these words; nil at the end.
    ///
    /// Throws all faults that no statement before them can mend.
    mutating func next(_ vocabulary: SessionVocabulary) throws -> Statement? {
        read(with: vocabulary)
        let faults = faults
        guard faults.isEmpty else { throw Diagnostics(faults) }
        return take()
    }

    /// The same whatever is wrong: the next statement that could be read.
    mutating func nextSound(_ vocabulary: SessionVocabulary) -> Statement? {
        read(with: vocabulary)
        while let statement = take() {
            if script.isSound(statement) { return statement }
        }
        return nil
    }

    /// Everything that is wrong, as far as names are known by now.
    var allFaults: [Diagnostic] { script.diagnostics.map { $0.located(in: source) } }

    private mutating func read(with vocabulary: SessionVocabulary) {
        guard vocabulary != self.vocabulary else { return }
        self.vocabulary = vocabulary
        script = parse(source, vocabulary: vocabulary)
    }

    private mutating func take() -> Statement? {
        guard let statement = statements.first else { return nil }
        place = max(statement.span.upper, place + 1)
        return statement
    }

    private func line(of span: Span) -> String {
        let bytes = Array(source.text.utf8)
        var (lower, upper) = (min(span.lower, bytes.count), min(span.upper, bytes.count))
        while lower > 0, bytes[lower - 1] != 0x0A { lower -= 1 }
        while upper < bytes.count, bytes[upper] != 0x0A { upper += 1 }
        return String(decoding: bytes[lower..<upper], as: UTF8.self)
    }
}

extension Statement {
    /// Whether names that are not its own are known behind it.
    var bringsNames: Bool {
        if case .parameter(_, let type, _, _, _) = kind {
            return Session.tableKind.matches(type.text)
        }
        return command?.traits.contains(.bringsNames) == true
    }
}
