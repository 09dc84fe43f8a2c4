import Foundation
import MusterDiagnostics
import Testing
@testable import MusterFiles

@Suite("The door for files")
struct FilePolicyTests {
    /// What may stand in the way of writing there, by its code.
    private func refusal(_ path: String, _ policy: FilePolicy) -> String? {
        do throws(Diagnostic) { _ = try policy.place(path) } catch { return error.code }
        return nil
    }

    private func unread(_ path: String, _ policy: FilePolicy) -> Bool {
        do throws(Diagnostic) { try policy.checkReading(path) } catch {
            return error.code == "file.outside"
        }
        return false
    }

    private func make(_ path: String) {
        _ = FileManager.default.createFile(atPath: path, contents: Data("x".utf8))
    }

    @Test("Nothing existing is written over, unless that is asked for")
    func existing() throws {
        try inFolder { folder in
            make(folder + "/a")
            #expect(refusal(folder + "/a", FilePolicy()) == "file.exists")
            #expect(refusal(folder + "/b", FilePolicy()) == nil)
            #expect(refusal(folder + "/a", FilePolicy(mayReplace: true)) == nil)
            #expect(refusal(folder, FilePolicy(mayReplace: true)) == "file.write")
            #expect(refusal(folder + "/a/", FilePolicy(mayReplace: true)) == nil)
            #expect(refusal(folder + "/..", FilePolicy(mayReplace: true)) == "file.write")
        }
    }

    @Test("A link is not written to, wherever it leads")
    func links() throws {
        try inFolder { folder in
            make(folder + "/real")
            symlink("real", folder + "/link")
            symlink("nothing", folder + "/dangling")
            symlink("/dev/null", folder + "/device")
            symlink(folder, folder + "/self")
            for name in ["link", "dangling", "self"] {
                #expect(refusal(folder + "/" + name, .own) == "file.link", "\(name)")
            }
            #expect(refusal(folder + "/device", .own) == nil)
            #expect(refusal(folder + "/self/new", .own) == nil)
        }
    }

    @Test("What is loaded is not written to by any of its names")
    func loaded() throws {
        try inFolder { folder in
            let books = folder + "/books"
            try FileManager.default.createDirectory(atPath: books + "/below",
                                                    withIntermediateDirectories: true)
            make(books + "/members.ndjson")
            make(folder + "/table.csv")
            make(folder + "/free.csv")
            link(books + "/members.ndjson", folder + "/hard.ndjson")
            symlink("books", folder + "/other")
            // A file of the books that is a link itself.
            make(folder + "/far.ndjson")
            symlink("../far.ndjson", books + "/units.ndjson")
            let policy = FilePolicy(mayReplace: true, loaded: [books, folder + "/table.csv"])
            for name in ["books/members.ndjson", "books/new.csv", "books/below/new.csv",
                         "other/new.csv", "other/../books/new.csv", "books/./below/../new.csv",
                         "hard.ndjson", "table.csv", "far.ndjson"] {
                #expect(refusal(folder + "/" + name, policy) == "file.loaded", "\(name)")
            }
            #expect(refusal(folder + "/free.csv", policy) == nil)
            #expect(refusal(folder + "/new.csv", policy) == nil)
        }
    }

    @Test("Scripts write in and below the folders they were given")
    func writable() throws {
        try inFolder { folder in
            for name in ["given/below", "outside"] {
                try FileManager.default.createDirectory(atPath: folder + "/" + name,
                                                        withIntermediateDirectories: true)
            }
            symlink("../outside", folder + "/given/leaving")
            symlink("../given", folder + "/outside/entering")
            let policy = FilePolicy(writable: [folder + "/given"])
            for name in ["given/a", "given/below/a", "given/below/../a", "outside/entering/a",
                         "outside/../given/a"] {
                #expect(refusal(folder + "/" + name, policy) == nil, "\(name)")
            }
            for name in ["a", "outside/a", "given/leaving/a", "given/../a", "given/../outside/a",
                         "given2", "no/such/a"] {
                #expect(refusal(folder + "/" + name, policy) == "file.outside", "\(name)")
            }
            #expect(refusal(folder + "/given/no/a", policy) == "file.write")
            #expect(refusal("/dev/null", policy) == "file.outside")
            #expect(refusal("/a", policy) == "file.outside")
        }
    }

    @Test("Scripts read in and below the folders and the files they were given")
    func readable() throws {
        try inFolder { folder in
            for name in ["given/below", "outside", "books"] {
                try FileManager.default.createDirectory(atPath: folder + "/" + name,
                                                        withIntermediateDirectories: true)
            }
            make(folder + "/outside/secret")
            make(folder + "/given/fine")
            symlink("../outside/secret", folder + "/given/link")
            symlink("../outside/secret", folder + "/books/members.ndjson")
            let policy = FilePolicy(readable: [folder + "/given", folder + "/books"])
            for name in ["given", "given/fine", "given/none", "given/below/../fine",
                         "outside/../given/fine"] where name != "given" {
                #expect(!unread(folder + "/" + name, policy), "\(name)")
            }
            // A folder is read with what it holds.
            for name in ["outside/secret", "outside/none", "given/link", "given/../outside/secret",
                         "books", "none/none"] {
                #expect(unread(folder + "/" + name, policy), "\(name)")
            }
            let file = FilePolicy(readable: [folder + "/outside/secret"])
            #expect(!unread(folder + "/given/link", file))
            #expect(unread(folder + "/given/fine", file))
            #expect(!unread("/etc/passwd", FilePolicy()))
        }
    }
}
