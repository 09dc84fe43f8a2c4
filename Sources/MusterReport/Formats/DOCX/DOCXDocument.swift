import MusterDiagnostics
import MusterStore

/// The body of a document in the making: what the blocks of a report have become.
struct DOCXDocument {
    private let presentation: Presentation
    private var language: Language { presentation.language }
    private var sections: [PaperSection] = []
    private var papers: [PaperTable] = []
    private var tables = 0
    private var figures = 0
    /// Who signs stands at the foot of the last table.
    private var isSigned = false
    /// The table that was just made lies across, after words that do not.
    private var hasTurned = false
    /// The first heading, and what the document is called.
    private(set) var title: String?
    private(set) var pictures: [DOCXPicture] = []

    init(_ presentation: Presentation) {
        self.presentation = presentation.onPaper
    }

    mutating func add(_ report: Report) throws(Diagnostic) {
        papers = try PaperTable.all(report, presentation)
        let signs = report.signaturePlace
        for (place, block) in report.blocks.enumerated() {
            if place == signs, !isSigned { append(signature(report)) }
            switch block {
            case .heading(_, let level): sections.append(PaperSection(level: max(1, level)))
            case .provenance: sections.append(PaperSection(level: 6))
            default: if sections.isEmpty { sections.append(PaperSection(level: 0)) }
            }
            let foot = place + 1 == signs ? signature(report) : ""
            let isFirst = title == nil
            let body = try element(block, foot: foot)
            if hasTurned {
                sections.append(PaperSection(level: sections[sections.count - 1].level,
                                             isAcross: true))
                hasTurned = false
            }
            sections[sections.count - 1].body += body
            if isFirst, title != nil { frame(report) }
        }
        if sections.isEmpty { sections.append(PaperSection(level: 0)) }
        if signs == report.blocks.count, !isSigned { append(signature(report)) }
    }

    private mutating func frame(_ report: Report) {
        for line in report.frameLines(language) {
            append(DOCXText.paragraph(.frame, DOCXText.run(line), keepsNext: true))
        }
        guard papers.count > PaperTable.mostWithoutList else { return }
        append(DOCXText.paragraph(.frame, DOCXText.run(PaperLabel.tables[language]),
                                  keepsNext: true))
        for (index, paper) in papers.enumerated() {
            let name = paper.label + PaperLabel.separator(language) + paper.title
            append(DOCXText.paragraph(.contents, DOCXText.run(name)
                + DOCXText.pageNumber(ofMark: DOCXTable.mark(index + 1))))
        }
    }

    /// Widths of half a character that a line of places to sign may take.
    private static let signingWidth = 72

    private func signature(_ report: Report) -> String {
        let lines = signingLines(report.signatures, language, width: Self.signingWidth)
        return lines.enumerated().map { number, line in
            DOCXText.paragraph(.sign, DOCXText.run(line), keepsNext: number + 1 < lines.count)
        }.joined()
    }

    private mutating func append(_ text: String) {
        if sections.isEmpty { sections.append(PaperSection(level: 0)) }
        sections[sections.count - 1].body += text
    }

    /// - Parameter foot: what must stand on the page of its end; a table takes it up itself.
    private mutating func element(_ block: Report.Block, foot: String)
        throws(Diagnostic) -> String {
        let keepsEnd = !foot.isEmpty
        switch block {
        case .heading(let text, let level): return heading(text, level)
        case .text(let text):
            let lines = lines(text)
            return lines.enumerated().map { number, line in
                DOCXText.paragraph(.normal, DOCXText.run(line),
                                   keepsNext: keepsEnd && number + 1 == lines.count)
            }.joined()
        case .table: return try table(foot: foot)
        case .chart(let chart): return try element(chart, keepsEnd: keepsEnd)
        case .notes(let notes): return small(notes)
        case .provenance(let notes):
            guard !notes.isEmpty else { return "" }
            let heading = PaperLabel.provenance[language]
            return DOCXText.paragraph(.heading1, DOCXText.run(heading)) + small(notes)
        }
    }

