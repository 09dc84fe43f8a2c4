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
        Term("people", "人员"), Term("service", "服务记录"),
    ])
    /// Kept in English and shown in either language: no list of values, but a way to name them.
    private static let details = CodeSet(Term("detail", "说明"), [], isClosed: false,
                                         facts: detailTerms)

    static let entity = EntityDefinition(
        name, rowNoun: Term("finding", "校验结果"), fields: [
            FieldDefinition("rule", "规则", .text(.code(rules)),
                            gloss: Message(zh: "不合的规则", en: "the rule that is broken")),
            FieldDefinition("severity", "严重程度", .text(.code(severities)),
                            gloss: Message(zh: "错误、警告或提示", en: "error, warning or note")),
            FieldDefinition("table", "表", .text(.code(tables)),
                            gloss: Message(zh: "所在的表", en: "the table of the row")),
            FieldDefinition("id", "编号", .plainText,
                            gloss: Message(zh: "人员编号", en: "the person's id")),
            FieldDefinition("person", "人员", .row(People.table),
                            gloss: Message(zh: "当事人", en: "the person it is about")),
            FieldDefinition("unit", "所在组织", .row(Units.table),
                            gloss: Message(zh: "当事人的所在组织", en: "the person's unit")),
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
            let persons = zip(rules, rows).map { rule, row -> Int32 in
                guard Rules.all[Int(rule)].table == Service.table else { return row }
                guard case .reference(let members, _)? = data.column(Service.table, "member")
                else { return None.row }
                return members[Int(row)]
            }
            return Table(name: Findings.name, rowCount: rules.count, columns: [
                ("rule", codes(Findings.rules) { $0.name.en }),
                ("severity", codes(severities) { $0.severity.term.en }),
                ("table", codes(tables) { $0.table }),
                ("id", ids(persons, data)),
                ("person", .reference(persons, table: People.table)),
                ("unit", units(persons, data)),
                ("detail", .text(details, texts.dictionary)),
            ])
        }

        private func ids(_ persons: [Int32], _ data: any SnapshotTables) -> Column {
            guard case .text(let codes, let texts)? = data.column(People.table, "id") else {
                return .text([Int32](repeating: None.code, count: persons.count), .empty)
            }
            return .text(persons.map { $0 < 0 ? None.code : codes[Int($0)] }, texts)
        }

        private func units(_ persons: [Int32], _ data: any SnapshotTables) -> Column {
            guard case .reference(let units, _)? = data.column(People.table, "unit") else {
                return .reference([Int32](repeating: None.row, count: persons.count),
                                  table: Units.table)
            }
            return .reference(persons.map { $0 < 0 ? None.row : units[Int($0)] },
                              table: Units.table)
        }
    }
}
