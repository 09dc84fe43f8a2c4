import MusterDiagnostics

/// A way to write a report down. Each is one file under Formats/ and one line in `Formats.all`.
package protocol Format: Sendable {
    /// What `--format` calls it.
    var name: String { get }
    /// File endings without the dot, lower case; the first is the usual one.
    var endings: [String] { get }
    /// True where the bytes are no text: they go to a file or another program only.
    var isBinary: Bool { get }
    /// The whole report as bytes, ready to be written. Text formats are UTF-8 and end in a line
    /// break unless empty.
    func contents(of report: Report, _ presentation: Presentation) throws(Diagnostic) -> [UInt8]
}

extension Format {
    package var isBinary: Bool { false }

    /// What stands in the way of showing a file that is no text on a terminal.
    package var notForTerminals: Diagnostic {
        Diagnostic(
            "\(name).terminal",
            Message(zh: "\(name) 是二进制文件，不能显示在终端上",
                    en: "\(name) is no text: a terminal cannot show it"),
            hint: Message(zh: "写入文件：muster run … --output 文件.\(name)，"
                              + "或 … | 导出 \"文件.\(name)\"",
                          en: "write it to a file: muster run … --output FILE.\(name), "
                              + "or … | export \"FILE.\(name)\""))
    }
}

/// The registered formats.
package enum Formats {
    package static let all: [any Format] = [
        TableFormat(), CSVFormat(), TSVFormat(), JSONFormat(), NDJSONFormat(), MarkdownFormat(),
        HTMLFormat(), XLSXFormat(), DOCXFormat(),
    ]

    /// The format of that name, or nil.
    package static func named(_ name: String) -> (any Format)? {
        all.first { $0.name == name }
    }

    /// The format for a file of that name, by its ending in any case, or nil.
    package static func forFile(_ path: String) -> (any Format)? {
        guard let dot = path.lastIndex(of: ".") else { return nil }
        let ending = path[path.index(after: dot)...].lowercased()
        return all.first { $0.endings.contains(ending) }
    }
}
