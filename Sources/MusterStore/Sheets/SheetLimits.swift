import CSheets
import MusterDiagnostics

/// The limits of files with sheets, as their readers take them.
enum SheetLimits {
    /// Bytes of an .xls, which is read as a whole: 65,536 rows to a sheet are not more.
    static let xlsBytes = 512 << 20
    /// Rows in merged areas, an area counted in each of its rows.
    static let mergedRows = 20_000_000

    /// Formats of cells.
    static let styles: UInt64 = 200_000

    static func ofWorkbooks(namesOnly: Bool) -> muster_sheets_limits {
        muster_sheets_limits(
            unpacked_bytes: UInt64(Limits.workbookBytes), ratio: UInt64(Limits.workbookRatio),
            ratio_from: 100 << 20, entries: UInt64(Limits.workbookParts),
            sheets: UInt64(Limits.sheets), cells: UInt64(Limits.sheetCells),
            columns: UInt64(Limits.columns), text_bytes: UInt64(Limits.sheetTextBytes),
            long_text: UInt64(Limits.cellBytes), merges: UInt64(Limits.merges),
            styles: styles, depth: 100, names_only: namesOnly)
    }
}
