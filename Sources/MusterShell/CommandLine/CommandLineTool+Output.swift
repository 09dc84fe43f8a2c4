import MusterDiagnostics
import MusterReport

extension CommandLineTool {
    /// Ctrl-C stops what is running at its next step, and then the program, as if by the signal
    /// itself; a second one ends it at once. So does a reader of the results who is gone.
    func heedingInterrupts(_ body: () -> Int32) -> Int32 {
        Interrupt.install(secondEnds: true)
        let code = body()
        let isCut = code != 0 || CommandLineTool.wasCut.load(ordering: .relaxed)
        if isCut, Interrupt.isRequested { Interrupt.end() }
        if Terminal.isAbandoned { Terminal.endAbandoned() }
        return code
    }

    /// 2 where the chosen format is none for a terminal, and nothing else would take the result.
    func refusal(_ session: Session, output: String?) -> Int32? {
        guard output == nil, session.preferences.destination == .terminal,
              Formats.named(session.preferences.format)?.isBinary == true else { return nil }
        session.show([XLSXFormat.terminal])
        return 2
    }

    /// Standard output and errors; with a progress line where errors are read by somebody.
    static func output() -> SessionOutput {
        guard Terminal.isTerminal(Terminal.errors), Terminal.variable("TERM") != "dumb" else {
            return SessionOutput(results: { put($0) },
                                 messages: { put($0, to: Terminal.errors) })
        }
        let line = ProgressLine(
            width: { Terminal.width(of: Terminal.errors) ?? 80 },
            write: { _ = try? Terminal.write($0, to: Terminal.errors) })
        return SessionOutput(
            results: { bytes in line.aside { put(bytes) } },
            messages: { text in line.aside { put(text, to: Terminal.errors) } },
            progress: line)
    }
}
