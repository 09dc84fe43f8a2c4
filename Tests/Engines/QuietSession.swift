import MusterLeague
import MusterShell

/// A session that answers in English as csv into memory.
package enum QuietSession {
    /// What one has said.
    package final class Output {
        package var results: [UInt8] = []
        package var messages = ""
    }

    package static func make() -> (Session, Output) {
        let output = Output()
        var preferences = Preferences(language: .en)
        preferences.format = "csv"
        let session = Session(preferences: preferences, domain: League.domain(),
                              output: SessionOutput(results: { output.results += $0 },
                                                    messages: { output.messages += $0 }))
        return (session, output)
    }
}
