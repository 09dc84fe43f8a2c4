import MusterDiagnostics

extension Lexer {
    /// Operators and brackets, of one or two characters.
    mutating func mark(_ scalar: Unicode.Scalar, _ end: Int) {
        let second = self.scalar(at: end)
        func then(_ wanted: Unicode.Scalar) -> Int? { second?.value == wanted ? second?.end : nil }
        switch scalar {
        case ",": add(.symbol(.comma), to: end)
        case ";": add(.symbol(.semicolon), to: end)
        case ":": add(.symbol(.colon), to: end)
        case "(": add(.symbol(.open), to: end)
        case ")": add(.symbol(.close), to: end)
        case "+": add(.symbol(.plus), to: end)
        case "-": add(.symbol(.minus), to: end)
        case "*": add(.symbol(.star), to: end)
        case "/": add(.symbol(.slash), to: end)
        case "%": add(.symbol(.percent), to: end)
        case "\u{2260}": add(.symbol(.notEqual), to: end)
        case "\u{2264}": add(.symbol(.lessOrEqual), to: end)
        case "\u{2265}": add(.symbol(.greaterOrEqual), to: end)
        case ".":
            if let end = then(".") { add(.symbol(.range), to: end) } else {
                add(.symbol(.dot), to: end)
            }
        case "\u{3002}": fullStop(end)
        case "<", "\u{300A}":
            if let end = then(">") ?? then("\u{300B}") { add(.symbol(.notEqual), to: end) }
            else if let end = then("=") { add(.symbol(.lessOrEqual), to: end) }
            else { add(.symbol(.less), to: end) }
        case ">", "\u{300B}":
            if let end = then("=") { add(.symbol(.greaterOrEqual), to: end) }
            else { add(.symbol(.greater), to: end) }
        case "=": equals(end, then)
        case "!":
            if let end = then("=") { add(.symbol(.notEqual), to: end) } else { exclamation(end) }
        case "|":
            if let end = then("|") { foreign("||", "or", "或", to: end) }
            else { add(.symbol(.pipe), to: end) }
        case "&": foreign(then("&") == nil ? "&" : "&&", "and", "且", to: then("&") ?? end)
        default: unknown(end)
        }
    }

    /// Behind a value `!=` is meant, before one `not`.
    private mutating func exclamation(_ end: Int) {
        let isBehindValue = switch tokens.last?.kind {
        case .word: tokens.last?.keyword == nil
        case .literal, .quoted, .parameter, .symbol(.close): true
        default: false
        }
        guard isBehindValue else { return foreign("!", "not", "非", to: end) }
        let span = Span(offset, end)
        report("mark.foreign", Message(zh: "没有运算符 !", en: "there is no operator !"), span,
               hint: Message(zh: "不等于写 !=", en: "unequal is written !="),
               fixes: [Fix(span, "!=")])
        add(.symbol(.notEqual), to: end)
    }

    private mutating func equals(_ end: Int, _ then: (Unicode.Scalar) -> Int?) {
        let twins: [(Unicode.Scalar, String, Symbol)] = [
            ("=", "=", .equal), ("<", "<=", .lessOrEqual), (">", ">=", .greaterOrEqual),
        ]
        for (second, right, symbol) in twins {
            guard let end = then(second) else { continue }
            let typed = slice(offset, end), span = Span(offset, end)
            report("mark.foreign",
                   Message(zh: "没有运算符 \(typed)", en: "there is no operator \(typed)"), span,
                   hint: Message(zh: "请写 \(right)", en: "write \(right)"),
                   fixes: [Fix(span, right)])
            return add(.symbol(symbol), to: end)
        }
        add(.symbol(.equal), to: end)
    }

    /// An operator of other languages, read as the word that it means here.
    private mutating func foreign(_ typed: String, _ en: String, _ zh: String, to end: Int) {
        let span = Span(offset, end)
        report("mark.foreign",
               Message(zh: "没有运算符 \(typed)", en: "there is no operator \(typed)"), span,
               hint: Message(zh: "请写“\(zh)”", en: "write `\(en)`"), fixes: [Fix(span, Term(" \(en) ", " \(zh) "))])
        add(.word, en, to: end, keyword: Keyword(rawValue: en))
    }

    /// `。`: twice it is `..`; between two names a dot; else the end of a statement.
    private mutating func fullStop(_ end: Int) {
        let second = scalar(at: end)
        if let (scalar, after) = second, scalar == "\u{3002}" {
            return add(.symbol(.range), to: after)
        }
        let startsName = second.map {
            Lexer.startsWord($0.value) || $0.value == "`" || $0.value == "\u{3010}"
        } ?? false
        let follows = tokens.last.map {
            $0.span.upper == offset && ($0.kind == .word || $0.kind == .quoted)
        } ?? false
        add(.symbol(startsName && follows ? .dot : .semicolon), to: end)
    }

    private mutating func unknown(_ end: Int) {
        let typed = slice(offset, end)
        // A run of them is one fault.
        if let last = tokens.last, last.kind == .invalid, last.span.upper == offset,
           diagnostics.last?.code == "mark.unknown" {
            tokens[tokens.count - 1].span.upper = end
            diagnostics[diagnostics.count - 1].span?.upper = end
            offset = end
            return
        }
        let shown = typed.unicodeScalars.allSatisfy { $0.value < 0x20 || $0.value == 0x7F }
            ? "U+00" + String(typed.utf8.first ?? 0, radix: 16, uppercase: true) : typed
        let hint: Message? = switch typed {
        case "[", "]": Message(zh: "列表写在圆括号内", en: "a list stands in round brackets")
        case "}": Message(zh: "参数写作 {名称}", en: "a parameter is written {name}")
        default: nil
        }
        report("mark.unknown",
               Message(zh: "无法识别的字符 \(shown)", en: "\(shown) means nothing here"),
               Span(offset, end), hint: hint)
        add(.invalid, to: end)
    }

    /// Pairs the brackets and drops the line ends that end no statement: those within a pair,
    /// behind a `|` and before one.
    mutating func settle() {
        var open: [Int] = []
        for index in tokens.indices {
            if tokens[index].is(.open) { open.append(index) }
            guard tokens[index].is(.close) else { continue }
            if open.popLast() == nil {
                report("bracket.unopened",
                       Message(zh: "多余的右括号", en: "this bracket closes nothing"),
                       tokens[index].span)
                tokens[index].kind = .invalid
            }
        }
        for index in open {
            tokens[index].isUnmatched = true
            report("bracket.unclosed",
                   Message(zh: "括号没有闭合", en: "this bracket is never closed"),
                   tokens[index].span, hint: Message(zh: "请加 )", en: "add )"))
        }
        dropIdleLineEnds()
    }

    private mutating func dropIdleLineEnds() {
        var isPipeNext = [Bool](repeating: false, count: tokens.count + 1)
        for index in tokens.indices.reversed() {
            isPipeNext[index] = tokens[index].kind == .newline ? isPipeNext[index + 1]
                : tokens[index].is(.pipe)
        }
        var kept: [Token] = []
        kept.reserveCapacity(tokens.count)
        var nesting = 0
        for (index, var token) in tokens.enumerated() {
            if token.is(.close) { nesting -= 1 }
            token.nesting = nesting
            if token.is(.open), !token.isUnmatched { nesting += 1 }
            let isIdle = token.kind == .newline && (nesting > 0 || isPipeNext[index]
                || kept.last?.is(.pipe) == true || kept.last?.kind == .newline)
            if !isIdle { kept.append(token) }
        }
        tokens = kept
    }
}
