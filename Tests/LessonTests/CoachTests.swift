import Foundation
import MusterDiagnostics
@testable import MusterShell
import Testing

/// What a learner can do in a lesson, and what is kept of it.
struct CoachTests {
    private func inRoom(_ language: Language = .en, _ body: (Classroom, URL) throws -> Void)
        throws {
        let folder = try Classroom.scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(Classroom(language, progress: folder.appending(path: "lessons.json")), folder)
    }

    private let rate = Classroom.root.appending(path: "scripts/lessons/04-rate.lesson").path

    @Test func commandsOutsideALessonSaySo() throws {
        try inRoom { room, _ in
            for word in ["hint", "skip", "show", "restart", "提示", "lesson off", "task", "back", "题目",
                         "上一步", "答案", "下一步", "answer", "next"] {
                #expect(room.type(word).contains("no lesson is going on"), "\(word)")
            }
            #expect(room.type("lesson nothing").contains("no lesson \"nothing\""))
        }
    }

    @Test func hintsComeOneByOneAndAreCounted() throws {
        try inRoom { room, _ in
            room.type("lesson \(rate)")
            #expect(room.type("hint").contains("Hint: members | rate registered"))
            #expect(room.type("hint").contains("no more hints"))
            #expect(room.type("show").contains("  members | rate registered\n"))
            #expect(room.record("rate")?.hints == 1)
            #expect(room.record("rate")?.shown == [0])
        }
    }

    @Test func skipAndRestart() throws {
        try inRoom { room, _ in
            room.type("lesson \(rate)")
            #expect(room.type("skip").contains("step 2 of 4"))
            #expect(room.record("rate")?.skipped == [0])
            #expect(room.type("restart").contains("step 1 of 4"))
            #expect(room.record("rate")?.step == 0)
        }
    }

