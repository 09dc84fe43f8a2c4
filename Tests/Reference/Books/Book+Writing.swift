import Foundation

extension Book {
    /// Writes a snapshot folder.
    package func write(folder: String) throws {
        let url = URL(fileURLWithPath: folder)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, lines) in files {
            let text = lines.map { $0 + "\n" }.joined()
            try Data(text.utf8).write(to: url.appendingPathComponent(name))
        }
    }

    /// Every row as it stands in its file.
    package var lines: [String] { files.flatMap(\.lines) }

    private var files: [(name: String, lines: [String])] {
        [("manifest.json", [manifest]), ("units.ndjson", units.map(Book.line)),
         ("members.ndjson", people.map(Book.line)), ("service.ndjson", service.map(Book.line)),
         ("teams.ndjson", teams.map(Book.line))]
    }

    private var manifest: String {
        var fields: [(String, Any?)] = [("format", "muster-snapshot/1"),
                                        ("as_of", DayCount.text(asOf)), ("source", "random")]
        if let targets {
            let rows = targets.map { target in
                Book.line([("year", target.year), ("rate", Decimal(target.rate) / 1_000_000),
                           ("by", target.by.map(DayCount.text)), ("unit", target.unit)])
            }
            fields.append(("targets", Raw("[" + rows.joined(separator: ",") + "]")))
        }
        return Book.line(fields)
    }

    private static func line(_ unit: Unit) -> String {
        line([("id", unit.id), ("name", unit.name), ("parent", unit.parent),
              ("level", unit.level), ("kind", unit.kind),
              ("plan_submitted", unit.planSubmitted.map(DayCount.text)),
              ("formerly", earlier(unit.formerly))])
    }

    private static func line(_ person: Person) -> String {
        line([("id", person.id), ("name", person.name), ("gender", person.gender),
              ("unit", person.unit), ("status", person.status), ("cadre", person.cadre),
              ("certified_stars", person.certifiedStars)]
             + personDays.map { ($0, person.days[$0].map(DayCount.text)) })
    }

    private static func line(_ record: Service) -> String {
        line([("member", record.member), ("date", DayCount.text(record.date)),
              ("hours", Decimal(record.hours) / 100), ("field", record.field),
              ("project", record.project), ("certified", record.certified)])
    }

    private static func line(_ team: Team) -> String {
        line([("id", team.id), ("name", team.name), ("unit", team.unit), ("kind", team.kind),
              ("founded", team.founded.map(DayCount.text))])
    }

    private struct Raw { let text: String; init(_ text: String) { self.text = text } }

    private static func earlier(_ ids: [String]) -> Raw? {
        switch ids.count {
        case 0: nil
        case 1: Raw(quoted(ids[0]))
        default: Raw("[" + ids.map(quoted).joined(separator: ",") + "]")
        }
    }

    private static func line(_ fields: [(String, Any?)]) -> String {
        let parts = fields.compactMap { name, value -> String? in
            guard let value else { return nil }
            let text = switch value {
            case let raw as Raw: raw.text
            case let string as String: quoted(string)
            default: "\(value)"
            }
            return quoted(name) + ":" + text
        }
        return "{" + parts.joined(separator: ",") + "}"
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacingOccurrences(of: "\\", with: "\\\\")
            .replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }
}
