import MusterDiagnostics
import MusterFiles

/// Whether there is room for what is to be loaded.
enum Memory {
    /// Bytes of memory that a byte of a file takes at the least while it is loaded: 0.39 were
    /// measured on a roster of 290 MB, which is the most compact of what there is.
    private static let ratio = 0.35
    /// Bytes that a byte of a packed file holds at the least.
    private static let unpacked = 4

    /// - Throws: `machine.memory` where there surely is too little: what is refused late has cost
    ///   time, and may cost the programs beside it theirs.
    static func check(_ path: String, _ inputs: [TableInput]) throws(Diagnostic) {
        let bytes = inputs.reduce(0.0) { sum, input in
            sum + min(Double(input.size), Double(input.diskSize) * Double(unpacked))
        }
        let needed = bytes * ratio
        let left = Double(Machine.memoryLeft)
        guard needed > left else { return }
        let (wanted, has) = (Machine.shown(needed), Machine.shown(left))
        throw Diagnostic(
            "machine.memory",
            Message(zh: "\(path)：装载至少要 \(wanted) 内存，现在只有 \(has)",
                    en: "\(path): loading takes \(wanted) of memory at the least, and there is "
                        + "\(has)"),
            hint: Message(zh: "请关闭别的程序、放宽限制（ulimit -v、容器），或装载小一些的数据",
                          en: "close other programs, raise the limit (ulimit -v, the container's), "
                              + "or load less"))
    }
}
