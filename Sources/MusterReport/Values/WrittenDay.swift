import MusterDiagnostics
import MusterStore
import MusterValues

extension CivilDay {
    /// A day as running text has it: `2017年12月31日`, `2017-12-31` in English.
    package static func written(_ day: Int32, _ language: Language) -> String {
        guard language == .zh else { return text(day) }
        let (year, month, day) = parts(day)
        return "\(year)年\(month)月\(day)日"
    }

    /// A month as running text has it, given as months since year 0: `2015年6月`, `2015-06`.
    package static func written(ofMonth month: Int32, _ language: Language) -> String {
        guard language == .zh else { return text(ofMonth: month) }
        return "\(month / 12)年\(month % 12 + 1)月"
    }
}

extension ResultTable {
    /// One value as a sentence of the report has it: as its tables show it, but for days and
    /// months, which are written out.
    package func written(row: Int, column: Int, _ language: Language) -> String {
        switch cells[column][row] {
        case .day(let day): return CivilDay.written(day, language)
        case .month(let month): return CivilDay.written(ofMonth: month, language)
        default:
            // Nobody stops a single row.
            let shown = try? ShownColumn.all(self, rows: [row], Presentation(language))
            return shown?[column].text(row) ?? ""
        }
    }
}
