import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// The Youth League's books as declarations: what tables and fields there are, how rows belong
/// together, what is read at a day, and the notice's targets. The engine knows none of it.
/// Source of names and rules: the snapshot format `muster-snapshot/1`.
package enum League {
    package static let format = "muster-snapshot/1"
    package static let dataVersion = "2015-53"

    /// The domain with the settings that bear on it.
    package static func domain(_ settings: Settings = Settings()) -> Domain {
        Domain(schema: schema,
               entities: [People.entity(settings), Units.entity, Service.entity, Teams.entity,
                          Targets.entity, Rejects.entity, Findings.entity,
                          ImportTables.correctionEntity, ImportTables.questionEntity],
               sources: Sources.all, targets: Targets.definition, dataVersion: dataVersion,
               derivedTables: [Findings.definition], functions: Findings.functions,
               constants: settings.constants, words: words, settings: settings.choices,
               findings: FindingsDefinition(entity: Findings.name, counts: Findings.counts),
               practice: { try generate(GeneratorOptions(members: 1500, seed: 53, output: $0)) },
               roster: roster, isSensitive: HiddenNumbers.isOne) {
            [Targets.table($0), Rejects.table($0)]
        }
    }

    /// What can be set: the notice's and the 2013 measures' values are the defaults.
    package struct Settings: Sendable, Hashable {
        /// Certified hours for one to five stars, ascending whole hours.
        package var stars: [Int64] = [100, 300, 600, 1000, 1500]
        /// Hours of service a year that a registered volunteer owes: 2013 measures.
        package var yearlyMinimum: Int64 = 20
        /// Days ahead in which an insurance counts as about to lapse.
        package var lapseDays: Int64 = 60

        var constants: [NamedConstant] {
            [
                NamedConstant("yearly_minimum", "年度最低时长", yearlyMinimum,
                              gloss: Message(zh: "注册志愿者每年最低服务小时数",
                                             en: "hours of service a year at the least")),
                NamedConstant("lapse_days", "保险提醒天数", lapseDays,
                              gloss: Message(zh: "几天内到期算即将到期",
                                             en: "days ahead in which an insurance is about to lapse")),
            ]
        }

        package init() {}
    }

    static let schema = SnapshotSchema(
        format: format,
        tables: [Units.schema, People.schema, Service.schema, Teams.schema,
                 ImportTables.correctionSchema, ImportTables.questionSchema],
        // Notice 津团发〔2015〕53号, part 2; the first is to be met by the end of October.
        defaultTargets: [
            ManifestTarget(year: 2015, rate: 500_000, by: CivilDay.number(2015, 10, 31),
                           owner: nil),
            ManifestTarget(year: 2016, rate: 750_000, by: nil, owner: nil),
            ManifestTarget(year: 2017, rate: 950_000, by: nil, owner: nil),
        ], targetOwner: "unit")
}
