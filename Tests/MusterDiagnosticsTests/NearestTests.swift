import Testing
@testable import MusterDiagnostics

private let known = [
    Term("registered", "已注册"), Term("cancelled", "注销日期"), Term("where", "筛选"),
    Term("of", "总数"), Term("n", "人数"), Term("unit", "所在组织"), Term("units", "组织"),
]

@Test(arguments: [
    ("registred", "registered"), ("Registered", "registered"), ("whre", "where"),
    ("wehre", "where"), ("regist", "registered"), ("fo", "of"), ("以注册", "registered"),
    ("所在祖织", "unit"),
])
func nearestFindsOne(typed: String, meant: String) {
    #expect(nearest(typed, among: known).map(\.en) == [meant])
}

@Test(arguments: [
    "xyzzy", "q", "", "zz", "天气预报", "qwertyuiopasdf",
    // One character in common is none.
    "筛洗", "筛子", "ot", "人名",
    // Four edits, and one too many for a short name.
    "regsterrdxy", "uint5", "whxxe",
])
func nonsenseSuggestsNothing(typed: String) {
    #expect(nearest(typed, among: known).isEmpty)
}

@Test func equallyNearAreAllNamedInOrder() {
    let near = nearest("unitt", among: known)
    #expect(near.map(\.en) == ["unit", "units"])
}

@Test func suggestionNamesBothLanguages() {
    let message = suggestion(for: "registred", among: known)
    #expect(message?.en == "did you mean registered (已注册)?")
    #expect(message?.zh == "是否指 已注册（registered）？")
    #expect(suggestion(for: "xyzzy", among: known) == nil)
}

@Test func editDistances() {
    #expect(editDistance(Array("abcd"), Array("abdc")) == 1)
    #expect(editDistance(Array(""), Array("abc")) == 3)
    #expect(editDistance(Array("kitten"), Array("sitting")) == 3)
}

@Test("A third of the letters may be wrong, one where there are few", arguments: [
    ("registzzzd", true), ("regizzzzd", false), ("whexe", true), ("whxxe", false),
    ("unix", true), ("cancelxxx", true), ("cancxxxxx", false), ("reg", true), ("re", false),
])
func threshold(typed: String, isNear: Bool) {
    #expect(nearest(typed, among: known).isEmpty == !isNear)
}

@Test("What says the contrary, or has other digits, is never near", arguments: [
    ("unregistered", "registered"), ("unregistred", "registered"), ("未注册", "已注册"),
    ("已满十八", "未满十八"), ("未满十八", "已满十八"), ("未达标", "达标"), ("达标", "未达标"), ("不在册", "在册"),
    ("转入日期", "转出日期"), ("最高得分", "最低得分"), ("2016年", "2015年"), ("n1", "n2"), ("得分12", "得分13"), ("未满十九", "未满十八"),
    ("nonmember", "member"), ("not_registered", "registered"),
])
func contraries(typed: String, known: String) {
    #expect(nearest(typed, among: [Term(known)]).isEmpty)
}

@Test("What sounds alike in Chinese is nearest; what only shares a character is none", arguments: [
    ("比律", ["比率"]), ("比绿", ["比率"]), ("团圆", ["团员"]), ("以注册", ["已注册"]), ("比例", []),
    ("团体", []), ("为注册", ["未注册"]), ("比律表", []),
])
func alikeInSound(typed: String, meant: [String]) {
    let known = ["比率", "团员", "已注册", "未注册"].map { Term($0) }
    #expect(nearest(typed, among: known).map(\.zh) == meant)
}

@Test("What only begins like a denial denies nothing", arguments: [
    ("unti", "unit"), ("unis", "units"), ("noets", "notes"), ("isnured", "insured"),
    ("undre", "under"), ("不动产号", "不动产"),
])
func noContraries(typed: String, known: String) {
    #expect(nearest(typed, among: [Term(known)]).map(\.en) == [known])
}

@Test("What a name affirms or denies", arguments: [
    ("未注册", true, "注册"), ("还没有注册", true, "注册"), ("已注册", false, "注册"), ("注册", false, "注册"),
    ("是否注册", false, "注册"), ("不是党员", true, "党员"), ("Unregistered", true, "registered"),
    ("not_met", true, "met"), ("unit", false, "unit"), ("note", false, "note"), ("is_met", false, "met"),
    ("无", false, "无"), ("isnt_met", true, "met"),
])
func polarity(name: String, denies: Bool, core: String) {
    #expect(Polarity(name).denies == denies)
    #expect(Polarity(name).core == core)
}

@Test("Small and capital letters")
func capitals() {
    #expect(sameButForCase("REGISTERED", among: known) == known[0])
    #expect(sameButForCase("N", among: known + [Term("N")]) == nil)
    #expect(sameButForCase("registred", among: known) == nil)
}
