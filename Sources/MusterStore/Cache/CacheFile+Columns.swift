extension CacheFile {
    /// A column; nil where what stands there is not what was written, or no column can hold it.
    ///
    /// - Parameter rowCounts: of all tables, by name.
    func column(_ column: CachedColumn, rowCounts: [String: Int]) -> Column? {
        let section = column.sections[0]
        switch column.kind {
        case .text:
            guard let codes: [Int32] = values(section), let texts = dictionary(column),
                  codes.lie(in: -1...Int32(clamping: texts.count - 1)) else { return nil }
            return .text(codes, texts)
        case .day:
            guard let days: [Int32] = values(section),
                  days.lie(in: -Self.farDay...Self.farDay, or: None.day) else { return nil }
            return .day(days)
        case .integer: return values(section).map { .integer($0) }
        case .hundredths: return values(section).map { .hundredths($0) }
        case .decimal: return values(section).map { .decimal($0, places: column.places) }
        case .double: return values(section).map { .double($0) }
        case .bool:
            guard let values: [UInt8] = values(section), values.lie(in: 0...None.bool)
            else { return nil }
            return .bool(values)
        case .reference:
            guard let rows: [Int32] = values(section), let count = rowCounts[column.target],
                  rows.lie(in: -1...Int32(clamping: count - 1)) else { return nil }
            return .reference(rows, table: column.target)
        }
    }

    /// Days further from 1970 than any calendar that is read.
    private static let farDay: Int32 = 4_000_000

    private func dictionary(_ column: CachedColumn) -> TextDictionary? {
        guard let bytes: [UInt8] = values(column.sections[1]),
              let offsets: [UInt32] = values(column.sections[2]),
              offsets.first == 0, offsets.last.map(Int.init) == bytes.count,
              offsets.isAscending else { return nil }
        return TextDictionary(bytes: bytes, offsets: offsets)
    }
}

extension Array where Element: FixedWidthInteger {
    /// Whether every value is within the bounds or the one beside them.
    fileprivate func lie(in bounds: ClosedRange<Element>, or other: Element? = nil) -> Bool {
        let other = other ?? bounds.lowerBound
        return withUnsafeBufferPointer { values in
            var strangers: Element = 0
            for value in values {
                let isKnown = value >= bounds.lowerBound && value <= bounds.upperBound
                    || value == other
                strangers |= isKnown ? 0 : 1
            }
            return strangers == 0
        }
    }

    fileprivate var isAscending: Bool {
        withUnsafeBufferPointer { values in
            var falls: Element = 0
            for index in 1..<Swift.max(1, values.count) {
                falls |= values[index] < values[index - 1] ? 1 : 0
            }
            return falls == 0
        }
    }
}
