import MusterBinding
import MusterValues

/// How a snapshot stands in a database: a schema for each, in it a table for each entity under its
/// English name. Values are held as in memory: exact decimals as whole numbers of their last place
/// (hours in hundredths), rows of other tables by their numbers there, none as NULL.
package enum Layout {
    /// How snapshots stand in a database: another number, and nothing is read as if it were this.
    package static let version = 2
    /// The row's number in its file, from 0: its key, and the order of the rows.
    package static let row = "_row"
    /// For a row of a tree, how many are above it.
    package static let depth = "_depth"
    /// For a row of a tree, the row of a level on its way up, itself included; or NULL.
    package static func ancestor(_ level: String) -> String { "_at_" + level }
    /// The table of all pairs of a tree's row and one on its way up, itself included.
    package static func closure(_ entity: String) -> String { entity + "_above" }
    /// The two columns of it.
    package static let below = "_below", above = "_above"

    /// The schema of a snapshot: `muster_20171231_fab12cd34`, its day and the beginning of its
    /// fingerprint. The letter keeps the two from looking like a person's number, which would be
    /// masked in messages.
    package static func schema(asOf: Int32, fingerprint: String) -> String {
        let day = CivilDay.text(asOf).filter { $0 != "-" }
        return "muster_\(day)_f\(fingerprint.prefix(8))"
    }

    /// What a table's column is called in a database: as it is, but for names that no column may
    /// bear there (too long, the database's own, empty, those above). These are numbered by what
    /// they are, so that two that differ stay two.
    package static func column(_ name: String) -> String {
        let bytes = Array(name.utf8)
        let isUsable = !bytes.isEmpty && bytes.count <= 63 && bytes[0] != UInt8(ascii: "_")
            && !bytes.contains(0) && !systemColumns.contains(name.lowercased())
        if isUsable { return name }
        // FNV-1a of 64 bits.
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return "_x" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static let systemColumns: Set<String> = [
        "oid", "tableoid", "ctid", "xmin", "xmax", "cmin", "cmax", "gp_segment_id",
    ]
}
