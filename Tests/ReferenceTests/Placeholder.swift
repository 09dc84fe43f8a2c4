import Foundation
import MusterReference
import Testing

@Test func probe() throws {
    guard let dir = ProcessInfo.processInfo.environment["ACC"] else { return }
    let main = Roster(try Book.read(folder: dir + "/snapshot"))
    let edge = Roster(try Book.read(folder: dir + "/edge"))
    for file in try FileManager.default.contentsOfDirectory(atPath: dir + "/cases").sorted()
    where file.hasSuffix(".muster") {
        let path = dir + "/cases/" + file
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let csv = try String(contentsOfFile: String(path.dropLast(7)) + ".csv", encoding: .utf8)
        let roster = text.contains("snapshot: edge") ? edge : main
        do {
            let sheets = try Evaluator(roster).run(text)
            let difference = roster.difference(sheets[0], CSVText.table(csv))
            print(file, difference ?? "ok")
        } catch { print(file, "REFUSED", error) }
    }
}
