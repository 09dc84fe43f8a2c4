import MusterDiagnostics

/// Chinese without spaces: finds where runs of Han characters fall into known names.
struct Splitter {
    private(set) var cuts: Set<Int> = []
    private(set) var diagnostics: [Diagnostic] = []

    init(vocabulary: any Vocabulary, tokens: [Token], bytes: [UInt8]) {}
}
