import Foundation
import MusterDiagnostics
import Testing
@testable import MusterFiles

@Suite("Files written aside")
struct WriteAsideTests {
    private func read(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func write(_ path: String, _ text: String, _ policy: FilePolicy = .own,
                       isPrivate: Bool = false) throws {
        try writeAside(try policy.place(path), Array(text.utf8), isPrivate: isPrivate)
    }

    @Test func replacesAndLeavesNothingBehind() throws {
        try inFolder { folder in
            let path = folder + "/报表.csv"
            try write(path, "old, and longer")
            chmod(path, 0o640)
            try write(path, "new")
            #expect(try read(path) == "new")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["报表.csv"])
            #expect(try mode(path) == 0o640)
        }
    }

    @Test("What holds persons is for its owner alone, whatever it was")
    func ofPersons() throws {
        try inFolder { folder in
            let path = folder + "/a.csv"
            try write(path, "1", isPrivate: true)
            #expect(try mode(path) == 0o600)
            chmod(path, 0o644)
            try write(path, "2", isPrivate: true)
            #expect(try mode(path) == 0o600)
        }
    }

    @Test("A place may be written anew from where it was written, and by nobody else")
    func anew() throws {
        try inFolder { folder in
            let place = try FilePolicy().place(folder + "/a.log")
            try writeAside(place, [1], isPrivate: true)
            try writeAside(place, [1, 2], isPrivate: true)
            #expect(FileManager.default.contents(atPath: folder + "/a.log") == Data([1, 2]))
            // Somebody puts another there.
            try write(folder + "/b", "mine")
            rename(folder + "/b", folder + "/a.log")
            let error = #expect(throws: Diagnostic.self) {
                try writeAside(place, [3], isPrivate: true)
            }
            #expect(error?.code == "file.exists")
            #expect(try read(folder + "/a.log") == "mine")
        }
    }

    @Test("A stop leaves what was there, and nothing beside it")
    func stopped() throws {
        try inFolder { folder in
            try write(folder + "/a.csv", "old")
            // Of several pieces, each of which asks.
            let long = [UInt8](repeating: 7, count: 20 << 20)
            var asked = 0
            try writeAside(try FilePolicy.own.place(folder + "/b.csv"), long, isPrivate: false) {
                () throws(Diagnostic) in asked += 1
            }
            #expect(asked == 4)
            #expect(FileManager.default.contents(atPath: folder + "/b.csv") == Data(long))
            for last in 1...asked {
                var left = last
                let error = #expect(throws: Diagnostic.self) {
                    try writeAside(try FilePolicy.own.place(folder + "/a.csv"), long,
                                   isPrivate: false) { () throws(Diagnostic) in
                        left -= 1
                        if left == 0 { throw .interrupted }
                    }
                }
                #expect(error?.isCancellation == true)
                #expect(try read(folder + "/a.csv") == "old")
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                    == ["a.csv", "b.csv"])
            }
        }
    }

    @Test("What came to stand there meanwhile is not written over")
    func meanwhile() throws {
        try inFolder { folder in
            let place = try FilePolicy().place(folder + "/a.csv")
            try write(folder + "/a.csv", "other")
            let error = #expect(throws: Diagnostic.self) {
                try writeAside(place, [1], isPrivate: false)
            }
            #expect(error?.code == "file.exists")
            #expect(try read(folder + "/a.csv") == "other")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.csv"])
        }
    }

    @Test func faults() throws {
        try inFolder { folder in
            #expect(fault(folder + "/no/such.csv")?.message.zh.contains("没有这个文件") == true)
            #expect(fault(folder)?.message.en == "cannot write \(folder): Is a directory")
            #expect(fault("")?.code == "file.write")
            #expect(fault(folder + "/" + String(repeating: "长", count: 200)) != nil)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left.isEmpty)
        }
        let full = fault("/dev/full")
        #expect(full?.message.zh.contains("磁盘空间不足") == true)
        #expect(full?.isOfMachine == true)
        #expect(fault("/dev/null") == nil)
    }

    private func fault(_ path: String) -> Diagnostic? {
        do { try write(path, "123") } catch { return error as? Diagnostic }
        return nil
    }

    @Test("A folder comes whole or not at all")
    func folders() throws {
        try inFolder { folder in
            let place = try FilePolicy().place(folder + "/made/")
            do {
                let made = try Unfinished(place, .folder, isPrivate: true)
                let file = try made.file("a")
                try file.write([1])
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            let made = try Unfinished(place, .folder, isPrivate: true)
            let file = try made.file("a")
            try file.write([1])
            try file.close()
            try made.finish()
            #expect(try mode(folder + "/made") == 0o700)
            #expect(try mode(folder + "/made/a") == 0o600)
            // Another one has come first.
            let late = try Unfinished(place, .folder, isPrivate: true)
            #expect(throws: Diagnostic.self) { try late.finish() }
        }
    }
}

/// A folder of its own, taken away at the end.
func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("muster-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
}
