import CSimdjson
import MusterDiagnostics

/// Why a row was turned away: the one list of reasons, in the order of the reader's own numbers.
package enum RejectReason: Int, Sendable, CaseIterable {
    case missing, wrongType, invalidDay, duplicate, unknownReference, cycle, outOfRange
    case notAllowed, repeatedField

    package var term: Term {
        switch self {
        case .missing: Term("missing required field", "缺少必填项")
        case .wrongType: Term("wrong type", "类型不符")
        case .invalidDay: Term("not a valid day", "日期无效")
        case .duplicate: Term("duplicate id", "编号重复")
        case .unknownReference: Term("unknown reference", "引用不存在")
        case .cycle: Term("cycle", "上级成环")
        case .outOfRange: Term("out of range", "超出范围")
        case .notAllowed: Term("value not allowed", "取值不在范围内")
        case .repeatedField: Term("field given twice", "字段重复")
        }
    }

    init(_ reason: muster_reason) {
        self = RejectReason(rawValue: Int(reason.rawValue)) ?? .wrongType
    }
}
