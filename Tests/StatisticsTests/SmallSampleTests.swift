import Testing

/// The figures of every statistic on the small sample, as worked out by hand from its rows in
/// samples/small/README.md.
@Suite struct SmallSampleTests {
    @Test func progressAtTheEndOf2017() throws {
        let table = try sheet("progress", on: "small")
        #expect(table.by("of n rate eligible target gap short met rank rank_in_kind") == [
            "和平区团委": "12 8 0.6667 0.7273 0.95 -0.2833 4 no 3 2",
            "宁河区团委": "7 6 0.8571 0.8571 0.95 -0.0929 1 no 2 1",
            "市审计局团委": "0 0 – – 0.95 – – – – –",
            "南开大学团委": "9 9 1 1 0.95 0.05 0 yes 1 1",
            "天津青年宫团委": "1 0 0 0 0.95 -0.95 1 no 4 1",
            "total": "29 23 0.7931 0.8214 0.95 -0.1569 5 no – –",
        ])
    }

    @Test func progressOnTheDayAimedAt() throws {
        let table = try sheet("progress", on: "small", asOf: "2015-10-31")
        #expect(table.by("of n rate short") == [
            "和平区团委": "11 5 0.4545 1", "宁河区团委": "7 4 0.5714 0",
            "市审计局团委": "0 0 – –", "南开大学团委": "7 3 0.4286 1",
            "天津青年宫团委": "2 1 0.5 0", "total": "27 13 0.4815 1",
        ])
    }

    @Test func yearsAndTheUnitsThatMetEachOne() throws {
        let tables = try sheets("years", on: "small")
        #expect(tables[0].by("2015·rate 2015·met 2016·rate 2016·met 2017·rate 2017·met") == [
            "和平区团委": "0.5 yes 0.75 yes 0.6667 no",
            "宁河区团委": "0.4286 yes 0.875 yes 0.8571 no",
            "市审计局团委": "– – – – – –", "南开大学团委": "0.375 no 0.875 yes 1 yes",
            "天津青年宫团委": "1 yes 1 yes 0 no", "total": "0.4828 no 0.8276 yes 0.7931 no",
        ])
        #expect(tables.having("years_met").isEmpty)
        let until2016 = try sheets("years", on: "small", given: ["to": "2016"])
        #expect(until2016[1].by("years_met") == [
            "和平区团委": "2", "宁河区团委": "2", "天津青年宫团委": "2",
        ])
    }

    @Test func priorityGroupsOf2015() throws {
        let tables = try sheets("priority-groups", on: "small",
                                given: ["year": "2015", "names": "true"])
        #expect(tables[0].by("of n rate short met") == [
            "full-time cadres": "3 3 1 0 yes", "part-time cadres": "3 2 0.6667 1 no",
            "Party members": "3 1 0.3333 2 no", "admitted in the year": "5 2 0.4 3 no",
            "total": "13 7 0.5385 6 no",
        ])
        let groups = ["full-time·cadres", "part-time·cadres", "Party·members",
                      "admitted·in·the·year", "total"]
        #expect(tables[1].by(groups.map { "\($0)·n \($0)·of" }.joined(separator: " ")) == [
            "和平区团委": "1 1 1 1 0 1 2 3 3 5", "宁河区团委": "1 1 0 1 1 1 0 1 2 4",
            "市审计局团委": "0 0 0 0 0 0 0 0 0 0", "南开大学团委": "1 1 1 1 0 1 0 1 2 4",
            "天津青年宫团委": "0 0 0 0 0 0 0 0 0 0",
            "total": "3 3 2 3 1 3 2 5 7 13",
        ])
        #expect(tables[2].rows.map { $0[1] } == ["李强", "卫红", "许强", "何静", "严峻", "金在勋"])
    }

    @Test func sectorsAtTwoYearsEnds() throws {
        #expect(try sheet("sectors", on: "small").by("n of") == [
            "state enterprises": "2 2", "government and institutions": "9 12",
            "universities": "9 9", "total": "20 23",
        ])
        #expect(try sheet("sectors", on: "small", given: ["day": "2015-12-31"]).by("n of") == [
            "state enterprises": "1 2", "government and institutions": "6 12",
            "universities": "3 8", "total": "10 22",
        ])
    }

    @Test func campaignMonthByMonth() throws {
        let months = (6...10).map { $0 < 10 ? "2015-0\($0)·new" : "2015-\($0)·new" }
        let table = try sheet("campaign", on: "small")
        #expect(table.by(months.joined(separator: " ") + " 2015-10·cumulative_new") == [
            "和平区团委": "2 0 0 1 1 4", "宁河区团委": "1 1 0 0 2 4", "市审计局团委": "0 0 0 0 0 0",
            "南开大学团委": "1 0 0 1 0 2", "天津青年宫团委": "0 0 0 0 0 0", "total": "4 1 0 2 3 10",
        ])
    }

    @Test func entryInThePlatform() throws {
        let table = try sheet("entry", on: "small")
        #expect(table.by("registered_n entered_n to_enter typical longest") == [
            "和平区团委": "8 7 1 35 472", "宁河区团委": "6 5 1 11 30", "市审计局团委": "0 0 0 – –",
            "南开大学团委": "9 8 1 14.5 573", "天津青年宫团委": "0 0 0 – –", "total": "23 20 3 15 573",
        ])
    }

    @Test func serviceFieldsOfThreeYears() throws {
        let of2017 = try sheet("service-fields", on: "small").by("h times people")
        #expect(of2017["total"] == "365.68 26 16")
        #expect(of2017["社区服务"] == "138.25 11 8")
        #expect(of2017["文化建设"] == "29.88 3 2")
        #expect(of2017["海外服务"] == "0 0 0")
        #expect(of2017.count == 12)
        let of2016 = try sheet("service-fields", on: "small", given: ["year": "2016"])
            .by("h times people")
        #expect(of2016["total"] == "252.8 17 12")
        #expect(of2016["社区服务"]?.hasPrefix("51.5 ") == true)
        #expect(of2016["社区服务"]?.hasSuffix(" 5") == true)
        let of2015 = try sheet("service-fields", on: "small", given: ["year": "2015"])
            .by("h times people")
        #expect(of2015["total"] == "223.75 17 14")
        #expect(of2015["社区服务"] == "39 4 4")
    }

    @Test func keyProjectsOf2016() throws {
        let tables = try sheets("key-projects", on: "small", given: ["year": "2016"])
        #expect(tables[0].by("people h") == [
            "关爱农民工子女": "1 48", "西部计划": "1 40", "阳光行动": "1 10",
            "青年网络文明志愿行动": "1 4", "total": "4 102",
        ])
        #expect(tables[1].by("关爱农民工子女·h 西部计划·h 阳光行动·h 青年网络文明志愿行动·h total·h") == [
            "和平区团委": "0 0 0 4 4", "宁河区团委": "48 0 0 0 48", "南开大学团委": "0 40 10 0 50",
            "市审计局团委": "0 0 0 0 0", "天津青年宫团委": "0 0 0 0 0", "total": "48 40 10 4 102",
        ])
        #expect(tables[2].by("people times h") == [
            "和平区团委": "1 1 4", "宁河区团委": "0 0 0", "市审计局团委": "0 0 0", "南开大学团委": "0 0 0",
            "天津青年宫团委": "0 0 0", "total": "1 1 4",
        ])
    }

    @Test func activityIn2017() throws {
        let table = try sheet("activity", on: "small")
        #expect(table.by("registered_n none_served some enough middle") == [
            "和平区团委": "8 3 3 2 1.9", "宁河区团委": "6 4 1 1 0", "市审计局团委": "0 0 0 0 –",
            "南开大学团委": "9 4 3 2 1.25", "天津青年宫团委": "0 0 0 0 –", "total": "23 11 7 5 0.5",
        ])
        #expect(table.by("h never")["total"] == "306.68 6")
    }

    @Test func starsDueAndCertified() throws {
        let tables = try sheets("stars", on: "small", given: ["names": "true"])
        #expect(tables[0].by("registered_n s1 s2 s3 c1 c2 due") == [
            "和平区团委": "8 0 1 0 1 0 1", "宁河区团委": "6 1 0 0 0 0 1",
            "市审计局团委": "0 0 0 0 0 0 0", "南开大学团委": "9 1 0 0 1 0 0",
            "天津青年宫团委": "0 0 0 0 0 0 0",
            "total": "23 2 1 0 2 0 2",
        ])
        #expect(tables[1].rows.map { Array($0[1...]) } == [
            ["赵敏", "300", "2", "1"], ["韩梅", "100.5", "1", "–"],
        ])
    }

    @Test func minorsAtThreeDays() throws {
        #expect(try sheet("minors", on: "small").by("of n served h") == [
            "under 14": "1 0 0 0", "14 to 17": "5 4 3 44.5", "total": "6 4 3 44.5",
        ])
    }

    @Test func safeguardsOfTheRegistered() throws {
        let table = try sheet("safeguards", on: "small")
        #expect(table.by("registered_n trained_n insured_n lapsing certified_h recorded_h") == [
            "和平区团委": "8 3 1 1 373.1 394.1", "宁河区团委": "6 2 1 0 112 112",
            "市审计局团委": "0 0 0 0 0 0", "南开大学团委": "9 3 2 1 267.13 267.13",
            "天津青年宫团委": "0 0 0 0 0 0",
            "total": "23 8 4 2 752.23 773.23",
        ])
        #expect(table.by("certified_share")["市审计局团委"] == "–")
    }

    @Test func organisationNowAndIn2015() throws {
        #expect(try sheet("organisation", on: "small").by("of n") == [
            "branches with a team": "9 2", "universities with an association": "1 1",
            "middle schools with a corps": "1 1", "counties and districts with an association": "2 1",
        ])
        let before = try sheet("organisation", on: "small", given: ["day": "2015-12-31"])
        #expect(before.by("of n")["middle schools with a corps"] == "1 0")
        let units = try sheet("organisation", on: "small", 1)
        #expect(units.by("branches with_team schools with_corps associations online") == [
            "和平区团委": "5 1 1 1 1 0", "宁河区团委": "2 0 0 0 0 0", "市审计局团委": "0 0 0 0 0 0",
            "南开大学团委": "2 1 0 0 1 1", "天津青年宫团委": "0 0 0 0 0 0", "direct": "0 0 0 0 1 0",
            "total": "9 2 1 1 3 1",
        ])
    }

    @Test func admissionOfActivistsAndNewMembers() throws {
        let tables = try sheets("admission", on: "small")
        #expect(tables[0].by("of n h served less not_registered") == [
            "和平区团委": "1 1 22 1 0 0", "宁河区团委": "2 1 6 0 1 1", "市审计局团委": "0 0 0 0 0 0",
            "南开大学团委": "0 0 0 0 0 0", "天津青年宫团委": "0 0 0 0 0 0", "total": "3 2 28 1 1 1",
        ])
        let columns = "of before within_30 later never"
        #expect(tables[1].by(columns)["total"] == "2 1 0 0 1")
        let of2016 = try sheet("admission", on: "small", given: ["year": "2016"], 1)
        #expect(of2016.by(columns)["total"] == "2 1 1 0 0")
        let of2015 = try sheet("admission", on: "small", given: ["year": "2015"], 1)
        #expect(of2015.by(columns)["total"] == "5 1 0 1 3")
        #expect(of2015.by(columns)["和平区团委"] == "3 1 0 1 1")
    }

    @Test func nominationAndItsList() throws {
        let tables = try sheets("nomination", on: "small", given: ["names": "true"])
        #expect(tables[0].by("of n starred cadres")["南开大学团委"] == "2 2 1 1")
        #expect(tables[0].by("of n starred cadres")["total"] == "2 2 1 1")
        #expect(tables[1].rows.map { Array($0[1...]) } == [
            ["张悦", "2016-05-10", "yes", "100", "1", "part_time"],
            ["孔明远", "2017-11-01", "yes", "25", "0", "–"],
        ])
    }

    @Test func plansInTimeLateAndMissing() throws {
        let tables = try sheets("plans", on: "small", given: ["year": "2015"])
        #expect(tables[0].by("n") == [
            "on time": "2", "late": "1", "not handed in": "1", "total": "4",
        ])
        #expect(tables[2].rows == [
            ["宁河区团委", "district", "yes", "2015-06-03", "5"],
            ["市审计局团委", "bureau", "no", "–", "216"],
        ])
    }

    @Test func yearEndOf2015() throws {
        let tables = try sheets("year-end", on: "small", given: ["year": "2015"])
        #expect(tables[0].by("of n met")["total"] == "29 14 no")
        #expect(tables[1].by("of n")["total"] == "13 7")
        let campaign = try #require(tables.having("2015-10 cumulative_new").first)
        #expect(campaign.by("2015-10·cumulative_new")["total"] == "10")
        let activity = try #require(tables.having("none_served").first)
        #expect(activity.by("registered_n none_served")["total"] == "14 2")
        let columns = "of n short must_left idle", left = tables.having("must_left")
        try #require(left.count == 2)
        #expect(left[0].by(columns) == ["南开大学团委": "8 3 1 2 0", "total": "8 3 1 2 0"])
        #expect(left[1].by(columns) == [
            "和平区团委": "12 6 0 2 1", "宁河区团委": "7 3 0 2 0", "天津青年宫团委": "2 2 0 0 1",
            "total": "21 11 0 4 2",
        ])
    }

    @Test func paceInAugust2015() throws {
        let table = try sheet("pace", on: "small", asOf: "2015-08-31")
        #expect(table.by("of n target short recent pace needed expected in_time") == [
            "和平区团委": "11 3 0.5 3 2 0.7 1.5 2016-01-16 no",
            "宁河区团委": "7 2 0.4 1 2 0.7 0.5 2015-10-16 yes",
            "市审计局团委": "0 0 0.5 – 0 0 – – –",
            "南开大学团委": "8 3 0.5 1 1 0.3 0.5 2015-12-01 no",
            "天津青年宫团委": "2 1 0.5 0 0 0 0 – yes",
            "total": "28 9 0.5 5 5 1.7 2.5 2015-12-01 no",
        ])
    }

    @Test func changeOver2017() throws {
        let table = try sheet("change", on: "small")
        #expect(table.by("m0 m1 r0 r1 change fell joiners leavers new lost") == [
            "和平区团委": "12 12 9 8 -0.0833 yes 1 1 0 1",
            "宁河区团委": "8 7 7 6 -0.0179 yes 0 1 0 1",
            "市审计局团委": "0 0 0 0 – no 0 0 0 0",
            "南开大学团委": "8 9 7 9 0.125 no 1 0 2 0",
            "天津青年宫团委": "1 1 1 0 -1 yes 0 0 0 1",
            "total": "29 29 24 23 -0.0345 yes 2 2 2 3",
        ])
    }

    @Test func booksAddUpFromTheBranches() throws {
        let tables = try sheets("books", on: "small")
        #expect(tables[0].by("n people") == [
            "cancelled_same_day": "1 1", "finer_hours": "1 1", "id_number_birth": "1 1",
            "id_number_check": "1 1", "id_number_gender": "1 1", "id_number_shared": "2 2",
            "member_without_joined": "1 1", "over_24_hours": "1 1", "over_28_on_roll": "1 1",
            "registered_before_14": "1 1", "service_before_registration": "1 1",
            "without_birth": "1 1", "joined_before_14": "1 1", "without_id_number": "1 1",
            "branch_under_3": "5 0", "nothing_below": "3 0", "total": "23 10",
        ])
        let levels = try #require(tables.having("below_n").first)
        #expect(levels.by("units_n own_n below_n whole_n differ") == [
            "branches": "9 23 0 23 0", "general branches": "1 0 2 2 0",
            "committees": "7 4 20 24 0", "districts": "4 2 26 28 0", "city": "1 0 29 29 0",
        ])
        let direct = try #require(tables.having("by_unit").first)
        #expect(direct.by("tree by_unit direct differ") == ["共青团天津市委员会": "29 29 29 0"])
    }
}
