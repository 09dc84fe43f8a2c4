import MusterValues
import MusterStore

/// A unit of district level as the generator's city has it. Names and codes are those of 2015;
/// sizes and everything else are invented.
struct DistrictUnit {
    var code: String
    /// `和平区`, `南开大学`: what its committee is named after.
    var place: String
    var kind: String
    /// Its share of the city's people, in no particular unit.
    var weight: Int
    var streets: [String] = []
    /// The day from which it goes by another code, name and kind.
    var change: Change?

    struct Change {
        var from: Int32
        var code: String
        var place: String
        var kind: String
    }

    var name: String { place + "团委" }

    /// As it was known on that day.
    func named(on day: Int32) -> DistrictUnit {
        guard let change, day >= change.from else { return self }
        var later = self
        later.code = change.code
        later.place = change.place
        later.kind = change.kind
        return later
    }
}

extension DistrictUnit {
    /// In the official order: districts and counties, bureaus, groups, universities, central units.
    static let all = districts + bureaus + groups + universities + central

    /// The unit that the manifest sets a target of its own for: 河东区.
    static let ownTarget = "120102"

    /// The first day of the month after the approval: 宁河 and 静海 became districts in July 2015,
    /// 蓟州 in June 2016.
    private static let inAugust2015 = CivilDay.days(ofMonth: 2015 * 12 + 7).lowerBound
    private static let inJuly2016 = CivilDay.days(ofMonth: 2016 * 12 + 6).lowerBound

    private static let districts = [
        district("120101", "和平区", 240, "劝业场 小白楼 五大道 新兴 南营门 南市"),
        district("120102", "河东区", 131, """
            大王庄 大直沽 中山门 富民路 二号桥 春华 唐家口 向阳楼 常州道 上杭路 东新 鲁山道
            """),
        district("120103", "河西区", 260, """
            大营门 下瓦房 桃园 挂甲寺 马场 越秀路 友谊路 天塔 尖山 陈塘庄 柳林 东海 梅江
            """),
        district("120104", "南开区", 270, """
            长虹 鼓楼 兴南 广开 万兴 学府 向阳路 嘉陵道 王顶堤 水上公园 体育中心 华苑
            """),
        district("120105", "河北区", 180, """
            光复道 望海楼 鸿顺里 新开河 铁东路 建昌道 宁园 王串场 江都路 月牙河
            """),
        district("120106", "红桥区", 150, """
            西于庄 双环村 咸阳北路 丁字沽 西沽 三条石 邵公庄 芥园 铃铛阁 大胡同
            """),
        district("120110", "东丽区", 170, "张贵庄 丰年村 万新 无瑕 新立 华明 金桥 金钟 军粮城"),
        district("120111", "西青区", 190, """
            西营门 李七庄 杨柳青镇 张家窝镇 精武镇 大寺镇 王稳庄镇 辛口镇 中北镇
            """),
        district("120112", "津南区", 170, """
            咸水沽镇 葛沽镇 小站镇 双港镇 辛庄镇 八里台镇 双桥河镇 北闸口镇
            """),
        district("120113", "北辰区", 180, """
            果园新村 集贤里 普东 瑞景 天穆镇 北仓镇 双街镇 双口镇 青光镇 宜兴埠镇 小淀镇
            大张庄镇 西堤头镇
            """),
        district("120114", "武清区", 260, """
            杨村 下朱庄 徐官屯 东蒲洼 黄庄 运河西 梅厂镇 大碱厂镇 崔黄口镇 大良镇 河西务镇
            城关镇 东马圈镇 黄花店镇 石各庄镇 王庆坨镇 汊沽港镇 河北屯镇 下伍旗镇 大孟庄镇
            泗村店镇 南蔡村镇 陈咀镇 曹子里镇
            """),
        district("120115", "宝坻区", 210, """
            海滨 宝平 钰华 大口屯镇 王卜庄镇 方家庄镇 林亭口镇 八门城镇 大钟庄镇 新安镇
            霍各庄镇 新开口镇 史各庄镇
            """),
        district("120116", "滨海新区", 620, """
            塘沽 汉沽 大港 大沽 新港 新北 杭州道 胡家园 新河 新村 寨上 茶淀 杨家泊镇 太平镇
            小王庄镇 中塘镇 北塘 古林
            """),
        county("120221", "宁河县", 120, """
            芦台镇 宁河镇 苗庄镇 丰台镇 岳龙镇 板桥镇 潘庄镇 造甲城镇 东棘坨镇 七里海镇
            """, inAugust2015, "120117", "宁河区"),
        county("120223", "静海县", 160, """
            静海镇 唐官屯镇 独流镇 王口镇 台头镇 子牙镇 陈官屯镇 中旺镇 大邱庄镇 蔡公庄镇
            梁头镇 团泊镇 双塘镇 大丰堆镇 沿庄镇 西翟庄镇
            """, inAugust2015, "120118", "静海区"),
        county("120225", "蓟县", 200, """
            文昌 渔阳镇 洇溜镇 官庄镇 马伸桥镇 下营镇 邦均镇 别山镇 尤古庄镇 上仓镇 下仓镇
            罗庄子镇 出头岭镇 穿芳峪镇
            """, inJuly2016, "120119", "蓟州区"),
    ]

