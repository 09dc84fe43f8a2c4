import MusterValues

/// One sheet: the rows that have something in them, in order, and their cells. Rows and columns
/// are told by their place from 0; `number(ofRow:)` is what the program shows beside a row.
package struct Sheet: Sendable {
    /// Of separated text: its file's name without its ending.
    package let name: String
    package let isHidden: Bool
    /// Columns up to the last that has something in it.
    package let columnCount: Int
    /// Rows that have something in them and are hidden in the file, by hand or by a filter.
    package let hiddenRowCount: Int
    let cells: SheetCells
    private let merges: SheetMerges

    /// Nil where too many areas are merged.
    init?(name: String, isHidden: Bool, cells: SheetCells, merged: [SheetMerges.Area] = []) {
        guard let merges = SheetMerges(merged, rows: cells.numbers) else { return nil }
        self.name = name
        self.isHidden = isHidden
        self.cells = cells
        columnCount = cells.columnCount
        hiddenRowCount = cells.hidden.count { $0 != 0 }
        self.merges = merges
    }

    package var rowCount: Int { cells.numbers.count }

    /// As the program numbers it, from 1; of separated text the line on which it begins.
    package func number(ofRow row: Int) -> Int { Int(cells.numbers[row]) }

    package func isHidden(row: Int) -> Bool { cells.hidden[row] != 0 }

    /// What stands there; in a merged area what stands in it.
    package subscript(row: Int, column: Int) -> SheetCell {
        cells.place(row, column, merges).map(cells.cell) ?? .blank
    }

    /// Whether the cell lies in a merged area and is not its first, so that what is read there
    /// stands elsewhere.
    package func isCoveredByMerge(row: Int, column: Int) -> Bool {
        guard let area = merges.area(row, column) else { return false }
        return Int(area.left) != column || area.top != cells.numbers[row]
    }

    /// Whether the cell and the one in the next row are of one merged area.
    func isMergedDown(row: Int, column: Int) -> Bool {
        guard let area = merges.area(row, column) else { return false }
        return row + 1 < rowCount && cells.numbers[row + 1] <= area.bottom
    }

    /// The last column of the merged area in which the cell lies, else the cell's own.
    package func lastMergedColumn(row: Int, column: Int) -> Int {
        merges.area(row, column).map { Int($0.right) } ?? column
    }

    /// The cell as a text: a number in full, a day as `2015-06-03` with the time behind it where
    /// there is one, `TRUE`; nothing where it is blank or without value.
    package func written(row: Int, column: Int) -> String {
        cells.place(row, column, merges).map(cells.written) ?? ""
    }

    /// Places of the row's own cells that have something in them.
    package func columns(ofRow row: Int) -> [Int] {
        cells.range(row).map { Int(cells.columns[$0]) }
    }

    var hasMerges: Bool { !merges.isEmpty }

    /// Where among the cells what is read there stands; nil where nothing does.
    func cell(row: Int, column: Int) -> Int? { cells.place(row, column, merges) }

    /// By column: whether one of the rows has a cell of its own there.
    func used(in rows: Range<Int>) -> [Bool] {
        var used = [Bool](repeating: false, count: columnCount)
        for column in cells.columns[cells.range(rows)] { used[Int(column)] = true }
        return used
    }

    /// `A`, `AB`: the name of a column by its place from 0.
    package static func columnName(_ index: Int) -> String {
        var name = "", rest = index + 1
        while rest > 0 {
            name = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + name
            rest = (rest - 1) / 26
        }
        return name
    }
}

/// Cells row by row: kinds and payloads, and the texts that they share.
struct SheetCells: Sendable {
    /// Of each row, from 1, ascending.
    var numbers: [UInt32] = []
    var hidden: [UInt8] = []
    /// Of each row's cells, and the end of the last.
    var starts: [UInt64] = [0]
    var columns: [UInt16] = []
    var kinds: [UInt8] = []
    /// See `muster_cell_kind`.
    var payloads: [UInt64] = []
    var texts = SheetTexts()

    func range(_ row: Int) -> Range<Int> { range(row..<row + 1) }

    func range(_ rows: Range<Int>) -> Range<Int> {
        Int(starts[rows.lowerBound])..<Int(starts[rows.upperBound])
    }

    /// Columns up to the last that has something in it.
    var columnCount: Int { columns.max().map { Int($0) + 1 } ?? 0 }

    /// Where among the cells what is read there stands.
    func place(_ row: Int, _ column: Int, _ merges: SheetMerges) -> Int? {
        guard let area = merges.area(row, column) else { return find(row, column) }
        return merges.row(of: area, numbers).flatMap { find($0, Int(area.left)) }
    }

    private func find(_ row: Int, _ column: Int) -> Int? {
        var (low, high) = (Int(starts[row]), Int(starts[row + 1]))
        // Most rows have all of their cells.
        let straight = low + column
        if straight < high, Int(columns[straight]) == column { return straight }
        high = min(high, straight + 1)
        while low < high {
            let middle = (low + high) / 2
            if Int(columns[middle]) < column { low = middle + 1 } else { high = middle }
        }
        return low < Int(starts[row + 1]) && Int(columns[low]) == column ? low : nil
    }

    func cell(_ place: Int) -> SheetCell {
        let payload = payloads[place]
        switch SheetCell.Kind(rawValue: kinds[place]) {
        case .text: return .text(texts[payload])
        case .number:
            let value = Double(bitPattern: payload)
            return .number(value, written: SheetNumber.written(value))
        case .digits:
            let digits = texts[payload]
            return .number(Double(digits) ?? 0, written: digits)
        case .day:
            return .day(Int32(truncatingIfNeeded: payload >> 32),
                        hasTime: UInt32(truncatingIfNeeded: payload) != 0)
        case .boolean: return .boolean(payload != 0)
        case .error: return .error(texts[payload])
        case .unvalued, nil: return .unvalued
        }
    }

    func written(_ place: Int) -> String {
        var bytes: [UInt8] = []
        write(place, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The cell as a text, see `Sheet.written`.
    func write(_ place: Int, to bytes: inout [UInt8]) {
        let payload = payloads[place]
        switch SheetCell.Kind(rawValue: kinds[place]) {
        case .text, .digits, .error: bytes.append(contentsOf: texts.bytes(of: payload))
        case .number: SheetNumber.append(Double(bitPattern: payload), to: &bytes)
        case .boolean: bytes.append(contentsOf: (payload != 0 ? "TRUE" : "FALSE").utf8)
        case .day:
            bytes.append(contentsOf: CivilDay.text(Int32(truncatingIfNeeded: payload >> 32)).utf8)
            let time = Int(UInt32(truncatingIfNeeded: payload))
            if time != 0 { bytes.append(contentsOf: (" " + Self.clock(time)).utf8) }
        case .unvalued, nil: break
        }
    }

    private static func clock(_ milliseconds: Int) -> String {
        func pad(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let seconds = milliseconds / 1000, rest = milliseconds % 1000
        return pad(seconds / 3600, 2) + ":" + pad(seconds / 60 % 60, 2) + ":" + pad(seconds % 60, 2)
            + (rest == 0 ? "" : "." + pad(rest, 3))
    }
}

/// Texts behind one another, told by number.
struct SheetTexts: Sendable {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]

    var count: Int { offsets.count - 1 }

    subscript(number: UInt64) -> String { String(decoding: bytes(of: number), as: UTF8.self) }

    func bytes(of number: UInt64) -> ArraySlice<UInt8> {
        let number = Int(number)
        guard number + 1 < offsets.count else { return [] }
        return bytes[Int(offsets[number])..<Int(offsets[number + 1])]
    }
}
