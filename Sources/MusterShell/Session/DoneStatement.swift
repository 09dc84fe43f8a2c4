import MusterBinding
import MusterDiagnostics
import MusterLanguage

/// A statement that was typed and worked: what a script of the conversation is made of.
struct DoneStatement {
    let text: String
    /// Its number in the history.
    let number: Int
    /// What it brings for those behind it: definitions, tables, relations.
    let names: [String]
    /// Has a result, which others may go on from.
    let isAnswer: Bool
    /// Needs the result before it.
    let goesOn: Bool
    /// Bears on every result behind it.
    let isSetting: Bool
    /// Whether a script can hold it at all.
    let isForScripts: Bool

    init(_ statement: Statement, _ text: String, number: Int, in session: Session) {
        self.text = text
        self.number = number
        let command = statement.command
        var isAnswer = command?.traits.contains(.goesOn) == true
        var goesOn = isAnswer, isForScripts = true, names: [String] = []
        switch statement.kind {
        case .query(let expression):
            isAnswer = true
            goesOn = expression.goesOn != nil
            if case .pipeline(let pipeline) = expression.kind {
                names = pipeline.stages.filter { $0.traits.contains(.keeps) }
                    .flatMap { Self.names(in: $0.arguments) }
            }
        case .assignment(let name, _, _): names = [name.text]
        case .parameter(let name, _, _, _, _): names = [name.text]
        case .command(_, _, let arguments):
            names = Self.names(in: arguments)
            let traits = command?.traits ?? []
            isForScripts = traits.isDisjoint(with: [.unlogged, .typed])
                && (statement.isRehearsed || traits.contains(.chooses)
                    || Commands.inScripts.contains { $0 == command })
                && !(command == SetCommand.self && SetCommand.isForTyping(arguments, in: session))
        }
        self.isAnswer = isAnswer
        self.goesOn = goesOn
        self.names = names
        self.isForScripts = isForScripts
        isSetting = command?.traits.contains(.chooses) == true
    }

    private static func names(in arguments: [String: SlotValue]) -> [String] {
        arguments.values.flatMap { value -> [String] in
            switch value {
            case .name(let name): [name.text]
            case .words(let names): names.map(\.text)
            default: []
            }
        }
    }

    /// Whether its text holds the name as a word; in Chinese as a part of a run.
    func mentions(_ name: String) -> Bool {
        text.ranges(of: name).contains { range in
            guard name.unicodeScalars.allSatisfy(\.isASCII) else { return true }
            let before = range.lowerBound > text.startIndex
                ? text[text.index(before: range.lowerBound)] : " "
            let behind = range.upperBound < text.endIndex ? text[range.upperBound] : " "
            return ![before, behind].contains { $0.isASCII && ($0.isLetter || $0.isNumber
                || $0 == "_") }
        }
    }
}

extension [DoneStatement] {
    /// Those at these places with what they depend on, in their order.
    func closure(of chosen: some Sequence<Int>) -> [Int] {
        var found: Set<Int> = [], open = Array<Int>(chosen)
        while let place = open.popLast() {
            guard found.insert(place).inserted else { continue }
            if self[place].goesOn, let before = self[..<place].lastIndex(where: \.isAnswer) {
                open.append(before)
            }
            var known: Set<String> = []
            for earlier in indices.prefix(upTo: place).reversed() {
                for name in self[earlier].names
                where self[place].mentions(name) && known.insert(name).inserted {
                    open.append(earlier)
                }
            }
            open += indices.prefix(upTo: place).filter {
                self[$0].isSetting && self[$0].isForScripts
            }
        }
        return found.sorted()
    }
}
