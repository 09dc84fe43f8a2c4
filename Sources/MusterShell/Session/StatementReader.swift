import MusterBinding
import MusterDiagnostics
import MusterLanguage
import MusterValues

/// A text read statement by statement while it is carried out: the names that one of them brings
/// (a table's columns, another script's definitions) are known to those behind it.
struct StatementReader {
    private let source: SourceText
    private var script: ParsedScript
    /// The last statement that was taken.
    private var last: Statement?

    init(_ source: SourceText, _ vocabulary: SessionVocabulary) {
        self.source = source
        script = parse(source, vocabulary: vocabulary)
    }

    /// How many statements there are, as far as that is known.
    var count: Int { script.statements.count }

    /// Those not taken yet.
    var statements: ArraySlice<Statement> {
        let place = last.map { max($0.span.upper, $0.span.lower + 1) } ?? 0
        return script.statements[script.statements.partitionPoint { $0.span.lower >= place }...]
    }

    /// What is wrong for certain: faults in Chinese behind a statement that brings names may be
    /// none once they are known.
    var faults: [Diagnostic] {
        if script.diagnostics.isEmpty { return [] }
        let first = statements.first { $0.bringsNames }
        return script.diagnostics.filter { fault in
            guard let first, let span = fault.span else { return true }
            return span.lower < first.span.upper || !line(of: span).holdsChinese
        }.map { $0.located(in: source) }
    }

    /// The next statement, read with these words; nil at the end.
    ///
    /// Throws all faults that no statement before them can mend.
    mutating func next(_ vocabulary: @autoclosure () -> SessionVocabulary) throws -> Statement? {
        read(with: vocabulary)
        let faults = faults
        guard faults.isEmpty else { throw Diagnostics(faults) }
        return take()
    }

    /// The same whatever is wrong: the next statement that could be read.
    mutating func nextSound(_ vocabulary: @autoclosure () -> SessionVocabulary) -> Statement? {
        read(with: vocabulary)
        while let statement = take() {
            if script.isSound(statement) { return statement }
        }
        return nil
    }

    /// Everything that is wrong, as far as names are known by now.
    var allFaults: [Diagnostic] { script.diagnostics.map { $0.located(in: source) } }

    /// Reads on with the names that the last statement brought. What a text defines itself is
    /// known in all of it without that.
    private mutating func read(with vocabulary: () -> SessionVocabulary) {
        guard last?.bringsNames == true else { return }
        script = parse(source, vocabulary: vocabulary())
    }

    private mutating func take() -> Statement? {
        guard let statement = statements.first else { return nil }
        last = statement
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
        switch kind {
        case .parameter(_, let type, _, _, _): return Session.tableKind.matches(type.text)
        case .query(let expression):
            guard case .pipeline(let pipeline) = expression.kind else { return false }
            return pipeline.stages.contains { $0.traits.contains(.keeps) }
        default: break
        }
        return command?.traits.contains(.bringsNames) == true
    }
}
