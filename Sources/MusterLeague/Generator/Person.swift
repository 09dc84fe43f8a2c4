import MusterStore

/// The whole life of one generated person as far as the books know it, to the end of 2017.
/// What a snapshot says about a day is cut out of it.
struct Person {
    /// The number in its id, unlike that of any other person.
    var number: Int
    var isMale: Bool
    var name: String
    var birth: Int32
    /// True where the books have no birth date.
    var lacksBirth: Bool
    var idNumber: IdNumber?
    /// Where the person is from `moved` on, and before.
    var unit: Int
    var unitBefore: Int?
    var moved: Int32?
    /// From this day the person is in the books at all.
    var known: Int32
    /// Nil for the few members whose admission day was lost.
    var joined: Int32?
    var left: Int32?
    var cadre: String?
    var partyJoined: Int32?
    var nominated: Int32?
    var registered: Int32?
    var cancelled: Int32?
    var entered: Int32?
    var trained: Int32?
    /// The days on which a year of insurance began.
    var insured: [Int32]
    /// Days from reaching a star to its award; nil for those who never ask.
    var awardDelay: Int32?
    var service: [Service]

    struct Service {
        var day: Int32
        /// Hundredths of an hour.
        var hours: Int
        var field: String
        var project: String?
        var isCertified: Bool
    }

    func unit(on day: Int32) -> Int {
        guard let moved, let unitBefore, day < moved else { return unit }
        return unitBefore
    }

    /// The level awarded by that day, by the scale of 2013.
    func certifiedStars(on day: Int32) -> Int {
        guard let awardDelay, let registered, registered <= day else { return 0 }
        let hours = service.reduce(0) {
            $0 + ($1.isCertified && $1.day <= day - awardDelay ? $1.hours : 0)
        }
        return [100, 300, 600, 1000, 1500].count { hours >= $0 * 100 }
    }
}
