import Foundation
import MusterDiagnostics
import Testing
@testable import MusterShell

/// What scripts may do with files and settings, and what may not be written over.
@Suite("Scripts and files")
struct ScriptFilesTests {
    typealias Program = MachineTests

    @Test("The roster that was written over is not written over", arguments: [
        "members | count | export \"snap/members.ndjson\"",
        "set overwrite on; members | count | export \"snap/members.ndjson\"",
        "set overwrite on; members | count | export \"snap/new.csv\"",
        "set overwrite on; members | count | export \"snap/../snap/./new.csv\"",
        "set overwrite on; log \"snap/members.ndjson\"",
        "set overwrite on; load \"snap/teams.ndjson\" as t; unload; t | export \"snap/teams.ndjson\"",
    ])
    func snapshot(_ statements: String) throws {
        for option in ["", "--force"] {
            let outcome = try Program.run("exec $M \(option) -c '\(statements)' snap") { folder in
                for name in ["manifest.json", "members.ndjson", "teams.ndjson", "units.ndjson"] {
                    let sample = SessionFixture.top.appending(path: "samples/small/\(name)").path
                    #expect(FileManager.default.contentsEqual(
                        atPath: "\(folder)/snap/\(name)", andPath: sample))
                }
                #expect(!FileManager.default.fileExists(atPath: folder + "/snap/new.csv"))
            }
            #expect(outcome.status == 1)
            #expect(outcome.said.contains("which is loaded"), "\(outcome.said)")
        }
    }

    @Test("An existing file is written over on demand only, and the message says how")
    func existing() throws {
        let export = "members | count | export \"a.csv\""
        let refused = try Program.run("echo old > a.csv; $M -c '\(export)' snap; s=$?; "
            + "[ \"$(cat a.csv)\" = old ] && exit $s")
        #expect(refused.status == 1)
        #expect(refused.said.contains("set overwrite on") && refused.said.contains("--force"))
        let chinese = try Program.run("echo old > a.csv; exec $M -c '\(export)' snap",
                                      language: "zh")
        #expect(chinese.said.contains("设置 覆盖 开") && chinese.said.contains("--force"))
        let forced = try Program.run("echo old > a.csv; exec $M --force -c '\(export)' snap")
        #expect(forced.status == 0)
        let set = try Program.run("echo old > a.csv; exec $M -c 'set overwrite on; \(export)' snap")
        #expect(set.status == 0)
        let report = try Program.run("echo old > a.md; exec $M run progress --output a.md snap")
        #expect(report.status == 1)
        // Before the snapshot was read.
        #expect(!report.said.contains("loaded"))
        let twice = try Program.run("exec $M --force run progress --output a.md snap")
        #expect(twice.status == 0)
    }

    @Test("A statistic goes by the Chinese name at its head, too")
    func ownNames() throws {
        let folder = SessionFixture.top.appending(path: "scripts/statistics").path
        let shipped = ScriptLibrary.scripts().filter { $0.path.hasPrefix(folder) }
        #expect(shipped.count > 20)
        #expect(Set(shipped.map(\.name.zh)).count == shipped.count)
        for script in shipped {
            #expect(script.name.zh != script.name.en, "\(script.path) does not say what it is called")
            #expect(try ScriptLibrary.find(script.name.zh, at: nil) == script.path)
        }
        let chinese = try Program.run("exec $M run 核对 snap", language: "zh")
        let english = try Program.run("exec $M run reconcile snap", language: "zh")
        #expect(chinese.status == 0)
        #expect(chinese.said == english.said)
    }

    @Test("What stands at the head of a script is a name or is not", arguments: [
        ("# S1 进展通报：各单位\n成员", "进展通报"), ("# 核对：逐人\n", "核对"), ("#核对：", "核对"),
        ("# 逐人核对\n# 核对：", nil), ("团员 # 核对：", nil), ("# 本表 给 各区：", nil), ("# a：b", nil),
        ("# ：x", nil), ("", nil),
    ] as [(String, String?)])
    func heads(_ text: String, _ name: String?) { #expect(ScriptLibrary.ownName(text) == name) }

    @Test("Of several files none is written where one may not be")
    func several() throws {
        let outcome = try Program.run("""
            echo old > b.csv
            exec $M -c 'members | count | export "a.csv" | export "b.csv"' snap
            """)
        #expect(outcome.status == 1)
        #expect(outcome.files == ["b.csv"])
    }

    @Test("What holds persons is for its owner alone", arguments: [
        ("members | select name | export \"a.csv\"", "600"),
        ("members | count by name | export \"a.csv\"", "600"),
        ("members | count by unit.district | export \"a.csv\"", "600"),
        ("service | count by member | export \"a.csv\"", "600"),
        ("people | select birth | export \"a.json\"", "600"),
        ("log \"a.log\"; members | count", "600"),
    ])
    func modes(_ statements: String, _ mode: String) throws {
        let outcome = try Program.run(
            "umask 022; $M -c '\(statements)' snap && stat -c %a a.* >&2")
        #expect(outcome.said.hasSuffix("\n\(mode)\n"), "\(outcome.said)")
    }

    @Test("Reports and generated rosters too")
    func modesOfReports() throws {
        let lists = try Program.run("""
            umask 022; echo 'members | select name' > list.muster
            $M run list.muster --output a.html snap && stat -c %a a.html >&2
            """)
        #expect(lists.said.hasSuffix("\n600\n"), "\(lists.said)")
        let rates = try Program.run(
            "umask 022; $M run progress --output a.html snap && stat -c %a a.html >&2")
        #expect(rates.said.hasSuffix("\n644\n"), "\(rates.said)")
        let made = try Program.run("$M generate --members 5 made --quiet; stat -c %a made made/* >&2")
        #expect(made.said == "700\n600\n600\n600\n600\n600\n")
    }

    /// A script of one statement, run.
    private func run(_ statement: String, _ options: String = "", before: String = "")
        throws -> Program.Outcome {
        try Program.run("""
            cd snap/.. && mkdir work given out && cp -r snap work/snap && cd work
            \(before)
            cat > s.muster <<'END'
            \(statement)
            END
            $M run s.muster \(options) snap; s=$?; cd ..; exit $s
            """)
    }

    @Test("A script writes where it was told to")
    func writes() throws {
        #expect(try run("members | count | export \"a.csv\"").status == 0)
        for path in ["../a.csv", "../given/a.csv", "/tmp/muster-no.csv", "../out/a.csv"] {
            let outcome = try run("members | count | export \"\(path)\"")
            #expect(outcome.status == 1)
            #expect(outcome.said.contains("--allow"), "\(outcome.said)")
        }
        #expect(try run("members | count | export \"../given/a.csv\"", "--allow ../given").status == 0)
        #expect(try run("members | count | export \"../out/a.csv\"",
                        "--output ../out/r.md").status == 0)
        let elsewhere = try run("members | count | export \"a.csv\"", "--output ../out/r.md")
        #expect(elsewhere.status == 1)
        let linked = try run("members | count | export \"in/a.csv\"", before: "ln -s ../given in")
        #expect(linked.status == 1)
        #expect(linked.said.contains("a script may write"))
    }

    @Test("A script reads what it was given", arguments: [
        "load \"/etc/passwd\" as t", "load \"../given/t.csv\" as t", "include \"../given/x.muster\"",
        "run \"../given/x.muster\"", "load \"link.csv\" as t", "load \"../given\"",
    ])
    func reads(_ statement: String) throws {
        let make = """
            printf 'a\\n1\\n' > ../given/t.csv; echo '1 + 1' > ../given/x.muster
            ln -s ../given/t.csv link.csv; cp snap/* ../given
            """
        let outcome = try run(statement, before: make)
        #expect(outcome.status == 1)
        #expect(outcome.said.contains("a script may not read"), "\(outcome.said)")
        let isOutside = statement.contains("/etc")
        #expect(try run(statement, "--allow ../given", before: make).status == (isOutside ? 1 : 0))
        // Whoever types it may.
        let typed = try Program.run("mkdir given; printf 'a\\n1\\n' > given/t.csv; cd snap; "
            + "$M -c 'load \"../given/t.csv\" as t; t' .")
        #expect(typed.status == 0, "\(typed.said)")
    }

    @Test("What a script sets ends with it, and what outlives it is not for scripts")
    func settings() throws {
        let fixture = try SessionFixture("small")
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "muster-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func script(_ text: String) throws -> String {
            let path = folder.appending(path: UUID().uuidString + ".muster")
            try Data(text.utf8).write(to: path)
            return path.path
        }
        let before = fixture.run("set")
        let changes = try script("""
            set format csv; set language zh; set width 40; set rows 3; set stars 1,2,3,4,5
            set yearly_minimum 7; set privacy strict; time on
            """)
        #expect(fixture.run("run \"\(changes)\"") == "[]\n"
            || !fixture.run("run \"\(changes)\"").contains("error"))
        #expect(fixture.run("set") == before)
        _ = fixture.run("include \"\(changes)\"")
        #expect(fixture.run("set") == before)
        for statement in ["set overwrite on", "log \"\(folder.path)/x.log\"", "edit"] {
            let said = fixture.run("run \"\(try script(statement))\"")
            #expect(said.contains("script"), "\(statement): \(said)")
        }
        #expect(fixture.run("set") == before)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/x.log"))
    }

    @Test("The snapshot that a script chooses is its own choice")
    func chosen() throws {
        let fixture = try SessionFixture("city")
        try fixture.session.load(fixture.sample("city-2015"))
        let before = fixture.run("members | count")
        let path = FileManager.default.temporaryDirectory
            .appending(path: "muster-" + UUID().uuidString + ".muster")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data("use 2015-10-31\nmembers | count\n".utf8).write(to: path)
        let inScript = fixture.run("run \"\(path.path)\"")
        #expect(!inScript.contains("error") && inScript != before, "\(inScript)")
        #expect(fixture.run("members | count") == before)
    }

    @Test("Standard input is a script, what is behind -c is typed")
    func standardInput() throws {
        let line = "load \"/etc/passwd\" as t"
        let input = try Program.run("echo '\(line)' | $M snap")
        #expect(input.said.contains("a script may not read"), "\(input.said)")
        let typed = try Program.run("exec $M -c '\(line)' snap")
        #expect(!typed.said.contains("a script may not read"), "\(typed.said)")
    }

    @Test("Messages with a file's name do not steer the terminal", arguments: [
        "\u{1b}[31m", "\u{202e}", "\u{200b}", "\u{9b}2J", "\u{e0041}",
    ])
    func names(_ steering: String) throws {
        let name = "a\(steering)b"
        for statement in ["load \"\(name).csv\" as t", "load \"\(name)\"", "run \"\(name)\"",
                          "1 + 1 | export \"/no/\(name).csv\"",
                          "members | count | export \"\(name).csv\"", "log \"\(name).log\""] {
            let outcome = try Program.run("exec $M -c '\(statement)' snap")
            #expect(!outcome.said.contains(steering), "\(outcome.said.debugDescription)")
            #expect(!outcome.said.isEmpty)
        }
    }
}
