import MusterDiagnostics
import MusterValues

/// What an import came to.
package struct ImportResult: Sendable {
    /// Every sheet of every file, in order.
    package let accounts: [SheetAccount]
    /// How many questions there are, and about how many rows that could not be taken.
    package let questions: Int
    package let notTaken: Int
    /// The most frequent ones, with how many: what to look at first.
    package let kinds: [(field: Term, count: Int)]
    package let corrections: Int
    package let idle: [IdleAnswer]
    /// Rows of the snapshot's tables: what they are called, how many.
    package let tables: [(name: Term, rows: Int)]
    package let notes: [Message]
    package let isDryRun: Bool
    /// Where the questions went; nil where there are none.
    package let questionsPath: String?
    package let target: String
    /// Where what was guessed of headings went; nil where nobody asked for it.
    package let mappingPath: String?

    /// The sums of all sheets.
    package var whole: SheetAccount {
        var whole = SheetAccount(file: "", sheet: "")
        for account in accounts {
            whole.read += account.read
            whole.taken += account.taken
            whole.asked += account.asked
            whole.hidden += account.hidden
            whole.reasons.merge(account.reasons) { $0 + $1 }
        }
        return whole
    }
}

extension Importer {
    var result: ImportResult {
        let all = accounts.flatMap { $0 }
        // Every row is one thing and one only.
        precondition(all.allSatisfy { $0.read == $0.taken + $0.asked + $0.passedOver })
        var counts: [Term: Int] = [:]
        for question in questions { counts[question.field, default: 0] += 1 }
        let kinds = counts.sorted { ($1.value, $0.key.en) < ($0.value, $1.key.en) }
        var tables: [(name: Term, rows: Int)] = []
        for sheet in form.sheets {
            let rows = sheet.table == form.tree ? units.nodes.count
                : sheet.table == form.persons ? people.people.count
                : facts[sheet.table]?.count ?? 0
            let noun = domain.source(sheet.table)?.name
            tables.append((noun ?? sheet.title, rows))
        }
        let shown = all.filter { $0.read > 0 || $0.table != nil }
        return ImportResult(
            accounts: shown, questions: questions.count,
            notTaken: questions.count { $0.kind == .notTaken },
            kinds: kinds.map { ($0.key, $0.value) }, corrections: answers.corrections.count,
            idle: answers.idle, tables: tables, notes: notes, isDryRun: options.isDryRun,
            questionsPath: questions.isEmpty ? nil : questionsPath,
            target: options.target, mappingPath: options.writtenMapping)
    }

    func day(_ day: Int32) -> String { CivilDay.text(day) }
}
