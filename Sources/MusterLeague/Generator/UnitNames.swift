/// Names for units below the district level, plausible and invented.
enum UnitNames {
    static let colleges = words("""
        管理学院 外国语学院 理学院 计算机学院 机械工程学院 经济学院 文学院 法学院 艺术学院
        电气工程学院 化工学院 材料学院 电子信息学院 马克思主义学院 环境学院 土木工程学院
        体育教学部 国际教育学院 软件学院 生命科学学院
        """)
    static let agencies = words("""
        区级机关 公安分局 教育局 民政局 人力社保局 税务局 市场监管局 法院 检察院 司法局
        """)
    static let institutions = words("""
        中心医院 中医医院 妇幼保健中心 疾控中心 图书馆 文化馆 少年宫 青少年活动中心 环卫中心
        """)
    static let companies = words("""
        国有资产经营公司 城市投资公司 物业公司 商贸公司 供热公司 旅游公司 园林公司
        """)
    static let divisions = words("""
        第一分公司 第二分公司 第三分公司 技术中心 机关 物流公司 客户服务中心 工程公司 检修公司
        """)
    static let bureauParts = words("机关 服务中心 执法总队 信息中心 研究院 培训中心 直属单位")
    static let majors = words("会计 英语 数学 软件 机械 金融 中文 法学 设计 自动化 化工 材料 护理")

    /// 第十二: the word for a number from 1 to 9999.
    static func ordinal(_ number: Int) -> String { "第" + numeral(number) }

    private static func numeral(_ number: Int) -> String {
        let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        let places = ["", "十", "百", "千"]
        var rest = max(number, 1), text = "", place = 0, gap = false
        while rest > 0, place < places.count {
            let digit = rest % 10
            if digit > 0 {
                text = digits[digit] + places[place] + (gap && !text.isEmpty ? "零" : "") + text
                gap = false
            } else {
                gap = true
            }
            rest /= 10
            place += 1
        }
        return text.hasPrefix("一十") ? String(text.dropFirst()) : text
    }

    /// The n-th (from 0) of a list; later rounds are told apart by a number.
    static func name(_ list: [String], _ index: Int) -> String {
        guard !list.isEmpty else { return "" }
        let (round, place) = index.quotientAndRemainder(dividingBy: list.count)
        return round == 0 ? list[place] : list[place] + ordinal(round + 1)
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
