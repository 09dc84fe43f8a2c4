import MusterBinding
import MusterDiagnostics
import MusterPlan

/// The parts of a statement that hold the rates to be reached.
struct TargetParts {
    /// By row of the tree and year: its own, or its nearest ancestor's.
    let own: String
    /// By year, for all.
    let general: String
}

extension StatementWriter {
    fileprivate func targetParts(_ definition: TargetsDefinition) -> TargetParts {
        if let targets { return targets }
        let source = table(definition.entity), closure = table(Layout.closure(definition.tree))
        let owner: SQL = "t.\(name: definition.owner)", year: SQL = "t.\(name: definition.year)"
        let rate: SQL = "t.\(name: definition.rate)"
        let nearest = over(["a._below", year], ["u._depth desc", "t._row desc"])
        let all = select(["a._below as _row", "\(year) as _year", "\(rate) as _rate",
                          "row_number() \(nearest) as _number"],
                         from: "\(source) t\n  join \(closure) a on a._above = \(owner)"
                             + "\n  join \(table(definition.tree)) u on u._row = \(owner)")
        let own = add("target_of_row", select(["t._row", "t._year", "t._rate"],
                                              from: "(\n\(all)\n) t", where: ["t._number = 1"]))
        let last = over([year], ["t._row desc"])
        let years = select(["\(year) as _year", "\(rate) as _rate",
                            "row_number() \(last) as _number"],
                           from: "\(source) t", where: ["\(owner) is null"])
        let general = add("target_of_year", select(["t._year", "t._rate"],
                                                   from: "(\n\(years)\n) t",
                                                   where: ["t._number = 1"]))
        let parts = TargetParts(own: own, general: general)
        targets = parts
        return parts
    }
}

extension Scope {
    /// The rate that a row of the targets' tree is to reach in a year, in millionths.
    func benchmark(_ row: Scalar?, _ year: Scalar) throws -> SQL {
        guard let definition = writer.context.domain.targets else {
            return "\(value: .none, .decimal(6))"
        }
        let parts = writer.targetParts(definition)
        let year = try value(year)
        let general = join("\(name: parts.general)", "general") {
            "\(name: $0)._year = \(year)"
        }
        guard let row else { return "\(name: general)._rate" }
        let number = try value(row)
        let own = join("\(name: parts.own)", "target") {
            "\(name: $0)._row = \(number) and \(name: $0)._year = \(year)"
        }
        return "coalesce(\(name: own)._rate, \(name: general)._rate)"
    }
}
