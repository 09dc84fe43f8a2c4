import MusterValues
import MusterDiagnostics
import MusterStore

/// What to generate and where to.
package struct GeneratorOptions: Sendable {
    /// The two forms of a snapshot.
    package enum Form: Sendable {
        case folder, document
    }

    /// The people in the books at the end of 2017; at an earlier day those of them who were in
    /// the books by then.
    package var members: Int
    /// The same seed gives the same people and the same bytes.
    package var seed: UInt64
    /// The day of the state written, within `days`.
    package var asOf: Int32
    package var form: Form
    /// The folder or file to make; nothing that exists is written over.
    package var output: String

    package init(members: Int, seed: UInt64, asOf: Int32 = GeneratorOptions.days.upperBound,
                form: Form = .folder, output: String) {
        self.members = members
        self.seed = seed
        self.asOf = asOf
        self.form = form
        self.output = output
    }

    /// The days that can be asked for: the campaign of the notice, 2015-01-01 to 2017-12-31.
    package static let days = CivilDay.days(ofYear: 2015).lowerBound
        ... CivilDay.days(ofYear: 2017).upperBound
    package static let largest = 100_000_000

    func check() throws {
        guard (0...Self.largest).contains(members) else {
            throw Diagnostic("generate.members", Message(
                zh: "人数应在 0 到 \(Self.largest) 之间，不能是 \(members)",
                en: "the number of members must be from 0 to \(Self.largest), not \(members)"))
        }
        guard Self.days.contains(asOf) else {
            let (first, last) = (CivilDay.text(Self.days.lowerBound),
                                 CivilDay.text(Self.days.upperBound))
            throw Diagnostic("generate.day", Message(
                zh: "截至日应在 \(first) 到 \(last) 之间，不能是 \(CivilDay.text(asOf))",
                en: "the as-of day must be from \(first) to \(last), not \(CivilDay.text(asOf))"))
        }
    }
}
