import MusterDiagnostics

/// Reads the columns of a sheet, one after the other: the distinct texts that its cells show, and
/// which of them each row has.
struct SheetColumns {
    private let table: SheetTable
    private let isCancelled: () -> Bool
    /// By the number of a text of the book: its number in the column being read, or -1.
    private var numberOfText: [Int32]

    init(_ table: SheetTable, isCancelled: @escaping () -> Bool) {
        self.table = table
        self.isCancelled = isCancelled
        numberOfText = [Int32](repeating: -1, count: table.sheet.cells.texts.count)
    }

    /// - Parameter place: of the column in the sheet.
    /// - Returns: by row the number of its text, or -1; and the texts.
    mutating func read(_ place: Int) throws -> (codes: [Int32], texts: DistinctTexts) {
        let sheet = table.sheet, cells = sheet.cells
        var column = Reading()
        var codes: [Int32] = []
        codes.reserveCapacity(table.rows.count)
        for row in table.rows {
            if codes.count & 0xFFF == 0, isCancelled() { throw BlockFlow.cancelled }
            guard let cell = sheet.cell(row: row, column: place) else {
                codes.append(-1)
                continue
            }
            codes.append(column.number(of: cell, cells, &numberOfText))
        }
        for text in column.ofBook { numberOfText[text] = -1 }
        column.texts.mayRepeat = column.mayRepeat
        return (codes, column.texts)
    }

    /// A column being read.
    private struct Reading {
        var texts = DistinctTexts()
        /// Numbers in the book of texts that were met.
        var ofBook: [Int] = []
        private var ofNumbers = IntegerTable()
        private var ofDays = IntegerTable()
        private var ofTruth: [Int32] = [-1, -1]

        /// Two numbers may be shown alike, and a text may look like a number.
        var mayRepeat: Bool { ofBook.count < texts.count }

        mutating func number(of cell: Int, _ cells: SheetCells, _ numberOfText: inout [Int32])
            -> Int32 {
            let payload = cells.payloads[cell], key = Int64(bitPattern: payload)
            let next = Int32(texts.count)
            switch SheetCell.Kind(rawValue: cells.kinds[cell]) {
            case .text, .digits, .error:
                let text = Int(payload)
                if numberOfText[text] >= 0 { return numberOfText[text] }
                numberOfText[text] = next
                ofBook.append(text)
            case .number:
                if let known = ofNumbers[key] { return known }
                ofNumbers.set(key, next)
            case .day:
                if let known = ofDays[key] { return known }
                ofDays.set(key, next)
            case .boolean:
                let place = payload == 0 ? 0 : 1
                if ofTruth[place] >= 0 { return ofTruth[place] }
                ofTruth[place] = next
            case .unvalued, nil: return -1
            }
            texts.append { cells.write(cell, to: &$0) }
            return next
        }
    }
}
