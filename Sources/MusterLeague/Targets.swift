import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// The registration targets of the manifest, or the notice's where it states none.
enum Targets {
    static let name = "targets"

    static let entity = EntityDefinition(
        name, rowNoun: Term("target", "目标"), fields: [
            FieldDefinition("year", "年度", .year, gloss: Message(zh: "年度", en: "the year")),
            FieldDefinition("rate", "比率", .decimal(6), display: .percent,
                            gloss: Message(zh: "要达到的注册率", en: "the rate to reach")),
            FieldDefinition("by", "期限", .day,
                            gloss: Message(zh: "达到目标的期限", en: "the day by which to reach it")),
            FieldDefinition("unit", "所在组织", .row(Units.table),
                            gloss: Message(zh: "适用的组织及其下级，空为全部",
                                           en: "for this unit and below; none for all")),
        ])

    static let definition = TargetsDefinition(entity: name, year: "year", rate: "rate",
                                              owner: "unit", tree: Units.table)

    static func table(_ snapshot: Snapshot) -> Table {
        let targets = snapshot.targets
        return Table(name: name, rowCount: targets.count, columns: [
            ("year", .day(targets.map { Int32($0.year) })),
            ("rate", .decimal(targets.map(\.rate), places: 6)),
            ("by", .day(targets.map { $0.by ?? None.day })),
            ("unit", .reference(targets.map { row(of: $0.owner, snapshot) }, table: Units.table)),
        ])
    }

    /// The unit of an id, a former one included; -2, which is no row, for one that is not there,
    /// so that its target is nobody's and not everybody's.
    private static func row(of id: String?, _ snapshot: Snapshot) -> Int32 {
        guard let id else { return None.row }
        guard case .text(let ids, let texts)? = snapshot.tables[Units.table]?["id"],
              case .text(let former, let formerTexts)? = snapshot.tables[Units.table]?["formerly"]
        else { return -2 }
        if let code = texts.code(of: id), let row = ids.firstIndex(of: code) { return Int32(row) }
        let row = former.firstIndex { code in
            code >= 0 && formerTexts[code].split(separator: " ").contains { $0 == id }
        }
        return row.map { Int32($0) } ?? -2
    }
}
