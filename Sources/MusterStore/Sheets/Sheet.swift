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
    private let cells: SheetCells
    private let merges: SheetMerges

    /// Nil where too many areas are merged.
    init?(name: String, isHidden: Bool, cells: SheetCells, merged: [SheetMerges.Area] = []) {
        guard let merges = SheetMerges(merged, rows: cells.numbers) else { return nil }
        self.name = name
        self.isHidden = isHidden
        self.cells = cells
        columnCount = cells.columns.max().map { Int($0) + 1 } ?? 0
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

    /// What sorts of cells the row has of its own, and where.
    func kinds(ofRow row: Int) -> [(column: Int, kind: SheetCell.Kind)] {
        cells.range(row).compactMap { place in
            SheetCell.Kind(rawValue: cells.kinds[place]).map { (Int(cells.columns[place]), $0) }
        }
    }

    var hasMerges: Bool { !merges.isEmpty }

    /// The cell in JSON: `written` as a text, or null.
    func quote(row: Int, column: Int, into line: inout [UInt8]) {
        guard let place = cells.place(row, column, merges), cells.kinds[place]
                != SheetCell.Kind.unvalued.rawValue else {
            line.append(contentsOf: "null".utf8)
            return
        }
        if cells.kinds[place] == SheetCell.Kind.text.rawValue {
            JSONText.quote(cells.texts.bytes(of: cells.payloads[place]), into: &line)
        } else {
            JSONText.quote(cells.written(place).utf8, into: &line)
        }
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

    func range(_ row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row + 1]) }

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
        switch cell(place) {
        case .blank, .unvalued: return ""
        case .text(let text), .error(let text), .number(_, let text): return text
        case .boolean(let value): return value ? "TRUE" : "FALSE"
        case .day(let day, let hasTime):
            let time = Int(UInt32(truncatingIfNeeded: payloads[place]))
            return CivilDay.text(day) + (hasTime ? " " + Self.clock(time) : "")
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

    subscript(number: UInt64) -> String { String(decoding: bytes(of: number), as: UTF8.self) }

    func bytes(of number: UInt64) -> ArraySlice<UInt8> {
        let number = Int(number)
        guard number + 1 < offsets.count else { return [] }
        return bytes[Int(offsets[number])..<Int(offsets[number + 1])]
    }
}
