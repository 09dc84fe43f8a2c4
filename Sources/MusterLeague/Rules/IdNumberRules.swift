import MusterDiagnostics
import MusterBinding
import MusterPlan
import MusterStore

/// ID numbers of GB 11643-1999. The area code is judged by no rule: codes are given up and
/// numbers keep them for ever.
enum IdNumberRules {
    static let all = [missing, shape, check, birth, gender, shared]

    static let missing = Rule(
        Term("without_id_number", "无身份证号"), .note,
        Message(zh: "没有身份证号，别处名册里认不出是同一人",
                en: "no ID number: other rosters cannot tell that it is the same person"),
        .condition("id_number is none"))

    /// Numbers of 15 digits are no longer valid (since 2013) and are listed here. A number of a
    /// wrong shape is judged by no other rule but `shared`: one fault, one finding.
    static let shape = Rule(
        Term("id_number_shape", "身份证号格式有误"), .error,
        Message(zh: "身份证号不是十七位数字加一位数字或 X",
                en: "the ID number is not 17 digits and a digit or X"),
        .condition("id_number is not none and not id_well_formed(id_number)"),
        facts: ["id_number", Rule.Fact("length", "length(id_number)")])

    static let check = Rule(
        Term("id_number_check", "身份证号校验码不符"), .error,
        Message(zh: "身份证号的末位校验码不符", en: "the ID number's check character is wrong"),
        .condition("id_well_formed(id_number) and not id_check_right(id_number)"),
        facts: ["id_number"])

    /// Without a day of birth in the books, digits that are no day at all are still wrong.
    static let birth = Rule(
        Term("id_number_birth", "身份证号与出生日期不符"), .error,
        Message(zh: "身份证号中的日期与出生日期不符", en: "the ID number's date is not the day of birth"),
        .condition("id_well_formed(id_number) and not id_birth_is(id_number, birth)"),
        facts: ["id_number", "birth"])

    static let gender = Rule(
        Term("id_number_gender", "身份证号与性别不符"), .error,
        Message(zh: "身份证号的第十七位与性别不符（男单女双）",
                en: "the ID number's 17th digit (odd for men) is not the gender's"),
        .condition("id_well_formed(id_number) and gender is not none "
                   + "and not id_gender_is(id_number, gender)"),
        facts: ["id_number", "gender"])

    /// Each person is listed, with the others' ids. x and X are one character; an empty text is
    /// nobody's number. The language cannot say it: it is about two rows of one table.
    static let shared = Rule(
        Term("id_number_shared", "身份证号重复"), .error,
        Message(zh: "同一身份证号记在几个人名下", en: "the same ID number on several persons"),
        .tables(findShared), facts: ["id_number"])

    @Sendable private static func findShared(_ derivation: any Derivation) throws -> [Rule.Hit] {
        guard case .text(let numbers, let texts)? = derivation.data.column(
                  People.table, "id_number"),
              case .text(let ids, let idTexts)? = derivation.data.column(People.table, "id")
        else { return [] }
        let canonical = canonicalCodes(texts)
        var counts = [Int32](repeating: 0, count: texts.count)
        for number in numbers where number >= 0 && canonical[Int(number)] >= 0 {
            counts[Int(canonical[Int(number)])] += 1
        }
        try derivation.checkCancelled()
        var holders: [Int32: [Int32]] = [:]
        for (row, number) in numbers.enumerated() where number >= 0 {
            let code = canonical[Int(number)]
            if code >= 0, counts[Int(code)] > 1 { holders[code, default: []].append(Int32(row)) }
        }
        func id(_ row: Int32) -> String { ids[Int(row)] < 0 ? "" : idTexts[ids[Int(row)]] }
        let hits = holders.values.flatMap { rows in
            let listed = rows.prefix(4)
            return rows.map { row in
                let others = listed.filter { $0 != row }.prefix(3).map { id($0) }
                let more = rows.count - 1 - others.count
                return Rule.Hit(row: row, details: [Rule.Detail(
                    name: "also", value: others.joined(separator: " ")
                        + (more > 0 ? " +\(more)" : ""))])
            }
        }
        return hits.sorted { $0.row < $1.row }
    }

    /// For each text the code of the text that it is the same number as; -1 for a blank one.
    private static func canonicalCodes(_ texts: TextDictionary) -> [Int32] {
        var codes = Array(0..<Int32(texts.count))
        var small: [Int32] = []
        for code in codes {
            let range = texts.range(code)
            if texts.bytes[range].allSatisfy({ $0 == UInt8(ascii: " ") }) {
                codes[Int(code)] = -1
            } else if texts.bytes[range.upperBound - 1] == UInt8(ascii: "x") {
                small.append(code)
            }
        }
        guard !small.isEmpty else { return codes }
        var known: [String: Int32] = [:]
        for code in codes where code >= 0 {
            let last = texts.bytes[texts.range(code).upperBound - 1]
            if last == UInt8(ascii: "X") { known[texts[code]] = code }
        }
        for code in small {
            let text = String(texts[code].dropLast()) + "X"
            if let same = known[text] { codes[Int(code)] = same } else { known[text] = code }
        }
        return codes
    }
}
