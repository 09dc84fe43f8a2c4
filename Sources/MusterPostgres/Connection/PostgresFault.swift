import MusterBinding
import MusterDiagnostics
import MusterSQL

/// The server is no longer there in the middle of things.
struct LostConnection: LostLink {
    /// What libpq says of it.
    let text: String
}

/// What a server says, as a fault with a way out.
enum PostgresFault {
    /// What a statement failed with. Values of the books stand in no message: what the server
    /// quotes of them is left out.
    static func ofStatement(state: String, _ said: String, _ address: PostgresAddress)
        -> Diagnostic {
        let text = line(said)
        func fault(_ code: String, _ zh: String, _ en: String, _ hint: Message) -> Diagnostic {
            Diagnostic(code, Message(zh: "\(zh)（\(text)）", en: "\(en) (\(text))"), hint: hint)
        }
        switch (state, state.prefix(2)) {
        case ("22003", _), ("22008", _): return .overflow
        case ("22012", _):
            return Diagnostic("postgres.zero", Message(
                zh: "数据库报告除数为零", en: "the database reports a division by zero"),
                hint: Message(zh: "请先筛去为零的行", en: "leave out the rows with zero first"))
        case ("42501", _), ("25006", _):
            return fault("postgres.privilege", "数据库不允许这样做", "the database does not allow it",
                         Message(zh: "请数据库管理员授予权限：存入快照要 GRANT CREATE ON DATABASE，"
                                    + "查询要 GRANT USAGE ON SCHEMA 和 GRANT SELECT",
                                 en: "ask for the privilege: a push needs GRANT CREATE ON "
                                    + "DATABASE, queries GRANT USAGE ON SCHEMA and GRANT SELECT"))
        case ("42P01", _), ("3F000", _), ("42703", _):
            return fault("postgres.gone", "数据库里没有所需的表或列",
                         "a table or column that is needed is not in the database",
                         PushedSnapshot.mayBeGone)
        case ("53100", _), ("53200", _), ("54000", _), (_, "53"):
            return fault("postgres.resources", "数据库服务器的资源不够", "the server lacks resources",
                         Message(zh: "请腾出磁盘或内存，或稍后再试", en: "free disk or memory there, "
                                    + "or try later"))
        case ("57014", _):
            return fault("postgres.timeout", "数据库服务器中止了语句", "the server ended the statement",
                         Message(zh: "可能超过了 statement_timeout，请数据库管理员放宽",
                                 en: "it may have passed statement_timeout; have that raised"))
        default:
            return fault("postgres.statement", "数据库报告错误 \(state)",
                         "the database reports error \(state)",
                         Message(zh: "请核对 \(address.shown) 的版本和设置；仍不行，请把这条信息报告给维护者",
                                 en: "see to the version and settings of \(address.shown); if it "
                                    + "stays, report this message"))
        }
    }

    /// What connecting failed with: libpq's text, with the SQLSTATE in it where the server said
    /// one.
    static func ofConnecting(_ said: String, needsPassword: Bool, _ address: PostgresAddress)
        -> Diagnostic {
        let (state, text) = stated(said)
        let place = address.shown
        func fault(_ code: String, _ zh: String, _ en: String, _ hint: Message) -> Diagnostic {
            Diagnostic(code, Message(zh: "\(zh)：\(place)（\(text)）",
                                     en: "\(en): \(place) (\(text))"), hint: hint)
        }
        let password = Message(
            zh: "密码放在环境变量 PGPASSWORD、文件 ~/.pgpass 或地址里",
            en: "give the password in PGPASSWORD, in the file ~/.pgpass, or in the address")
        switch state {
        case "28P01": return fault("postgres.password", "密码不对", "wrong password", password)
        case _ where needsPassword:
            return fault("postgres.password", "需要密码", "a password is needed", password)
        case "28000":
            return fault("postgres.login", "不准登录", "the login is refused",
                         Message(zh: "请核对用户名，或请数据库管理员检查 pg_hba.conf",
                                 en: "see to the user's name, or have pg_hba.conf looked at"))
        case "3D000":
            return fault("postgres.database", "没有这个数据库", "there is no such database",
                         Message(zh: "请核对地址，或先建库：createdb -E UTF8 名称",
                                 en: "see to the address, or make it: createdb -E UTF8 NAME"))
        case "53300":
            return fault("postgres.crowded", "服务器的连接已满", "the server has no connection left",
                         Message(zh: "请稍后再试，或放宽 max_connections",
                                 en: "try later, or raise max_connections"))
        default:
            return fault("postgres.unreachable", "连不上数据库", "the database cannot be reached",
                         Message(zh: "请核对主机和端口，看服务器是否在运行",
                                 en: "see to the host and port, and whether the server is running"))
        }
    }

    /// Whether a server that said so is only starting or stopping.
    static func isPassing(_ said: String) -> Bool { stated(said).state == "57P03" }

    /// Where connecting took too long.
    static func slow(_ address: PostgresAddress, seconds: Int) -> Diagnostic {
        Diagnostic("postgres.unreachable", Message(
            zh: "\(seconds) 秒内没有连上数据库：\(address.shown)",
            en: "no connection within \(seconds) s: \(address.shown)"),
            hint: Message(zh: "请核对主机和端口；网络慢时在地址后加 ?connect_timeout=60",
                          en: "see to the host and port; where the network is slow, add "
                            + "?connect_timeout=60 to the address"))
    }

    /// `FATAL:  28P01: password authentication failed` taken apart. (The first word, which is the
    /// server's, may have five letters too; states of connecting begin with a digit.)
    private static func stated(_ said: String) -> (state: String?, text: String) {
        for line in said.split(separator: "\n") {
            if let match = line.firstMatch(of: /: +([0-9][0-9A-Z]{4}): (.*)/) {
                return (String(match.output.1), String(match.output.2))
            }
        }
        return (nil, line(said))
    }

    /// The first line, with what is quoted in it masked where it is a value: behind a colon.
    static func line(_ said: String) -> String {
        String(said.split(separator: "\n").first ?? "").replacing(/: ".*"/, with: ": …")
    }
}
