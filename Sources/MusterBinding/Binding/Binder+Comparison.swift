import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

extension Binder {
    /// Both sides of a comparison, each bound once: a bare name beside a code field is a code
    /// first, and a quoted text beside a code or a row is its name.
    func sides(_ a: Expression, _ b: Expression, _ scope: Scope) throws -> (Scalar, Scalar) {
        let left: Scalar, right: Scalar
        if isBareName(a), !isBareName(b) || (!isKnown(a, scope) && isKnown(b, scope)) {
            right = try bind(b, scope)
            left = try named(a, beside: right, scope)
        } else {
            left = try bind(a, scope)
            right = try named(b, beside: left, scope)
        }
        return (try adapted(left, beside: right, a.span, scope),
                try adapted(right, beside: left, b.span, scope))
    }

    private func isBareName(_ expression: Expression) -> Bool {
        if case .path(let names) = expression.kind { names.count == 1 && !names[0].isQuoted }
        else { false }
    }

    /// Whether a bare name means something by itself.
    private func isKnown(_ expression: Expression, _ scope: Scope) -> Bool {
        guard case .path(let names) = expression.kind else { return false }
        let trial = self.trial
        return (try? trial.resolve(names, scope)) != nil && trial.faults.isEmpty
    }

    /// A value beside another one.
    func value(_ expression: Expression, beside other: Scalar, _ scope: Scope) throws -> Scalar {
        try adapted(try named(expression, beside: other, scope), beside: other, expression.span,
                    scope)
    }

    /// An expression, where a bare name may be a code of the other side's field.
    private func named(_ expression: Expression, beside other: Scalar, _ scope: Scope) throws
        -> Scalar {
        guard case .path(let names) = expression.kind, isBareName(expression) else {
            return try bind(expression, scope)
        }
        if let codes = other.type.codes {
            if let code = codes.code(names[0].text) {
                note(names[0].span, codes.term(code))
                return .constant(.text(code), other.type)
            }
            if !isKnown(expression, scope) {
                throw unknownCode(names[0].text, codes, names[0].span, isBare: true)
            }
        }
        if case .row(let entity) = other.type, domain.entity(entity)?.parentField != nil,
           !isKnown(expression, scope) {
            try refuseBareName(expression, scope, domain.noun(entity))
        }
        // Beside something that could not be understood, a name cannot be judged.
        if other.type == .none, !faults.isEmpty, !isKnown(expression, scope) { return other }
        return try bind(expression, scope)
    }

    /// A quoted text that names a code or a row of the other side, as that.
    private func adapted(_ bound: Scalar, beside other: Scalar, _ span: Span, _ scope: Scope)
        throws -> Scalar {
        try refuseWholePercent(bound, beside: other, span, scope)
        guard case .text(let text)? = bound.bare.constantValue else { return bound }
        if let codes = other.type.codes, bound.type.codes == nil {
            if let code = codes.code(text) { return .constant(.text(code), other.type) }
            if codes.isClosed { throw unknownCode(text, codes, span, isBare: false) }
        }
        if case .row(let entity) = other.type {
            guard domain.entity(entity)?.keyField != nil else { return bound }
            return .constant(.row(try row(named: text, of: entity, at: span)), other.type)
        }
        return bound
    }

    private func unknownCode(_ text: String, _ codes: CodeSet, _ span: Span, isBare: Bool)
        -> Diagnostic {
        let list = codes.values.prefix(14)
        let message = Message(zh: "\(codes.name.zh) 没有“\(text)”这个值",
                              en: "\(codes.name.en) has no value \"\(text)\"")
        for synonym in domain.words.synonyms(of: text) where !synonym.isDenied {
            let meant = codes.values.filter { synonym.meanings.contains(where: $0.matches) }
            guard !meant.isEmpty else { continue }
            return Binder.meant(Name(text, span), message, meant,
                                isSame: synonym.isSame && meant.count == 1)
        }
        return Diagnostic("code.unknown", message, at: span, typed: text, among: codes.values,
            hint: Message(zh: "可用：" + list.map(\.zh).joined(separator: "、"),
                          en: "one of " + list.map(\.en).joined(separator: ", ")))
    }

    /// What a row is called; nil where that is not known.
    package func label(of row: RowName) -> String? { facts?.label(of: row) }

    /// The row of the tree that a name means; nil where there is no tree.
    package func row(named name: String, at span: Span) throws -> RowName? {
        try domain.tree.map { try row(named: name, of: $0.name, at: span) }
    }

    /// The row that a name means. Where there is nothing to look it up in, the name itself.
    func row(named name: String, of entity: String, at span: Span) throws -> RowName {
        guard let facts else { return RowName(entity: entity, key: name) }
        switch try facts.rows(named: name, of: entity) {
        case .found(let row): return row
        case .missing(let near):
            throw Diagnostic("unit.unknown", Message(
                zh: "没有名为“\(name)”的\(domain.noun(entity).zh)",
                en: "there is no \(domain.noun(entity).en) \"\(name)\""), at: span,
                suggestions: near,
                hint: Message(zh: "用全名、编号或名称的一部分", en: "use its name, id or a part of the name"))
        case .ambiguous(let first, let count):
            let shown = first.map { "\($0.label) (\($0.key))" }
            let more = count - first.count
            throw Diagnostic("unit.ambiguous", Message(
                zh: "“\(name)”可指 \(count) 个\(domain.noun(entity).zh)",
                en: "\"\(name)\" fits more than one \(domain.noun(entity).en): \(count)"),
                at: span, hint: Message(zh: "写全名或编号", en: "write the full name or the id"),
                related: shown.map { Message($0) }
                    + (more > 0 ? [Message(zh: "……另有 \(more) 个", en: "… and \(more) more")] : []))
        }
    }

