import Foundation
@testable import MusterLeague
import MusterStore
import Testing

/// The generated city has the shape that the statistics need to be worth reading.
struct GeneratedCityTests {
    private struct Tally {
        var of = 0, registered = 0
        var rate: Double { of == 0 ? 0 : Double(registered) / Double(of) }
    }

    /// Members and registered ones by district-level unit at a day, by the definitions of the
    /// format, worked out from the text of the rows.
    private static func tally(_ snapshot: GeneratedSnapshot, _ day: String) throws
    -> [String: Tally] {
        var district: [String: String] = [:]
        for unit in try snapshot.rows("units") {
            let id = unit.text("id") ?? ""
            let above = unit.text("level") == "district" ? id : district[unit.text("parent") ?? ""]
            district[id] = above
            if let formerly = unit.text("formerly") { district[formerly] = above }
        }
        func holds(_ from: String?, _ to: String?) -> Bool {
            guard let from, from <= day else { return false }
            guard let to, to >= from else { return true }
            return to > day
        }
        var result: [String: Tally] = [:]
        for person in try snapshot.rows("members") where person.text("status") == "member" {
            guard holds(person.text("joined"), person.text("left")) else { continue }
            let unit = district[person.text("unit") ?? ""] ?? ""
            result[unit, default: Tally()].of += 1
            if holds(person.text("registered"), person.text("cancelled")) {
                result[unit, default: Tally()].registered += 1
            }
        }
        return result
    }

    @Test func someUnitsMeetTheTargetAndSomeMissIt() throws {
        let city = try GeneratedSnapshot(members: 3000)
        for (day, range, target) in [("2015-12-31", 0.45...0.62, 0.5),
                                     ("2016-12-31", 0.66...0.84, 0.75),
                                     ("2017-12-31", 0.84...0.95, 0.95)] {
            let units = try Self.tally(city, day)
            let all = units.values.reduce(into: Tally()) {
                $0.of += $1.of
                $0.registered += $1.registered
            }
            #expect(range.contains(all.rate), "\(day): \(all.rate)")
            let met = units.values.count { $0.rate >= target }
            #expect(met >= 8, "\(day): \(met) of \(units.count)")
            #expect(units.count - met >= 8, "\(day): \(met) of \(units.count)")
        }
    }

    @Test func theAwkwardCasesAreThere() throws {
        let city = try GeneratedSnapshot(members: 6000)
        let people = try city.rows("members"), units = try city.rows("units")
        #expect(people.contains { $0.text("status") == "activist" && $0.text("registered") != nil })
        #expect(people.contains { $0.text("status") == "member" && $0.text("joined") == nil })
        #expect(people.contains { $0.text("birth") == nil })
        #expect(people.contains { ($0.text("birth") ?? "") > "2004" && $0.text("joined") != nil })
        #expect(people.contains { $0.text("registered") != nil
            && $0.text("registered") == $0.text("cancelled") })
        #expect(people.contains { $0.text("cadre") == "full_time" })
        #expect(people.contains { $0.text("party_joined") != nil && $0.text("cadre") == nil })
        let used = Set(people.compactMap { $0.text("unit") })
        #expect(units.contains {
            $0.text("level") == "branch" && !used.contains($0.text("id") ?? "")
        })
        for level in ["committee", "branch"] {
            #expect(units.contains { $0.text("level") == level && $0.text("parent") == "12" })
        }
        #expect(units.contains { $0.text("level") == "general_branch" })
        let districts = Set(units.filter { $0.text("level") == "district" }.map { $0.text("id") })
        #expect(units.contains { $0.text("level") == "branch"
            && districts.contains($0.text("parent")) && used.contains($0.text("id") ?? "") })
        let stars = Set(people.compactMap { $0["certified_stars"] as? Int })
        #expect(stars.isSuperset(of: [0, 1, 2]))
        let hours = try city.rows("service").compactMap { ($0["hours"] as? NSNumber)?.doubleValue }
        #expect(hours.allSatisfy { $0 > 0 && $0 <= 24 })
        #expect((4 * people.count...7 * people.count).contains(hours.count))
    }

    @Test func identityNumbersAreRightButForAFew() throws {
        #expect(IdNumber(area: 340_524, birth: try day(1980, 1, 1), sequence: 1).check
            == UInt8(ascii: "X"))
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        var right = 0, wrong = 0, otherBirth = 0, otherSex = 0
        for person in try GeneratedSnapshot(members: 6000).rows("members") {
            guard let number = person.text("id_number") else { continue }
            let digits = number.dropLast().compactMap(\.wholeNumberValue)
            #expect(digits.count == 17)
            let sum = zip(weights, digits).reduce(0) { $0 + $1.0 * $1.1 }
            if Array("10X98765432")[sum % 11] == number.last { right += 1 } else { wrong += 1 }
            if digits[16] % 2 != (person.text("gender") == "男" ? 1 : 0) { otherSex += 1 }
            let birth = (person.text("birth") ?? "").filter { $0 != "-" }
            if !birth.isEmpty, !number.dropFirst(6).hasPrefix(birth) { otherBirth += 1 }
        }
        #expect(right > 5500)
        #expect((1...60).contains(wrong))
        #expect((1...30).contains(otherBirth))
        #expect(otherSex <= 3, "only where two people share one number")
    }
}
