import Testing

/// What a unit has to do, as worked out by hand in samples/rosters/README.md.
@Suite struct FollowUpTests {
    @Test func ofOneSchool() throws {
        let tables = try sheets("follow-up", on: "rosters/imported",
                                given: ["unit": "职业中专团委"])
        #expect(tables[0].rows == [["6", "4", "2", "4", "4", "0"]])
        // Not registered, to be entered, insurance missing, and the one open question.
        #expect(tables[1].rows.map { $0[1] } == ["钱 多多", "阿依古丽·买买提"])
        #expect(tables[2].rows.map { $0[1] } == ["陈静", "郑洁", "冯雪", "何欣"])
        #expect(tables[3].rows.count == 4)
        #expect(tables[4].rows.map { $0[3] } == ["阿依古丽·买买提"])
        // An empty column for the answer ends each list.
        #expect(tables.dropFirst().allSatisfy { table in
            table.columns.last == "answer" && table.rows.allSatisfy { $0.last == "" }
        })
    }

    @Test func ofTheWholeWhereNoUnitIsNamed() throws {
        let tables = try sheets("follow-up", on: "rosters/imported")
        #expect(tables[0].rows == [["15", "11", "4", "9", "11", "0"]])
    }
}
