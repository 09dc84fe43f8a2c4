import CDocument
import Glibc
import MusterDiagnostics
import MusterValues

/// The parts of a document, packed (ECMA-376).
struct DOCXPackage {
    private var parts: [(name: String, bytes: [UInt8])] = []

    private static let formats = "http://schemas.openxmlformats.org"
    private static let relations = formats + "/officeDocument/2006/relationships"

    static let namespaces = "xmlns:w=\"\(formats)/wordprocessingml/2006/main\" "
        + "xmlns:r=\"\(relations)\" "
        + "xmlns:wp=\"\(formats)/drawingml/2006/wordprocessingDrawing\""

    init(_ document: DOCXDocument, _ report: Report, _ language: Language) {
        let title = document.title ?? Message(zh: "查询结果", en: "Result")[language]
        add("[Content_Types].xml", Self.types)
        add("_rels/.rels", Self.relationships([
            ("rId1", Self.relations + "/officeDocument", "word/document.xml"),
            ("rId2", Self.formats + "/package/2006/relationships/metadata/core-properties",
             "docProps/core.xml"),
            ("rId3", Self.relations + "/extended-properties", "docProps/app.xml"),
        ]))
        add("docProps/core.xml", Self.properties(title, day: report.day))
        add("docProps/app.xml", "<Properties xmlns=\"\(Self.formats)/officeDocument/2006/"
            + "extended-properties\"><Application>muster</Application></Properties>\n")
        add("word/document.xml", document.part)
        add("word/styles.xml", DOCXStyle.part(language))
        add("word/fontTable.xml", DOCXStyle.fonts)
        add("word/settings.xml", "<w:settings \(Self.namespaces)><w:compat><w:compatSetting "
            + "w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
            + "w:val=\"15\"/></w:compat></w:settings>\n")
        add("word/footer1.xml", Self.footer(language))
        add("word/_rels/document.xml.rels", Self.relationships([
            ("rId1", Self.relations + "/styles", "styles.xml"),
            ("rId2", Self.relations + "/fontTable", "fontTable.xml"),
            ("rId3", Self.relations + "/settings", "settings.xml"),
            ("rId4", Self.relations + "/footer", "footer1.xml"),
        ] + document.pictures.map { ($0.relation, Self.relations + "/image", $0.path) }))
        for picture in document.pictures { parts.append(("word/" + picture.path, picture.png)) }
    }

    private mutating func add(_ name: String, _ text: String) {
        let heading = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        parts.append((name, Array((heading + text).utf8)))
    }

    private static var types: String {
        let office = "application/vnd.openxmlformats-"
        let own = [("word/document", "officedocument.wordprocessingml.document.main"),
                   ("word/styles", "officedocument.wordprocessingml.styles"),
                   ("word/fontTable", "officedocument.wordprocessingml.fontTable"),
                   ("word/settings", "officedocument.wordprocessingml.settings"),
                   ("word/footer1", "officedocument.wordprocessingml.footer"),
                   ("docProps/core", "package.core-properties"),
                   ("docProps/app", "officedocument.extended-properties")]
        return "<Types xmlns=\"\(formats)/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"\(office)package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Default Extension=\"png\" ContentType=\"image/png\"/>"
            + own.map { part, type in
                "<Override PartName=\"/\(part).xml\" ContentType=\"\(office)\(type)+xml\"/>"
            }.joined() + "</Types>\n"
    }

    private static func relationships(_ all: [(id: String, type: String, target: String)])
        -> String {
        "<Relationships xmlns=\"\(formats)/package/2006/relationships\">"
            + all.map { one in
                "<Relationship Id=\"\(one.id)\" Type=\"\(one.type)\" Target=\"\(one.target)\"/>"
            }.joined() + "</Relationships>\n"
    }

    /// Its date is that of the data, never the clock's.
    private static func properties(_ title: String, day: Int32?) -> String {
        let date = CivilDay.text(day ?? 16_436) + "T12:00:00Z"
        let dates = ["created", "modified"].map {
            "<dcterms:\($0) xsi:type=\"dcterms:W3CDTF\">\(date)</dcterms:\($0)>"
        }.joined()
        return "<cp:coreProperties "
            + "xmlns:cp=\"\(formats)/package/2006/metadata/core-properties\" "
            + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
            + "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
            + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            + "<dc:title>\(DOCXText.escaped(title))</dc:title>\(dates)</cp:coreProperties>\n"
    }

    private static func footer(_ language: Language) -> String {
        func field(_ name: String) -> String {
            "<w:fldSimple w:instr=\" \(name) \"><w:r><w:t>1</w:t></w:r></w:fldSimple>"
        }
        let words = language == .zh ? ["第 ", " 页　共 ", " 页"] : ["Page ", " of ", ""]
        let runs = DOCXText.run(words[0]) + field("PAGE") + DOCXText.run(words[1])
            + field("NUMPAGES") + DOCXText.run(words[2])
        return "<w:ftr \(namespaces)>\(DOCXText.paragraph(.footer, runs))</w:ftr>\n"
    }

    /// The whole file. Stops where `presentation.advance` throws.
    func bytes(_ presentation: Presentation) throws(Diagnostic) -> [UInt8] {
        guard let zip = muster_zip_new() else { throw Self.fault }
        for part in parts {
            let isAdded = part.bytes.withUnsafeBytes {
                muster_zip_add(zip, part.name, $0.baseAddress, $0.count)
            }
            guard isAdded else {
                muster_zip_discard(zip)
                throw Self.fault
            }
        }
        var size = 0
        var stops: () -> Bool = { (try? presentation.advance(1, 1)) == nil }
        let packed = withUnsafeMutablePointer(to: &stops) { stops in
            muster_zip_finish(zip, { context in
                context?.assumingMemoryBound(to: (() -> Bool).self).pointee() ?? false
            }, stops, &size)
        }
        guard let packed else {
            try presentation.advance(1, 1)
            throw Self.fault
        }
        defer { free(packed) }
        return Array(UnsafeBufferPointer(start: packed, count: size))
    }

    private static var fault: Diagnostic {
        Diagnostic("docx.write", Message(zh: "无法生成文档：内存不足",
                                         en: "cannot make the document: memory is out"),
                   hint: Message(zh: "先筛选、汇总，或导出为 csv",
                                 en: "filter or summarize it first, or export it as csv"))
    }
}
