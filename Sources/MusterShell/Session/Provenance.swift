import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterReport
import MusterStore

/// What stands under every report: where its figures come from and what they count, so that
/// somebody can sign them and somebody else can trace them.
struct Provenance {
    private let session: Session
    /// Nil for a statement's own result.
    private let script: String?
    private let measures: [MeasureNote]
    private let lookingBack: LookingBack

    /// Of all that a script has shown.
    init(_ session: Session, of frame: ScriptFrame) {
        self.session = session
        script = frame.path
        measures = frame.measures
        lookingBack = frame.lookingBack
    }

    /// Of one result.
    init(_ session: Session, definitions: [MeasureNote], _ lookingBack: LookingBack) {
        self.session = session
        script = nil
        measures = definitions
        self.lookingBack = lookingBack
    }

    var block: Report.Block {
        .provenance(data + (definitions + [program]).filter { !$0.en.isEmpty }.map {
            Message(zh: domain.words.sensitive.masked($0.zh),
                    en: domain.words.sensitive.masked($0.en))
        })
    }

    private var domain: Domain { session.environment.domain }

    private var data: [Message] {
        guard let data = session.environment.data else { return [] }
        let snapshot = data.snapshot
        let day = Self.written(snapshot.asOf)
        let read = session.environment.today.flatMap { today in
            today == snapshot.asOf ? nil
                : Message(zh: "（按 \(Self.written(today).zh) 读取）",
                          en: " (read at \(Self.written(today).en))")
        } ?? Message("")
        let source = domain.words.sensitive.masked(
            snapshot.source.isEmpty ? snapshot.path : snapshot.source)
        var lines = [Message(
            zh: "快照截至 \(day.zh)\(read.zh) · 来源：\(source) · 数据指纹 \(snapshot.fingerprint)",
            en: "snapshot as of \(day.en)\(read.en) · source: \(source) · fingerprint \(snapshot.fingerprint)")]
        lines.append(Message(
            zh: "未收下的行 \(snapshot.rejects.count)",
            en: "rejected rows \(snapshot.rejects.count)"))
        let remark = snapshot.account?.remark ?? domain.words.remark(snapshot)
        if !remark.en.isEmpty, let last = lines.popLast() {
            lines.append(Message(zh: "\(last.zh) · \(remark.zh)", en: "\(last.en) · \(remark.en)"))
        }
        return lines + past + dated + between
    }

    private static func written(_ day: Int32) -> Message {
        Message(zh: CivilDay.written(day, .zh), en: CivilDay.written(day, .en))
    }

    private static func list(_ days: [Int32]) -> Message {
        let all = days.map(written)
        return Message(zh: all.map(\.zh).joined(separator: "、"),
                       en: all.map(\.en).joined(separator: ", "))
    }

    /// What was read of the past that no day says anything of, and what would be nearer.
    private var past: [Message] {
        let fields = lookingBack.fields.compactMap { domain.standing($0)?.name }
            .sorted { $0.en < $1.en }
        guard !fields.isEmpty else { return [] }
        let days = Set(lookingBack.days.map(\.day)).sorted()
        let shown = Self.list(Array(days.prefix(4)))
        let more = days.count > 4 ? "…" : ""
        let snapshots = Self.list(Set(lookingBack.days.map(\.snapshot)).sorted())
        var line = Message(
            zh: "\(fields.map(\.zh).joined(separator: "、"))没有起始日期："
                + "\(shown.zh)\(more) 的数字用的是快照之日"
                + "（\(snapshots.zh)）的情况，可能与当时公布的不同",
            en: "\(fields.map(\.en).joined(separator: ", ")): since when is not known; the "
                + "figures of \(shown.en)\(more) use what the snapshot of "
                + "\(snapshots.en) says, and may differ from those published "
                + "then")
        let nearer = nearerSnapshots
        if !nearer.isEmpty {
            let list = Self.list(nearer)
            line = Message(zh: line.zh + "；已装载更近的快照 \(list.zh)",
                           en: line.en + "; nearer to them is the snapshot of \(list.en), which is loaded")
        }
        return [line]
    }

    /// What was read of the past that rows say the beginning of.
    private var dated: [Message] {
        let fields = lookingBack.dated.compactMap { field -> (of: Term, since: Term)? in
            guard let own = domain.standing(field), let since = own.since,
                  let day = domain.entity(field.entity)?.field(since) else { return nil }
            return (own.name, day.name)
        }.sorted { $0.of.en < $1.of.en }
        guard !fields.isEmpty else { return [] }
        let pairs = fields.map { Message(zh: "\($0.of.zh)（\($0.since.zh)）",
                                         en: "\($0.of.en) (\($0.since.en))") }
        return [Message(
            zh: "\(pairs.map(\.zh).joined(separator: "、"))按起始日期回看：起始在后的，当日为空；"
                + "没有写明的照快照之日",
            en: "\(pairs.map(\.en).joined(separator: ", ")): none before the day since when it holds; "
                + "where a row does not say it, as on the snapshot's day")]
    }

    /// Days that were read from an earlier snapshot.
    private var between: [Message] {
        let days = lookingBack.laterDays.sorted { $0.day < $1.day }
        guard !days.isEmpty else { return [] }
        let pairs = days.map { (Self.written($0.day), Self.written($0.snapshot)) }
        return [Message(
            zh: pairs.map { "\($0.zh) 的数字出自 \($1.zh) 的快照" }.joined(separator: "，")
                + "：其间的变动不在其中",
            en: "the figures of " + pairs.map { "\($0.en) are from the snapshot of \($1.en)" }
                .joined(separator: ", those of ")
                + ": what happened in between is not in them")]
    }

    /// Loaded snapshots that are nearer to a day than the one that it was read from.
    private var nearerSnapshots: [Int32] {
        let loaded = session.environment.dataSets.map(\.asOf)
        return Set(lookingBack.days.compactMap { reading -> Int32? in
            loaded.filter { $0 >= reading.day && $0 < reading.snapshot }.min()
        }).sorted()
    }

    private var definitions: [Message] {
        var seen: Set<Message> = []
        let fields = measures.flatMap(\.fields)
            .filter { seen.insert($0).inserted }
        return measures.map(\.text) + (fields.isEmpty ? [] : [Message(
            zh: fields.map(\.zh).joined(separator: "；"),
            en: fields.map(\.en).joined(separator: "; "))])
    }

    private var program: Message {
        guard let script else { return Message(CommandLineTool.version(domain)) }
        let name = script.split(separator: "/").last.map(String.init) ?? script
        let values = session.environment.parameters.sorted { $0.key < $1.key }.compactMap {
            let value = CellMaker(session.environment).shown($0.value)
            return value.isEmpty ? nil : "\($0.key)=\(value)"
        }
        let parts = ([name] + values).joined(separator: " ")
        return Message(zh: "脚本 \(parts) · \(CommandLineTool.version(domain))",
                       en: "script \(parts) · \(CommandLineTool.version(domain))")
    }
}
