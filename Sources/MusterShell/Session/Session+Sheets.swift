import MusterDiagnostics
import MusterStore

extension Session {
    /// How a sheet was read, where that is not a matter of course.
    func told(_ reading: SheetReading) -> [Message] {
        let numbers = reading.headingRows.map(String.init)
        let rows = numbers.count == 1 ? "row \(numbers[0]) names"
            : "rows \(numbers.joined(separator: " and ")) name"
        var all = [Message(
            zh: "工作表“\(reading.sheet)”，第 \(numbers.joined(separator: "、")) 行为列名"
                + (reading.titleRows == 0 ? "" : "，其上 \(reading.titleRows) 行标题未读入"),
            en: "sheet \"\(reading.sheet)\", \(rows) the columns"
                + (reading.titleRows == 0 ? ""
                    : ", \(reading.titleRows) above it are taken for a title"))]
        if reading.hiddenRows > 0 {
            all.append(Message(zh: "其中 \(reading.hiddenRows) 行在文件中是隐藏的，也已读入",
                               en: "rows hidden in the file: \(reading.hiddenRows); they were "
                                   + "read as well"))
        }
        if !reading.hiddenSheets.isEmpty {
            all.append(Message(
                zh: "隐藏的工作表未读入：" + reading.hiddenSheets.joined(separator: "、"),
                en: "hidden sheets were not read: "
                    + reading.hiddenSheets.joined(separator: ", ")))
        }
        if !reading.unnamed.isEmpty {
            all.append(Message(
                zh: "没有列名的列，暂名：" + reading.unnamed.joined(separator: "、"),
                en: "columns without a heading, called for now: "
                    + reading.unnamed.joined(separator: ", ")))
        }
        if reading.mergedCells > 0 {
            all.append(Message(
                zh: "合并单元格中有 \(reading.mergedCells) 格取所在区域的值，合计时会重复计入",
                en: "cells with the value of their merged area: \(reading.mergedCells); a sum "
                    + "counts it as often"))
        }
        if reading.unvalued.count > 0 {
            all.append(Message(
                zh: "\(reading.unvalued.count) 个公式（如 \(reading.unvalued.first)）在文件中没有结果，"
                    + "记为空；在 Excel 或 WPS 中打开并保存后再装载",
                en: "formulas without a value in the file: \(reading.unvalued.count) "
                    + "(\(reading.unvalued.first) first), read as none; open and save it in a "
                    + "spreadsheet, then load it again"))
        }
        if reading.errors.count > 0 {
            all.append(Message(
                zh: "\(reading.errors.count) 个单元格（如 \(reading.errors.first)）是错误值，按文字读入",
                en: "cells in which an error stands: \(reading.errors.count) "
                    + "(\(reading.errors.first) first), read as text"))
        }
        return all
    }
}
