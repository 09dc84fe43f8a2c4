import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterValues

/// What is right as it stands and yet may not be what was meant: said in a note, with the figure
/// that the other reading would give.
extension Binder {
    /// `unit = "…"` of a row of a tree that has others below it; not where the tree was looked at
    /// to tell which row it is, as by `part`.
    func remarkOnRowsBelow(_ condition: Scalar, _ input: Plan, at span: Span) throws {
        guard let facts, !isForeign else { return }
        for conjunct in condition.conjuncts {
            guard case .compare(.equal, let row, let other) = conjunct.bare.node,
                  case .row(let entity) = row.type, domain.entity(entity)?.parentField != nil,
                  !row.contains(where: {
                      switch $0 {
                      case .below, .part: true
                      default: false
                      }
                  }),
                  case .row(let name)? = other.bare.constantValue else { continue }
            let wider = condition.replacing(conjunct, by: Scalar(.below([name], row), .bool))
            let here = try count(Plan(.filter(input, condition), input.schema), facts)
            let below = try count(Plan(.filter(input, wider), input.schema), facts)
            guard let here, let below, below > here else { continue }
            warn(Diagnostic("unit.itself", Message(
                zh: "“=”只算这个\(domain.noun(entity).zh)本身：\(here) 行；连同下级是 \(below) 行",
                en: "= takes the \(domain.noun(entity).en) alone (rows: \(here)); with what is "
                    + "below it (rows: \(below))"), at: span,
                hint: Message(zh: "要连同下级，写 隶属", en: "write under to have those too"),
                severity: .note))
        }
    }

    /// Days that are read from an earlier snapshot, which knows nothing of what came after it.
    func remarkOnLaterDays(_ readings: [Reading], at span: Span) {
        guard facts != nil,
              let last = readings.last(where: { $0.day > $0.snapshot }) else { return }
        let (day, snapshot) = (CivilDay.text(last.day), CivilDay.text(last.snapshot))
        warn(Diagnostic("history.between", Message(
            zh: "\(day) 读的是 \(snapshot) 的快照，此后的变动不在其中",
            en: "\(day) is read from the snapshot of \(snapshot), which knows nothing of what came "
                + "after it"), at: span, hint: Message(
                zh: "装载当日的快照；或 设置 历史 当前，从当前快照回看",
                en: "load a snapshot of that day, or set history current to look back from the "
                    + "one that is read"), severity: .note))
    }

    /// `unit.name = "…"` or `kind = "…"` that no row meets, where something like it is there.
    func remarkOnNothingFound(_ condition: Scalar, _ input: Plan, at span: Span) throws {
        guard let facts, !isForeign else { return }
        for conjunct in condition.conjuncts {
            guard case .compare(.equal, let side, let other) = conjunct.bare.node,
                  case .text(let text)? = other.bare.constantValue,
                  let remark = try remark(on: text, as: side, facts),
                  try count(Plan(.filter(input, conjunct), input.schema), facts) == 0
            else { continue }
            warn(Diagnostic("text.nowhere", remark.message, at: span, hint: remark.hint,
                            severity: .note))
        }
    }

    private func remark(on text: String, as side: Scalar, _ facts: any Facts) throws
        -> (message: Message, hint: Message)? {
        if let codes = side.type.codes, codes.code(text) == nil {
            let list = codes.values.prefix(14)
            return (Message(zh: "没有一行的\(codes.name.zh)是“\(text)”",
                            en: "no row has the \(codes.name.en) \"\(text)\""),
                    Message(zh: "代码有：" + list.map(\.zh).joined(separator: "、"),
                            en: "the codes are " + list.map(\.en).joined(separator: ", ")))
        }
        guard case .field(let entity, let column, _) = side.bare.node,
              let definition = domain.entity(entity), definition.parentField != nil,
              definition.labelField == column,
              case .found(let row) = try facts.rows(named: text, of: entity) else { return nil }
        let noun = domain.noun(entity), place = domain.words.hints.place
        return (Message(zh: "没有名称恰为“\(text)”的\(noun.zh)（\(row.key) 的名称中有它）",
                        en: "no \(noun.en) is called exactly \"\(text)\" (it is in the name of "
                            + "\(row.key))"),
                Message(zh: "按名称的一部分找，写 \(place.zh) = \"\(text)\" 或 包含 \"\(text)\"",
                        en: "for a part of the name write \(place.en) = \"\(text)\", or "
                            + "contains \"\(text)\""))
    }

    /// `take 10 by hours`, where nearly every value of the keys is a group of its own.
    func remarkOnSmallGroups(_ input: Plan, _ count: Int, by groups: [Scalar], at span: Span)
        throws {
        guard let facts, !isForeign, !groups.isEmpty, count > 0,
              let rows = try self.count(input, facts), rows > count,
              let distinct = try self.count(grouped(input, by: groups), facts),
              distinct > rows / 2 else { return }
        let key = source?.slice(span) ?? ""
        warn(Diagnostic("take.groups", Message(
            zh: "按 \(key) 分组，\(rows) 行分成 \(distinct) 组，每组取前 \(count)，几乎不去掉什么",
            en: "by \(key), \(rows) rows fall into \(distinct) groups: the first \(count) of "
                + "each leave hardly any out"), at: span,
            hint: Message(zh: "要最大的 \(count) 行，写 排序 -\(key) | 取前 \(count)",
                          en: "for the \(count) greatest write sort -\(key) | take \(count)"),
            severity: .note))
    }

    private func count(_ plan: Plan, _ facts: any Facts) throws -> Int64? {
        let one = self.grouped(plan, by: [])
        let value = try facts.value(of: Scalar(.subquery(one), .integer), at: catalog.reading)
        if case .int(let number) = value { return number }
        return nil
    }

    /// The number of rows of each group. Nobody's plan: it takes no identity from the statement.
    private func grouped(_ input: Plan, by values: [Scalar]) -> Plan {
        var identities = Identities(above: input)
        let keys = values.map { value in
            GroupKey(kind: .value(value),
                     column: ColumnInfo(identities.next(), [Term("")], value.type, role: .key))
        }
        let measure = Measure(id: identities.next(), kind: .count, condition: nil, type: .integer)
        let column = ColumnInfo(identities.next(), [ColumnNames.rows], .integer)
        var schema = Schema(entity: nil, columns: keys.map(\.column) + [column])
        schema.isGrouped = true
        return Plan(.aggregate(input, Aggregation(
            keys: keys, measures: [measure],
            outputs: [Output(column: column, value: Scalar(.column(measure.id), .integer))],
            readings: input.readings(ofGroupsBy: keys, query: catalog.reading,
                                     kept: keptReadings))), schema)
    }
}

extension Scalar {
    fileprivate func replacing(_ part: Scalar, by other: Scalar) -> Scalar {
        if self == part { return other }
        guard case .and(let a, let b) = bare.node else { return self }
        return Scalar(.and(a.replacing(part, by: other), b.replacing(part, by: other)), .bool)
    }
}
