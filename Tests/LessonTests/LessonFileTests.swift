import MusterLeague
import MusterDiagnostics
@testable import MusterShell
import Testing

/// How a lesson's file is read, and what is said of a faulty one.
struct LessonFileTests {
    private func lesson(_ text: String) throws -> Lesson {
        try LessonFile.lesson(SourceText(name: "x.lesson", text: text), name: "x")
    }

    private func faults(_ text: String) -> [String] {
        do {
            _ = try lesson(text)
            return []
        } catch let faults as Diagnostics {
            return faults.all.map(\.message.en)
        } catch { return ["\(error)"] }
    }

    private let whole = """
        # a comment
        标题：题
        title: Title
        ---
        讲解: 第一行
          第二行

          另一段
        text: One line
          and the next
            code | stays
        题目: 做
        task: Do
        答案: 令 a = 1
          团员
          | 计数
        提示: 甲
        hint: A
        提示: 乙
        hint: B
        错答 来源: 人员 | 计数
        原因: 错
        because: wrong
        wrong rows: units | count

        """

    @Test(arguments: ["\n", "\r\n"])
    func whole(lineBreak: String) throws {
        let lesson = try lesson(whole.replacing("\n", with: lineBreak))
        #expect(lesson.title == Message(zh: "题", en: "Title"))
        let step = try #require(lesson.steps.first)
        #expect(step.text.zh == "第一行第二行\n另一段")
        #expect(step.text.en == "One line and the next\n  code | stays")
        #expect(step.answer == "令 a = 1\n团员\n| 计数")
        #expect(step.hints == [Message(zh: "甲", en: "A"), Message(zh: "乙", en: "B")])
        #expect(step.wrongAnswers.map(\.fault) == [.source, .rows])
        #expect(step.wrongAnswers.first?.reason == Message(zh: "错", en: "wrong"))
        #expect(step.wrongAnswers.last?.reason == nil)
    }

    @Test("what a lesson takes, says to the trainer, asks for and has revised")
    func head() throws {
        let plain = try lesson(whole)
        #expect(plain.minutes == 5 && plain.trainer == nil && !plain.isTest)
        let test = try lesson(whole.replacing("---\n", with: """
            分钟: 20
            test: 60
            讲课: 说
            trainer: Say
            ---

            """).replacing("答案:", with: "复习: rate\n答案:"))
        #expect(test.minutes == 20 && test.passMark == 60)
        #expect(test.trainer == Message(zh: "说", en: "Say"))
        #expect(test.steps.map(\.revised) == ["rate"])
    }

    @Test func everyFaultIsNamed() {
        #expect(faults("").contains("title is missing"))
        #expect(faults("").contains("there is no step"))
        #expect(faults(whole.replacing("答案:", with: "答按:")).contains("\"答按\" is not known here"))
        #expect(faults(whole.replacing("错答 来源:", with: "错答:"))
            .contains("wrong must say what the hint is to name"))
        #expect(faults(whole.replacing("hint: B\n", with: ""))
            .contains("2 Chinese and 1 English texts of hint: they must come in pairs"))
        #expect(faults("  x\n" + whole).contains("this line belongs to nothing"))
        #expect(faults(whole.replacing("---\n", with: "装载: 谁\n---\n"))
            .contains("load takes automatic or learner"))
        #expect(faults(whole.replacing("---\n", with: "分钟: 很久\n---\n"))
            .contains("minutes takes a whole number from 1 to 600"))
        #expect(faults(whole.replacing("---\n", with: "考核: 101\n---\n"))
            .contains("test takes a whole number from 1 to 100"))
        let step = "---\n题目: 做\ntask: Do\n答案: 团员 | 计数\n"
        #expect(faults("标题: 题\ntitle: T\ntest: 60\n" + step + step + step)
            .contains("the steps of a test must share 100 points evenly; there are 3"))
    }

    @Test("no text of a lesson's file traps", arguments: [
        ":", "：", "---", "---\n---", "\n\n", "标题", "title:", "#", " ", "\u{0}:", "wrong :", "答案: |",
    ])
    func rubbish(text: String) { _ = faults(text) }

    @Test func aWrongAnswerThatPassesIsAFault() throws {
        let text = whole.replacing("错答 来源: 人员 | 计数", with: "错答 来源: members | count")
            .replacing("答案: 令 a = 1\n  团员\n", with: "答案: 团员\n")
        let found = try LessonCheck(lesson(text), League.domain()).faults().map(\.message.en)
        #expect(found.contains { $0.contains("passes as right") })
        let other = whole.replacing("错答 来源", with: "错答 合计").replacing("原因: 错\n", with: "")
            .replacing("because: wrong\n", with: "")
        #expect(try LessonCheck(lesson(other), League.domain()).faults().contains {
            $0.message.en.contains("should be told of total, and is told of source")
        })
    }

    @Test func namesOfFiles() {
        #expect(LessonLibrary.name(ofFile: "02-where.lesson") == "where")
        #expect(LessonLibrary.name(ofFile: "where.lesson") == "where")
        #expect(LessonLibrary.name(ofFile: "2015.lesson") == "2015")
    }
}
