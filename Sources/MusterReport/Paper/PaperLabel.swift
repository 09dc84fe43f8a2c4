import MusterDiagnostics

/// What tables, pictures and standing parts of a report are called on paper, in every format.
enum PaperLabel {
    static func table(_ number: Int, _ language: Language) -> String {
        Message(zh: "表 \(number)", en: "Table \(number)")[language]
    }

    static func figure(_ number: Int, _ language: Language) -> String {
        Message(zh: "图 \(number)", en: "Figure \(number)")[language]
    }

    /// Between a label and the title behind it.
    static func separator(_ language: Language) -> String { language == .zh ? "　" : ". " }

    /// Over the list of tables.
    static let tables = Message(zh: "表目", en: "Tables")
    /// Over what is said of the report as a whole.
    static let provenance = Message(zh: "数据来源与口径", en: "Sources and definitions")

    /// The pieces of a heading that is broken before what it says in brackets rather than anywhere.
    static func phrases(_ heading: String) -> [String] {
        guard let bracket = heading.firstIndex(of: "（"), bracket != heading.startIndex else {
            return [heading]
        }
        return [String(heading[..<bracket]), String(heading[bracket...])]
    }
}
