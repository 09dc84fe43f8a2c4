import Foundation
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
@testable import MusterLeague
import MusterStore
import Testing

/// A row of a table in a snapshot made for one test, in the format's own names.
typealias Fields = [String: Any]

/// A sound person that no rule objects to, with some fields changed; NSNull takes one away. Who
/// is born otherwise has another ID number, joins at 14 or is no member yet.
func person(_ id: String = "A", _ changes: Fields = [:]) -> Fields {
    var sound: Fields = ["id": id, "name": "某人", "unit": "B", "gender": "男",
                         "birth": "1996-03-01", "joined": "2011-05-04"]
    let birth = changes["birth"] as? String ?? "1996-03-01"
    sound["id_number"] = idNumber(birth, of: id, isMale: changes["gender"] as? String != "女")
    let year = (Int(birth.prefix(4)) ?? 0) + 14
    let earliest = "\(year)" + (birth.hasSuffix("02-29") ? "-03-01" : birth.dropFirst(4))
    if earliest > "2017-12-31" {
        sound["joined"] = nil
        sound["status"] = "activist"
    } else if earliest > "2011-05-04" {
        sound["joined"] = earliest
    }
    return sound.merging(changes) { _, new in new }.filter { !($0.value is NSNull) }
}

/// An invented number with the right check character (GB 11643, ISO 7064 MOD 11-2).
private func idNumber(_ birth: String, of id: String, isMale: Bool) -> String {
    let serial = 2 * (id.utf8.reduce(7) { ($0 * 31 + Int($1)) % 499 }) + (isMale ? 1 : 0)
    let digits = "129001" + birth.filter { $0 != "-" } + String("00\(serial)".suffix(3))
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits.compactMap(\.wholeNumberValue), weights).reduce(0) { $0 + $1.0 * $1.1 }
    return digits + String(Array("10X98765432")[sum % 11])
}

func service(_ date: String, _ hours: Double = 2, by member: String = "A") -> Fields {
    ["member": member, "date": date, "hours": hours]
}

/// A finding as a test compares it.
struct Found: Hashable, CustomStringConvertible {
    let rule: String
    let id: String
    var description: String { "\(rule) \(id)" }
}

/// A snapshot and what queries over it give.
struct RulesSnapshot {
    let environment: MusterEngine.Environment
    let data: DataSet

    /// - Parameters:
    ///   - units: besides a district and a branch of it in which there are three sound members.
    init(_ members: [Fields], service: [Fields] = [], units: [Fields] = [], teams: [Fields] = [],
         asOf: String = "2017-12-31") throws {
        let document: Fields = [
            "format": "muster-snapshot/1", "as_of": asOf,
            "units": [["id": "D", "name": "某区", "level": "district"],
                      ["id": "B", "name": "某支部", "level": "branch", "parent": "D"]] + units,
            "members": members + ["F1", "F2", "F3"].map { person($0) }, "service": service,
            "teams": teams,
        ]
        let file = FileManager.default.temporaryDirectory
            .appending(path: "muster-rules-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try JSONSerialization.data(withJSONObject: document).write(to: file)
        try self.init(path: file.path)
        #expect(data.snapshot.rejects.isEmpty)
    }

    init(path: String) throws {
        let domain = League.domain()
        data = DataSet(try SnapshotLoader(schema: domain.schema).load(path), domain: domain)
        environment = Environment(domain: domain,
                                  registry: Registry(domain: domain, statements: []),
                                  dataSets: [data])
    }

    func table(_ query: String, isCancelled: @escaping @Sendable () -> Bool = { false }) throws
        -> ResultTable {
        let source = SourceText(text: query)
        let script = parse(source, vocabulary: environment.registry)
        try #require(script.diagnostics.isEmpty && script.statements.count == 1)
        guard case .query(let expression) = script.statements[0].kind else {
            Issue.record("not a query: \(query)")
            return ResultTable(columns: [], cells: [], rowCount: 0)
        }
        let run = Run(environment, isCancelled: isCancelled)
        let plan = try Binder(environment, run: run, source: source)
            .bind(statement: expression, text: query)
        let shown = Results(environment).listing(plan)
        return try Results(environment).table(shown, try Executor(run).execute(shown), run)
    }

    /// The texts of a column, in one of the languages.
    func texts(_ query: String, _ language: Language = .en) throws -> [String] {
        try table(query).cells[0].map { cell in
            switch cell {
            case .text(let text): text
            case .term(let term): term[language]
            case .integer(let number): String(number)
            default: ""
            }
        }
    }

    /// Rule and person of every finding, in order.
    func found() throws -> [Found] {
        zip(try texts("findings | select rule"), try texts("findings | select id"))
            .map { Found(rule: $0, id: $1) }
    }
}
