import MusterDiagnostics
import MusterPlan
import MusterStore
import Testing
@testable import MusterSpark

@Suite("What the driver answers")
struct AnswerTests {
    private func answer(_ line: String) throws -> SparkAnswer {
        try Array(line.utf8).withUnsafeBytes { try SparkAnswer($0) }
    }

    @Test("Values of every kind come as they were sent")
    func values() throws {
        let line = #"{"id": 7, "more": true, "columns": [[1, null, -9], [0.5, "NaN", 1e300], "#
            + #"["团\"\\\n\u0001x", null, ""], [true, false, null], [16739, null, 0]]}"#
        let answer = try answer(line)
        #expect(answer.id == 7 && answer.hasMore && answer.fault == nil)
        let vectors = try answer.vectors([.integer, .number, .plainText, .bool, .day])
        guard case .int(let whole) = vectors[0], case .double(let doubles) = vectors[1],
              case .text(let codes, let texts) = vectors[2], case .bool(let bools) = vectors[3],
              case .day(let days) = vectors[4] else {
            Issue.record("other kinds")
            return
        }
        #expect(whole == [1, None.integer, -9])
        #expect(doubles[0] == 0.5 && doubles[1].isNaN && doubles[2] == 1e300)
        #expect(codes.map { $0 < 0 ? nil : texts[$0] } == ["团\"\\\n\u{1}x", nil, ""])
        #expect(bools == [1, 0, None.bool])
        #expect(days == [16739, None.day, 0])
    }

    @Test("What does not fit is an error", arguments: [
        ("[[-9223372036854775808]]", ValueType.integer), ("[[3000000000]]", .year),
        ("[[2147483647]]", .day),
    ])
    func overflow(_ columns: String, _ type: ValueType) throws {
        let answer = try answer(#"{"id": 1, "columns": \#(columns)}"#)
        let fault = try #require(throws: Diagnostic.self) { try answer.vectors([type]) }
        #expect(fault.code == Diagnostic.overflow.code)
    }

    @Test("Another type or number of columns than asked for is an error", arguments: [
        ("[[0.5]]", ValueType.integer), ("[[1]]", .plainText), (#"[["1"]]"#, .number),
        ("[[1]]", .bool), ("[]", .integer), ("[[1], [1]]", .integer),
    ])
    func unexpected(_ columns: String, _ type: ValueType) throws {
        let answer = try answer(#"{"id": 1, "columns": \#(columns)}"#)
        let fault = try #require(throws: Diagnostic.self) { try answer.vectors([type]) }
        #expect(fault.code == "spark.result")
    }

    @Test("A line that is none is an error", arguments: [
        "", "[", #"{"id": 1"#, #"{"id": 1, "columns": [[1]}"#, #"{"id": tru}"#, #"{"a": "x"#,
        #"{"a": "\u12"}"#, #"{"id": 1-2}"#,
    ])
    func malformed(_ line: String) throws {
        let fault = try #require(throws: Diagnostic.self) { try answer(line) }
        #expect(fault.code == "spark.answer")
    }

    @Test("What Spark says becomes a fault with a way out, in both languages", arguments: [
        ("interrupted", "", Diagnostic.interrupted.code), ("pyspark", "", "spark.pyspark"),
        ("java", "", "spark.java"), ("start", "", "spark.start"), ("folder", "", "spark.folder"),
        ("busy", "", "spark.busy"), ("ARITHMETIC_OVERFLOW", "22003", Diagnostic.overflow.code),
        ("TABLE_OR_VIEW_NOT_FOUND", "42P01", "spark.gone"),
        ("FAILED_READ_FILE.NO_HINT", "KD001", "spark.gone"),
        ("SOMETHING_ELSE", "XX000", "spark.statement"),
    ])
    func faults(_ kind: String, _ state: String, _ code: String) {
        let fault = SparkFault(kind: kind, state: state, text: "a\nb").diagnostic
        #expect(fault.code == code)
        #expect(code == Diagnostic.interrupted.code || fault.hint != nil)
    }

    @Test("Values of the books stand in no message")
    func noValues() {
        let fault = SparkFault(kind: "CAST_INVALID_INPUT", state: "22018", text: "120101199").diagnostic
        #expect(!fault.rendered(in: .en).contains("120101199"))
    }
}
