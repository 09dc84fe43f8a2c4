import MusterDiagnostics
import MusterFiles
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport
import MusterStore

extension Session {
    func query(_ expression: Expression, _ span: Span, _ source: SourceText) throws {
        let caption = takeCaption()
        if let place = expression.goesOn,
           let fault = answer?.fault(books, environment, at: place) { throw fault }
        guard environment.current != nil || !environment.tables.isEmpty
                || expression.needsNoData || isUnknownWord(expression) else {
            throw noSnapshot(span)
        }
        let text = source.slice(expression.span)
        let run = newRun(timed: preferences.showsTime && frames.isEmpty)
        let binder = Binder(environment, run: run, source: source)
        let plan = try binder.bind(statement: expression, text: text)
        let definitions = try heed(plan, binder, source, text)
        for case .reveal(let revelation) in binder.sinks {
            try checkMayReveal(revelation)
            if preferences.writesFiles { try account(for: revelation, text) }
        }
        do {
            let table = try answer(plan, binder.sinks, run, definitions, caption)
            remember(Answer(plan, table, books))
            run.handOn()
            if let times = run.times { say(times, of: plan, binder) }
        } catch let fault as Diagnostic
            where fault.code == "publish.persons" && !frames.isEmpty && binder.sinks.isEmpty {
            // A report goes on without its lists of persons, and says so.
            add([.notes([Message(zh: "名单用于公布时不列出。",
                                 en: "A list of persons is left out of what is published.")])])
        }
    }

    /// What an expression gives, without showing it.
    func result(of expression: Expression, _ source: SourceText) throws -> ResultTable {
        let run = newRun()
        let binder = Binder(environment, run: run, source: source)
        let text = source.slice(expression.span)
        let plan = try binder.bind(statement: expression, text: text)
        _ = try heed(plan, binder, source, text)
        let table = try computed(plan, run).table
        run.handOn()
        return table
    }

    /// A plan's rows, as a table that may be shown, with what is to be said of it.
    ///
    /// - Parameter isKept: what it was made of is asked for later: of a plan over a database only
    ///   what reads rows is then worked out there.
    private func computed(_ plan: Plan, _ run: Run, isKept: Bool = false) throws
        -> (table: ResultTable, frame: Frame, note: Message?) {
        if let least = environment.publishesFrom,
           let publication = Publication(environment, run, least: least) {
            return try publication.table(plan)
        }
        let executor = Executor(run)
        let whole = isKept ? nil : try executor.executeWhole(plan)
        let frame = try whole ?? executor.execute(plan)
        return (try Results(environment).table(plan, frame, run), frame, nil)
    }

    /// Says what the binder warns of, and remembers what it defines for the report's foot.
    private func heed(_ plan: Plan, _ binder: Binder, _ source: SourceText, _ text: String) throws
        -> [MeasureNote] {
        try account(for: binder.sought, text, at: nil)
        if !binder.warnings.isEmpty, !preferences.isQuiet {
            show(binder.warnings.map { $0.located(in: source) })
        }
        let definitions = plan.definitions.map { definition in
            MeasureNote(definition, in: plan.schema)
        }
        note(definitions, lookingBack(plan))
        return definitions
    }

    /// What a plan reads of the past that the snapshots say nothing of.
    private func lookingBack(_ plan: Plan) -> LookingBack {
        let catalog = environment.catalog
        return plan.lookingBack(query: catalog.reading, catalog.isDated)
    }

    /// Shows the rows behind the last result, or keeps them as a table. The last result stays
    /// what it is: the rows behind its rows may be looked at one after the other.
    func open(_ plan: Plan, into name: Name?, _ source: SourceText) throws {
        var sinks: [Sink] = []
        if let name {
            try binder(source).checkName(name)
            sinks = [.into(name.text)]
        }
        _ = try answer(plan, sinks, newRun(), [])
        goOn(from: plan)
    }

