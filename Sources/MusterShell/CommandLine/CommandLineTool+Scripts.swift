import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

extension CommandLineTool {
    /// Every error of each script at once.
    package func check(_ scripts: [String]) -> Int32 {
        var isFine = true
        for name in scripts {
            let session = newSession(isInteractive: false)
            do {
                let path = try ScriptLibrary.find(name, at: nil)
                let source = SourceText(name: path, text: try ScriptLibrary.read(path, at: nil))
                let faults = ScriptChecker(session).faults(source)
                if !faults.isEmpty {
                    isFine = false
                    session.show(faults)
                }
            } catch {
                isFine = false
                session.show(error, nil)
            }
        }
        return isFine ? 0 : 1
    }

    /// The scripts in canonical layout on standard output.
    package func format(_ scripts: [String], to target: Language?) -> Int32 {
        var isFine = true
        for name in scripts {
            let session = newSession(isInteractive: false)
            do {
                let path = try ScriptLibrary.find(name, at: nil)
                let source = SourceText(name: path, text: try ScriptLibrary.read(path, at: nil))
                let (script, meanings, vocabulary) = ScriptChecker(session).read(source)
                guard script.diagnostics.isEmpty else {
                    throw Diagnostics(script.diagnostics.map { $0.located(in: source) })
                }
                let text = MusterLanguage.format(
                    script, vocabulary: vocabulary, language: target,
                    renamed: target.map { language in meanings.mapValues { $0[language] } }
                        ?? [:])
                CommandLineTool.put(
                    Terminal.isTerminal(Terminal.output) ? visibleLines(text) : text)
            } catch {
                isFine = false
                session.show(error, nil)
            }
        }
        return isFine ? 0 : 1
    }
}
