import CReadline
import CSystem
import Glibc
import Synchronization

// The one place where C calls back: the interrupt, and what readline asks while it reads a line.
// Such functions cannot carry anything with them, so what they need stands here.

/// Whether Ctrl-C was pressed. A running query looks at it once a chunk.
package enum Interrupt {
    private static let flag = Atomic<Bool>(false)
    private static let secondEnds = Atomic<Bool>(false)

    package static var isRequested: Bool { flag.load(ordering: .relaxed) }

    package static func clear() { flag.store(false, ordering: .relaxed) }

    /// As Ctrl-C does.
    package static func request() { flag.store(true, ordering: .relaxed) }

    /// From here on Ctrl-C sets the flag and no longer ends the program.
    ///
    /// - Parameter secondEnds: a second one does, where the first has not been seen to yet.
    package static func install(secondEnds: Bool = false) {
        // Set once before the handler can, which must not be the first to touch it.
        clear()
        self.secondEnds.store(secondEnds, ordering: .relaxed)
        muster_on_interrupt { _ in
            if Interrupt.isRequested, Interrupt.secondEnds.load(ordering: .relaxed) {
                Interrupt.end()
            }
            Interrupt.request()
        }
    }

    /// Ends the program as Ctrl-C ends one that does not heed it, so that a script which called
    /// it ends as well.
    package static func end() {
        muster_unfinished_remove()
        signal(SIGINT, SIG_DFL)
        raise(SIGINT)
    }
}

/// The editor whose line is being read, and the last candidates it found. Only the thread that
/// reads lines touches them.
enum ReadlineState {
    nonisolated(unsafe) static weak var editor: LineEditor?
    nonisolated(unsafe) private static var candidates: [Completion] = []

    static func setUp() {
        var hooks = muster_line_hooks(
            interrupted: { Interrupt.isRequested },
            complete: { line, cursor in
                guard let line else { return nil }
                return ReadlineState.complete(UnsafeRawPointer(line), Int(cursor))
            },
            candidates: { rows, columns in
                ReadlineState.editor?.show(ReadlineState.candidates, rows: Int(rows),
                                           columns: Int(columns))
                return nil
            },
            suggest: { line, columns, shown in
                guard let line, let shown, let editor = ReadlineState.editor,
                      let text = String(validatingCString: line),
                      let found = editor.suggestion(text, columns: Int(columns)) else { return nil }
                shown.pointee = strdup(found.shown)
                return strdup(found.rest)
            })
        muster_line_setup("muster", &hooks)
    }

    private static func complete(_ line: UnsafeRawPointer, _ cursor: Int)
        -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        let bytes = UnsafeRawBufferPointer(start: line, count: strlen(line))
        // Bytes of another encoding, pasted: there are no characters to complete.
        guard let editor, let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let completions = editor.completions(text, cursor)
        candidates = completions.candidates
        let texts = completions.replacements(line: text, cursor: cursor)
        guard !texts.isEmpty, !texts.contains(where: { $0.utf8.contains(0) }) else { return nil }
        let size = (texts.count + 1) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
        guard let memory = malloc(size) else { return nil }
        let list = memory.bindMemory(to: UnsafeMutablePointer<CChar>?.self,
                                     capacity: texts.count + 1)
        for (index, text) in texts.enumerated() { list[index] = strdup(text) }
        list[texts.count] = nil
        return list
    }
}
