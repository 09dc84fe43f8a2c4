import Dispatch
import MusterDiagnostics
import MusterLanguage
import MusterReport
import Synchronization

/// One line at the foot of a terminal that says how far a long task is. It appears half a second
/// after the task began, changes at most ten times a second, and is gone when the task ends.
///
/// Tasks nest: the innermost is shown, unless one around it is a whole whose parts they are.
/// Everything else that is written to the terminal meanwhile goes through `aside`, so that no
/// half of a line is left behind.
package final class ProgressLine: Sendable {
    private struct Task {
        let label: Message
        let isWhole: Bool
        /// So much of it is done; nil where nobody has said.
        var fraction: Double?
        /// What the part that is being done makes of a whole.
        var part = 0.0
    }

    private struct State {
        var tasks: [Task] = []
        var language = Language.en
        var began = ContinuousClock.now
        /// Tells the ticks of this task from those of one that has ended.
        var generation = 0
        var isDrawn = false
        /// Something else has the terminal.
        var isAway = false
    }

    private static let delay = DispatchTimeInterval.milliseconds(500)
    private static let interval = DispatchTimeInterval.milliseconds(100)

    private let state = Mutex(State())
    private let width: @Sendable () -> Int
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - width: columns of the window, asked for before every drawing.
    ///   - write: puts a text to the terminal at once.
    package init(width: @escaping @Sendable () -> Int,
                 write: @escaping @Sendable (String) -> Void) {
        self.width = width
        self.write = write
    }

    /// Follows what the body does. One that `isWhole` has parts, which are tasks themselves.
    package func follow<T, E>(_ label: Message, isWhole: Bool = false, _ language: Language,
                             _ body: () throws(E) -> T) throws(E) -> T {
        begin(Task(label: label, isWhole: isWhole), language)
        defer { end() }
        return try body()
    }

    /// So many of so many parts of the innermost task are done. Any thread may say so. What is
    /// shown of a task never goes back.
    package func count(_ done: Int, _ total: Int) {
        guard total > 0 else { return }
        state.withLock { state in
            guard let last = state.tasks.indices.last else { return }
            let fraction = min(1, max(0, Double(done) / Double(total)))
            state.tasks[last].fraction = max(state.tasks[last].fraction ?? 0, fraction)
            state.tasks[last].part = 1 / Double(total)
        }
    }

    /// Clears the line, writes something else, and keeps the line away meanwhile.
    package func aside(_ body: () -> Void) {
        state.withLock { state in
            clear(&state)
            body()
        }
    }

    /// Leaves the terminal to something else, such as a pager, for as long as that takes.
    package func away<T, E>(_ body: () throws(E) -> T) throws(E) -> T {
        state.withLock { state in
            clear(&state)
            state.isAway = true
        }
        defer { state.withLock { $0.isAway = false } }
        return try body()
    }

    private func begin(_ task: Task, _ language: Language) {
        state.withLock { state in
            if state.tasks.isEmpty {
                state.language = language
                state.began = .now
                state.generation += 1
                tick(state.generation, after: Self.delay)
            }
            state.tasks.append(task)
        }
    }

    private func end() {
        state.withLock { state in
            state.tasks.removeLast()
            if state.tasks.isEmpty { clear(&state) }
        }
    }

    private func clear(_ state: inout State) {
        if state.isDrawn { write("\r\u{1b}[K") }
        state.isDrawn = false
    }

    private func tick(_ generation: Int, after delay: DispatchTimeInterval) {
        DispatchQueue.global().asyncAfter(deadline: .now() + delay) { [weak self] in
            self?.draw(generation)
        }
    }

    private func draw(_ generation: Int) {
        state.withLock { state in
            guard state.generation == generation, let task = state.tasks.first(where: \.isWhole)
                    ?? state.tasks.last else { return }
            guard !state.isAway else { return tick(generation, after: Self.interval) }
            let seconds = (ContinuousClock.now - state.began).components.seconds
            let text = Self.text(task.label[state.language], Self.fraction(state.tasks[...]),
                                 seconds: Int(seconds), width: width() - 1, state.language)
            write("\r" + text + "\u{1b}[K")
            state.isDrawn = true
            tick(generation, after: Self.interval)
        }
    }

    /// How much of the outermost whole is done, its part in hand included; without one, how
    /// much of the innermost task. Nil where that is not known.
    private static func fraction(_ tasks: ArraySlice<Task>) -> Double? {
        guard let whole = tasks.firstIndex(where: \.isWhole) else { return tasks.last?.fraction }
        let within = fraction(tasks[(whole + 1)...]) ?? 0
        return tasks[whole].fraction.map { min(1, $0 + within * tasks[whole].part) }
    }

    /// The line, never wider than the window: label, bar, percentage and seconds, what is least
    /// needed left out first. Of ASCII but for the label, so that every terminal agrees on how
    /// wide it is.
    static func text(_ label: String, _ fraction: Double?, seconds: Int, width: Int,
                     _ language: Language) -> String {
        let label = visible(label)
        let time = Message(zh: "\(seconds) 秒", en: "\(seconds) s")[language]
        let part = fraction.map { value -> String in
            let percent = String(Int(value * 100))
            return String(repeating: " ", count: max(0, 3 - percent.count)) + percent + "%"
        }
        let tail = [part, time].compactMap(\.self).joined(separator: "  ")
        let room = width - displayWidth(tail) - 2
        if let fraction {
            let bar = min(30, room - displayWidth(label) - 4)
            if bar >= 8 {
                let filled = Int(Double(bar) * fraction)
                return "\(label)  [" + String(repeating: "#", count: filled)
                    + String(repeating: ".", count: bar - filled) + "]  " + tail
            }
        }
        if room >= 4 { return shortened(label, to: room, mark: "...") + "  " + tail }
        return displayWidth(tail) <= width ? tail : ""
    }
}

extension Session {
    /// Follows a long task on the progress line, where there is one.
    func following<T, E>(_ label: Message, isWhole: Bool = false,
                         _ body: () throws(E) -> T) throws(E) -> T {
        guard !preferences.isQuiet, let line = console.progress else { return try body() }
        return try line.follow(label, isWhole: isWhole, preferences.language, body)
    }

    /// Lets something else have the terminal.
    func givingWay<T, E>(_ body: () throws(E) -> T) throws(E) -> T {
        guard let line = console.progress else { return try body() }
        return try line.away(body)
    }

    /// What the writing of a report calls: shows how far it is, and stops it on Ctrl-C.
    var advance: @Sendable (Int, Int) throws(Diagnostic) -> Void {
        { [line = console.progress, isInterrupted] done, total throws(Diagnostic) in
            line?.count(done, total)
            if isInterrupted() {
                throw Diagnostic.interrupted
            }
        }
    }
}

extension StatementKind {
    /// What is being done, for whoever waits for it.
    var activity: Message {
        switch self {
        case .query: Message(zh: "查询", en: "querying")
        case .assignment, .parameter: Message(zh: "定义", en: "defining")
        case .command(let word, _, _):
            Commands.named(word).map { Message(zh: $0.signature.name.zh, en: $0.signature.name.en) }
                ?? Message(word)
        }
    }
}
