import MusterDiagnostics
import MusterReport

/// Candidates with their glosses in aligned columns, read downwards, for a window of that size.
/// What does not fit is counted in a last line. Each line ends in a line break.
func candidateList(_ candidates: [Completion], rows: Int, columns: Int, language: Language,
                   colour: Bool) -> String {
    let window = max(1, columns - 1), gap = 3
    // What the window cannot show, however narrow all are, is not measured.
    let most = max(1, rows) * ((window + gap) / (1 + gap))
    let measured = candidates.prefix(max(1, most))
    let texts = measured.map { shortened(visible($0.text), to: window, mark: "…") }
    let textWidth = texts.map { displayWidth($0) }.max() ?? 0
    // A gloss takes what room there is, but not for its sake a column of the list.
    let glossRoom = max(0, min(window - textWidth - 2, max(24, window / 2 - textWidth - 2 - gap)))
    let glosses = measured.map { shortened(visible($0.gloss), to: glossRoom, mark: "…") }
    let glossWidth = glosses.map { displayWidth($0) }.max() ?? 0
    let width = textWidth + (glossWidth > 0 ? 2 + glossWidth : 0)
    let across = max(1, (window + gap) / (max(1, width) + gap))
    // The prompt below and the lines that count the rest keep their places.
    func rest(_ count: Int) -> [String] {
        wrapped(Message(zh: "… 另有 \(count) 个，请再输入几个字",
                        en: "… \(count) more, type on to narrow them down")[language], to: window)
    }
    let limit = max(1, rows - 1 - rest(candidates.count).count)
    let height = min(limit, (candidates.count + across - 1) / across)
    let shown = min(candidates.count, height * across)

    func cell(_ index: Int, isLast: Bool) -> String {
        let gloss = glosses[index]
        let afterText = String(repeating: " ", count: textWidth - displayWidth(texts[index]) + 2)
        let afterGloss = String(repeating: " ", count: glossWidth - displayWidth(gloss) + gap)
        if isLast, gloss.isEmpty { return texts[index] }
        let marked = colour && !gloss.isEmpty ? "\u{1b}[2m" + gloss + "\u{1b}[0m" : gloss
        return texts[index] + (glossWidth > 0 ? afterText : "") + marked
            + (isLast ? "" : afterGloss)
    }
    var list = ""
    for row in 0..<height {
        let indices = Array(stride(from: row, to: shown, by: height))
        for (place, index) in indices.enumerated() {
            list += cell(index, isLast: place == indices.count - 1)
        }
        list += "\n"
    }
    let left = candidates.count - shown
    if left > 0 { list += rest(left).map { $0 + "\n" }.joined() }
    return list
}
