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
    private let looksBack: Bool

    /// Of all that a script has shown.
    init(_ session: Session, of frame: ScriptFrame) {
        self.session = session
        script = frame.path
        measures = frame.measures
        looksBack = frame.looksBack
    }

    /// Of one result.
    init(_ session: Session, definitions: [MeasureNote], looksBack: Bool) {
        self.session = session
        script = nil
        measures = definitions
        self.looksBack = looksBack
    }

    var block: Report.Block {
        .provenance(lines: data + (definitions + [program]).filter { !$0.en.isEmpty }.map {
            Message(zh: domain.words.sensitive.masked($0.zh),
                    en: domain.words.sensitive.masked($0.en))
        },
                    signatures: signatures)
    }

    private var domain: Domain { session.environment.domain }

    private var data: [Message] {
        guard let data = session.environment.data else { return [] }
        let snapshot = data.snapshot
        let day = CivilDay.text(snapshot.asOf)
        let read = session.environment.today.flatMap { today in
            today == snapshot.asOf ? nil
                : Message(zh: "（按 \(CivilDay.text(today)) 读取）",
                          en: " (read at \(CivilDay.text(today)))")
        } ?? Message("")
        let source = domain.words.sensitive.masked(
            snapshot.source.isEmpty ? snapshot.path : snapshot.source)
        var lines = [Message(
            zh: "快照截至 \(day)\(read.zh) · 来源：\(source) · 数据指纹 \(snapshot.fingerprint)",
            en: "snapshot as of \(day)\(read.en) · source: \(source) · fingerprint \(snapshot.fingerprint)")]
        lines.append(Message(
            zh: "未收下的行 \(snapshot.rejects.count)（见 问题数据）",
            en: "rejected rows \(snapshot.rejects.count) (see rejects)"))
        let remark = snapshot.account?.remark ?? domain.words.remark(snapshot)
        if !remark.en.isEmpty, let last = lines.popLast() {
            lines.append(Message(zh: "\(last.zh) · \(remark.zh)", en: "\(last.en) · \(remark.en)"))
        }
        if looksBack {
            lines.append(domain.words.lookingBack)
        }
        return lines
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

    private var signatures: [Message] {
        [Message(zh: "填表人", en: "prepared by"), Message(zh: "负责人", en: "responsible"),
         Message(zh: "日期", en: "date")]
    }
}
