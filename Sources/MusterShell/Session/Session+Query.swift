import MusterDiagnostics
import MusterEngine
import MusterLanguage
import MusterReport
import MusterStore

extension Session {
    func query(_ expression: Expression, _ span: Span, _ source: SourceText) throws {
        guard environment.current != nil || !environment.tables.isEmpty
                || expression.needsNoData else { throw noSnapshot(span) }
        let run = newRun()
        let binder = Binder(environment, run: run, source: source)
        let plan = try binder.bind(statement: expression, text: source.slice(expression.span))
        let shown = Results(environment).listing(plan)
        let frame = try Executor(run).execute(shown)
        let table = Results(environment).table(shown, frame)
        var isShown = true
        for sink in binder.sinks {
            switch sink {
            case .into(let name):
                environment.tables[name] = Results(environment).frozen(shown, frame, name: name)
                say(Message(zh: "已存为表 \(name)（\(frame.count) 行）",
                            en: "kept as the table \(name) (\(frame.count) rows)"))
                isShown = false
            case .export(let path, let place):
                try export(Report(table), to: path, at: place)
                isShown = false
            }
        }
        environment.last = plan
        lastResult = (plan, table)
        if isShown { add([.table(table)]) }
    }

    func noSnapshot(_ span: Span?) -> Diagnostic {
        Diagnostic("snapshot.none", Message(
            zh: "还没有装载快照", en: "no snapshot is loaded"), at: span,
            hint: Message(zh: "先写 load \"文件夹\"", en: "first load \"FOLDER\""))
    }

    /// Writes a report to a file in the format of its ending.
    func export(_ report: Report, to path: String, at span: Span?) throws {
        guard let format = Formats.forFile(path) else {
            let known = Formats.all.flatMap(\.endings).joined(separator: " ")
            throw Diagnostic("export.ending", Message(
                zh: "不认识文件“\(path)”的扩展名", en: "the ending of \"\(path)\" is unknown"),
                at: span, hint: Message(zh: "可用：\(known)", en: "one of \(known)"))
        }
        let whole = Presentation(preferences.language)
        do {
            try writeAside(path, try format.contents(of: report, whole))
        } catch {
            throw Diagnostic(error.code, error.message, at: span, hint: error.hint)
        }
        say(Message(zh: "已写入 \(path)", en: "written to \(path)"))
    }

    /// What stands under a report: where its figures come from.
    func footer() -> [Message] {
        guard let data = environment.data else { return [] }
        let snapshot = data.snapshot
        let day = CivilDay.text(environment.today ?? snapshot.asOf)
        var notes = [Message(
            zh: "截至日 \(day) · 来源 \(snapshot.source.isEmpty ? snapshot.path : snapshot.source)"
                + " · 数据指纹 \(snapshot.fingerprint.prefix(12))",
            en: "as of \(day) · source \(snapshot.source.isEmpty ? snapshot.path : snapshot.source)"
                + " · fingerprint \(snapshot.fingerprint.prefix(12))")]
        let leftOut = data.membersWithoutJoined
        if !snapshot.rejects.isEmpty || leftOut > 0 {
            notes.append(Message(
                zh: "未收下的行 \(snapshot.rejects.count)（见 问题数据）· 无入团日期而未计的团员 \(leftOut)",
                en: "rejected rows \(snapshot.rejects.count) (see rejects) · members not counted "
                    + "for want of a joining day \(leftOut)"))
        }
        return notes
    }
}

extension DataSet {
    /// Members that `members` leaves out because nobody knows when they joined.
    var membersWithoutJoined: Int {
        guard let table = tables["people"], case .day(let joined)? = table["joined"],
              case .text(let status, let texts)? = table["status"] else { return 0 }
        let member = texts.code(of: "member")
        return joined.indices.filter { joined[$0] == None.day && status[$0] == member }.count
    }
}

extension SourceText {
    func slice(_ span: Span) -> String {
        let bytes = Array(text.utf8)
        guard span.lower >= 0, span.upper <= bytes.count else { return "" }
        return String(decoding: bytes[span.lower..<span.upper], as: UTF8.self)
    }
}

extension Expression {
    /// A value that can be computed without a snapshot: `1 + 1`.
    var needsNoData: Bool {
        switch kind {
        case .literal, .parameter: true
        case .unary(_, let a): a.needsNoData
        case .binary(_, let a, let b): a.needsNoData && b.needsNoData
        case .call(let path, _, let arguments):
            path.isEmpty && arguments.allSatisfy { $0.value.needsNoData }
        case .conditional(let a, let b, let c):
            a.needsNoData && b.needsNoData && c.needsNoData
        case .pipeline(let pipeline): pipeline.source == .last
        default: false
        }
    }
}
