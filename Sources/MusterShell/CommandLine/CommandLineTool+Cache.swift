import MusterDiagnostics
import MusterStore

extension CommandLineTool {
    /// Makes the cache of a snapshot anew, or takes it away.
    package func cache(_ snapshot: String, removing: Bool) -> Int32 {
        heedingInterrupts {
            let session = newSession(isInteractive: false)
            do {
                if removing {
                    session.say(try session.removeCache(of: snapshot)
                        ? Message(zh: "已删除 \(snapshot) 的数据缓存",
                                  en: "removed the cache of \(snapshot)")
                        : Message(zh: "\(snapshot) 没有数据缓存", en: "\(snapshot) has no cache"))
                } else {
                    let loaded = try session.makeCache(of: snapshot)
                    for line in session.summary(of: loaded) { session.say(line) }
                    session.say(Message(
                        zh: "已建立数据缓存；其中有名册数据，仅本人可读，用 --remove 删除",
                        en: "made its cache: it holds what the snapshot holds, for you alone to "
                            + "read; --remove takes it away"))
                }
                return 0
            } catch {
                session.show(error, nil)
                return removing ? status(false, session) : 3
            }
        }
    }
}
