/// How a path of Windows (`C:\Users\…`, `\\server\…`) is written here; nil for every other path.
package func windowsPathHint(_ path: String) -> Message? {
    if let drive = path.wholeMatch(of: /([A-Za-z]):([\\\/].*)/) {
        let here = "/mnt/" + drive.1.lowercased()
            + String(drive.2.map { $0 == "\\" ? "/" : $0 })
        return Message(
            zh: "这是 Windows 的路径，本程序运行在 Linux 里；在 WSL 中写作 \"\(here)\"",
            en: "this is a path of Windows, and the program runs on Linux: under WSL it is "
                + "\"\(here)\"")
    }
    // In quotes two of them stand for one.
    guard path.hasPrefix(#"\"#) else { return nil }
    return Message(zh: "这是 Windows 的网络路径，请先把文件拷贝到本机",
                   en: "this is a network path of Windows: copy the file here first")
}
