/// For each row of a tree the first row on its way up, itself included, that qualifies; none where
/// there is no such row.
/// - Parameter above: the row above each, negative for none; without cycles.
package func nearestAbove(_ above: [Int32], _ qualifies: (Int) -> Bool) -> [Int32] {
    let unknown = Int32(-2)
    var result = [Int32](repeating: unknown, count: above.count)
    var path: [Int] = []
    for start in above.indices {
        var row = start
        path.removeAll(keepingCapacity: true)
        var answer = None.row
        while true {
            if result[row] != unknown { answer = result[row]; break }
            path.append(row)
            if qualifies(row) { answer = Int32(row); break }
            guard above[row] >= 0 else { break }
            row = Int(above[row])
        }
        for passed in path { result[passed] = answer }
    }
    return result
}

/// For each row of a tree how many rows are above it.
/// - Parameter above: the row above each, negative for none; without cycles.
package func depths(_ above: [Int32]) -> [Int32] {
    var result = [Int32](repeating: -1, count: above.count)
    var path: [Int] = []
    for start in above.indices {
        var row = start
        path.removeAll(keepingCapacity: true)
        while result[row] < 0 {
            path.append(row)
            guard above[row] >= 0 else { break }
            row = Int(above[row])
        }
        var depth = result[row] < 0 ? -1 : result[row]
        for passed in path.reversed() {
            depth += 1
            result[passed] = depth
        }
    }
    return result
}
