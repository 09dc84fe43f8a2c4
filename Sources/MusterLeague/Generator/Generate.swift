import MusterStore

/// Writes an invented snapshot, city-shaped and of any size, in memory that does not grow with
/// the number of people. Throws a `Diagnostic` where the options are out of range or the output
/// exists or cannot be written; nothing is left behind then.
public func generate(_ options: GeneratorOptions) throws {
    try options.check()
    let plan = CityPlan(people: options.members, seed: options.seed, asOf: options.asOf)
    let city = City(options: options, people: PersonDrawing(plan: plan, seed: options.seed))
    let files = try SnapshotFiles(options.output, options.form)
    do {
        try files.manifest(city.manifest)
        try files.table("units", rows: city.writeUnits)
        try files.table("members", rows: city.writeMembers)
        try files.table("service", rows: city.writeService)
        try files.table("teams", rows: city.writeTeams)
        try files.finish()
    } catch {
        files.discard()
        throw error
    }
}
