/// How wide one column of a table would like to be, and how narrow it may become.
struct ColumnMeasure {
    /// The widest of its values.
    let values: Int
    /// Its heading on one line, and the widest piece of it where it may be broken.
    let heading: Int
    let headingPiece: Int
    let canShorten: Bool
    /// Says where a row stands, not what was counted, such as a rank: left out before others.
    var isSecondary = false

    var natural: Int { max(values, heading) }
    /// With its heading on several lines: nothing is lost.
    var wrapped: Int { max(values, headingPiece) }
    /// With its texts shortened.
    var least: Int { canShorten ? min(wrapped, ColumnFit.leastText) : wrapped }
}

/// The columns that fit a window, and the width of each: first headings are broken, then texts are
/// shortened, the longest first, then columns are left out: secondary ones, then from the right.
struct ColumnFit {
    static let gap = 2
    /// What a text is at least left with: five Chinese characters.
    static let leastText = 10

    /// Those that are shown, from the left.
    let columns: [Int]
    let widths: [Int]

    /// - Parameter screen: how many screens of columns stand before: the first column and those
    ///   that found no room on them. The last that there is where it is one too far.
    init(_ columns: [ColumnMeasure], window: Int?, screen: Int) {
        var left = Array(columns.indices), fit = ColumnFit(columns, window: window)
        for _ in 0..<max(0, screen) {
            left = left.prefix(1) + left.dropFirst().filter { !fit.columns.contains($0) }
            guard left.count > 1 else { break }
            let next = ColumnFit(left.map { columns[$0] }, window: window)
            // A window too narrow for two columns does without the first.
            let isAlone = next.columns.count == 1
            let places = isAlone ? [left[1]] : next.columns.map { left[$0] }
            let natural = columns[left[1]].natural
            fit = ColumnFit(places, isAlone ? [min(natural, window ?? natural)] : next.widths)
        }
        self = fit
    }

    private init(_ columns: [Int], _ widths: [Int]) {
        self.columns = columns
        self.widths = widths
    }

    init(_ columns: [ColumnMeasure], window: Int?) {
        guard let window, Self.total(columns.map(\.natural)) > window else {
            self.columns = Array(columns.indices)
            widths = columns.map(\.natural)
            return
        }
        var places = Array(columns.indices)
        while places.count > 1, Self.total(places.map { columns[$0].least }) > window {
            places.remove(at: places.lastIndex { columns[$0].isSecondary } ?? places.count - 1)
        }
        self.columns = places
        let kept = places.map { columns[$0] }
        if kept.count == 1, kept[0].canShorten, kept[0].natural > window {
            widths = [max(1, window)]
            return
        }
        var level = kept.filter(\.canShorten).map(\.wrapped).max() ?? 0
        func limited(_ level: Int) -> [Int] {
            kept.map { $0.canShorten ? min($0.wrapped, max($0.least, level)) : $0.wrapped }
        }
        while level > Self.leastText, Self.total(limited(level)) > window { level -= 1 }
        widths = Self.spread(kept, from: limited(level), window)
    }

    private static func total(_ widths: [Int]) -> Int {
        widths.reduce(0, +) + gap * max(0, widths.count - 1)
    }

    /// Gives the room that is left to the columns that want it, from the left.
    private static func spread(_ columns: [ColumnMeasure], from widths: [Int],
                               _ window: Int) -> [Int] {
        var widths = widths
        var room = window - total(widths)
        for (index, column) in columns.enumerated() where room > 0 {
            let more = min(room, column.natural - widths[index])
            widths[index] += more
            room -= more
        }
        return widths
    }
}
