import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterValues

/// 去年, 本月, 今天: days and periods by their distance from the day that a row is read at.
extension Binder {
    /// What such a name stands for; nil where it is none.
    func relativeTime(_ name: Name) throws -> ResolvedPath? {
        guard !name.isQuoted else { return nil }
        if let (year, month) = RelativeTime.month(in: name.text) {
            try requireData(name.span)
            let first = Scalar(.convert(.firstDayOfYear, value(of: year)), .day)
            return ResolvedPath(value: moved(Scalar(.convert(.dayToMonth, first), .month),
                                             by: month - 1), path: [Term(name.text)])
        }
        guard let time = RelativeTime.named(name.text) else { return nil }
        note(name.span, time.name)
        try requireData(name.span)
        remark(on: name)
        return ResolvedPath(value: value(of: time), path: [time.name])
    }

    private func value(of time: RelativeTime) -> Scalar {
        let day = Scalar(.day, .day)
        switch time.unit {
        case .day: return moved(day, by: time.step)
        case .month: return moved(Scalar(.convert(.dayToMonth, day), .month), by: time.step)
        case .year: return moved(Scalar(.convert(.dayToYear, day), .year), by: time.step)
        }
    }

    private func moved(_ start: Scalar, by step: Int32) -> Scalar {
        guard step != 0 else { return start }
        let steps = Scalar.constant(.int(Int64(abs(step))), .integer)
        return Scalar(.arithmetic(step < 0 ? .subtract : .add, start, steps), start.type)
    }

    /// The calendar on the wall may be further than the data: whoever types is told once.
    private func remark(on name: Name) {
        guard facts != nil, source?.isTyped == true, let today = catalog.today,
              !warnings.contains(where: { $0.code == Self.remarkCode }) else { return }
        let day = CivilDay.text(today)
        warn(Diagnostic(Self.remarkCode, Message(
            zh: "“\(name.text)”从数据的截至日 \(day) 算起",
            en: "\(name.text) is counted from the day of the data, \(day)"), at: name.span,
            severity: .note))
    }

    private static var remarkCode: String { "time.relative" }

    /// What such a word means that is no name itself: `上个月` is 上月.
    func relativeTimeSaidOtherwise(_ name: Name, _ message: Message) -> Diagnostic? {
        RelativeTime.called(name.text).map {
            Binder.meant(name, message, [$0.name], isSame: true)
        }
    }
}
