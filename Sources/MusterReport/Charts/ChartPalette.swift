/// The colours of charts on one kind of paper: eight hues, each of a lightness of its own so that
/// they can be told apart in grey too, all of them 3 to 1 against the paper; a target's line is
/// as far from the paper and from the first series, and has a rim of paper against all others.
struct ChartPalette {
    /// As in HTML, `#rrggbb`.
    let series: [String]
    let target: String

    static let light = ChartPalette(
        series: ["#2a73b3", "#d47c11", "#0b4a3b", "#bb60a0", "#16203b", "#a04417", "#634186",
                 "#64121f"],
        target: "#111111")
    /// On dark screens.
    static let dark = ChartPalette(
        series: ["#3a8bd1", "#ee9428", "#61e8c7", "#c880b3", "#e6eaf5", "#c3541c", "#c9b6dc",
                 "#c5233e"],
        target: "#f5f3ee")

    /// The colours as variables of a style sheet: `--s0` … and `--goal`.
    var variables: String {
        (series.enumerated().map { "--s\($0): \($1);" } + ["--goal: \(target);"])
            .joined(separator: " ")
    }

    /// The rules of a series' class, `s0` …, for every kind of mark.
    static var rules: String {
        light.series.indices.map {
            "svg .s\($0) { color: var(--s\($0)); fill: currentColor; stroke: currentColor; }\n"
        }.joined()
    }
}
