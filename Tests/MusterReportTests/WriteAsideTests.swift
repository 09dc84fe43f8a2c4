import Foundation
import MusterDiagnostics
import Testing
@testable import MusterReport

@Suite("Files written aside")
struct WriteAsideTests {
    /// A folder of its own, taken away at the end.
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("muster-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func read(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    @Test func replacesAndLeavesNothingBehind() throws {
        try inFolder { folder in
            let path = folder + "/报表.csv"
            try writeAside(path, Array("old, and longer".utf8))
            chmod(path, 0o640)
            try writeAside(path, Array("new".utf8))
            #expect(try read(path) == "new")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["报表.csv"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o640)
        }
    }

    @Test func followsALink() throws {
        try inFolder { folder in
            try writeAside(folder + "/real", Array("old".utf8))
            symlink("real", folder + "/link")
            try writeAside(folder + "/link", Array("new".utf8))
            #expect(try read(folder + "/real") == "new")
            #expect(try FileManager.default
                .destinationOfSymbolicLink(atPath: folder + "/link") == "real")
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
        #expect(fault("/dev/full")?.message.zh.contains("磁盘空间不足") == true)
        #expect(fault("/dev/null") == nil)
    }

    private func fault(_ path: String) -> Diagnostic? {
        do throws(Diagnostic) { try writeAside(path, [1, 2, 3]) } catch { return error }
        return nil
    }
}
