import MusterShell

/// A console with somebody in front of it who is shown everything and asked nothing.
struct AttendedConsole: Console {
    let write: (String) -> Void
    var isAttended: Bool { true }
    var progress: ProgressLine? { nil }

    init(_ write: @escaping (String) -> Void) { self.write = write }

    /// Only counts what is written.
    init(_ wrote: @escaping () -> Void) { self.init { _ in wrote() } }

    func results(_ bytes: [UInt8]) { write(String(decoding: bytes, as: UTF8.self)) }
    func messages(_ text: String) { write(text) }
}
