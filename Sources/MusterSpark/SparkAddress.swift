import MusterDiagnostics

/// Where snapshots stand as files that Spark reads: `spark:FOLDER`.
package struct SparkAddress: Sendable, Hashable {
    /// What is named, from the root: a folder, a file, a pattern of names.
    package let path: String
    /// As it was given.
    package let shown: String

    private static let scheme = "spark:"

    /// Whether a text is meant to be one.
    package static func isMeant(by text: String) -> Bool {
        text.lowercased().hasPrefix(scheme)
    }

    /// Throws a `Diagnostic` where the text names no folder.
    /// - Parameter here: the folder that others are named from.
    package init(_ text: String, here: String) throws {
        shown = text
        let path = text.dropFirst(Self.scheme.count)
        guard !path.isEmpty, !path.hasPrefix("//"), !path.utf8.contains(0) else {
            throw Diagnostic("spark.address", Message(
                zh: "不是可用的文件夹：\(text)", en: "not the name of a folder: \(text)"),
                hint: Message(zh: "写作 spark:文件夹，如 spark:data/books",
                              en: "write spark:FOLDER, such as spark:data/books"))
        }
        self.path = path.hasPrefix("/") ? String(path) : here + "/" + path
    }

    /// The same, but for where the files are.
    init(_ other: SparkAddress, path: String) {
        self.path = path
        shown = other.shown
    }
}
