import MusterDiagnostics
import MusterLanguage

/// The language's own words: what each is for, and an example.
enum HelpWords {
    struct Entry {
        let term: Term
        let meaning: Message
        /// What else people look for who are helped by this.
        var topics: [String] = []
    }

    static let all: [Entry] = [
        Entry(term: Term("as of", "截至"), meaning: Message(
            zh: "按哪一天读数：写在来源、名称或括号之后；年、月指其最后一天，尚未结束的读到快照之日",
            en: "the day to read at, behind a source, a name or a bracket; a year or month means "
                + "its last day, one still running the snapshot's"),
              topics: ["今天", "今日", "现在", "today", "now"]),
        Entry(term: Term("last_year", "去年"), meaning: Message(
            zh: "从该行的截至日算起的年度；同样有 今年 前年 明年、本月 上月 下月、今天 昨天 明天",
            en: "the year before the row's day; likewise this_year year_before_last next_year, "
                + "this_month last_month next_month, today yesterday tomorrow"),
              topics: ["今年", "本月", "上月", "今天", "this_year", "last_month", "today"]),
        Entry(term: Term("over years", "历年"), meaning: Message(
            zh: "把来源在每年年末各读一遍，并加上一列 年度；其后第一次分组须保留该列",
            en: "reads the source at the end of each year and adds the column year, which the "
                + "first grouping behind it must keep"),
              topics: ["去年", "上年", "上月", "同比", "环比", "增长", "比较", "compare", "growth", "last year"]),
        Entry(term: Term("over months", "历月"), meaning: Message(
            zh: "把来源在每月月末各读一遍，并加上一列 月份",
            en: "reads the source at the end of each month and adds the column month"),
              topics: ["去年", "上年", "上月", "同比", "环比", "增长", "比较", "compare", "growth", "last year"]),
        Entry(term: Term("over snapshots", "历次"), meaning: Message(
            zh: "把来源在每个已装载的快照上各读一遍，并加上一列 快照",
            en: "reads the source in every loaded snapshot and adds the column snapshot")),
        Entry(term: Keyword.by.term, meaning: Message(
            zh: "分组：其后写一个或几个列、路径，或 名称 = 表达式",
            en: "grouping: columns, paths or NAME = EXPRESSION follow"),
              topics: ["分组", "分类", "group", "groups"]),
        Entry(term: Keyword.every.term, meaning: Message(
            zh: "分组时把没有人的组也列出来：该层级的全部行、全部代码、全部期间",
            en: "lists empty groups too: all rows of the level, all codes, all periods")),
        Entry(term: Term("each", "各类"), meaning: Message(
            zh: "按几个条件分组，一行可归入几组；合计时一行只计一次",
            en: "groups by conditions, a row may fall under several; totals count it once"),
              topics: ["分组", "分类", "group", "groups"]),
        Entry(term: Keyword.under.term, meaning: Message(
            zh: "某一行及其全部下级；= 则只指该行自身",
            en: "that row or anything below it; = means exactly it"),
              topics: ["下级", "上级", "below", "above"]),
        Entry(term: Keyword.and.term, meaning: Message(zh: "两个条件都成立",
                                                      en: "both conditions hold"),
              topics: ["条件", "过滤", "filter", "condition"]),
        Entry(term: Keyword.or.term, meaning: Message(zh: "两个条件至少一个成立",
                                                     en: "at least one of two conditions holds"),
              topics: ["条件", "过滤", "filter", "condition"]),
        Entry(term: Keyword.not.term, meaning: Message(zh: "条件不成立",
                                                      en: "the condition does not hold"),
              topics: ["条件", "过滤", "filter", "condition"]),
        Entry(term: Keyword.in.term, meaning: Message(
            zh: "在列出的值、范围或期间之内", en: "among the values listed, or within a range or period"),
              topics: ["条件", "过滤", "filter", "condition"]),
        Entry(term: Keyword.between.term, meaning: Message(
            zh: "在两个界限之间，含界限", en: "between two bounds, both included")),
        Entry(term: Keyword.contains.term, meaning: Message(
            zh: "文字中含有另一段文字", en: "a text holds another")),
        Entry(term: Term("starts with", "开头为"), meaning: Message(
            zh: "文字以另一段文字开头", en: "a text begins with another")),
        Entry(term: Term("ends with", "结尾为"), meaning: Message(
            zh: "文字以另一段文字结尾", en: "a text ends with another")),
        Entry(term: Keyword.matches.term, meaning: Message(
            zh: "文字符合正则表达式", en: "a text fits a regular expression")),
        Entry(term: Term("is none", "为空"), meaning: Message(
            zh: "没有值；不为空 则相反", en: "has no value; is not none is the opposite"),
              topics: ["空", "缺失", "没有", "missing", "null", "empty"]),
        Entry(term: Keyword.none.term, meaning: Message(
            zh: "没有值；与任何值都不相等，要问有没有值用“为空”；汇总时略过",
            en: "no value: equal to nothing (ask with is none), passed over by aggregates"),
              topics: ["空", "缺失", "没有", "missing", "null", "empty"]),
        Entry(term: Keyword.if.term, meaning: Message(
            zh: "若 条件 则 甲 否则 乙", en: "if CONDITION then A else B"),
              topics: ["条件", "过滤", "filter", "condition"]),
        Entry(term: Keyword.show.term, meaning: Message(
            zh: "透视时要展开的列", en: "the columns that pivot spreads out")),
        Entry(term: Keyword.let.term, meaning: Message(
            zh: "给来源或表达式取一个名称，以后直接使用",
            en: "names a source or an expression for later use")),
        Entry(term: Keyword.param.term, meaning: Message(
            zh: "脚本的参数：名称、类型、默认值和说明；文中写 {名称}",
            en: "a script's parameter: name, type, default and label; {name} in the text")),
        Entry(term: Keyword.where.term, meaning: Message(
            zh: "作动词是筛选行；写在函数括号内则只算一部分行",
            en: "as a verb keeps rows; inside a function's brackets takes part of the rows"),
              topics: ["条件", "过滤", "filter", "condition"]),
    ]
}