    func compare(_ op: ComparisonOperator, _ a: Scalar, _ b: Scalar, _ left: Span, _ right: Span)
        throws -> Scalar {
        if a.type == .none || b.type == .none {
            warnNone(op, left.union(right))
            return .constant(.bool(op == .notEqual), .bool)
        }
        if a.type.isNumeric, b.type.isNumeric { return numbers(op, a, b) }
        let x = asYear(a, beside: b), y = asYear(b, beside: a)
        if x.type.isTemporal, y.type.isTemporal {
            try refuseMonth(x, beside: y, left, right)
            return times(op, x, y)
        }
        switch (a.type, b.type) {
        case (.text, .text): return Scalar(.compare(op, a, b), .bool)
        case (.bool, .bool) where op == .equal || op == .notEqual:
            return Scalar(.compare(op, a, b), .bool)
        case (.row(let x), .row(let y)) where x == y && (op == .equal || op == .notEqual):
            return Scalar(.compare(op, a, b), .bool)
        default:
            let names = (domain.name(of: a.type), domain.name(of: b.type))
            var fault = Diagnostic.mismatch(Message(
                zh: "\(names.0.zh)不能与\(names.1.zh)比较",
                en: "\(names.0.en) cannot be compared with \(names.1.en)"),
                at: left.union(right), hint: comparisonHint(a.type, b.type))
            if let bare = Binder.unquoted(b, beside: a) ?? Binder.unquoted(a, beside: b) {
                let isRight = Binder.unquoted(b, beside: a) != nil
                fault.fixes = [Fix(isRight ? right : left, bare)]
                fault.hint = Message(zh: "不加引号：\(bare)", en: "without quotes: \(bare)")
            }
            throw fault
        }
    }

    /// A number or day that was typed in quotes beside a number or day.
    private static func unquoted(_ text: Scalar, beside other: Scalar) -> String? {
        guard case .text(let typed)? = text.bare.constantValue else { return nil }
        let isFit = other.type.isNumeric ? typed.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?%?/) != nil
            : other.type.isTemporal
                && typed.wholeMatch(of: /[0-9]{4}(-[0-9]{1,2}(-[0-9]{1,2})?)?/) != nil
        return isFit ? typed : nil
    }

    /// Comparing with none is allowed and never what was meant.
    private func warnNone(_ op: ComparisonOperator, _ span: Span) {
        let isUnequal = op == .notEqual
        warn(Diagnostic("none.compared", Message(
            zh: "与 空 比较总是\(isUnequal ? "成立" : "不成立")",
            en: "a comparison with none is always \(isUnequal ? "true" : "false")"), at: span,
            hint: Message(zh: "要问有没有值，写 … \(isUnequal ? "不为空" : "为空")",
                          en: "to ask for a value write … is \(isUnequal ? "not " : "")none"),
            severity: .warning))
    }

    private func comparisonHint(_ a: ValueType, _ b: ValueType) -> Message? {
        let names = domain.words.hints
        if a == .bool || b == .bool {
            return Message(zh: "条件直接写，例如 筛选 \(names.condition.zh)",
                           en: "a condition stands by itself: where \(names.condition.en)")
        }
        if a.entity != nil || b.entity != nil {
            return Message(zh: "写 \(names.place.zh) = \"名称\" 或 \(names.place.zh).名称",
                           en: "write \(names.place.en) = \"name\", or \(names.place.en).name")
        }
        if a.isText {
            return Message(zh: "文字加引号，例如 = \"\(names.placeName)\"",
                           en: "a text stands in quotes: = \"\(names.placeName)\"")
        }
        if a.isTemporal {
            return Message(zh: "日期写作 2015-10-31、2015-10 或 2015",
                           en: "a day is written 2015-10-31, 2015-10 or 2015")
        }
        if b.isTemporal {
            return Message(zh: "日期与日期比较，例如 > 2015-05-04；年份用 年(日期)",
                           en: "a day is compared with days, as in > 2015-05-04; "
                               + "year(DAY) is a number")
        }
        return b.isText ? Message(zh: "数不加引号，例如 = 18", en: "a number has no quotes: = 18")
            : nil
    }

    private func numbers(_ op: ComparisonOperator, _ a: Scalar, _ b: Scalar) -> Scalar {
        if a.type == b.type { return Scalar(.compare(op, a, b), .bool) }
        let type = a.type.common(with: b.type)
        // Scaling to compare cannot fail: too large is greater than whatever fits.
        func side(_ scalar: Scalar) -> Scalar {
            guard case .scaled(let places)? = scalar.type.conversion(to: type) else {
                return converted(scalar, to: type)
            }
            let exact = converted(scalar, to: type)
            return exact.constantValue != nil ? exact
                : Scalar(.convert(.scaledToCompare(places), scalar), type)
        }
        return Scalar(.compare(op, side(a), side(b)), .bool)
    }
}
