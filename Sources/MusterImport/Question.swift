import MusterDiagnostics

/// Where a row stands: counted from 0 but for the row's number, which is the program's.
struct RowPlace: Sendable, Hashable, Comparable {
    let file: Int
    let sheet: Int
    /// From 1; 0 for the sheet as a whole.
    let row: Int

    static func < (a: RowPlace, b: RowPlace) -> Bool {
        (a.file, a.sheet, a.row) < (b.file, b.sheet, b.row)
    }
}

/// What the program cannot settle and hands back to those who sent the file.
struct Question: Sendable {
    let place: RowPlace
    /// The name of the person or row, or empty.
    let name: String
    /// The row of the tree that it is about, where that is known.
    var owner: Int?
    /// The field that is to be mended.
    let field: Term
    let isSensitive: Bool
    /// What stands there.
    let value: String
    let reason: Message
    /// Whether the row was taken all the same. What merely looks odd may be confirmed.
    let kind: Kind

    enum Kind: Sendable, Hashable {
        /// The row was taken and the value kept: it only looks odd.
        case odd
        /// The row was taken without this value.
        case withoutValue
        /// The row could not be taken.
        case notTaken
    }
}

/// What became of a row.
enum RowOutcome: Hashable {
    case taken, asked
    case passedOver(Reason)

    enum Reason: Hashable, CaseIterable {
        case blank, nameless, total, heading, example, deleted

        var term: Term {
            switch self {
            case .blank: Term("blank", "空行")
            case .nameless: Term("no name", "无姓名")
            case .total: Term("total", "合计行")
            case .heading: Term("repeated heading", "重复标题")
            case .example: Term("example", "示例")
            case .deleted: Term("deleted by an answer", "按更正删除")
            }
        }
    }
}

/// The rows of one sheet, every one of which is one of these.
package struct SheetAccount: Sendable, Hashable {
    package let file: String
    package let sheet: String
    /// What was read from it; nil where its headings were not understood.
    package internal(set) var table: Term?
    /// Row of the heading; 0 where there is none.
    package internal(set) var headingRow = 0
    package internal(set) var read = 0
    package internal(set) var taken = 0
    package internal(set) var asked = 0
    package var passedOver: Int { reasons.values.reduce(0, +) }
    /// Rows among those read that the workbook hides.
    package internal(set) var hidden = 0
    var reasons: [RowOutcome.Reason: Int] = [:]
    /// Columns that mean nothing to the program and were kept under their own names.
    package internal(set) var extras: [String] = []

    mutating func add(_ outcome: RowOutcome) {
        read += 1
        switch outcome {
        case .taken: taken += 1
        case .asked: asked += 1
        case .passedOver(let reason): reasons[reason, default: 0] += 1
        }
    }

    /// Why rows were passed over, with how many.
    package var passedOverWhy: Message {
        let parts = RowOutcome.Reason.allCases.compactMap { reason in
            reasons[reason].map { (reason.term, $0) }
        }
        return Message(zh: parts.map { "\($0.zh) \($1)" }.joined(separator: "，"),
                       en: parts.map { "\($0.en) \($1)" }.joined(separator: ", "))
    }
}
