import Foundation
import Testing
@testable import MusterFiles

@Suite("Room that is left")
struct MachineRoomTests {
    @Test("A control group has what it and all groups around it leave", arguments: [0, 1])
    func groups(_ version: Int) throws {
        try inFolder { folder in
            var groups = Machine.Groups.all[version]
            groups.folder = folder
            func write(_ group: String, most: String, used: String, cache: String) throws {
                let place = folder + group
                try FileManager.default.createDirectory(atPath: place,
                                                        withIntermediateDirectories: true)
                for (name, text) in [(groups.most, most), (groups.used, used),
                                     ("memory.stat", "file 5\n" + groups.cache + cache + "\n")] {
                    try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: "\(place)/\(name)"))
                }
            }
            #expect(Machine.room("/a/b", groups) == nil)
            try write("/a/b", most: "max", used: "50", cache: "0")
            #expect(Machine.room("/a/b", groups) == nil)
            try write("/a", most: "1000", used: "700", cache: "200")
            #expect(Machine.room("/a/b", groups) == 500)
            try write("/a/b", most: "400", used: "300", cache: "40")
            #expect(Machine.room("/a/b", groups) == 140)
            try write("/a/b", most: "100", used: "300", cache: "0")
            #expect(Machine.room("/a/b", groups) == 0)
            #expect(Machine.room("/a", groups) == 500)
            try write("", most: "450", used: "0", cache: "0")
            #expect(Machine.room("/a", groups) == 450)
            #expect(Machine.room("/", groups) == 450)
        }
    }

    @Test func saidInWords() {
        #expect(Machine.shown(1) == "1 MB")
        #expect(Machine.shown(350 * 1_048_576) == "350 MB")
        #expect(Machine.shown(1.5 * 1_073_741_824) == "1.5 GB")
        #expect(Machine.memoryLeft > 0)
    }
}
