import Foundation
import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// The rows that break a rule, as a source: what `validate` found. Worked out at the first
/// reading of it, always at the snapshot's own day.
package enum Findings {
    package static let name = "findings"

    private static let rules = CodeSet(Term("rule", "规则"), Rules.all.map(\.name))
    private static let severities = CodeSet(Term("severity", "严重程度"),
                                            Rule.Severity.allCases.map(\.term))
    private static let tables = CodeSet(Term("table", "表"), [
        Term("people", "人员"), Term("service", "服务记录"), Term("units", "组织"),
        Term("teams", "志愿服务组织"),
    ])
    /// Kept in English and shown in either language: no list of values, but a way to name them.
    private static let details = CodeSet(Term("detail", "说明"), [], isClosed: false,
                                         facts: detailTerms)

    static let entity = EntityDefinition(
        name, rowNoun: Term("finding", "校验结果"), counter: Term("findings", "条"),
        fields: [
            FieldDefinition("rule", "规则", .text(.code(rules)),
                            gloss: Message(zh: "不合的规则", en: "the rule that is broken")),
            FieldDefinition("severity", "严重程度", .text(.code(severities)),
                            gloss: Message(zh: "错误、警告或提示", en: "error, warning or note")),
            FieldDefinition("table", "表", .text(.code(tables)),
                            gloss: Message(zh: "所在的表", en: "the table of the row")),
            FieldDefinition("id", "编号", .plainText,
                            gloss: Message(zh: "当事人的编号；组织的疑点是组织编号",
                                           en: "the person's id; of what is found on a unit, its own")),
            FieldDefinition("person", "人员", .row(People.table),
                            gloss: Message(zh: "当事人", en: "the person it is about")),
            FieldDefinition("unit", "所在组织", .row(Units.table),
                            gloss: Message(zh: "当事人的所在组织，或该组织",
                                           en: "the person's unit, or the unit itself")),
            FieldDefinition("detail", "说明", .text(.code(details)),
                            gloss: Message(zh: "有关的数据，身份证号只留末位",
                                           en: "the values in question, ID numbers masked")),
        ], tellsOfPersons: true)

    static let definition = DerivedTableDefinition(name, compute: table)

    static let functions: [any Function.Type] = [
        IdWellFormed.self, IdCheckRight.self, IdBirthIs.self, IdGenderIs.self,
    ]

    /// Names of values in a finding's text that are no field's.
    static let detailNames = [
        Term("length", "位数"), Term("also", "另见"), Term("day_hours", "当日时长"),
        Term("days", "天数"), Term("persons", "人数"), Term("members", "团员数"),
    ]

    @Sendable private static func table(_ derivation: any Derivation) throws -> Table {
        var made = Columns()
        for (number, rule) in Rules.all.enumerated() {
            let hits: [Rule.Hit] = switch rule.search {
            case .condition(let condition):
                try derivation.rows(of: rule.table, where: condition).map { Rule.Hit(row: $0) }
            case .tables(let search): try search(derivation)
            }
            guard !hits.isEmpty else { continue }
            let facts = try rule.facts.map { fact in
                let (vector, type) = try derivation.values(fact.expression, of: rule.table,
                                                           at: hits.map(\.row))
                return (name: fact.name, vector: vector, type: type)
            }
            for (index, hit) in hits.enumerated() {
                var parts = facts.compactMap { fact in
                    text(fact.vector, index, fact.type).map { "\(fact.name) \($0)" }
                }
                parts += hit.details.map { "\($0.name) \($0.value)" }
                made.add(rule: number, row: hit.row, detail: parts.joined(separator: ", "))
            }
        }
        return made.table(derivation.data)
    }

    /// A value as the finding's text shows it; nil for none.
    private static func text(_ vector: Vector, _ index: Int, _ type: ValueType) -> String? {
        guard !vector.isNone(index) else { return nil }
        switch vector {
        case .day(let days): return CivilDay.text(days[index])
        case .int(let numbers):
            return type == .decimal(2) ? decimal(numbers[index]) : String(numbers[index])
        case .text(let codes, let texts):
            return type.isSensitive ? masked(texts[codes[index]]) : texts[codes[index]]
        case .bool, .double, .row: return nil
        }
    }

    /// Hundredths, at least 0, without idle zeros: 2450 is 24.5.
    static func decimal(_ hundredths: Int64) -> String {
        let rest = hundredths % 100
        if rest == 0 { return "\(hundredths / 100)" }
        return "\(hundredths / 100)."
            + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
    }

    /// A finding's text with its names in Chinese.
    private static let detailTerms: [Term] = {
        let fields = Service.entity.fields + People.entity(League.Settings()).fields
        return fields.map(\.name) + detailNames
    }()
}

