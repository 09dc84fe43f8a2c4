import MusterDiagnostics
import MusterLanguage
import MusterStore

/// What a hint says of a wrong answer beyond what the two results show.
extension LessonJudge {
    /// The usual mistake with the reference that would give the same result.
    func variation(like given: ResultTable, _ expected: ResultTable, _ place: Ground)
        -> LessonFinding? {
        let comparison = ResultComparison(expected: given)
        guard !ResultComparison(expected: expected).isEqual(given) else { return nil }
        for variation in LessonVariation.all(of: statements, books.domain) {
            guard let result = try? results(of: variation.statements, source, place).last,
                  comparison.isEqual(result) else { continue }
            return naming(variation.part, in: variation.finding)
        }
        return nil
    }

    /// The one part of the answer that is wrong, if it is one, with what the results show of it.
    func correction(of answer: LessonAnswer, _ comparison: ResultComparison,
                    _ found: LessonFinding, _ place: Ground) -> LessonFinding? {
        guard let query = answer.query, let reference = statements.last?.pipeline else {
            return nil
        }
        let corrections = AnswerCorrection.all(of: query, towards: reference)
        let correction = corrections.first { correction in
            answer.trial(correction.pipeline, place).map(comparison.isEqual) ?? false
        }
        guard let correction else { return nil }
        let finding = naming(correction.part, in: correction.finding)
        switch found.fault {
        case .period where finding.fault == .period: return found
        case .columns, .denominator:
            return LessonFinding(finding.fault, Message(
                zh: finding.message.zh + found.message.zh,
                en: finding.message.en + " " + found.message.en))
        default: return finding
        }
    }

    /// The part of the reference that matters, as each language writes it, goes with the finding.
    private func naming(_ part: NamedPart?, in finding: LessonFinding) -> LessonFinding {
        guard let part, let text = text(of: part.span) else { return finding }
        return LessonFinding(finding.fault, Message(
            zh: "\(finding.message.zh)\(part.label.zh)“\(text.zh)”。",
            en: "\(finding.message.en) \(part.label.en): \(text.en)."))
    }

    /// An expression of the reference in both languages; nil where it is none of them.
    private func text(of span: Span) -> Message? {
        guard let place = Self.spans(statements).firstIndex(of: span) else { return nil }
        func text(_ language: Language) -> String? {
            guard let (source, statements) = try? Self.read(answer(in: language), vocabulary) else {
                return nil
            }
            let spans = Self.spans(statements)
            return spans.indices.contains(place) ? source.slice(spans[place]) : nil
        }
        guard let chinese = text(.zh), let english = text(.en) else { return nil }
        return Message(zh: chinese, en: english)
    }

    /// Where expressions stand, in the order of the text: the same in either language.
    private static func spans(_ statements: [Statement]) -> [Span] {
        var spans: [Span] = []
        let collector = SyntaxRewriter { expression in
            spans.append(expression.span)
            return nil
        }
        for statement in statements {
            switch statement.kind {
            case .query(let expression), .assignment(_, _, let expression):
                _ = collector.rewrite(expression)
            default: break
            }
        }
        return spans.sorted { ($0.lower, $1.upper) < ($1.lower, $0.upper) }
    }

    /// What to say of an answer that is right on the sample only.
    func elsewhere(_ known: LessonFinding?, _ found: LessonFinding, _ answer: LessonAnswer,
                   _ onSecond: [ResultTable]) -> LessonFinding {
        let isSame = answer.onSample.count == onSecond.count
            && zip(answer.onSample, onSecond).allSatisfy { here, there in
                ResultComparison(expected: here).isEqual(there)
            }
        if known == nil, isSame {
            return LessonFinding(.constant, Message(
                zh: "在这份样本上数对得上，换一份快照就不对：语句里写死了只适合这份样本的数。",
                en: "It fits this sample and fails on another snapshot: the statement holds a "
                    + "figure that is true of this sample only."))
        }
        let finding = known ?? found
        return LessonFinding(finding.fault, Message(
            zh: "这份样本上碰巧数对得上，换一份快照就不对。\(finding.message.zh)",
            en: "It happens to fit this sample and fails on another snapshot. "
                + finding.message.en))
    }

    /// What the author says to this very result goes with the finding.
    func withReason(_ finding: LessonFinding, _ given: [ResultTable], _ place: Ground)
        -> LessonFinding {
        guard let last = given.last else { return finding }
        let isOrdered = finding.fault == .order
        for wrong in step.wrongAnswers {
            guard let reason = wrong.reason,
                  let (source, statements) = try? LessonJudge.read(wrong.text, vocabulary),
                  let result = try? results(of: statements, source, place).last,
                  ResultComparison(expected: result, order: isOrdered ? .asWritten(result) : .any)
                    .isEqual(last) else { continue }
            guard wrong.fault == finding.fault else { return LessonFinding(wrong.fault, reason) }
            return LessonFinding(wrong.fault, Message(
                zh: finding.message.zh + reason.zh, en: finding.message.en + " " + reason.en))
        }
        return finding
    }
}
