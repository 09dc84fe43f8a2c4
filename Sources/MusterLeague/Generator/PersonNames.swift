/// Names for people, put together at random.
enum PersonNames {
    private static let surnames = characters("""
        王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕
        苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史
        """) + ["欧阳", "司马", "诸葛", "上官"]
    private static let male = characters("""
        伟强磊军洋勇杰涛超明刚平辉鹏斌波宇浩凯健俊帆帅旭宁龙林文博志建国庆东海峰晨阳天泽
        """)
    private static let female = characters("""
        芳娜敏静丽艳娟霞秀英玲桂兰洁梅琳雪晶欣怡佳颖婷慧莹倩雅楠萍红月蕾薇思雨梦琪瑶涵
        """)
    /// Names of other shapes: long ones, with a dot, with rare characters.
    private static let others = [
        "阿依古丽·买买提", "买买提·艾力", "巴特尔", "其其格", "扎西次仁", "卓玛", "金在勋",
        "𠮷田", "王㼆", "李𬭎", "欧阳云飞", "陈一",
    ]

    static func name(isMale: Bool, _ random: inout Randomness) -> String {
        if random.chance(4) { return random.pick(others) }
        let given = isMale ? male : female
        let first = random.leaning(surnames) + random.leaning(given)
        return random.chance(620) ? first + random.leaning(given) : first
    }

    private static func characters(_ text: String) -> [String] {
        text.filter { !$0.isWhitespace }.map(String.init)
    }
}