    private static let bureaus = numbered("12B", "bureau", """
        市级机关 60,市教育委员会 90,市公安局 70,市民政局 14,市司法局 30,市财政局 10,
        市人力资源和社会保障局 18,市城乡建设委员会 16,市交通运输委员会 24,市水务局 18,
        市卫生和计划生育委员会 160,市市场和质量监督管理委员会 26,市国家税务局 22,
        市地方税务局 20,市体育局 24,市审计局 0
        """)

    private static let groups = numbered("12E", "enterprise", """
        天津港集团 60,天津城投集团 26,天津轨道交通集团 40,天津公交集团 34,天津食品集团 24,
        天津医药集团 36,天津渤海化工集团 40,天津百利装备集团 20,天津中环电子集团 40,
        天津渤海轻工集团 22,天津能源集团 24,天津住宅集团 20,天津建工集团 22,泰达控股 36,
        天津银行 24
        """)

    private static let universities = numbered("12U", "university", """
        南开大学 210,天津大学 240,天津医科大学 90,天津师范大学 230,天津工业大学 210,
        天津理工大学 220,天津科技大学 210,天津财经大学 150,天津商业大学 170,天津中医药大学 90,
        天津外国语大学 90,天津城建大学 140,天津职业技术师范大学 120,天津农学院 100,
        天津体育学院 60,天津音乐学院 30,天津美术学院 36,河北工业大学 200,中国民航大学 200,
        天津职业大学 110,天津中德职业技术学院 90,天津医学高等专科学校 50,天津交通职业学院 60,
        天津电子信息职业技术学院 70,天津轻工职业技术学院 60
        """)

    private static let central = numbered("12Z", "central", """
        国网天津市电力公司 40,大港油田公司 36,中海石油天津分公司 30,中国石化天津分公司 26,
        中国移动天津公司 24,中国联通天津市分公司 26,中国电信天津分公司 12,中国工商银行天津市分行 24,
        中国建设银行天津市分行 20,中国邮政天津市分公司 22,天津海关 16,天津海事局 10
        """)

    private static func district(_ code: String, _ place: String, _ weight: Int,
                                 _ streets: String) -> DistrictUnit {
        DistrictUnit(code: code, place: place, kind: "district", weight: weight,
                     streets: streets.split(whereSeparator: \.isWhitespace).map { name in
                         name.hasSuffix("镇") ? String(name) : name + "街道"
                     })
    }

    private static func county(_ code: String, _ place: String, _ weight: Int, _ streets: String,
                               _ from: Int32, _ later: String, _ laterPlace: String)
    -> DistrictUnit {
        var unit = district(code, place, weight, streets)
        unit.kind = "county"
        unit.change = Change(from: from, code: later, place: laterPlace, kind: "district")
        return unit
    }

    /// From a list of names and weights: `市审计局 0,…`.
    private static func numbered(_ prefix: String, _ kind: String,
                                 _ list: String) -> [DistrictUnit] {
        list.split(separator: ",").enumerated().map { index, item in
            let words = item.split(whereSeparator: \.isWhitespace)
            let number = index + 1
            return DistrictUnit(code: prefix + (number < 10 ? "0" : "") + String(number),
                                place: String(words.first ?? ""), kind: kind,
                                weight: words.last.flatMap { Int($0) } ?? 0)
        }
    }
}
