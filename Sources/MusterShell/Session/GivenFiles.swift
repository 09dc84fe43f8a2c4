/// The files and folders that the command line names, for the scripts that run.
package struct GivenFiles: Sendable {
    /// May be read and written in and below (`--allow`).
    package var folders: [String]
    /// May be read: the snapshots.
    package var data: [String]
    /// Where the report goes.
    package var output: String?
    /// All that is carried out is a script, not typed: standard input that is no terminal.
    package var isScript: Bool

    package init(folders: [String] = [], data: [String] = [], output: String? = nil,
                 isScript: Bool = false) {
        self.folders = folders
        self.data = data
        self.output = output
        self.isScript = isScript
    }
}
