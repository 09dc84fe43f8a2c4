import MusterDiagnostics
import Synchronization

extension Run {
    /// Throws where a grouping makes more groups than are allowed; asked while they are made.
    func checkGroups(_ count: Int) throws {
        guard count > limits.groups else { return }
        throw Diagnostic("limit.groups", Message(
            zh: "分组过多，超过 \(limits.groups) 组", en: "this makes over \(limits.groups) groups"),
            hint: Message(zh: "请减少分组的列或先筛选；确需如此，用“设置 分组数 \(limits.groups * 2)”放宽",
                          en: "group by fewer columns or keep fewer rows; where it must be, "
                              + "set groups \(limits.groups * 2) allows it"))
    }

    /// Throws where a result, at any stage, has more cells than are allowed.
    package func checkCells(rows: Int, columns: Int) throws {
        let (cells, isBeyond) = rows.multipliedReportingOverflow(by: max(1, columns))
        guard isBeyond || cells > limits.cells else { return }
        throw Diagnostic("limit.cells", Message(
            zh: "结果过大：\(columns) 列，超过 \(limits.cells) 个单元格",
            en: "the result is too large: over \(limits.cells) cells in \(columns) columns"),
            hint: Message(zh: "请先汇总、筛选或“选取”较少的列；确需如此，用“设置 单元格 \(limits.cells * 2)”放宽",
                          en: "summarize, keep fewer rows or select fewer columns; where it must "
                              + "be, set cells \(limits.cells * 2) allows it"))
    }

    /// Throws `Diagnostic.interrupted` at every so many calls, once the user has stopped it.
    func checkNow(_ step: inout Int) throws {
        step += 1
        if step & 0xFFFF == 0 { try checkCancelled() }
    }
}

/// Rows that workers have gathered together so far.
final class RowTally: Sendable {
    private let count = Atomic<Int>(0)

    func add(_ rows: Int) -> Int { count.wrappingAdd(rows, ordering: .relaxed).newValue }
}
