import MusterBinding
import MusterPlan

extension Environment {
    /// How the rows of plain tables lead to persons, over one relation or several.
    ///
    /// - Parameter references: by entity, the stored column that refers to a person.
    func wayToPersons(_ persons: String, _ references: [String: String])
        -> [TableReference: Contributors.TablePath] {
        let relations = relations.filter(holds).map(\.relation)
        var found: [TableReference: Contributors.TablePath] = [:]
        for relation in relations {
            guard case .table(let table, let columns) = relation.lower, found[table] == nil,
                  let person = person(above: relation, persons, references, relations, [])
            else { continue }
            found[table] = Contributors.TablePath(columns: columns, value: person)
        }
        return found
    }

    /// The person that a lower row's upper row is, or leads to in its turn.
    private func person(above relation: Relation, _ persons: String,
                        _ references: [String: String], _ relations: [Relation],
                        _ passed: [Relation]) -> Scalar? {
        let row = relation.upperRow { $0 }
        switch relation.upper {
        case .entity(persons): return row
        case .entity(let entity):
            return references[entity].map {
                Scalar(.field(entity: entity, column: $0, row: row), .row(persons))
            }
        case .table(let table, let columns):
            for next in relations where next.lower.table == table && !passed.contains(next) {
                guard let further = person(above: next, persons, references, relations,
                                           passed + [relation]) else { continue }
                let infos = tables[table.name]?.columns ?? []
                return further.substituting { id in
                    columns.firstIndex(of: id).map {
                        Scalar(.cell(table, $0, row), infos[$0].type)
                    }
                }
            }
            return nil
        }
    }
}
