import MusterDiagnostics

/// What official paper has around the figures, declared once for all formats: who reports, the
/// number of the form, and who signs.
package struct ReportFrame: Sendable, Hashable {
    /// 填报单位: the unit that reports; nil where nothing says which.
    package var unit: Message?
    /// 表号; nil where the script gives none.
    package var form: Message?
    /// Who signs, a place to fill in for each; empty where nobody does.
    package var signatures: [Message]

    package init(unit: Message? = nil, form: Message? = nil,
                 signatures: [Message] = ReportFrame.usualSignatures) {
        self.unit = unit
        self.form = form
        self.signatures = signatures
    }

    /// Who signs a statistical table where nobody chose otherwise.
    package static let usualSignatures = [
        Message(zh: "单位负责人", en: "Head of office"),
        Message(zh: "统计负责人", en: "Responsible for statistics"),
        Message(zh: "填表人", en: "Prepared by"),
        Message(zh: "联系电话", en: "Telephone"),
        day,
    ]

    private static let day = Message(zh: "填报日期", en: "Date")

    /// What stands before the unit.
    static let unitHeading = Message(zh: "填报单位（盖章）", en: "Reported by (seal)")
    static let formHeading = Message(zh: "表号", en: "Form")

    /// A place to fill in, as text: a day's has its year, month and day.
    static func place(for signature: Message, _ language: Language) -> String {
        guard signature != day else {
            return Message(zh: "____年__月__日", en: "____-__-__")[language]
        }
        return "________"
    }
}

extension Report {
    /// Who signs; empty where nobody does.
    var signatures: [Message] { frame?.signatures ?? [] }

    /// The blocks with the frame as texts where it stands on paper: who reports below the title,
    /// who signs below the last figures. For formats that set nothing apart.
    func framed(_ language: Language, width: Int?) -> [Block] {
        guard frame != nil else { return blocks }
        var blocks = blocks
        let signed = signingLines(signatures, language, width: width)
        if !signed.isEmpty {
            blocks.insert(.text(Message(signed.joined(separator: "\n"))), at: signaturePlace)
        }
        let lines = frameLines(language)
        if !lines.isEmpty {
            let title = blocks.firstIndex(where: \.isHeading)
            let place = title.map { $0 + 1 } ?? 0
            blocks.insert(.text(Message(lines.joined(separator: "\n"))), at: place)
        }
        return blocks
    }

    /// Behind its last figures or words: small print comes below who signs, so that nobody signs a
    /// page that has nothing else.
    var signaturePlace: Int {
        let last = blocks.lastIndex { block in
            switch block {
            case .heading, .text, .table, .chart: true
            case .notes, .provenance: false
            }
        }
        return last.map { $0 + 1 } ?? 0
    }

    /// The lines of the frame that stand under the title: who reports, and the form's number.
    func frameLines(_ language: Language) -> [String] {
        guard let frame else { return [] }
        func line(_ heading: Message, _ value: Message) -> String {
            heading[language] + (language == .zh ? "：" : ": ") + visible(value[language])
        }
        return [frame.unit.map { line(ReportFrame.unitHeading, $0) },
                frame.form.map { line(ReportFrame.formHeading, $0) }].compactMap { $0 }
    }
}

/// The places to sign in text, for formats that cannot draw them: as few lines as find room,
/// no place broken in two.
func signingLines(_ signatures: [Message], _ language: Language, width: Int? = nil) -> [String] {
    var lines: [String] = []
    for label in signatures {
        let place = label[language] + (language == .zh ? "：" : ": ")
            + ReportFrame.place(for: label, language)
        let longer = (lines.last ?? "") + (language == .zh ? "　" : "  ") + place
        if !lines.isEmpty, displayWidth(longer) <= width ?? .max {
            lines[lines.count - 1] = longer
        } else {
            lines.append(place)
        }
    }
    return lines
}
