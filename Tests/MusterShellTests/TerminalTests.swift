import Glibc
import MusterLeague
import MusterDiagnostics
import Testing
@testable import MusterShell

@Suite("Terminal and history")
struct TerminalTests {
    private let sensitive = League.domain().words.sensitive

    @Test("A statement with an ID number is not kept, in half or full width")
    func idNumbers() {
        #expect(historyEntry("where id_number = \"11010119900307007X\"", sensitive) == nil)
        #expect(historyEntry("110101199003070070", sensitive) == nil)
        #expect(historyEntry("x １１０１０１１９９００３０７００７Ｘ", sensitive) == nil)
        #expect(historyEntry("1101011990030700 7X", sensitive) == nil)
        #expect(historyEntry("110101-19900307-0070", sensitive) == nil)
        #expect(historyEntry("x = 1.1e17", sensitive) == nil)
        #expect(historyEntry("where id = 110101900307007", sensitive) == nil)
        #expect(historyEntry("9223372036854775807", sensitive) == "9223372036854775807")
        #expect(historyEntry("2015-06-03..2016-05-04", sensitive) == "2015-06-03..2016-05-04")
        #expect(historyEntry("11010119900307007", sensitive) == "11010119900307007")
        #expect(historyEntry("1234567890123456X", sensitive) == "1234567890123456X")
    }

    @Test("In the history file a comment is not taken for a time")
    func timeMarks() {
        #expect(historyEntry("#2015\nx |\n#2016 y\n# 2017\n\n", sensitive) == " #2015\nx |\n #2016 y\n# 2017")
        #expect(historyEntry("a |\r\n#1 b", sensitive) == "a |\n #1 b")
    }

    @Test("What readline would leave out of the history file does not stand in it")
    func blankLines() {
        #expect(historyEntry("a |\n\n\r\r\n| b\r\r\n\n", sensitive) == "a |\n \n \n| b")
        #expect(historyEntry("\n#1", sensitive) == " \n #1")
    }

    @Test func prompt() {
        #expect(readlinePrompt("\u{1b}[1;36m志愿者\u{1b}[0m> ")
            == "\u{1}\u{1b}[1;36m\u{2}志愿者\u{1}\u{1b}[0m\u{2}> ")
    }

    @Test("A reader that has gone ends the writing in silence; a full disk does not")
    func writing() throws {
        Terminal.ignoreBrokenPipes()
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        #expect(try Terminal.write("团员", to: ends[1]))
        close(ends[0])
        #expect(try !Terminal.write("团员", to: ends[1]))
        close(ends[1])
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        #expect(throws: Diagnostic.self) { try Terminal.write("团员", to: full) }
    }

    @Test("A pipe or file has neither width nor colours")
    func noTerminal() {
        let null = open("/dev/null", O_WRONLY)
        defer { close(null) }
        #expect(Terminal.width(of: null) == nil)
        #expect(!Terminal.wantsColour(null))
    }
}
