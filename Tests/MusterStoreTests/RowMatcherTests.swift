import Testing
@testable import MusterStore

/// Rows matched with those before them must come out as simdjson reads them: the same columns,
/// rejects and faults.
struct RowMatcherTests {
    /// Lines in memory, cut into blocks of whole lines.
    private final class MemoryBlocks: RowBlocks {
        private var rest: ArraySlice<UInt8>
        private let size: Int
        private(set) var consumed = 0
        let fingerprint = TableFingerprint()
        let countsElements = false

        init(_ bytes: [UInt8], size: Int) {
            rest = bytes[...]
            self.size = size
        }

        func next(into block: BlockBuffer) throws -> Bool {
            guard !rest.isEmpty else { return false }
            let end = rest.dropFirst(size).firstIndex(of: 10).map { $0 + 1 } ?? rest.endIndex
            block.clear(base: consumed)
            block.reserve(end - rest.startIndex)
            for byte in rest[..<end] {
                block.memory[block.count] = byte
                block.count += 1
            }
            consumed += block.count
            rest = rest[end...]
            return true
        }
    }

    private static let units = TableSchema("units", key: "id", fields: [
        FieldSchema("id", .text, required: true, unique: true),
    ])
    private static let schema = TableSchema("people", key: "id", aliases: "formerly", fields: [
        FieldSchema("id", .text, required: true, unique: true),
        FieldSchema("name", .text, required: true),
        FieldSchema("gender", .choice(["男", "女"])),
        FieldSchema("birth", .day),
        FieldSchema("unit", .reference(table: "units"), required: true),
        FieldSchema("status", .choice(["member", "activist"]), defaultText: "member"),
        FieldSchema("stars", .integer(0...5)),
        FieldSchema("hours", .hundredths(over: 0, upTo: 24)),
        FieldSchema("certified", .bool),
        FieldSchema("formerly", .text),
    ])

    private func load(_ schema: TableSchema, _ bytes: [UInt8], targets: [String: TableLoad] = [:],
                      blockSize: Int = 1 << 16, matches: Bool) throws -> TableLoad {
        let options = LoadOptions(threads: 1, blockSize: blockSize, isCancelled: { false },
                                  matchesRows: matches, advance: { _ in })
        let input = TableInput(path: "t", file: "t", size: bytes.count, diskSize: bytes.count) {
            MemoryBlocks(bytes, size: blockSize)
        }
        return try TableLoad.run(schema, input, targets: targets, options: options)
    }

    private func loadUnits() throws -> TableLoad {
        let rows = ["1", "2", "120101-01", "静"].map { "{\"id\": \"\($0)\"}\n" }.joined()
        let load = try load(Self.units, Array(rows.utf8), matches: false)
        _ = try load.finish { _ in [:] }
        return load
    }

    /// What comes of a table's rows, and how many of them were matched.
    private func outcome(_ bytes: [UInt8], _ units: TableLoad, blockSize: Int,
                         matches: Bool) -> (text: [String], matched: Int) {
        do {
            let load = try load(Self.schema, bytes, targets: ["units": units],
                                blockSize: blockSize, matches: matches)
            let finished = try load.finish { _ in [:] }
            let text = contents(finished.table) + ["\(finished.roundedRows)"]
                + load.rejects.map { "\($0)" }
            return (text, load.matchedRows)
        } catch {
            return (["\(error)"], 0)
        }
    }

    // MARK: What is matched

