import MusterBinding
import MusterDiagnostics
import MusterEngine
import MusterLanguage

extension Session {
    /// A `let`: checked before it holds.
    func define(_ name: Name, _ parameters: [Name], _ value: Expression, _ source: SourceText)
        throws {
        let definition = Definition(name: name.text, parameters: parameters, value: value,
                                    source: source)
        // As if it were there already, so that a circle does no harm to an older one.
        var next = environment
        next.definitions[name.text] = definition
        try Binder(next, run: newRun(), source: source).check(name, parameters, value)
        change(.define(definition))
        guard source.isTyped, frames.isEmpty, console.isAttended else { return }
        let said = source.slice(name.span.union(value.span))
        say(Message(zh: "已定义 \(said)", en: "defined \(said)"))
    }
}
