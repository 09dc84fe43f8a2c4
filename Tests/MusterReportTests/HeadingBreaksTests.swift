import Testing
@testable import MusterReport

@Suite("Where headings break")
struct HeadingBreaksTests {
    private func broken(_ heading: String, _ width: Int, _ phrases: Set<String> = []) -> [String] {
        HeadingBreaks(phrases: phrases).pieces(heading, within: width)
    }

    @Test("Between words that are known, into lines of about one length")
    func words() {
        #expect(broken("近三个月新注册", 8, ["新注册"]) == ["近三个月", "新注册"])
        #expect(broken("本年未服务人数", 8, ["服务"]) == ["本年未", "服务人数"])
        #expect(broken("时长中位数", 6) == ["时长", "中位数"])
        #expect(broken("累计时长（小时）", 8) == ["累计时长", "（小时）"])
        #expect(broken("人数", 2) == ["人数"])
    }

    @Test("Never between a number and what it counts")
    func numbers() {
        #expect(broken("30 天内注册", 6) == ["30 天内", "注册"])
        #expect(broken("已注册且满 20 小时", 8, ["已注册"]) == ["已注册", "且满 ", "20 小时"])
        #expect(broken("2010 比率", 6) == ["2010 ", "比率"])
        #expect(broken("超过60天内未注册", 8).allSatisfy { !$0.hasPrefix("天") })
    }

    @Test("What is unknown goes by two characters, none left alone")
    func unknown() {
        let parts = broken("市场和质量监督管理", 8)
        #expect(parts.joined() == "市场和质量监督管理")
        #expect(parts.allSatisfy { $0.count > 1 })
    }

    @Test("Words of letters stay whole")
    func letters() {
        #expect(broken("registered internationally", 12) == ["registered ", "internationally"])
        #expect(broken("unit.district", 6) == ["unit.", "district"])
    }
}
