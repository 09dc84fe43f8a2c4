import MusterDiagnostics

/// A sheet of terminal cells that a chart is drawn on. Whatever lies outside is left out.
struct TerminalCanvas {
    enum Ink: Hashable {
        case plain, strong, faint
        case series(Int)
    }

    /// Colours that people who see no red or no green can tell apart, of the 256 that terminals
    /// have, and that stand out on black and on white.
    private static let colours = [32, 208, 36, 170, 142, 99, 167, 245]

    let width: Int
    let height: Int
    /// Nil behind a character of two columns.
    private var cells: [[(character: Character?, ink: Ink)]]

    init(width: Int, height: Int) {
        self.width = max(1, width)
        self.height = max(1, height)
        cells = Array(repeating: Array(repeating: (" ", .plain), count: self.width),
                      count: self.height)
    }

    /// Puts a text down from a place on; characters that would cross an edge are left out.
    mutating func put(_ text: String, _ x: Int, _ y: Int, _ ink: Ink = .plain) {
        guard (0..<height).contains(y) else { return }
        var x = x
        for character in text {
            let wide = displayWidth(of: character)
            if wide == 0 { continue }
            if x >= 0, x + wide <= width {
                clear(x, y)
                cells[y][x] = (character, ink)
                if wide == 2 {
                    clear(x + 1, y)
                    cells[y][x + 1] = (nil, ink)
                }
            }
            x += wide
        }
    }

    /// Half a character of two columns is no character.
    private mutating func clear(_ x: Int, _ y: Int) {
        if cells[y][x].character == nil, x > 0 { cells[y][x - 1] = (" ", .plain) }
        if x + 1 < width, cells[y][x + 1].character == nil { cells[y][x + 1] = (" ", .plain) }
    }

    /// What stands there; a space where nothing does, nil outside.
    func character(_ x: Int, _ y: Int) -> Character? {
        guard (0..<height).contains(y), (0..<width).contains(x) else { return nil }
        return cells[y][x].character
    }

    /// Whether so many columns and one more on each side are there and empty.
    func isFree(_ x: Int, _ y: Int, _ count: Int) -> Bool {
        guard (0..<height).contains(y), x >= 0, x + count <= width else { return false }
        return cells[y][max(0, x - 1)..<min(width, x + count + 1)].allSatisfy { $0.character == " " }
    }

    /// The lines from the top, without spaces at their ends.
    func lines(_ style: TerminalStyle) -> [String] {
        cells.map { row in
            let end = (row.lastIndex { $0.character != " " } ?? -1) + 1
            var line = "", run = "", ink = Ink.plain
            for cell in row[..<end] {
                guard let character = cell.character else { continue }
                if cell.ink != ink {
                    line += Self.inked(run, ink, style)
                    (run, ink) = ("", cell.ink)
                }
                run.append(character)
            }
            return line + Self.inked(run, ink, style)
        }
    }

    static func inked(_ text: String, _ ink: Ink, _ style: TerminalStyle) -> String {
        guard style.colour, !text.isEmpty else { return text }
        return switch ink {
        case .plain: text
        case .strong: style.bold(text)
        case .faint: style.faint(text)
        case .series(let number):
            "\u{1b}[38;5;\(colours[number % colours.count])m\(text)\u{1b}[0m"
        }
    }
}
