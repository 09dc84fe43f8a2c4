import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
@testable import MusterLeague
import MusterStore

/// Sources, fields, codes and what a snapshot holds.
extension Reference {
    var sources: [String] {
        table(["English", "中文", "每行是 · a row is", "含义 · meaning", "条件 · condition"],
              domain.sources.map { source in
            let noun = domain.entity(source.entity)?.rowNoun
            return [code(source.name.en), source.name.zh,
                    noun.map { both(Message(zh: $0.zh, en: "a \($0.en)")) } ?? "",
                    both(source.gloss), code(source.condition ?? "")]
        })
    }

    /// Fields that a snapshot or the loader gives.
    func fields(_ entity: EntityDefinition) -> [String] {
        table(["English", "中文", "类型 · type", "含义 · meaning"], entity.fields.compactMap { field in
            if case .expression = field.origin { return nil }
            return [code(field.name.en), field.name.zh, type(field.type), both(field.gloss)]
        })
    }

    private func type(_ type: ValueType) -> String {
        switch type {
        case .text(.sensitive):
            both(Message(zh: "文字，只显示末位", en: "a text, only its last character shows"))
        case .row(let name):
            domain.entity(name).map {
                both(Message(zh: $0.rowNoun.zh, en: "a \($0.rowNoun.en)"))
            } ?? ""
        default: both(type.name)
        }
    }

    /// Fields that are worked out at the day of the row, with their definitions.
    var asOfFields: [String] {
        table(["English", "中文", "定义", "definition", "含义 · meaning"],
              domain.entities.flatMap { entity in
            entity.fields.compactMap { field in
                guard case .expression(let text) = field.origin else { return nil }
                return [code(field.name.en), field.name.zh,
                        code(inChinese(text, of: entity.name)), code(text), both(field.gloss)]
            }
        })
    }

    var relations: [String] {
        table(["从 · from", "English", "中文", "哪些行 · which rows"],
              domain.entities.flatMap { entity in
            entity.relations.map { relation in
                let which = relation.includesBelow
                    ? Message(zh: "本组织及其全部下级的", en: "of the unit and all below it")
                    : Message(zh: "本行自己的", en: "its own only")
                return [both(Message(zh: entity.rowNoun.zh, en: "a \(entity.rowNoun.en)")),
                        code(relation.name.en), relation.name.zh, both(which)]
            }
        })
    }

    var codes: [String] {
        table(["字段 · field", "代码 · codes", "其他值 · other values"],
              domain.entities.flatMap { entity in
            entity.fields.compactMap { field in
                guard let codes = field.type.codes, !codes.values.isEmpty else { return nil }
                let of = both(Message(zh: entity.rowNoun.zh, en: entity.rowNoun.en))
                return ["\(code(field.name.en)) \(field.name.zh)（\(of)）", names(codes.values),
                        both(codes.isClosed ? Message(zh: "不可能有", en: "impossible")
                            : Message(zh: "可以有，须加引号", en: "possible, in quotes"))]
            }
        })
    }

    var rules: [String] {
        table(["规则", "rule", "严重程度 · severity", "含义 · meaning"], Rules.all.map { rule in
            let severity = rule.severity.term
            return [rule.name.zh, code(rule.name.en),
                    both(Message(zh: severity.zh, en: severity.en)), both(rule.meaning)]
        })
    }

    // MARK: the snapshot format

    func schema(_ table: TableSchema) -> [String] {
        self.table(["字段 field", "中文", "取值 · values", "说明 · notes"], table.fields.map { field in
            [code(field.name), chineseName(field.name, table), values(field.type),
             notes(field, table).map(both).joined(separator: "；")]
        })
    }

    private func chineseName(_ column: String, _ table: TableSchema) -> String {
        domain.entity(table.name)?.fields.first { $0.origin == .stored(column) }?.name.zh ?? ""
    }

    private func values(_ type: FieldType) -> String {
        switch type {
        case .text: both(Message(zh: "文字", en: "text"))
        case .day: both(Message(zh: "日期", en: "day"))
        case .integer(let range):
            both(Message(zh: "整数", en: "whole number")) + " \(range.lowerBound)…\(range.upperBound)"
        case .hundredths(let over, let upTo):
            both(Message(zh: "大于 \(over)、不超过 \(upTo) 的数",
                         en: "a number over \(over), at most \(upTo)"))
        case .bool: "`true` · `false`"
        case .choice(let codes): codes.map(code).joined(separator: " ")
        case .reference(let name):
            both(Message(zh: "\(domain.entity(name)?.rowNoun.zh ?? name)的编号",
                         en: "id of a \(domain.entity(name)?.rowNoun.en ?? name)"))
        }
    }

    private func notes(_ field: FieldSchema, _ table: TableSchema) -> [Message] {
        var notes: [Message] = []
        if field.isRequired { notes.append(Message(zh: "必填", en: "required")) }
        if field.isUnique { notes.append(Message(zh: "不得重复", en: "unique")) }
        if let text = field.defaultText {
            notes.append(Message(zh: "不填为 `\(text)`", en: "`\(text)` where absent"))
        }
        if field.isSensitive {
            notes.append(Message(zh: "敏感，只显示末位", en: "sensitive, only its last character shows"))
        }
        if field.name == table.parent {
            notes.append(Message(zh: "不得成环", en: "no cycles"))
        }
        if field.name == table.aliases {
            notes.append(Message(zh: "一个文字或文字数组", en: "a text or an array of texts"))
        }
        if table.inherited.contains(field.name) {
            notes.append(Message(zh: "不填随最近的上级", en: "the nearest ancestor's where absent"))
        }
        return notes
    }
}

extension Reference {
    /// What heads the columns of rosters, by sheet and field.
    var headings: [String] {
        guard let roster = domain.roster else { return [] }
        return roster.sheets.flatMap { sheet -> [String] in
            let rows = sheet.columns.map { column -> [String] in
                switch column.content {
                case .level(let code):
                    let level = domain.tree?.levels.first { $0.en == code } ?? Term(code)
                    return [level.zh, (roster.levelHeadings[code] ?? []).joined(separator: "、")]
                case .field(let name): return heading(name, of: sheet.table)
                case .ofPerson(let name): return heading(name, of: roster.persons)
                }
            }
            let places = sheet.table != roster.persons ? []
                : [heading(roster.place, of: roster.persons)]
            let flags = sheet.table != roster.persons ? [] : roster.flags.map {
                [$0.title.zh, $0.headings.joined(separator: "、")]
            }
            return ["**\(sheet.title.zh) · \(sheet.title.en)**", ""]
                + table(["字段 · field", "也叫 · also called"], rows + places + flags) + [""]
        }
    }

    private func heading(_ name: String, of table: String) -> [String] {
        let field = domain.entity(table)?.fields.first { $0.origin == .stored(name) }
        return [field?.name.zh ?? name, field?.headings.joined(separator: "、") ?? ""]
    }
}
