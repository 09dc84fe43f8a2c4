import CSimdjson
import Testing

/// An .xlsx made part by part, so that it may be as wrong as need be.
struct WorkbookParts {
    static let transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// By name: what stands in the part.
    var parts: [String: String] = [:]
    /// How parts stand in the archive.
    var isPacked = false
    private var order: [String] = []

    /// - Parameter rows: what stands in `sheetData` of the only sheet, 名册.
    init(_ rows: String = "<row><c><v>1</v></c></row>", behind: String = "") {
        self["_rels/.rels"] = Self.relations([("rId1", "officeDocument", "xl/workbook.xml")])
        self["xl/workbook.xml"] = """
            <?xml version="1.0" encoding="UTF-8"?><workbook xmlns:r="x"><sheets>\
            <sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>
            """
        self["xl/_rels/workbook.xml.rels"] = Self.relations([
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
        ])
        self["xl/styles.xml"] = "<styleSheet><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>"
        self["xl/sharedStrings.xml"] = "<sst><si><t>甲</t></si></sst>"
        self["xl/worksheets/sheet1.xml"] = Self.sheet(rows, behind: behind)
    }

    static func sheet(_ rows: String, behind: String = "") -> String {
        "<worksheet><sheetData>\(rows)</sheetData>\(behind)</worksheet>"
    }

    static func relations(_ all: [(id: String, type: String, target: String)],
                          base: String = transitional) -> String {
        "<Relationships>" + all.map { relation in
            "<Relationship Id=\"\(relation.id)\" Type=\"\(base)/\(relation.type)\""
                + " Target=\"\(relation.target)\"/>"
        }.joined() + "</Relationships>"
    }

    subscript(part: String) -> String? {
        get { parts[part] }
        set {
            if parts[part] == nil { order.append(part) }
            parts[part] = newValue
            if newValue == nil { order.removeAll { $0 == part } }
        }
    }

    /// The archive's bytes.
    var bytes: [UInt8] {
        var file: [UInt8] = [], list: [UInt8] = []
        for name in order {
            let content = Array((parts[name] ?? "").utf8)
            let packed = isPacked ? Self.packed(content) : content
            let head = Self.bytes(of: isPacked ? 8 : 0, 2) + [0, 0, 0x21, 0]
                + Self.bytes(of: Int(crc32(0, content, UInt32(content.count))), 4)
                + Self.bytes(of: packed.count, 4) + Self.bytes(of: content.count, 4)
                + Self.bytes(of: name.utf8.count, 2) + [0, 0]
            list += Array("PK\u{1}\u{2}".utf8) + [20, 0, 20, 0, 0, 8] + head
                + [UInt8](repeating: 0, count: 10) + Self.bytes(of: file.count, 4) + name.utf8
            file += Array("PK\u{3}\u{4}".utf8) + [20, 0, 0, 8] + head + name.utf8 + packed
        }
        let count = Self.bytes(of: order.count, 2)
        return file + list + Array("PK\u{5}\u{6}".utf8) + [0, 0, 0, 0] + count + count
            + Self.bytes(of: list.count, 4) + Self.bytes(of: file.count, 4) + [0, 0]
    }

    private static func bytes(of number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// What zlib makes of it, without what zlib puts around that.
    private static func packed(_ content: [UInt8]) -> [UInt8] {
        var length = compressBound(UInt(content.count))
        var result = [UInt8](repeating: 0, count: Int(length))
        #expect(compress2(&result, &length, content, UInt(content.count), 9) == Z_OK)
        return Array(result[2..<Int(length) - 4])
    }
}
