/// Which of many categories are drawn as bars or columns: those short of their target, furthest
/// short first; where none is, the highest and the lowest. Equals (of one value, or shown alike)
/// are all drawn or all left out.
struct ChartChoice {
    enum Reason: Equatable {
        /// All there are.
        case all
        /// Only of those that are short of their target.
        case short(count: Int)
        /// The two ends by the first series; whether there are targets, all of them met.
        case ends(highest: Int, lowest: Int, allMet: Bool)
    }

    /// More bars than these are not all drawn.
    static let mostBars = 30

    /// Ascending.
    let drawn: [Int]
    let reason: Reason
    /// Equals that would have come first but are too many: twice as many as may be drawn.
    let tied: Int

    /// Every one.
    init(all count: Int) {
        drawn = Array(0..<count)
        reason = .all
        tied = 0
    }

    /// `targets` is empty or holds one value a category, as the series do.
    init(of count: Int, _ series: [ChartPanel.Series], targets: [Double?]) {
        guard count > Self.mostBars else { self.init(all: count); return }
        let short = targets.indices.compactMap { index -> Candidate? in
            guard let target = targets[index],
                  let gap = series.compactMap({ $0.values[index].map { target - $0 } }).max(),
                  gap > 0 else { return nil }
            return Candidate(index: index, weight: gap,
                             shown: series.map { $0.texts[index] } + [target.description])
        }
        guard short.isEmpty else {
            let taken = Self.take(Self.ordered(short), most: Self.mostBars)
            self.init(taken.drawn, .short(count: short.count), tied: taken.tied.count)
            return
        }
        let ranked = Self.ordered((0..<count).compactMap { index in
            series.first.flatMap { first in
                first.values[index].map {
                    Candidate(index: index, weight: $0, shown: [first.texts[index]])
                }
            }
        })
        let high = Self.take(ranked, most: Self.mostBars / 2)
        let gone = Set(high.drawn + high.tied)
        let low = Self.take(ranked.reversed().filter { !gone.contains($0.index) },
                            most: Self.mostBars / 2)
        self.init(high.drawn + low.drawn,
                  .ends(highest: high.drawn.count, lowest: low.drawn.count,
                        allMet: targets.contains { $0 != nil }),
                  tied: high.tied.count + low.tied.count)
    }

    private init(_ drawn: [Int], _ reason: Reason, tied: Int) {
        self.drawn = drawn.sorted()
        self.reason = reason
        self.tied = tied
    }

    private struct Candidate {
        let index: Int
        /// The more, the sooner drawn.
        let weight: Double
        /// All that is shown of it.
        let shown: [String]

        func equals(_ other: Candidate) -> Bool {
            abs(weight - other.weight) <= 1e-9 * max(abs(weight), abs(other.weight))
        }
    }

    private static func ordered(_ candidates: [Candidate]) -> [Candidate] {
        candidates.sorted { ($0.weight, $1.index) > ($1.weight, $0.index) }
    }

    /// So many of the first as may be without cutting between equals; else twice as many, where
    /// the first equals alone are more; what is more than that stands aside.
    private static func take(_ ordered: [Candidate], most: Int) -> (drawn: [Int], tied: [Int]) {
        let ends = ends(ordered)
        var start = 0
        while start < ordered.count {
            let beyond = ends.filter { $0 > start }
            let end = beyond.last { $0 - start <= most } ?? beyond[0]
            if end - start <= 2 * most {
                return (ordered[start..<end].map(\.index), ordered[..<start].map(\.index))
            }
            start = end
        }
        return ([], ordered.map(\.index))
    }

    /// After how many of them no equals are cut apart, ascending.
    private static func ends(_ ordered: [Candidate]) -> [Int] {
        var last: [[String]: Int] = [:]
        for (place, one) in ordered.enumerated() { last[one.shown] = place }
        var ends: [Int] = [], reach = 0
        for (place, one) in ordered.enumerated() {
            reach = max(reach, last[one.shown] ?? place)
            let next = place + 1
            if next < ordered.count, one.equals(ordered[next]) { reach = max(reach, next) }
            if reach <= place { ends.append(next) }
        }
        return ends
    }
}
