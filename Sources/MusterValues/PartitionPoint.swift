extension RandomAccessCollection {
    /// The first index from which on a condition holds, of a collection whose elements it holds
    /// for from some place to the end; `endIndex` where for none.
    public func partitionPoint(where holds: (Element) -> Bool) -> Index {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = index(low, offsetBy: distance(from: low, to: high) / 2)
            if holds(self[middle]) { high = middle } else { low = index(after: middle) }
        }
        return low
    }
}
