import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// What is loaded, chosen and defined: everything outside a script that an answer depends on.
///
/// `apply` is the one door that changes it. A change by which an answer made before might come
/// out otherwise is remembered by its name, so that results know that they are stale, and why.
package struct Books {
    /// What can happen to them.
    package enum Change {
        /// A snapshot beside the others, in place of one of the same day; the latest is current.
        case load(DataSet)
        /// The snapshot of a day, or all of them.
        case unload(day: Int32?)
        /// The snapshot of a loaded day is current.
        case use(day: Int32)
        /// Queries read at an earlier day than the snapshot's.
        case read(day: Int32)
        /// A table in place of one of its name; nil drops it.
        case table(FrozenTable?, as: String)
        case define(Definition)
        /// A relation between tables, in place of one of its name.
        case relate(MadeRelation)
        case unrelate(Relating)
        case parameter(Parameter, as: String)
        /// What fields mean, by the setting that was changed.
        case set(Domain, Term)
        /// A file that a table was loaded from.
        case source(String)
        /// Names of persons are shortened, by the setting that says so.
        case hideNames(Bool, Term)
        /// What is shown is for the public, with figures of so many persons and more; nil: it is
        /// not.
        case publish(from: Int?, Term)
        /// Which snapshot an earlier day is read from.
        case history(History, Term)
    }

    /// As the binder sees them.
    package private(set) var environment: Environment
    /// Files that tables were loaded from.
    private var files: [String] = []
    /// What everything loaded was loaded from: files and folders.
    package var sources: [String] { environment.dataSets.map(\.snapshot.path) + files }
    /// What was done to them, in order, that an answer may depend on.
    private(set) var changes: [Term] = []
    /// Goes up with every change that could alter an answer.
    package var generation: Int { changes.count }

    package init(_ domain: Domain, dataSets: [DataSet] = []) {
        environment = Self.environment(domain, dataSets)
    }

    private static func environment(_ domain: Domain, _ dataSets: [DataSet]) -> Environment {
        Environment(domain: domain,
                    registry: Registry(domain: domain, statements: Commands.signatures),
                    dataSets: dataSets)
    }

    package mutating func apply(_ change: Change) {
        switch change {
        case .load(let data):
            let others = environment.dataSets.filter { $0.asOf != data.asOf }
            arrange((others + [data]).sorted { $0.asOf < $1.asOf })
            changes.append(LoadCommand.signature.name)
        case .unload(let day):
            arrange(day.map { day in environment.dataSets.filter { $0.asOf != day } } ?? [])
            changes.append(UnloadCommand.signature.name)
        case .use(let day):
            let place = environment.dataSets.firstIndex { $0.asOf == day }
            guard let place, place != environment.current else { return }
            environment.current = place
            changes.append(UseCommand.signature.name)
        case .read(let day):
            guard day != environment.readingDay else { return }
            environment.readingDay = day
            changes.append(Term("--as-of", "--as-of"))
        case .table(let table, let name): environment.tables[name] = table
        case .source(let path): if !files.contains(path) { files.append(path) }
        case .define(let definition): environment.definitions[definition.name] = definition
        case .relate(let made):
            environment.relations.keep(made)
            changes.append(RelateCommand.signature.name)
        case .unrelate(let relating):
            environment.relations.drop(relating)
            changes.append(RelateCommand.signature.name)
        case .parameter(let parameter, let name): environment.parameters[name] = parameter
        case .set(let domain, let name):
            let isOther = domain.settings.map(\.value)
                != environment.domain.settings.map(\.value)
            guard isOther else { return }
            rebind(domain)
            changes.append(SetCommand.written(name))
        case .hideNames(let hides, let name):
            guard hides != environment.hidesNames else { return }
            environment.hidesNames = hides
            changes.append(SetCommand.written(name))
        case .publish(let least, let name):
            guard least != environment.publishesFrom else { return }
            environment.publishesFrom = least
            changes.append(SetCommand.written(name))
        case .history(let history, let name):
            guard history != environment.history else { return }
            environment.history = history
            changes.append(SetCommand.written(name))
        }
    }

    /// Other snapshots; the latest becomes current.
    private mutating func arrange(_ dataSets: [DataSet]) {
        // Nothing is current while the numbers change their meaning.
        environment.current = nil
        environment.dataSets = dataSets
        environment.current = dataSets.indices.last
    }

    /// The same under a domain of other settings.
    private mutating func rebind(_ domain: Domain) {
        let old = environment
        environment = Self.environment(domain, old.dataSets)
        environment.current = old.current
        (environment.tables, environment.relations) = (old.tables, old.relations)
        environment.definitions = old.definitions
        environment.parameters = old.parameters
        (environment.hidesNames, environment.publishesFrom) = (old.hidesNames, old.publishesFrom)
        (environment.readingDay, environment.history) = (old.readingDay, old.history)
    }
}
