import MusterDiagnostics
import MusterStore

extension ResultTable {
    /// Said under a table where a difference, which is rounded from the exact one, is not what
    /// the two rounded figures beside it differ by. Nil where all add up.
    ///
    /// - Parameter advance: told how far it is; throws to stop it.
    package func roundingRemark(
        advance: @escaping @Sendable (Int, Int) throws(Diagnostic) -> Void = { _, _ in })
        throws(Diagnostic) -> Message? {
        guard columns.contains(where: { $0.difference != nil }) else { return nil }
        let shown = try ShownColumn.all(self, rows: Array(0..<rowCount),
                                        Presentation(.en, advance: advance))
        let isOff = columns.indices.contains { place in
            guard let pair = columns[place].difference,
                  let minuend = columns.firstIndex(where: { $0.name == pair.minuend }),
                  let subtrahend = columns.firstIndex(where: { $0.name == pair.subtrahend })
            else { return false }
            return (0..<rowCount).contains { row in
                guard let a = shown[minuend].percentage(row),
                      let b = shown[subtrahend].percentage(row),
                      let difference = shown[place].percentage(row) else { return false }
                // A target may be shown with more decimals than the difference.
                return abs(a.units - b.units - difference.units) > halfOfLastDigit
            }
        }
        return isOff ? Message(
            zh: "差（个百分点）由未四舍五入的数算出，可能与所列两数之差相差 0.1。",
            en: "Differences come from the exact figures and may be 0.1 off those of the rounded "
                + "ones shown.") : nil
    }
}

/// Of a difference as it is shown, in millionths of a percentage point.
private let halfOfLastDigit = 50_000

extension Percentage {
    /// As it is shown, in millionths of a percentage point.
    fileprivate var units: Int { Int(rounded.shifted(6).text(0)) ?? 0 }
}