    private static let sound = [
        #"{"id":"A1","name":"王伟","gender":"男","birth":"1999-02-28","unit":"2","hours":2.5}"#,
        #"{"id":"A2","name":"李芳","gender":"女","unit":"120101-01","stars":3,"hours":1,"certified":true}"#,
        #"{"id":"A3","name":"A","unit":"1","status":"activist","stars":0,"certified":true,"#
            + #""formerly":"x"}"#,
    ]
    private static let cases: [(row: String, isMatched: Bool)] = [
        (#"{"id":"B","name":"团支部","unit":"2"}"#, true),
        (#"{"id":"B","name":"B","gender":"男","birth":"2000-02-29","unit":"静","status":"member","#
            + #""stars":0,"hours":0.01,"certified":false,"formerly":""}"#, true),
        (#"{"id":"B","name":"a\"\\\u56e2\ud83d\ude00","gender":"\u7537","unit":"1"}"#, true),
        (#"{"id":"B","name":"B","birth":null,"unit":"1","status":null}"#, true),
        (#"{"id":"B","name":"longer than sixteen bytes, 长于十六个字节","unit":"1"}"# + "\r", true),
        (#"{"name":"B","id":"B","unit":"1"}"#, false),
        (#"{"id": "B","name":"B","unit":"1"}"#, false),
        (#"{"id":"B","name":"B","unit":"1"} "#, false),
        (#"{"id":"B","name":"B","unit":"1","hours":1.125}"#, false),
        (#"{"id":"B","name":"B","unit":"1","hours":1e1}"#, false),
        (#"{"id":"B","name":"B","unit":"1","formerly":["x","y"]}"#, false),
        (#"{"id":"B","name":"B","unit":"1","other":1}"#, false),
        (#"{"id":"B","name":"B","birth":"1900-02-29","unit":"1"}"#, false),
        (#"{"id":"B","name":"","unit":"1"}"#, false),
        (#"{"id":"B","name":"B"}"#, false),
        (#"{"id":"B","name":"B","unit":"1","stars":6}"#, false),
    ]

    @Test(arguments: cases) func plainRowsAreMatchedAndOthersAreNot(_ row: String,
                                                                   _ isMatched: Bool) throws {
        let units = try loadUnits()
        // Every key has been learned when the last of these comes, and its place.
        let before = (0..<4).flatMap { round in
            Self.sound.map { $0.replacing("\"A", with: "\"\(round)") }
        }
        let all = Array((before + [row]).map { $0 + "\n" }.joined().utf8)
        let without = Array(before.map { $0 + "\n" }.joined().utf8)
        let matched = outcome(all, units, blockSize: 1 << 16, matches: true)
        #expect(matched.text == outcome(all, units, blockSize: 1 << 16, matches: false).text)
        let base = outcome(without, units, blockSize: 1 << 16, matches: true).matched
        #expect(base >= 3)
        #expect(matched.matched - base == (isMatched ? 1 : 0))
    }

    // MARK: Mutated rows

    private static let odd = [
        #""""#, #""M1""#, #""A1""#, #""男""#, #""\u5973""#, #""1999-12-31""#, #""1999-02-30""#,
        #""2""#, #""120101-01""#, #""member""#, #""a\\b\/c""#, #""静""#, "0", "5", "6", "-1", "24",
        "24.01", "0.5", "2.25", "2.125", "1e2", "1234567890", "true", "false", "null", "[]",
        #"["a","b"]"#, #"{"a":1}"#, "\"\u{7F}\"", #""1999-12-31T00""#,
        #""a very long text that fills more than two words, 很长""#,
    ]
    private static let broken = [#""\ud800""#, #""\x""#, "00", "1.", ".5", "nul", "truee", "falsy", "", "\"",
                                 "\"\u{1}\""].map { Array($0.utf8) }
        + [[0x22, 0xC3, 0x22], Array(#""\u0041"#.utf8) + [0xFF, 0x22]]
    private static let pieces = ["\"", "\\", "{", "}", "[", ",", ":", "0", "9", ".", "-", "e", " ",
                                 "\t", "\r", "王", "\u{1}", "\\u", "null", ",\"id\":\"Z\""]
        .map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE7, 0x8E], [0xED, 0xA0, 0x80], [0x80]]

    private func row(_ id: Int, _ spaced: Bool, _ numbers: inout Numbers) -> [UInt8] {
        let sound = [
            ["\"A\(id)\""], ["\"王伟\"", "\"李\\u82b3\"", "\"A\""], ["\"男\"", "\"女\""],
            ["\"1999-02-28\"", "\"2000-02-29\""], ["\"1\"", "\"2\"", "\"120101-01\""],
            ["\"member\"", "\"activist\""], ["0", "5"], ["24", "0.25", "7.5"], ["true", "false"],
            ["\"x\"", "\"y\""],
        ]
        var members: [[UInt8]] = []
        for (index, field) in Self.schema.fields.enumerated()
        where field.isRequired || Bool.random(using: &numbers) {
            var value = Array((sound[index].randomElement(using: &numbers) ?? "null").utf8)
            switch Int.random(in: 0..<1_500, using: &numbers) {
            case 0..<3: value = Self.broken.randomElement(using: &numbers) ?? []
            case 3..<60: value = Array((Self.odd.randomElement(using: &numbers) ?? "").utf8)
            default: break
            }
            members.append(Array("\"\(field.name)\":\(spaced ? " " : "")".utf8) + value)
        }
        switch Int.random(in: 0..<40, using: &numbers) {
        case 0: members.shuffle(using: &numbers)
        case 1: members.append(Array("\"more\":1".utf8))
        case 2: members.append(members[0])
        case 3: members.removeFirst()
        default: break
        }
        let separator = Array((spaced ? ", " : ",").utf8)
        return Array("{".utf8) + members.joined(separator: separator) + Array("}".utf8)
    }

    private func mutate(_ row: inout [UInt8], _ numbers: inout Numbers) {
        for _ in 0..<Int.random(in: 1...2, using: &numbers) {
            let place = Int.random(in: 0...row.count, using: &numbers)
            let end = min(row.count, place + Int.random(in: 0...2, using: &numbers))
            let piece = Bool.random(using: &numbers)
                ? Self.pieces.randomElement(using: &numbers) ?? [] : []
            row.replaceSubrange(place..<end, with: piece)
        }
    }

    @Test func mutatedRowsComeOutAsSimdjsonReadsThem() throws { try mutatedRows(400) }
    @Test func thoroughMutatedRows() throws { try mutatedRows(2000) }

    private func mutatedRows(_ rounds: Int) throws {
        let units = try loadUnits()
        var numbers = Numbers(state: 53)
        var matched = 0, malformed = 0, sound = 0
        for round in 0..<rounds {
            let spaced = Bool.random(using: &numbers)
            var bytes: [UInt8] = []
            let count = Int.random(in: 2...40, using: &numbers)
            for id in 0..<count {
                var row = row(id, spaced, &numbers)
                if Int.random(in: 0..<60, using: &numbers) == 0 { mutate(&row, &numbers) }
                bytes += row + [10]
            }
            if Bool.random(using: &numbers) { bytes.removeLast() }
            let size = [1, 200, 1 << 16].randomElement(using: &numbers) ?? 1
            let reference = outcome(bytes, units, blockSize: size, matches: false)
            let found = outcome(bytes, units, blockSize: size, matches: true)
            #expect(reference.matched == 0)
            #expect(found.text == reference.text,
                    "round \(round): \(String(decoding: bytes, as: UTF8.self))")
            if found.text.count == 1 { malformed += 1 } else { sound += count }
            matched += found.matched
        }
        // The rounds are worth something: many rows were matched, many tables had a fault.
        #expect(matched > sound / 3)
        #expect((rounds / 10..<rounds * 3 / 4).contains(malformed))
    }
}