    @Test("the task again, back and forth, in either language's words", arguments: [
        (Language.en, ["task", "back", "next", "answer"], ["Task: ", "first step"]),
        (.zh, ["题目", "上一步", "下一步", "答案"], ["题目：", "已经是第一步"]),
    ])
    func moving(language: Language, words: [String], said: [String]) throws {
        try inRoom(language) { room, _ in
            let opened = room.type("lesson \(rate)")
            #expect(opened.contains(said[0]))
            let task = try #require(opened.split(separator: "\n").last { $0.hasPrefix(said[0]) })
            #expect(room.type(words[0]).contains(task))
            #expect(room.type(words[1]).contains(said[1]))
            room.type(words[2])
            #expect(room.record("rate")?.step == 1 && room.record("rate")?.skipped == [0])
            #expect(room.type(words[1]).contains(task))
            #expect(room.type(words[3]).contains(language == .en ? "  members | rate registered\n"
                                                 : "  团员 | 比率 已注册\n"))
            #expect(room.record("rate")?.shown == [0])
            // What was passed over and is solved then is no longer passed over.
            #expect(room.type("members | rate registered").contains("✓"))
            #expect(room.record("rate")?.skipped == [] && room.record("rate")?.solved == [0])
        }
    }

    @Test("a table of that name is still a table")
    func ownNames() throws {
        try inRoom { room, _ in
            room.type("lesson \(rate)")
            room.type("let answer = members | rate registered")
            #expect(room.type("answer").contains("✓"))
            #expect(room.record("rate")?.shown == [])
        }
    }

    @Test("the prompt says where one is, and help begins with a lesson's commands")
    func prompt() throws {
        try inRoom { room, _ in
            room.type("lesson \(rate)")
            #expect(room.session.coach?.prompt == Message(zh: "课 1/4> ", en: "lesson 1/4> "))
            room.type("next")
            #expect(room.session.coach?.prompt.en == "lesson 2/4> ")
            let help = room.session.collecting { room.session.run("help") }.report
            let first = try #require(help.tables.first)
            #expect(first.cells[0].map { "\($0)" }.joined().contains("task"))
            #expect(first.rowCount == Commands.inLessons.count + 1)
            room.type("lesson off")
            #expect(room.session.coach == nil)
        }
    }

    @Test("what each step took is kept, with when it was begun")
    func tallies() throws {
        let folder = try Classroom.scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .current
        let start = try #require(calendar.date(from: DateComponents(
            year: 2015, month: 6, day: 2, hour: 9, minute: 5)))
        var now = start
        let room = Classroom(.en, progress: folder.appending(path: "lessons.json"), now: { now })
        room.type("lesson \(rate)")
        room.type("hint")
        room.type("people | rate registered")
        now = start.addingTimeInterval(12 * 60)
        room.type("members | rate registered")
        let record = try #require(room.record("rate"))
        #expect(record.steps[0]?.hints == 1 && record.steps[0]?.wrong == 1)
        #expect(record.steps[0]?.begun == "2015-06-02 09:05")
        #expect(record.steps[1]?.begun == "2015-06-02 09:17")
        #expect(record.changed == "2015-06-02 09:17")
    }

    @Test("a lesson goes on where it was after the program was killed")
    func continued() throws {
        try inRoom { room, folder in
            room.type("lesson \(rate)")
            room.type("members | rate registered")
            // A new session over the same file is what a killed shell leaves behind.
            let next = Classroom(.en, progress: folder.appending(path: "lessons.json"))
            #expect(next.type("lesson \(rate)").contains("step 2 of 4"))
            #expect(next.type("members | rate registered by unit.district").contains("✓"))
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names == ["lessons.json"])
        }
    }

    @Test("names defined in earlier steps are there again when a lesson goes on")
    func definitionsAgain() throws {
        let path = Classroom.root.appending(path: "scripts/lessons/14-let.lesson").path
        try inRoom { room, folder in
            room.type("lesson \(path)")
            room.type("skip")
            let next = Classroom(.en, progress: folder.appending(path: "lessons.json"))
            next.type("lesson \(path)")
            #expect(next.session.environment.definitions["应注册"] != nil)
        }
    }

    @Test("a damaged file is named, set aside and keeps nobody from learning", arguments: [
        "{\"format\": \"muster-lessons/1\", \"lessons\": {", "", "[]",
        "{\"format\": \"other\", \"learner\": \"a\", \"lessons\": {}}",
    ])
    func damaged(text: String) throws {
        try inRoom { room, folder in
            let file = folder.appending(path: "lessons.json")
            try text.write(to: file, atomically: true, encoding: .utf8)
            let next = Classroom(.en, progress: file)
            next.type("lesson \(rate)")
            #expect(next.faults.first?.message.en.contains(file.path) == true)
            #expect(next.type("members | rate registered").contains("✓"))
            #expect(next.record("rate")?.solved == [0])
            let aside = try String(contentsOfFile: file.path + ".damaged", encoding: .utf8)
            #expect(aside == text)
        }
    }

    @Test("hostile numbers in a progress file do no harm")
    func numbers() throws {
        try inRoom { _, folder in
            let file = folder.appending(path: "lessons.json")
            let record = "{\"step\": 9223372036854775807, \"hints\": 9223372036854775807}"
            let text = "{\"format\": \"muster-lessons/1\", \"learner\": \"a\", \"lessons\": "
                + "{\"rate\": \(record), \"years\": \(record), \"day\": {\"step\": -4}}}"
            try text.write(to: file, atomically: true, encoding: .utf8)
            let room = Classroom(.en, progress: file)
            #expect(room.type("lesson").isEmpty)
            #expect(room.type("lesson \(rate)").contains("step 1 of 4"))
            #expect(ClassReport([.init(file.path, try LessonProgress.read(file.path))]).table
                .rowCount == 1)
        }
    }

    @Test("what was loaded and defined before a lesson is there behind it")
    func restored() throws {
        try inRoom { room, _ in
            try room.session.load(Classroom.root.appending(path: "samples/city-2015").path)
            room.type("let young = members | where minor")
            let fingerprint = room.session.environment.data?.snapshot.fingerprint
            room.type("lesson \(rate)")
            #expect(room.session.environment.data?.snapshot.fingerprint != fingerprint)
            #expect(room.session.environment.definitions.isEmpty)
            room.type("lesson off")
            #expect(room.session.environment.data?.snapshot.fingerprint == fingerprint)
            #expect(room.session.environment.definitions["young"] != nil)
        }
    }

    @Test("with names shortened for a projector the same answers are right")
    func hiddenNames() throws {
        let path = Classroom.root.appending(path: "scripts/lessons/03-list.lesson").path
        try inRoom { room, _ in
            room.type("set privacy strict")
            room.type("lesson \(path)")
            #expect(room.session.environment.hidesNames)
            #expect(room.type("members | where not registered | select name, unit").contains("✓"))
            room.type("set privacy normal")
            #expect(room.type("members | where registered | select name, hours | sort -hours")
                .contains("✓"))
        }
    }

    @Test("looking aside is no answer; queries are")
    func asides() throws {
        try inRoom { room, _ in
            room.type("lesson \(rate)")
            for text in ["fields members", "values kind", "tables", "help rate", "let a = 1"] {
                let said = room.type(text)
                #expect(!said.contains("✗") && !said.contains("✓"), "\(text): \(said)")
            }
            #expect(room.type("members | count").contains("✗"))
            #expect(room.record("rate")?.wrong == 1)
        }
    }

    @Test("trying an answer on the second snapshot writes no file")
    func exports() throws {
        try inRoom { room, folder in
            room.type("lesson \(rate)")
            let file = folder.appending(path: "rate.csv")
            #expect(room.type("members | rate registered | export \"\(file.path)\"")
                .contains("✓"))
            let text = try String(contentsOf: file, encoding: .utf8)
            // The sample's 29 members, not the thousand and more of the second snapshot.
            #expect(text.contains("29,23,"))
        }
    }
}
