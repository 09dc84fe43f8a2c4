import MusterDiagnostics

/// An opened workbook, or a file of separated values, with everything that stands in it.
package struct SheetFile: Sendable {
    package enum Form: Sendable, Hashable {
        case xlsx, xls
        case separated(TextEncoding, separator: String)
    }

    package let path: String
    package let form: Form
    /// In the order of the workbook, hidden ones included; sheets of charts have no cells and are
    /// left out.
    package let sheets: [Sheet]

    /// - Throws: `sheet.unknown`, which names those there are.
    package func sheet(called name: String) throws(Diagnostic) -> Sheet {
        if let found = sheets.first(where: { Heading.isSame($0.name, name) }) { return found }
        let names = sheets.map(\.name)
        throw Diagnostic("sheet.unknown", Message(
            zh: "\(path) 没有工作表“\(name)”", en: "\(path) has no sheet \"\(name)\""),
            hint: Message(zh: "工作表：" + names.joined(separator: "、"),
                          en: "its sheets: " + names.joined(separator: ", ")))
    }

    /// Reads a file of whatever form it is: what stands in it says so, not its ending.
    /// - Throws: a `Diagnostic` that says where the fault is: of a file that is no table, is
    ///   damaged or protected, or holds more than `Limits` allow; `interrupted` where `cancelled`
    ///   said so.
    package static func read(
        _ path: String, cancelled: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable (SnapshotLoader.Progress) -> Void = { _ in }
    ) throws -> SheetFile {
        let watch = SheetWatch(cancelled: cancelled, progress: progress)
        return try StandingFiles([path]).read {
            switch try ForeignFile.told(path) {
            case .zip:
                SheetFile(path: path, form: .xlsx, sheets: try xlsx(path, watch))
            case .compound:
                SheetFile(path: path, form: .xls, sheets: try xls(path, watch))
            case .text:
                try separated(path, watch)
            case .other(let refusal): throw refusal
            }
        }
    }
}

/// Asked while a file is read, and told how far that has come.
final class SheetWatch: Sendable {
    private let cancelled: @Sendable () -> Bool
    private let progress: @Sendable (SnapshotLoader.Progress) -> Void

    init(cancelled: @escaping @Sendable () -> Bool,
         progress: @escaping @Sendable (SnapshotLoader.Progress) -> Void) {
        self.cancelled = cancelled
        self.progress = progress
    }

    /// Whether to go on.
    func goOn(_ done: Int, _ total: Int) -> Bool {
        progress(SnapshotLoader.Progress(done: min(done, total), total: total))
        return !cancelled()
    }
}
