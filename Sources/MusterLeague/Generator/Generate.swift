import MusterStore

/// Writes an invented snapshot, city-shaped and of any size, in memory that does not grow with
/// the number of people. Throws a `Diagnostic` where the options are out of range or the output
/// exists or cannot be written; nothing is left behind then, nor where `advance` throws: it is
/// told now and then how many of how many steps are done.
package func generate(_ options: GeneratorOptions,
                     advance: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }) throws {
    try options.check()
    let plan = CityPlan(people: options.members, seed: options.seed, asOf: options.asOf)
    let city = City(options: options, people: PersonDrawing(plan: plan, seed: options.seed))
    let files = try SnapshotFiles(options.output, options.form)
    try files.manifest(city.manifest)
    try files.table("units", rows: city.writeUnits)
    // The people are drawn twice: for their own table, and for their service.
    let total = 2 * options.members
    try files.table("members") { try city.writeMembers($0) { try advance($0, total) } }
    try files.table("service") { write in
        try city.writeService(write) { try advance(options.members + $0, total) }
    }
    try files.table("teams", rows: city.writeTeams)
    try files.finish()
}
