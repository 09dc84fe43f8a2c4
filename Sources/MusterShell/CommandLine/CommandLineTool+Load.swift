extension CommandLineTool {
    /// Loads snapshots, or opens those of the database that was named; 3 where one cannot be, else
    /// nil.
    func load(_ snapshots: [String], _ session: Session) -> Int32? {
        load(snapshots, session, from: options.database)
    }

    func load(_ snapshots: [String], _ session: Session, from database: String?) -> Int32? {
        if let database {
            do {
                try session.open(on: database, snapshots)
            } catch {
                session.show(error, nil)
                return 3
            }
        }
        for path in database == nil ? snapshots : [] {
            do {
                try session.load(path)
            } catch {
                session.show(error, nil)
                return 3
            }
        }
        if let text = options.asOf, let day = CommandLineTool.day(text) {
            do {
                try session.read(at: day)
            } catch {
                session.show(error, nil)
                return 1
            }
        }
        return nil
    }
}
