import MusterDiagnostics

/// The styles of a document, by their identifiers. Names that Word knows are in English, so that
/// its navigation pane and lists find them in every language.
enum DOCXStyle: String, CaseIterable {
    case normal = "Normal", title = "Title"
    case heading1 = "Heading1", heading2 = "Heading2", heading3 = "Heading3"
    case caption = "Caption", unit = "TableUnit"
    case cell = "TableText", small = "TableSmall"
    case frame = "FrameLine", sign = "SignatureLine", note = "NoteText"
    case picture = "Picture", gap = "Gap", footer = "Footer", contents = "TableOfFigures"

    private static let song = "宋体", fang = "仿宋", black = "黑体", kai = "楷体"
    private static let smallSong = "方正小标宋简体"

    private struct Look {
        var name: String
        /// The Chinese face.
        var face = DOCXStyle.song
        /// In half points: 三号 is 32, 小四 24, 五号 21.
        var size: Int
        var isBold = false
        /// Other properties of the paragraph, in the order that the format wants.
        var paragraph = ""
    }

    private var look: Look {
        switch self {
        case .normal:
            Look(name: "Normal", face: Self.fang, size: 32, paragraph: Self.lines(560)
                + "<w:ind w:firstLine=\"640\" w:firstLineChars=\"200\"/><w:jc w:val=\"both\"/>")
        case .title:
            Look(name: "Title", face: Self.smallSong, size: 44, paragraph: "<w:keepNext/>"
                + Self.lines(640, after: 280) + Self.flush("center"))
        case .heading1: heading("heading 1", Self.black, 0)
        case .heading2: heading("heading 2", Self.kai, 1)
        case .heading3: heading("heading 3", Self.fang, 2, isBold: true)
        case .caption:
            Look(name: "caption", face: Self.black, size: 24, paragraph: "<w:keepNext/>"
                + Self.lines(300, rule: "atLeast", before: 60) + Self.flush("center"))
        case .unit: Look(name: "Table Unit", size: 21, paragraph: plain("right"))
        case .cell: Look(name: "Table Text", size: 21, paragraph: plain("left"))
        case .small: Look(name: "Table Text Small", size: 18, paragraph: plain("left"))
        case .frame: Look(name: "Frame Line", size: 24, paragraph: plain("left", after: 120))
        case .sign:
            Look(name: "Signature Line", size: 24, paragraph: "<w:keepLines/>"
                + Self.lines(480, rule: "atLeast") + Self.flush("left"))
        case .note: Look(name: "Note Text", size: 18, paragraph: plain("left", after: 20))
        case .picture: Look(name: "Picture", size: 21, paragraph: "<w:keepNext/>" + plain("center"))
        case .gap: Look(name: "Gap", size: 2, paragraph: Self.lines(20) + Self.flush("left"))
        case .contents:
            Look(name: "table of figures", size: 24, paragraph: "<w:tabs><w:tab w:val=\"right\" "
                + "w:leader=\"dot\" w:pos=\"\(DOCXPaper(isAcross: false).width)\"/></w:tabs>"
                + plain("left", after: 40))
        case .footer: Look(name: "footer", size: 24, paragraph: plain("center"))
        }
    }

    private func heading(_ name: String, _ face: String, _ level: Int, isBold: Bool = false)
        -> Look {
        Look(name: name, face: face, size: 32, isBold: isBold,
             paragraph: "<w:keepNext/><w:keepLines/>" + Self.lines(560, before: 120)
                + "<w:ind w:firstLine=\"640\" w:firstLineChars=\"200\"/><w:jc w:val=\"left\"/>"
                + "<w:outlineLvl w:val=\"\(level)\"/>")
    }

    private static func lines(_ height: Int, rule: String = "exact", before: Int = 0,
                              after: Int = 0) -> String {
        "<w:spacing w:before=\"\(before)\" w:after=\"\(after)\" w:line=\"\(height)\" "
            + "w:lineRule=\"\(rule)\"/>"
    }

    private static func flush(_ align: String) -> String {
        "<w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"\(align)\"/>"
    }

    private func plain(_ align: String, after: Int = 0) -> String {
        Self.lines(240, rule: "auto", after: after) + Self.flush(align)
    }

    private func definition(_ language: Language) -> String {
        let look = look
        let isNormal = self == .normal
        let bold = look.isBold || (language == .en && look.face == Self.black) ? "<w:b/>" : ""
        return "<w:style w:type=\"paragraph\"\(isNormal ? " w:default=\"1\"" : "") "
            + "w:styleId=\"\(rawValue)\"><w:name w:val=\"\(look.name)\"/>"
            + (isNormal ? "" : "<w:basedOn w:val=\"Normal\"/>")
            + "<w:qFormat/><w:pPr>\(look.paragraph)</w:pPr><w:rPr>"
            + "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
            + "w:cs=\"Times New Roman\" w:eastAsia=\"\(look.face)\"/>\(bold)"
            + "<w:sz w:val=\"\(look.size)\"/><w:szCs w:val=\"\(look.size)\"/></w:rPr></w:style>\n"
    }

    /// The part that holds them all.
    static func part(_ language: Language) -> String {
        "<w:styles \(DOCXPackage.namespaces)>\n<w:docDefaults><w:rPrDefault><w:rPr>"
            + "<w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/>"
            + "</w:rPr></w:rPrDefault></w:docDefaults>\n"
            + allCases.map { $0.definition(language) }.joined() + "</w:styles>\n"
    }

    /// The part that says what to take where a machine has not got a face.
    static var fonts: String {
        let faces = [(smallSong, "宋体"), (song, "SimSun"), (fang, "FangSong"), (black, "SimHei"),
                     (kai, "KaiTi")]
        return "<w:fonts \(DOCXPackage.namespaces)>\n" + faces.map { face, other in
            "<w:font w:name=\"\(face)\"><w:altName w:val=\"\(other)\"/>"
                + "<w:charset w:val=\"86\"/><w:family w:val=\"auto\"/></w:font>\n"
        }.joined() + "</w:fonts>\n"
    }
}
