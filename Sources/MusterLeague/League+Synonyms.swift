import MusterBinding

/// What people call the League's names.
extension League {
    static let synonyms = levelWords + fieldWords + codeWords + sourceWords

    /// A class, a grade and a college have committees of one level here and of another there, and
    /// a district's level has bureaus beside the districts: such are named and not put in.
    private static let levelWords = [
        Synonym("支部", means: "团支部"),
        Synonym("总支", means: "团总支"),
        Synonym("全市", "市", means: "市级"),
        Synonym("区", "区县", "各区", "区级", means: "区县局级", same: false),
        Synonym("团委", means: "基层团委", "区县局级", same: false),
        Synonym("班", "班级", "class", means: "团支部", same: false),
        Synonym("年级", "grade", means: "团总支", "团支部", same: false),
        Synonym("学院", "院系", "系", "college", means: "基层团委", "团总支", same: false),
        Synonym("学校", "school", means: "基层团委", same: false),
    ]

    private static let fieldWords = [
        Synonym("单位", "所属组织", "所属单位", "团组织", "organisation", "organization",
                means: "所在组织"),
        Synonym("名字", means: "姓名"),
        Synonym("sex", means: "性别"),
        Synonym("生日", "出生日", "birthday", "dob", "birthdate", means: "出生日期"),
        Synonym("岁数", "周岁", means: "年龄"),
        Synonym("认定时长", "认证时长", means: "时长"),
        Synonym("工时", "小时数", "志愿时长", "服务时长", "累计时长", "志愿服务时长",
                means: "时长", "记录时长", same: false),
        Synonym("注册时间", "注册日", means: "注册日期"),
        Synonym("入团时间", "入团日", means: "入团日期"),
        Synonym("离团时间", "离团日", means: "离团日期"),
        Synonym("入党时间", "入党日", means: "入党日期"),
        Synonym("保险到期", "保险到期日", "保险期满", "到期日", "保险有效期", means: "保险至"),
        Synonym("身份证", "证件号", "证件号码", "身份证号码", means: "身份证号"),
        Synonym("未成年", "未成年人", "未满18", "未满18岁", "未满18周岁", "未满十八岁",
                "未满十八周岁", "不满十八", "不满十八岁", "不满18", "不满18岁", "underage",
                means: "未满十八"),
        Synonym("成年", "已成年", "成年人", "已满18", "已满18岁", "已满18周岁", "满18岁", "满十八",
                "已满十八岁", "已满十八周岁", "adult", means: "未满十八", denied: true),
        Synonym("星级", "star", means: "可评星级", "认证星级", same: false),
        Synonym("干部", "职务", means: "团干部", same: false),
        Synonym("志愿者", "注册志愿者", "volunteer", "volunteers", means: "已注册", same: false),
    ]

    private static let codeWords = [
        Synonym("男性", "男生", "male", "m", means: "男"),
        Synonym("女性", "女生", "female", "f", means: "女"),
        Synonym("大学", "学院", "college", means: "高校", same: false),
        Synonym("街道", "乡镇", means: "街道乡镇", same: false),
        Synonym("国企", "企业", means: "国企与集团公司", same: false),
    ]

    private static let sourceWords = [
        Synonym("全体团员", means: "团员"),
        Synonym("团组织", means: "组织"),
        Synonym("服务", "服务明细", means: "服务记录"),
        Synonym("志愿者", "volunteers", "成员", means: "团员", same: false),
        Synonym("服务队", "志愿队", means: "志愿服务组织", same: false),
        Synonym("学生", "青年", "人", "students", means: "团员", "人员", same: false),
    ]
}
