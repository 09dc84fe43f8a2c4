import CXlsxWriter
import Glibc
import MusterDiagnostics
import MusterFiles
import MusterStore

package typealias Worksheet = UnsafeMutablePointer<lxw_worksheet>
package typealias CellFormat = UnsafeMutablePointer<lxw_format>

/// How a cell looks.
package struct XLSXStyle: Hashable {
    package enum Kind: Hashable {
        case title, heading, caption, text, note, head, cell, total, sign
        /// Laid over cells by what they hold: a target missed, nothing counted, a name once more.
        case missed, zero, again
        /// A head that must be filled in, a cell to write in, and one that shows how.
        case needed, answer, example
    }
    var kind: Kind
    /// A number format, empty for general.
    var number = ""
    var align = LXW_ALIGN_NONE
    var wraps = false

    package init(_ kind: Kind, number: String = "", align: lxw_format_alignments = LXW_ALIGN_NONE,
         wraps: Bool = false) {
        self.kind = kind
        self.number = number
        self.align = align
        self.wraps = wraps
    }

    package static func == (a: XLSXStyle, b: XLSXStyle) -> Bool {
        a.kind == b.kind && a.number == b.number && a.align.rawValue == b.align.rawValue
            && a.wraps == b.wraps
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(number)
        hasher.combine(align.rawValue)
    }
}

/// A workbook that is being made in memory. What goes wrong inside the library is told when it
/// is finished.
package final class XLSXBook {
    let isLarge: Bool
    private let language: Language
    private let book: UnsafeMutablePointer<lxw_workbook>
    private let descriptor: Int32
    private let folder: UnsafeMutablePointer<CChar>?
    private var formats: [XLSXStyle: CellFormat] = [:]
    private var isClosed = false
    var names = XLSXSheetNames()

    /// - Parameters:
    ///   - isLarge: keeps rows on disk while the book is made.
    ///   - language: of its texts, for the faces that they are set in.
    package init(isLarge: Bool, _ language: Language = .en) throws(Diagnostic) {
        self.isLarge = isLarge
        self.language = language
        var path = [CChar](repeating: 0, count: 64)
        descriptor = muster_book_memory(&path, path.count)
        guard descriptor >= 0 else { throw XLSXBook.fault(errno) }
        folder = getenv("TMPDIR").flatMap { $0.pointee == 0 ? nil : strdup($0) }
        var options = lxw_workbook_options(
            constant_memory: isLarge ? 1 : 0, tmpdir: folder, use_zip64: isLarge ? 1 : 0)
        guard let made = workbook_new_opt(path, &options) else {
            close(descriptor)
            free(folder)
            throw XLSXBook.fault(ENOMEM)
        }
        book = made
    }

    deinit {
        if !isClosed { lxw_workbook_free(book) }
        muster_chart_lines_end()
        free(folder)
        close(descriptor)
    }

    /// A sheet of that name, made valid and unlike the others'.
    package func sheet(_ wished: String, ending: String = "") throws(Diagnostic)
        -> (Worksheet, name: String) {
        let name = names.take(wished, ending: ending)
        return (try sheet(taken: name), name)
    }

    func sheet(taken name: String) throws(Diagnostic) -> Worksheet {
        guard let sheet = workbook_add_worksheet(book, name) else {
            throw XLSXBook.fault(ENOMEM)
        }
        // A4, unless the sheet has its own.
        worksheet_set_paper(sheet, 9)
        return sheet
    }

    func chart(_ type: lxw_chart_type) throws(Diagnostic) -> UnsafeMutablePointer<lxw_chart> {
        guard let chart = workbook_add_chart(book, UInt8(type.rawValue)) else {
            throw XLSXBook.fault(ENOMEM)
        }
        return chart
    }

    package func format(_ style: XLSXStyle) -> CellFormat? {
        if let known = formats[style] { return known }
        guard let format = workbook_add_format(book) else { return nil }
        style.apply(to: format, language)
        formats[style] = format
        return format
    }

    /// The document's properties. Its date is that of the data, never the clock's: the same
    /// report is the same file.
    package func describe(title: String, day: Int32?) {
        // Noon, so that it is the same day in every time zone that matters.
        let date = Int(day ?? 16_436) * 86_400 + 43_200
        title.withCString { title in
            var properties = lxw_doc_properties()
            properties.title = UnsafeMutablePointer(mutating: title)
            properties.created = max(1, date)
            workbook_set_properties(book, &properties)
        }
    }

    /// - Parameter check: asked all the time; throws to stop the writing.
    package func finish(_ check: () throws(Diagnostic) -> Void = {}) throws(Diagnostic)
        -> [UInt8] {
        isClosed = true
        _ = muster_book_failed()
        let code = pack(check)
        if muster_book_was_stopped() { try check() }
        guard !muster_book_failed() else { throw XLSXBook.fault(ENOSPC) }
        guard code == LXW_NO_ERROR else {
            let reason = lxw_strerror(code).map { String(cString: $0) } ?? "\(code.rawValue)"
            throw XLSXBook.fault(Message(reason))
        }
        return try contents()
    }

    private func pack(_ check: () throws(Diagnostic) -> Void) -> lxw_error {
        withoutActuallyEscaping(check) { check in
            var stops: () -> Bool = { (try? check()) == nil }
            return withUnsafeMutablePointer(to: &stops) { stops in
                muster_book_close(book, { context in
                    context?.assumingMemoryBound(to: (() -> Bool).self).pointee() ?? false
                }, stops)
            }
        }
    }

    private func contents() throws(Diagnostic) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw XLSXBook.fault(errno) }
        let size = Int(status.st_size)
        var fault: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size, fault == 0 {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + count }, size - count,
                                count)
                if got > 0 { count += got } else if got == 0 || errno != EINTR {
                    fault = got == 0 ? EIO : errno
                }
            }
        }
        guard fault == 0 else { throw XLSXBook.fault(fault) }
        return bytes
    }

    private static func fault(_ reason: Int32) -> Diagnostic {
        fault(systemFault(reason), code: Diagnostic.code("xlsx.write", reason))
    }

    private static func fault(_ reason: Message, code: String = "xlsx.write") -> Diagnostic {
        Diagnostic(code,
                   Message(zh: "无法生成工作簿：\(reason.zh)",
                           en: "cannot make the workbook: \(reason.en)"),
                   hint: Message(zh: "请检查内存和临时文件夹（TMPDIR）的空间",
                                 en: "check the memory and the room in the temporary folder "
                                     + "(TMPDIR)"))
    }
}

