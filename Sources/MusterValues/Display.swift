/// How a column wants to be shown where there is room for it (table, md, html, xlsx; never csv
/// or json, which hold plain values).
public enum Display: String, Sendable, Hashable, Codable, CaseIterable {
    case plain, percent, points, hours, count, day
}
