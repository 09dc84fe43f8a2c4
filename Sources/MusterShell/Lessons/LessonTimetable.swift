import MusterDiagnostics

/// The lessons of a day one after the other, with its pauses. Times are minutes of the day.
struct LessonTimetable {
    struct Part {
        enum Kind: Equatable {
            case opening, pause, lunch
            case lesson(Int)
        }

        let kind: Kind
        /// Counted from 1.
        let day: Int
        let from: Int
        let to: Int

        /// `8:30–8:45`.
        var time: String { "\(Self.clock(from))–\(Self.clock(to))" }

        private static func clock(_ minutes: Int) -> String {
            "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
        }
    }

    private static let begins = 8 * 60 + 30
    private static let noon = 12 * 60
    private static let afternoon = 13 * 60 + 30
    private static let ends = 17 * 60 + 30
    private static let pause = 15
    /// A pause is due from then on, in the morning and in the afternoon.
    private static let pauses = [10 * 60, 15 * 60]

    private(set) var parts: [Part] = []

    /// - Parameter lengths: of the lessons, in minutes.
    init(_ lengths: [Int]) {
        var day = 1, now = Self.begins
        var due = Self.pauses, isForenoon = true
        func add(_ kind: Part.Kind, _ length: Int) {
            parts.append(Part(kind: kind, day: day, from: now, to: now + length))
            now += length
        }
        add(.opening, 15)
        for (index, length) in lengths.enumerated() {
            if isForenoon, now + length > Self.noon {
                add(.lunch, max(0, Self.afternoon - now))
                isForenoon = false
                due.removeAll { $0 < Self.noon }
            } else if !isForenoon, now + length > Self.ends {
                (day, now, due, isForenoon) = (day + 1, Self.begins, Self.pauses, true)
            } else if let next = due.first, now >= next {
                due.removeFirst()
                add(.pause, Self.pause)
            }
            add(.lesson(index), length)
        }
    }
}
