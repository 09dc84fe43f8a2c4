import MusterDiagnostics
import MusterLanguage

/// What people call things in passing, and how it is written here.
extension Binder {
    /// `今天` is the row's day; `未注册` is `非 已注册`.
    func saidOtherwise(_ name: String, _ entity: String) -> Term? {
        if Binder.dayWords.contains(name.lowercased()) { return Globals.asOf }
        for prefix in Binder.negations where name.hasPrefix(prefix) {
            let rest = String(name.dropFirst(prefix.count))
            guard let field = domain.entity(entity)?.fields.first(where: {
                $0.type == .bool && ($0.name.matches(rest) || $0.name.zh == "已" + rest)
            }) else { continue }
            let not = Keyword.not.term
            return Term("\(not.en) \(field.name.en)", "\(not.zh) \(field.name.zh)")
        }
        return nil
    }

    private static let dayWords: Set<String> = ["today", "now", "今天", "今日", "现在", "目前"]

    private static let negations = ["还没有", "没有", "尚未", "还没", "未", "没", "不是", "不", "非",
                                    "un", "non", "not_"]
}
