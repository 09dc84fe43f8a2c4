/// Names that every dialect takes without quotes.
enum PlainName {
    /// Small letters, digits and low lines, no digit first, and no word of a dialect.
    static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == 95
        } && !(48...57).contains(name.utf8.first ?? 48) && !reserved.contains(name)
    }

    /// Names that this program's tables and columns have, or easily might, and that are words of
    /// a dialect.
    private static let reserved: Set<String> = [
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "both", "case", "cast",
        "check", "collate", "column", "constraint", "create", "cross", "current_date", "default",
        "deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch", "for",
        "foreign", "freeze", "from", "full", "grant", "group", "having", "in", "initially",
        "inner", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left",
        "like", "limit", "natural", "not", "notnull", "null", "offset", "on", "only", "or",
        "order", "outer", "overlaps", "placing", "primary", "references", "returning", "right",
        "select", "session_user", "similar", "some", "symmetric", "table", "tablesample", "then",
        "to", "trailing", "true", "union", "unique", "user", "using", "variadic", "verbose",
        "when", "where", "window", "with", "month", "year", "day", "date", "time", "timestamp",
        "values", "row", "rows", "level", "name", "text", "interval", "position", "substring",
        "anti", "div", "ilike", "minus", "regexp", "rlike", "semi",
    ]
}
