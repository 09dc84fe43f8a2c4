import CSimdjson
import Testing
@testable import MusterStore

/// The fast reader and the strict one that explains its refusals must draw the same line.
struct ReaderAgreementTests {
    private static let seeds = [
        #"{"id":"M1","name":"王\u4f1f","n":-12.5e+3,"a":[1,{"b":null},[]],"t":true,"f":false}"#,
        #"{"":"","a":{},"b":[ ],"c":"\"\\\/\b\f\n\r\t\ud83d\ude00","d":0}"#,
        #" { "x" : 0.1 , "y" : [ "a" , "b" ] , "z" : { "k" : "v" } } "#,
        "{}", "5", #""F\u0031""#, #"["F12", {"id": "F12"}]"#, "null",
    ]
    private static let pieces = ["\"", "\\", "{", "}", "[", "]", ",", ":", "0", "1", "-", ".", "e", "t",
                                 "true", "null", "\\u", "d800", " ", "\t", "\r", "王", "x", "\u{1}"]
        .map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE7, 0x8E]]

    private func mutated(_ numbers: inout Numbers) -> [UInt8] {
        var text = Array(Self.seeds.randomElement(using: &numbers)?.utf8 ?? "{}".utf8)
        for _ in 0..<Int.random(in: 1...3, using: &numbers) {
            let place = Int.random(in: 0...text.count, using: &numbers)
            let end = min(text.count, place + Int.random(in: 0...2, using: &numbers))
            let piece = Bool.random(using: &numbers)
                ? Self.pieces.randomElement(using: &numbers) ?? [] : []
            text.replaceSubrange(place..<end, with: piece)
        }
        return text.filter { $0 != 10 }
    }

    @Test func bothAcceptTheSameLines() throws {
        var numbers = Numbers(state: 20_151_031)
        let table = try #require(muster_table_new())
        defer { muster_table_free(table) }
        let worker = try #require(muster_worker_new(table))
        defer { muster_worker_free(worker) }
        let block = BlockBuffer(capacity: 4096)
        var accepted = 0
        for _ in 0..<20_000 {
            let line = mutated(&numbers)
            if line.allSatisfy({ ByteCursor.isSpace($0) }) { continue }
            // Between sound lines, so that what opens on one cannot close on the next.
            let before = Array("{\"a\": \"b\"}\n".utf8)
            let whole = before + line + Array("\n{\"a\": \"c\"}\n".utf8)
            for (index, byte) in whole.enumerated() { block.memory[index] = byte }
            var fault = muster_fault()
            let status = muster_worker_parse(worker, block.memory, whole.count, 0, &fault)
            let strict = muster_find_fault(line, line.count, false)
            let shown = String(decoding: line, as: UTF8.self)
            #expect((status == MUSTER_OK) == (strict.kind == MUSTER_FAULT_NONE), "\(shown)")
            if status == MUSTER_OK {
                accepted += 1
            } else {
                #expect(fault.row == 1, "\(shown)")
                #expect(fault.offset == before.count + strict.offset, "\(shown)")
            }
        }
        #expect((1_000..<19_000).contains(accepted))
    }
}