extension XLSXStyle {
    private static let rule: lxw_color_t = 0xB0B0B0

    var fontSize: Double {
        switch kind {
        case .title: 16
        case .heading: 13
        case .caption: 12
        case .note: 10
        default: 11
        }
    }

    /// The face that Chinese office programs have for it; others put their own in its place.
    private var chineseFace: String {
        switch kind {
        case .title, .heading, .caption: "黑体"
        case .text, .sign: "仿宋"
        default: "宋体"
        }
    }

    func apply(to format: CellFormat, _ language: Language) {
        switch kind {
        case .missed:
            format_set_bold(format)
            format_set_font_color(format, 0x9C0006)
            return
        case .zero, .again:
            format_set_font_color(format, kind == .zero ? 0x6E6E6E : 0xA6A6A6)
            return
        default: break
        }
        if language == .zh { format_set_font_name(format, chineseFace) }
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        if align != LXW_ALIGN_NONE { format_set_align(format, UInt8(align.rawValue)) }
        if wraps { format_set_text_wrap(format) }
        if !number.isEmpty { format_set_num_format(format, number) }
        if fontSize != 11 { format_set_font_size(format, fontSize) }
        switch kind {
        case .title, .heading, .caption: format_set_bold(format)
        case .text, .sign, .missed, .zero, .again: break
        case .note: format_set_font_color(format, 0x595959)
        case .head:
            format_set_bold(format)
            format_set_bg_color(format, 0xDCE6F1)
            border(format)
            format_set_bottom(format, UInt8(LXW_BORDER_MEDIUM.rawValue))
        case .needed:
            format_set_bold(format)
            format_set_bg_color(format, 0xFCE4D6)
            border(format)
            format_set_bottom(format, UInt8(LXW_BORDER_MEDIUM.rawValue))
        case .answer:
            format_set_bg_color(format, 0xFFF9DB)
            border(format)
        case .example:
            format_set_italic(format)
            format_set_font_color(format, 0x808080)
        case .cell: border(format)
        case .total:
            format_set_bold(format)
            border(format)
            format_set_bg_color(format, 0xF2F2F2)
            format_set_top(format, UInt8(LXW_BORDER_MEDIUM.rawValue))
        }
    }

    private func border(_ format: CellFormat) {
        format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
        format_set_border_color(format, XLSXStyle.rule)
    }
}
