import CDocument
import Glibc
import MusterDiagnostics

/// A chart as a picture in a document: the drawing of the page, on white.
struct DOCXPicture {
    let png: [UInt8]
    let number: Int
    private let name: String
    private let description: String
    /// In English Metric Units, 36,000 a millimetre.
    private let width: Int, height: Int

    private static let unitsOfMillimetre = 36_000.0
    /// Between the margins of an upright sheet, and what leaves room for a caption.
    private static let mostWide = 156.0, mostHigh = 190.0
    /// Dots a millimetre: 300 an inch.
    private static let dots = 300 / 25.4

    /// Nil where the machine has no library that draws.
    static func drawn(_ panel: ChartPanel, _ language: Language, number: Int)
        throws(Diagnostic) -> DOCXPicture? {
        let element = SVGChart(panel, width: SVGChart.wide).element(id: "f\(number)", style: "p")
        guard let box = element.firstMatch(of: /viewBox="0 0 ([0-9.]+) ([0-9.]+)"/),
              let wide = Double(box.1), let high = Double(box.2), wide > 0, high > 0,
              let end = element.firstIndex(of: ">") else { throw fault }
        let name = "<svg xmlns=\"http://www.w3.org/2000/svg\" "
        let svg = element[..<end].replacing("<svg ", with: name)
            + "><style>\(style(language))</style>" + element[element.index(after: end)...]
        let scale = min(mostWide / wide, mostHigh / high)
        let (width, height) = (wide * scale, high * scale)
        var bytes: UnsafeMutablePointer<UInt8>?
        var size = 0
        let outcome = String(svg).withCString { text in
            muster_picture(text, strlen(text), Int32(width * dots), Int32(height * dots),
                           &bytes, &size)
        }
        defer { free(bytes) }
        guard outcome != MUSTER_PICTURE_NO_LIBRARY else { return nil }
        guard outcome == MUSTER_PICTURE_DRAWN, let bytes else { throw fault }
        return DOCXPicture(
            png: Array(UnsafeBufferPointer(start: bytes, count: size)), number: number,
            name: panel.title, description: panel.summary,
            width: Int(width * unitsOfMillimetre), height: Int(height * unitsOfMillimetre))
    }

    private static var fault: Diagnostic {
        Diagnostic("docx.picture", Message(zh: "无法画出文档里的图",
                                           en: "a chart of the document cannot be drawn"),
                   hint: Message(zh: "请检查内存，或导出为 html",
                                 en: "check the memory, or export it as html"))
    }

    /// The page's rules for drawings with their colours in place: the library knows no variables.
    private static func style(_ language: Language) -> String {
        let sheet = HTMLStyle.text(language)
        var colours: [Substring: Substring] = [:]
        // The first of a name is that on white.
        for match in sheet.matches(of: /--([a-z0-9]+): (#[0-9a-f]+);/)
        where colours[match.1] == nil {
            colours[match.1] = match.2
        }
        let rules = sheet.matches(of: /\n(svg [^{}]*\{[^{}]*\})/).map { String($0.1) }
        return rules.joined(separator: "\n").replacing(/var\(--([a-z0-9]+)\)/) { match in
            colours[match.1] ?? "#000"
        }
    }

    var relation: String { "rIdPicture\(number)" }
    var path: String { "media/image\(number).png" }

    /// The run that shows it.
    var run: String {
        let extent = "cx=\"\(width)\" cy=\"\(height)\""
        let named = "id=\"\(number)\" name=\"\(DOCXText.escaped(name))\" "
            + "descr=\"\(DOCXText.escaped(description))\""
        let drawings = "http://schemas.openxmlformats.org/drawingml/2006"
        return "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
            + "<wp:extent \(extent)/><wp:docPr \(named)/>"
            + "<a:graphic xmlns:a=\"\(drawings)/main\"><a:graphicData uri=\"\(drawings)/picture\">"
            + "<pic:pic xmlns:pic=\"\(drawings)/picture\"><pic:nvPicPr><pic:cNvPr \(named)/>"
            + "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"\(relation)\"/>"
            + "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            + "<a:off x=\"0\" y=\"0\"/><a:ext \(extent)/></a:xfrm>"
            + "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
            + "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    }
}
