import CSheets
import Glibc
import MusterDiagnostics

extension SheetFile {
    /// What the sheets of a workbook are called, and which of them are hidden, from a glance at
    /// it; none of a file that is no workbook, or cannot be read.
    package static func sheetNames(_ path: String) -> [(name: String, isHidden: Bool)] {
        let watch = SheetWatch(cancelled: { false }, progress: { _ in })
        let sheets = switch try? ForeignFile.told(path) {
        case .zip: try? xlsx(path, watch, namesOnly: true)
        case .compound: try? xls(path, watch, namesOnly: true)
        default: [Sheet]?.none
        }
        return (sheets ?? []).map { ($0.name, $0.isHidden) }
    }

    static func xlsx(_ path: String, _ watch: SheetWatch, namesOnly: Bool = false) throws
        -> [Sheet] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ByteSource.unreadable(path, errno) }
        return try sheets(path, watch, namesOnly) { limits, ask, context, fault in
            muster_book_read_xlsx(descriptor, &limits, ask, context, &fault)
        }
    }

    static func xls(_ path: String, _ watch: SheetWatch, namesOnly: Bool = false) throws
        -> [Sheet] {
        let bytes = try ByteSource(path: path).readAll(limit: SheetLimits.xlsBytes)
        return try sheets(path, watch, namesOnly) { limits, ask, context, fault in
            bytes.withUnsafeBufferPointer { bytes in
                muster_book_read_xls(bytes.baseAddress, bytes.count, &limits, ask, context, &fault)
            }
        }
    }

    private static func sheets(
        _ path: String, _ watch: SheetWatch, _ namesOnly: Bool,
        _ read: (inout muster_sheets_limits, muster_sheets_watch,
                 UnsafeMutableRawPointer, inout muster_sheets_fault) -> OpaquePointer?
    ) throws -> [Sheet] {
        var limits = SheetLimits.ofWorkbooks(namesOnly: namesOnly)
        var fault = muster_sheets_fault()
        let book = withExtendedLifetime(watch) {
            read(&limits, { context, done, total in
                guard let context else { return true }
                return Unmanaged<SheetWatch>.fromOpaque(context).takeUnretainedValue()
                    .goOn(Int(clamping: done), Int(clamping: total))
            }, Unmanaged.passUnretained(watch).toOpaque(), &fault)
        }
        guard let book else { throw SheetFault(path, fault).diagnostic }
        defer { muster_book_free(book) }
        let texts = texts(of: book)
        return try (0..<muster_book_sheet_count(book)).map { index in
            defer { muster_book_release_sheet(book, index) }
            guard let sheet = sheet(muster_book_sheet(book, index), texts) else {
                throw SheetFault(path, .merges, row: nil, column: nil).diagnostic
            }
            return sheet
        }
    }

    private static func texts(of book: OpaquePointer) -> SheetTexts {
        var offsets: UnsafePointer<UInt32>?
        var count = 0
        let bytes = muster_book_texts(book, &offsets, &count)
        let ends = UnsafeBufferPointer(start: offsets, count: count + 1)
        let length = Int(ends.last ?? 0)
        var texts = SheetTexts()
        texts.offsets = Array(ends)
        texts.bytes = Array(UnsafeRawBufferPointer(start: bytes, count: length))
        return texts
    }

    private static func sheet(_ view: muster_sheet_view, _ texts: SheetTexts) -> Sheet? {
        func copy<Value>(_ start: UnsafePointer<Value>?, _ count: Int) -> [Value] {
            Array(UnsafeBufferPointer(start: start, count: count))
        }
        var cells = SheetCells()
        cells.numbers = copy(view.numbers, view.row_count)
        cells.hidden = copy(view.hidden_rows, view.row_count)
        cells.starts = copy(view.starts, view.row_count + 1)
        cells.columns = copy(view.columns, view.cell_count)
        cells.kinds = copy(view.kinds, view.cell_count)
        cells.payloads = copy(view.payloads, view.cell_count)
        cells.texts = texts
        let merged = copy(view.merges, view.merge_count).map {
            SheetMerges.Area(top: $0.top, bottom: $0.bottom, left: $0.left, right: $0.right)
        }
        let name = UnsafeRawBufferPointer(start: view.name, count: view.name_length)
        return Sheet(name: String(decoding: name, as: UTF8.self), isHidden: view.is_hidden,
                     cells: cells, merged: merged)
    }
}