    /// Longer titles are broken before what they say in brackets.
    private static let titleWidth = 40

    private mutating func heading(_ text: Message, _ level: Int) -> String {
        let whole = lines(text).joined(separator: " ")
        guard title == nil else {
            let style: DOCXStyle = level <= 2 ? .heading1 : level == 3 ? .heading2 : .heading3
            return DOCXText.paragraph(style, DOCXText.run(whole))
        }
        title = whole
        let pieces = displayWidth(whole) > Self.titleWidth ? PaperLabel.phrases(whole) : [whole]
        let broken = pieces.flatMap { PaperPart.lines($0, Self.titleWidth, presentation.breaks) }
        return DOCXText.paragraph(.title, broken.map { DOCXText.run($0) }
            .joined(separator: DOCXText.lineBreak))
    }

    private mutating func table(foot: String) throws(Diagnostic) -> String {
        let parts = try PaperPart.all(papers[tables], DOCXPaper.rooms, presentation)
        tables += 1
        let isAcross = parts.contains { $0.sheet.isAcross }
        let place = sections.count - 1
        // Words and pictures stay upright where a wide table follows them; its heading goes along.
        let section = sections[place]
        let isUpright = section.isAcross.map { !$0 } ?? Self.holdsWords(section)
        if isAcross, isUpright {
            hasTurned = true
        } else {
            sections[place].isAcross = isAcross || sections[place].isAcross == true
        }
        var text = ""
        for part in parts where !part.columns.isEmpty {
            let isLast = part.number == part.count
            text += try DOCXTable(part, presentation, number: tables)
                .element(foot: isLast ? foot : "")
            if isLast, !foot.isEmpty { isSigned = true }
        }
        return text
    }

    private mutating func element(_ chart: Chart, keepsEnd: Bool) throws(Diagnostic) -> String {
        var text = ""
        for panel in chart.panels(Presentation(language)) {
            try presentation.advance(0, 1)
            figures += 1
            var caption = PaperLabel.figure(figures, language) + PaperLabel.separator(language)
                + panel.title
            if !panel.isEmpty {
                switch try DOCXPicture.drawn(panel, language, number: figures) {
                case let picture?:
                    pictures.append(picture)
                    text += DOCXText.paragraph(.picture, picture.run)
                case nil:
                    caption += Message(zh: "（图未画出：本机没有 librsvg）",
                                       en: " (not drawn: this machine has no librsvg)")[language]
                }
            }
            let remarks = panel.remarks.map { DOCXText.run($0) }
            text += DOCXText.paragraph(.unit, DOCXText.run(caption), align: "center",
                                       keepsNext: keepsEnd || !remarks.isEmpty)
            text += remarks.map {
                DOCXText.paragraph(.note, $0, align: "center", keepsNext: keepsEnd)
            }.joined()
        }
        return text
    }

    private func small(_ notes: [Message]) -> String {
        notes.flatMap(lines).map { DOCXText.paragraph(.note, DOCXText.run($0)) }.joined()
    }

    private func lines(_ text: Message) -> [String] {
        text[language].split(separator: "\n").map(String.init)
    }

    /// Whether more than a heading stands in a section.
    private static func holdsWords(_ section: PaperSection) -> Bool {
        [DOCXStyle.normal, .picture].contains {
            section.body.contains("<w:pStyle w:val=\"\($0.rawValue)\"/>")
        }
    }

    /// The part that holds it all.
    var part: String {
        // Whoever reads on turns no page: only what is too wide lies across, with its heading.
        let ways = PaperSection.ways(sections.map { section in
            var section = section
            if section.isAcross == nil, Self.holdsWords(section) { section.isAcross = false }
            return section
        })
        var text = "<w:document \(DOCXPackage.namespaces)><w:body>\n"
        for (index, section) in sections.enumerated() {
            text += section.body
            if index + 1 < sections.count, ways[index] != ways[index + 1] {
                text += DOCXPaper(isAcross: ways[index]).end
            }
        }
        return text + DOCXPaper(isAcross: ways.last ?? false).properties
            + "</w:body></w:document>\n"
    }
}
