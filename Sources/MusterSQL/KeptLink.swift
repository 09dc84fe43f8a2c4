/// A link to a database that is no longer there in the middle of things.
package protocol LostLink: Error {}

/// A link to a database, kept from one question to the next, and made anew where it was lost.
package struct KeptLink<Link> {
    /// Nil where there is none now.
    package var link: Link?

    package init(_ link: Link?) { self.link = link }

    /// Asks, and asks once more where the link was lost on the way: all that is asked for is read,
    /// so that asking again does no harm. Throws a `LostLink` where a new one was lost too.
    /// - Parameter regained: told of a link that was made anew.
    package mutating func ask<Answer>(make: () throws -> Link, regained: () -> Void,
                                      _ question: (Link) throws -> Answer) throws -> Answer {
        var isAgain = false
        while true {
            let wasThere = link != nil
            do {
                let present = try link ?? make()
                link = present
                if isAgain || !wasThere { regained() }
                return try question(present)
            } catch let lost as any LostLink {
                link = nil
                if isAgain || !wasThere { throw lost }
                isAgain = true
            }
        }
    }
}
