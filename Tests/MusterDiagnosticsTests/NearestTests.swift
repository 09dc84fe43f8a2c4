import Testing
@testable import MusterDiagnostics

private let known = [
    Term("registered", "已注册"), Term("cancelled", "注销日期"), Term("where", "筛选"),
    Term("of", "总数"), Term("n", "人数"), Term("unit", "所在组织"), Term("units", "组织"),
]

@Test(arguments: [
    ("registred", "registered"), ("Registered", "registered"), ("whre", "where"),
    ("wehre", "where"), ("regist", "registered"), ("fo", "of"), ("以注册", "registered"),
    ("所在祖织", "unit"), ("筛洗", "where"),
])
func nearestFindsOne(typed: String, meant: String) {
    #expect(nearest(typed, among: known).map(\.en) == [meant])
}

@Test(arguments: ["xyzzy", "q", "", "zz", "天气预报", "qwertyuiopasdf"])
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
