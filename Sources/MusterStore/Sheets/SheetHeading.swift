import MusterDiagnostics

/// The row that names the columns of a sheet; or the two, where headings reach from one into the
/// other beside groups of several columns.
struct SheetHeading {
    private let sheet: Sheet
    let rows: ClosedRange<Int>

    /// Nil where no row does. The first is meant in which at least half of the columns that are
    /// used have a text, and more than one does: the row of a title has one, merged over all.
    init?(_ sheet: Sheet) {
        self.sheet = sheet
        let used = sheet.used(in: 0..<sheet.rowCount).count { $0 }
        let first = (0..<sheet.rowCount).first { row in
            let named = Self.texts(sheet, row)
            return named * 2 >= used && named > min(1, used - 1)
        }
        guard let first else { return nil }
        if first > 0, Self.goesOn(sheet, first - 1) {
            rows = first - 1...first
        } else {
            rows = first...(Self.goesOn(sheet, first) ? first + 1 : first)
        }
    }

    /// Places of the rows below.
    var below: Range<Int> { rows.upperBound + 1..<sheet.rowCount }

    /// As the program numbers them.
    var numbers: [Int] { rows.map(sheet.number) }

    /// What a column is called: the name of the group and its own, or the one that reaches down;
    /// nothing where it has none.
    func name(_ column: Int) -> String {
        let own = sheet.isCoveredByMerge(row: rows.upperBound, column: column) ? ""
            : Heading.name(sheet.written(row: rows.upperBound, column: column))
        guard rows.count > 1 else { return own }
        let group = Heading.name(sheet.written(row: rows.lowerBound, column: column))
        return group == own ? own : Heading.joined(group, own)
    }

    /// Columns of the row that have a text of their own.
    private static func texts(_ sheet: Sheet, _ row: Int) -> Int {
        sheet.columns(ofRow: row).count { column in
            guard !sheet.isCoveredByMerge(row: row, column: column),
                  case .text(let text) = sheet[row, column] else { return false }
            return !text.isBlank
        }
    }

    /// Whether a heading of the row, which has several, reaches down into the next.
    private static func goesOn(_ sheet: Sheet, _ row: Int) -> Bool {
        row + 1 < sheet.rowCount && texts(sheet, row) > 1 && (0..<sheet.columnCount).contains {
            sheet.isMergedDown(row: row, column: $0) && !sheet.written(row: row, column: $0).isBlank
        }
    }
}
