import MusterDiagnostics
import MusterEngine
import MusterStore

/// The Youth League's books as declarations: what tables and fields there are, how rows belong
/// together, what is read at a day, and the notice's targets. The engine knows none of it.
/// Source of names and rules: the snapshot format `muster-snapshot/1`.
public enum League {
    public static let format = "muster-snapshot/1"
    public static let dataVersion = "2015-53"

    /// The domain with the settings that bear on it.
    public static func domain(_ settings: Settings = Settings()) -> Domain {
        Domain(schema: schema,
               entities: [People.entity(settings), Units.entity, Service.entity, Teams.entity,
                          Targets.entity, Rejects.entity, Findings.entity],
               sources: Sources.all, benchmarkEntity: Units.table, dataVersion: dataVersion,
               derivedTables: [Findings.definition], functions: Findings.functions) {
            [Targets.table($0), Rejects.table($0)]
        }
    }

    /// What can be set: the notice's and the 2013 measures' values are the defaults.
    public struct Settings: Sendable, Hashable {
        /// Certified hours for one to five stars, ascending whole hours.
        public var stars: [Int64] = [100, 300, 600, 1000, 1500]

        public init() {}
    }

    static let schema = SnapshotSchema(
        format: format,
        tables: [Units.schema, People.schema, Service.schema, Teams.schema],
        // Notice 津团发〔2015〕53号, part 2; the first is to be met by the end of October.
        defaultTargets: [
            ManifestTarget(year: 2015, rate: 500_000, by: CivilDay.number(2015, 10, 31),
                           unit: nil),
            ManifestTarget(year: 2016, rate: 750_000, by: nil, unit: nil),
            ManifestTarget(year: 2017, rate: 950_000, by: nil, unit: nil),
        ])
}