extension Findings {
    /// The rules that found something, errors first, then as the rules are listed. The table
    /// must have been prepared.
    package static func counts(in data: any SnapshotTables) -> [FindingCount] {
        guard case .text(let rules, let names)? = data.column(name, "rule"),
              case .text(let ids, let texts)? = data.column(name, "id") else { return [] }
        var first: [Int32: Int] = [:], counts: [Int32: Int] = [:]
        for (index, rule) in rules.enumerated() {
            counts[rule, default: 0] += 1
            if first[rule] == nil { first[rule] = index }
        }
        return Rule.Severity.allCases.flatMap { severity in
            Rules.all.filter { $0.severity == severity }.compactMap { rule in
                guard let code = names.code(of: rule.name.en), let count = counts[code],
                      let index = first[code] else { return nil }
                return FindingCount(
                    rule: rule.name, severity: severity.term, meaning: rule.meaning, count: count,
                    example: ids[index] < 0 ? "" : texts[ids[index]])
            }
        }
    }

    /// The findings' columns in the making.
    private struct Columns {
        private var rules: [Int32] = []
        private var rows: [Int32] = []
        private var details: [Int32] = []
        private var texts = TextBuilder()

        mutating func add(rule: Int, row: Int32, detail: String) {
            rules.append(Int32(rule))
            rows.append(row)
            details.append(detail.isEmpty ? None.code : texts.code(detail))
        }

        func table(_ data: any SnapshotTables) -> Table {
            func codes(_ set: CodeSet, _ code: (Rule) -> String) -> Column {
                let values = set.values.map(\.en)
                let byRule = Rules.all.map { rule in
                    values.firstIndex(of: code(rule)).map { Int32($0) } ?? None.code
                }
                return .text(rules.map { byRule[Int($0)] }, TextDictionary(values))
            }
            let subjects = Dictionary(uniqueKeysWithValues: Set(Rules.all.map(\.table)).map {
                ($0, Subjects(of: $0, data))
            })
            let found = zip(rules, rows).map { rule, row in
                subjects[Rules.all[Int(rule)].table]?.subject(of: row) ?? Subjects.Subject()
            }
            var ids = TextBuilder()
            let idCodes = found.map { $0.id.isEmpty ? None.code : ids.code($0.id) }
            return Table(name: Findings.name, rowCount: rules.count, columns: [
                ("rule", codes(Findings.rules) { $0.name.en }),
                ("severity", codes(severities) { $0.severity.term.en }),
                ("table", codes(tables) { $0.table }),
                ("id", .text(idCodes, ids.dictionary)),
                ("person", .reference(found.map(\.person), table: People.table)),
                ("unit", .reference(found.map(\.unit), table: Units.table)),
                ("detail", .text(details, texts.dictionary)),
            ])
        }
    }

    /// Whose the findings on a table's rows are.
    private struct Subjects {
        struct Subject {
            var id = ""
            var person = None.row
            var unit = None.row
        }

        private let table: String
        private let members: [Int32]
        private let units: [Int32]
        private let keys: [Int32]
        private let texts: TextDictionary

        init(of table: String, _ data: any SnapshotTables) {
            func references(_ table: String, _ name: String) -> [Int32] {
                guard case .reference(let rows, _)? = data.column(table, name) else { return [] }
                return rows
            }
            self.table = table
            let holder = table == Service.table ? People.table : table
            members = references(Service.table, "member")
            units = references(holder, "unit")
            if case .text(let codes, let texts)? = data.column(holder, "id") {
                (keys, self.texts) = (codes, texts)
            } else {
                (keys, texts) = ([], .empty)
            }
        }

        /// A record's is its person's.
        func subject(of row: Int32) -> Subject {
            let own = table == Service.table ? value(members, row) : row
            let key = value(keys, own)
            return Subject(
                id: key < 0 ? "" : texts[key],
                person: table == People.table || table == Service.table ? own : None.row,
                unit: table == Units.table ? own : value(units, own))
        }

        private func value(_ values: [Int32], _ row: Int32) -> Int32 {
            values.indices.contains(Int(row)) ? values[Int(row)] : -1
        }
    }
}