    /// Computes a plan, does with its rows what stands at its end, and shows them where nothing
    /// else took them.
    ///
    /// - Parameter caption: what its table is called.
    private func answer(_ plan: Plan, _ sinks: [Sink], _ run: Run, _ definitions: [MeasureNote],
                        _ caption: Caption? = nil) throws -> ResultTable {
        if let dialect = preferences.dialect {
            state(try inSQL(plan, dialect, run))
            let isKept = sinks.contains { if case .into = $0 { true } else { false } }
            guard isKept else { return ResultTable(columns: [], cells: [], rowCount: 0) }
        }
        let shown = Results(environment).listing(plan)
        // All files are looked at before anything is computed, let alone written.
        let files = try sinks.compactMap { sink -> ExportFile? in
            guard case .export(let path, let place) = sink, preferences.writesFiles else {
                return nil
            }
            return try exportFile(homePath(path), at: place)
        }
        var waiting = files[...]
        let isKept = sinks.contains { if case .into = $0 { true } else { false } }
        var (table, frame, withheld) = try computed(shown, run, isKept: isKept)
        var full = try revealed(shown, frame, sinks, run) ?? table
        let notes = [withheld, try table.roundingRemark(advance: advance)].compactMap { $0 }
        let remark: [Report.Block] = notes.isEmpty ? [] : [.notes(notes)]
        let isPrivate = CellMaker(environment).holdsPersons(shown.schema)
        var isShown = true
        var charts: [Report.Block] = []
        for sink in sinks {
            switch sink {
            case .into(let name):
                change(.table(Results(environment).frozen(shown, frame, name: name), as: name))
                say(Message(zh: "已存为表 \(name)（\(frame.count) 行）",
                            en: "kept as the table \(name) (\(frame.count) rows)"))
                try renewRelations()
                isShown = false
            case .chart(let request):
                if table.rowCount > Limits.chartRows { throw Limits.chartTooLarge }
                guard let chart = Chart(
                    table, kind: request.kind, category: request.category,
                    values: request.values, rate: ColumnNames.rate,
                    target: ColumnNames.target, rank: ColumnNames.rank) else {
                    throw Diagnostic("chart.columns", Message(
                        zh: "图表 之后去掉了要画的列", en: "columns to draw were dropped behind chart"),
                        hint: Message(zh: "把 图表 写在最后", en: "put chart last"))
                }
                charts.append(.chart(chart))
            case .reveal: break
            case .export(_, let place):
                if let file = waiting.popFirst() {
                    let provenance = Provenance(self, definitions: definitions,
                                                lookingBack(plan)).block
                    var report = Report([.table(full)] + remark + charts + [provenance])
                    report.isPrivate = true
                    try export(report, to: file, at: place)
                }
                isShown = false
            }
        }
        if isShown {
            if let caption {
                full.entitle(caption.title, counted: caption.counted)
                table.entitle(caption.title, counted: caption.counted)
            }
            // On paper the picture leads to the figures.
            let first = frames.isEmpty ? [] : charts, last = frames.isEmpty ? charts : []
            add(first + [.table(full)] + remark + last,
                kept: first + [.table(table)] + remark + last, isPrivate: isPrivate)
        }
        for loss in run.losses { note(on: loss.function, loss.values).map(say) }
        return table
    }

    /// The table with what is to be shown in full; the answer that is gone on from has it masked.
    private func revealed(_ plan: Plan, _ frame: Frame, _ sinks: [Sink], _ run: Run) throws
        -> ResultTable? {
        let wanted = sinks.compactMap { if case .reveal(let wanted) = $0 { wanted } else { nil } }
        guard !wanted.isEmpty, preferences.writesFiles else { return nil }
        let columns = try wanted.flatMap { revelation in
            try revelation.columns.map { column in
                guard let id = plan.shownColumn(of: column) else {
                    throw Diagnostic("reveal.columns", Message(
                        zh: "明文 之后去掉或改写了要显示的列",
                        en: "columns to reveal were dropped or changed behind reveal"),
                        at: revelation.span, hint: Message(zh: "把 明文 写在最后",
                                                           en: "put reveal last"))
                }
                return id
            }
        }
        return try Results(environment).table(plan, frame, run, revealing: Set(columns))
    }

    /// How many different values a conversion made none of, and the first of them.
    private func note(on name: String, _ values: [String]) -> Message? {
        guard let function = environment.registry.function(named: name) else { return nil }
        let said = function.unanswered
        let first = values.prefix(3).map { value in
            "“\(environment.domain.words.sensitive.masked(value).prefix(40))”"
        }
        return Message(
            zh: "\(function.name.zh)(…) 有 \(values.count) 种值\(said.zh)，记为空："
                + first.joined(separator: "、") + (values.count > 3 ? " …" : ""),
            en: "\(function.name.en)(…): \(values.count) different values \(said.en) and are "
                + "none: " + first.joined(separator: ", ") + (values.count > 3 ? " …" : ""))
    }

    /// An execution over the loaded data.
    func newRun(timed: Bool = false) -> Run {
        Run(environment, threads: preferences.threads, limits: preferences.limits,
            times: timed ? StageTimes() : nil, recollection: frames.first?.recollection,
            isCancelled: isInterrupted,
            progress: { [line = console.progress] in line?.count($0, $1) })
    }

    func binder(_ source: SourceText?) -> Binder {
        Binder(environment, run: newRun(), source: source)
    }

    /// A word that means nothing with data either, such as a command mistyped.
    private func isUnknownWord(_ expression: Expression) -> Bool {
        guard case .path(let names) = expression.kind, names.count == 1 else { return false }
        return !vocabulary.isKnown(names[0].text) && !vocabulary.isSource(names[0].text)
    }

    /// How many rows a source has at the day that is read.
    func count(_ source: SourceDefinition) throws -> Int {
        let text = SourceText(text: source.name.en)
        let name = Pipeline.Source.name(Name(source.name.en, Span(0, source.name.en.utf8.count)))
        let plan = try binder(text).bind(Pipeline(name, sourceSpan: Span(0, 0), span: Span(0, 0)))
        return try Executor(newRun()).count(plan)
    }

    func noSnapshot(_ span: Span?) -> Diagnostic {
        Diagnostic("snapshot.none", Message(
            zh: "还没有装载快照", en: "no snapshot is loaded"), at: span,
            hint: Message(zh: "先写：装载 \"文件夹\"", en: "first load \"FOLDER\""))
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
