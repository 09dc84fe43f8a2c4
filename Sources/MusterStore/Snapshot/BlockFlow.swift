import CSimdjson
import Dispatch
import MusterDiagnostics

/// Hands out blocks to workers and lets them commit in the order in which the blocks were read.
final class BlockFlow {
    /// A block's place in line.
    struct Turn {
        let number: Int
        /// The position of the block's first row.
        let firstRow: Int
        /// Why the block could not be read.
        let failure: (any Error)?
    }

    let blocks: any RowBlocks
    let workers: Int
    private let options: LoadOptions
    private let capacity: Int
    private let reading = DispatchSemaphore(value: 0)
    /// One a worker, since no more blocks than that are under way: a block waits at its number
    /// modulo their count and then calls the next.
    private let turns: [DispatchSemaphore]

    // Under `reading`.
    private var number = 0
    private(set) var rowCount = 0
    private var consumed: Int
    private let start: Int
    private(set) var isFull = false
    private var isDone = false
    // Under the turn.
    private(set) var failure: (any Error)?

    init(_ blocks: any RowBlocks, options: LoadOptions, capacity: Int) {
        self.blocks = blocks
        self.options = options
        self.capacity = capacity
        consumed = blocks.consumed
        start = blocks.consumed
        workers = max(1, min(options.threads, 64))
        turns = (0..<workers).map { _ in DispatchSemaphore(value: 0) }
        reading.signal()
        turns[0].signal()
    }

    /// The next block, or nil where there is none or the load has come to its end.
    func read(into block: BlockBuffer) -> Turn? {
        reading.wait()
        defer { reading.signal() }
        guard !isDone else { return nil }
        var problem: (any Error)?
        do {
            if options.isCancelled() { throw Self.cancelled }
            guard try blocks.next(into: block) else {
                isDone = true
                return nil
            }
        } catch {
            isDone = true
            problem = error
        }
        let first = rowCount
        if problem == nil {
            let lines = muster_count_lines(block.memory, block.count)
            let endsInLine = block.count > 0 && block.memory[block.count - 1] != 10
            rowCount += lines + (endsInLine ? 1 : 0)
            if rowCount > capacity {
                rowCount = first
                isFull = true
                isDone = true
                return nil
            }
            options.advance(blocks.consumed - consumed)
            consumed = blocks.consumed
        }
        defer { number += 1 }
        return Turn(number: number, firstRow: first, failure: problem)
    }

    /// Runs `body` when all earlier blocks have been committed, unless one of them failed.
    func inTurn(_ turn: Turn, _ body: () throws -> Void) {
        turns[turn.number % workers].wait()
        if failure == nil {
            do {
                try body()
            } catch {
                failure = error
                stop()
            }
        }
        turns[(turn.number + 1) % workers].signal()
    }

    /// Bytes on disk read so far.
    var advanced: Int { consumed - start }

    private func stop() {
        reading.wait()
        isDone = true
        reading.signal()
    }

    static let cancelled = Diagnostic(
        "load.cancelled", Message(zh: "载入已取消，原有数据未变",
                                  en: "loading was cancelled; what was loaded before stays"))
}
