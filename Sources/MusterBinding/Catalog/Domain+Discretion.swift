import MusterDiagnostics
import MusterPlan
import MusterStore

extension Domain {
    /// The kind of a text that stands under a heading in a file from outside: that of the fields
    /// which are called so, where all of them are personal or sensitive; sensitive where the
    /// heading itself says so.
    package func discretion(under heading: String) -> TextKind? {
        let fields = entities.flatMap(\.fields).filter { field in
            ([field.name.en, field.name.zh] + field.headings).contains {
                Heading.isSame($0, heading)
            }
        }
        guard !fields.isEmpty else { return words.sensitive.isHeading(heading) ? .sensitive : nil }
        guard fields.allSatisfy({ $0.type.isSensitive || $0.type.isPersonal }) else { return nil }
        return fields.contains { $0.type.isSensitive } ? .sensitive : .personal
    }

    /// What a loader must leave as text, for it will be hidden.
    package var discretion: Discretion {
        Discretion(isHidden: { discretion(under: $0) != nil }, hides: isSensitive,
                   masked: words.sensitive.masked)
    }
}
