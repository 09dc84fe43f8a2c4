import CSystem
import Glibc
import MusterDiagnostics

/// What the machine has, and what of it this process may have.
package enum Machine {
    /// Files that are open at once at most, beside the three streams.
    private static let files: Int32 = 16

    /// Before anything else: no file gets the number of a missing standard stream; what is
    /// unfinished goes when the program is ended.
    package static func prepare() {
        muster_fill_streams()
        muster_heed_signals()
    }

    /// What it lacks for any work at all, or nil.
    package static var shortage: Diagnostic? {
        if muster_has_descriptors(files) { return nil }
        // The process may raise its own limit up to the hard one.
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
           limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = min(limit.rlim_max, 1024)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            if muster_has_descriptors(files) { return nil }
        }
        return Diagnostic(
            "machine.files",
            Message(zh: "能同时打开的文件太少，无法运行",
                    en: "too few files can be open at once to work"),
            hint: Message(zh: "请放宽限制：ulimit -n 256", en: "raise the limit: ulimit -n 256"))
    }

    /// Bytes of memory that this process may still take: of what is free, of what its control
    /// groups leave it, of its address space.
    package static var memoryLeft: Int {
        min(free ?? .max, groupRoom ?? .max, muster_address_room())
    }

    private static var free: Int? {
        guard let text = contents("/proc/meminfo") else { return nil }
        func kilobytes(_ name: String) -> Int? {
            text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
                .flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }
        }
        guard let available = kilobytes("MemAvailable") else { return nil }
        return (available + (kilobytes("SwapFree") ?? 0)) * 1024
    }

    /// Control groups of either version: where they are, and what their files are called.
    struct Groups {
        let mark: String
        var folder: String
        let most: String
        let used: String
        let cache: String

        static let all = [
            Groups(mark: "0::", folder: "/sys/fs/cgroup", most: "memory.max",
                   used: "memory.current", cache: "inactive_file "),
            Groups(mark: ":memory:", folder: "/sys/fs/cgroup/memory",
                   most: "memory.limit_in_bytes", used: "memory.usage_in_bytes",
                   cache: "total_inactive_file "),
        ]
    }

    /// What the group and all groups around it leave; nil without groups.
    private static var groupRoom: Int? {
        let lines = contents("/proc/self/cgroup")?.split(separator: "\n") ?? []
        return Groups.all.compactMap { groups -> Int? in
            lines.first { $0.contains(groups.mark) }.flatMap { line in
                room(line.drop { $0 != "/" }, groups)
            }
        }.min()
    }

    static func room(_ group: Substring, _ groups: Groups) -> Int? {
        var path = group
        var room: Int?
        while true {
            let folder = groups.folder + (path == "/" ? "" : path) + "/"
            if let most = number(folder + groups.most) {
                let used = number(folder + groups.used) ?? 0
                // What the system can take back is not used.
                let cache = contents(folder + "memory.stat").flatMap { text in
                    text.split(separator: "\n").first { $0.hasPrefix(groups.cache) }
                        .flatMap { Int($0.dropFirst(groups.cache.count)) }
                } ?? 0
                room = min(room ?? .max, max(0, most - max(0, used - cache)))
            }
            guard path != "/", let slash = path.lastIndex(of: "/") else { return room }
            path = slash == path.startIndex ? "/" : path[..<slash]
        }
    }

    private static func number(_ path: String) -> Int? {
        contents(path).flatMap { Int($0.prefix { $0.isNumber }) }
    }

    private static func contents(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        let count = read(descriptor, &bytes, bytes.count)
        return count >= 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }

    /// `350 MB`, `1.2 GB`.
    package static func shown(_ bytes: Double) -> String {
        let megabytes = bytes / 1_048_576
        if megabytes < 1024 { return "\(Int(megabytes.rounded(.up))) MB" }
        let tenths = Int((megabytes / 102.4).rounded(.up))
        return "\(tenths / 10).\(tenths % 10) GB"
    }
}
