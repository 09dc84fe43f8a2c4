import MusterDiagnostics

/// Where a database is: a URL as libpq understands it.
package struct PostgresAddress: Sendable, Hashable {
    /// As it was given, the password included: for libpq alone.
    let url: String
    /// Without passwords: what may be shown, logged and kept.
    package let shown: String

    private static let schemes = ["postgres://", "postgresql://"]

    /// Whether a text is meant to be one.
    package static func isMeant(by text: String) -> Bool {
        schemes.contains { text.lowercased().hasPrefix($0) }
    }

    /// Throws a `Diagnostic` where the text is no such URL, or one of which libpq would take a
    /// part of the password for something else.
    package init(_ text: String) throws {
        url = text
        shown = Self.masked(text)
        guard let scheme = Self.schemes.first(where: { text.hasPrefix($0) }) else {
            throw unusable(Message(
                zh: "应以 postgres:// 或 spark: 开头",
                en: "it should begin with postgres:// or spark:"))
        }
        let body = text.dropFirst(scheme.count)
        let server = body.prefix { $0 != "/" }
        let path = body.dropFirst(server.count).prefix { $0 != "?" }
        let marks = server.count { $0 == "@" }
        if marks > 1 || (marks == 0 && path.contains("@")) {
            throw unusable(Message(zh: "密码里的 @ 写作 %40，/ 写作 %2F",
                                   en: "in a password, @ is written %40 and / is %2F"))
        }
        try PostgresLibrary.open()
        guard PostgresLibrary.understands(text) else {
            throw unusable(Message(
                zh: "应形如 postgres://用户@主机:5432/数据库",
                en: "it should look like postgres://user@host:5432/database"))
        }
    }

    private func unusable(_ hint: Message) -> Diagnostic {
        Diagnostic("postgres.address", Message(zh: "不是可用的数据库地址：\(shown)",
                                               en: "not the address of a database: \(shown)"),
                   hint: hint)
    }

    /// A text with the passwords masked of all such URLs in it: what may be shown of it.
    package static func masking(_ text: String) -> String {
        var rest = text[...], result = ""
        while let start = nextScheme(in: rest) {
            result += rest[..<start]
            let url = rest[start...].prefix { !$0.isWhitespace && !"\"'“”‘’`".contains($0) }
            result += masked(String(url))
            rest = rest[url.endIndex...]
        }
        return result + rest
    }

    private static func nextScheme(in text: Substring) -> Substring.Index? {
        var start = text.startIndex
        while start < text.endIndex {
            if text[start] == "p" || text[start] == "P",
               isMeant(by: String(text[start...].prefix(13))) { return start }
            start = text.index(after: start)
        }
        return nil
    }

    /// Rather too much than too little: where it is not certain what is the password.
    private static func masked(_ url: String) -> String {
        guard let scheme = schemes.first(where: { url.lowercased().hasPrefix($0) }) else {
            return url
        }
        var shown = String(url.prefix(scheme.count))
        var rest = url.dropFirst(scheme.count)
        if let mark = rest.lastIndex(of: "@") {
            let user = rest[..<mark]
            let name = user.prefix { $0 != ":" }
            shown += name + (name.count < user.count ? ":***" : "")
            rest = rest[mark...]
        }
        let place = rest.prefix { $0 != "?" }
        let settings = rest.dropFirst(place.count + 1).split(separator: "&")
            .map { setting -> String in
                let key = setting.prefix { $0 != "=" }
                let isOpen = !key.lowercased().contains("password") && !key.contains("%")
                return isOpen ? String(setting) : key + "=***"
            }
        return shown + place + (settings.isEmpty ? "" : "?" + settings.joined(separator: "&"))
    }
}
