import Testing

/// One file as people's programs write them, and what it must load as. To add one, add a line.
struct CorpusFile: Sendable, CustomTestStringConvertible {
    /// What it shows; with an ending.
    let name: String
    let text: String
    /// As iconv calls it; `mark` puts the byte-order mark before it.
    var encoding = "UTF-8"
    var mark = false
    /// Whether it is gzipped.
    var packed = false
    /// A line for each column, `heading type: value | value`, none as `–`; or `refused code`.
    let expected: [String]
    /// What is told of columns that nearly have a type: `heading kind: odd of rows, line text`.
    var told: [String] = []

    var testDescription: String { name }
}

let fileCorpus: [CorpusFile] = [
    // Encodings.
    CorpusFile(name: "plain.csv", text: "姓名,人数\n张三,3\n", expected: ["姓名 text: 张三", "人数 integer: 3"]),
    CorpusFile(name: "excel utf-8.csv", text: "姓名,人数\r\n张三,3\r\n", mark: true,
               expected: ["姓名 text: 张三", "人数 integer: 3"]),
    CorpusFile(name: "excel chinese.csv", text: "姓名,人数\r\n张三,3\r\n李四，王五,4\r\n",
               encoding: "GB18030", expected: ["姓名 text: 张三 | 李四，王五", "人数 integer: 3 | 4"]),
    CorpusFile(name: "excel chinese packed.csv.gz", text: "姓名,人数\r\n张三,3\r\n",
               encoding: "GB18030", packed: true,
               expected: ["姓名 text: 张三", "人数 integer: 3"]),
    CorpusFile(name: "rare characters.csv", text: "姓名,单位\n𠮷野,天津市和平区团委\n㐂,天津市河西区团委\n",
               encoding: "GB18030", expected: ["姓名 text: 𠮷野 | 㐂", "单位 text: 天津市和平区团委 | 天津市河西区团委"]),
    CorpusFile(name: "unicode text.csv", text: "姓名\t人数\r\n张三\t3\r\n", encoding: "UTF-16LE",
               mark: true, expected: ["姓名 text: 张三", "人数 integer: 3"]),
    CorpusFile(name: "big endian.csv", text: "姓名,人数\n张三,3\n", encoding: "UTF-16BE",
               mark: true, expected: ["姓名 text: 张三", "人数 integer: 3"]),
    CorpusFile(name: "no mark.csv", text: "name,n\nZhang,3\n", encoding: "UTF-16LE",
               expected: ["name text: Zhang", "n integer: 3"]),
    CorpusFile(name: "western.csv", text: "name,n\nMüller,3\nJosé,4\n", encoding: "ISO-8859-1",
               expected: ["refused snapshot.malformed"]),
    // Separators.
    CorpusFile(name: "semicolons.csv", text: "a;b\n1,5;2\n", expected: ["a text: 1,5", "b integer: 2"]),
    CorpusFile(name: "tabs.txt", text: "a\tb\nx\t2\n", expected: ["a text: x", "b integer: 2"]),
    CorpusFile(name: "chinese commas.csv", text: "单位，人数\n和平区，5\n",
               expected: ["单位 text: 和平区", "人数 integer: 5"]),
    CorpusFile(name: "said separator.csv", text: "sep=;\r\na,b;c\r\n1;2\r\n",
               expected: ["a,b integer: 1", "c integer: 2"]),
    CorpusFile(name: "said tab.csv", text: "\"sep=\t\"\na\tb\n1\t2\n",
               expected: ["a integer: 1", "b integer: 2"]),
    CorpusFile(name: "old mac.csv", text: "a,b\r1,2\r3,4\r", expected: ["a integer: 1 | 3", "b integer: 2 | 4"]),
    CorpusFile(name: "escapes.tsv", text: "a\tb\nx\\ty\\nz\\rw\\\\\\q\t\"\"\"so\"\"\"\n",
               expected: ["a text: x\ty\nz\rw\\\\q", "b text: \"so\""]),
    CorpusFile(name: "no escapes.csv", text: "a,b\nC:\\new,1\n", expected: ["a text: C:\\new", "b integer: 1"]),
    // Headings.
    CorpusFile(name: "headings.csv", text: " 人数 ,n,\"团员\n人数\",\"ID\nnumber\",\n1,2,3,4,5\n",
               expected: ["人数 integer: 1", "n integer: 2", "团员人数 integer: 3",
                          "ID number integer: 4", "column5 integer: 5"]),
    CorpusFile(name: "same heading.csv", text: "ａ,a\n1,2\n", expected: ["refused table.repeated-field"]),
    CorpusFile(name: "title.csv", text: "2015年统计表,,\n单位,人数,数量\n和平区,20,1\n",
               expected: ["2015年统计表 text: 单位 | 和平区", "column2 text: 人数 | 20",
                          "column3 text: 数量 | 1"]),
    CorpusFile(name: "ragged.csv", text: "a,b\n1,2\n3\n", expected: ["refused table.uneven"]),
    CorpusFile(name: "empty column.csv", text: "a,b,c\n1,,3\n", expected: ["a integer: 1", "b text: –", "c integer: 3"]),
    // Numbers: only what is printed as it is written.
    CorpusFile(name: "whole.csv", text: "a\n0\n-5\n999999999999999999\n",
               expected: ["a integer: 0 | -5 | 999999999999999999"]),
    CorpusFile(name: "leading zeros.csv", text: "a\n007\n12\n", expected: ["a text: 007 | 12"]),
    CorpusFile(name: "codes.csv", text: "a,b\n1E2,1.10\n100,1.1\n",
               expected: ["a text: 1E2 | 100", "b text: 1.10 | 1.1"]),
    CorpusFile(name: "twenty digits.csv", text: "a\n12345678901234567890\n12345678901234567891\n",
               expected: ["a text: 12345678901234567890 | 12345678901234567891"]),
    CorpusFile(name: "nineteen digits.csv", text: "a\n-9223372036854775808\n1\n",
               expected: ["a text: -9223372036854775808 | 1"]),
    CorpusFile(name: "huge.csv", text: "a\n1e309\n1\n", expected: ["a text: 1e309 | 1"]),
    CorpusFile(name: "minus zero.csv", text: "a,b\n-0,-0.0\n1,1.5\n", expected: ["a text: -0 | 1", "b text: -0.0 | 1.5"]),
    CorpusFile(name: "full width.csv", text: "a\n１２\n13\n", expected: ["a text: １２ | 13"]),
    CorpusFile(name: "plus.csv", text: "a\n+5\n5\n", expected: ["a text: +5 | 5"]),
    CorpusFile(name: "thousands.csv", text: "a\n\"1,234\"\n\"12\"\n", expected: ["a text: 1,234 | 12"]),
    CorpusFile(name: "tenths.csv", text: "a\n0.1\n2\n-3.25\n", expected: ["a decimal2: 0.1 | 2.0 | -3.25"]),
    CorpusFile(name: "six places.csv", text: "a\n0.000001\n123456789012.5\n",
               expected: ["a decimal6: 0.000001 | 123456789012.5"]),
    CorpusFile(name: "hours as written by csv.csv", text: "a\n59.5\n14.0\n", expected: ["a decimal1: 59.5 | 14.0"]),
    CorpusFile(name: "with and without point.csv", text: "a\n1\n1.0\n", expected: ["a text: 1 | 1.0"]),
    CorpusFile(name: "too long together.csv", text: "a\n0.000001\n12345678901234567.5\n",
               expected: ["a text: 0.000001 | 12345678901234567.5"]),
    CorpusFile(name: "doubles.csv", text: "a\n0.8333333333333334\n0.5\n1\n",
               expected: ["a double: 0.8333333333333334 | 0.5 | 1.0"]),
    CorpusFile(name: "numbers.json", text: "[{\"a\": 1.10, \"b\": 0.1, \"c\": 12345678901234567890, \"d\": \"7\"}]",
               expected: ["a text: 1.10", "b decimal1: 0.1", "c text: 12345678901234567890", "d text: 7"]),
    // Days.
    CorpusFile(name: "days.csv", text: "a\n2015/6/3\n2015.6.3\n2015年6月3日\n2015-6-3\n2015-06-03\n"
                   + "2015/6/3 0:00:00\n2015/6/3 0:00\n2015-06-03T00:00:00\n",
               expected: ["a day: " + Array(repeating: "2015-06-03", count: 8).joined(separator: " | ")]),
    CorpusFile(name: "packed days.csv", text: "入团日期,编号\n20150603,20150603\n20160229,20160229\n",
               expected: ["入团日期 day: 2015-06-03 | 2016-02-29", "编号 integer: 20150603 | 20160229"]),
    CorpusFile(name: "no such day.csv", text: "日期\n20150603\n20150631\n", expected: ["日期 integer: 20150603 | 20150631"]),
    CorpusFile(name: "with a time.csv", text: "a\n2015/6/3 14:30\n", expected: ["a text: 2015/6/3 14:30"]),
    CorpusFile(name: "months.csv", text: "a\n2015-06\n2015年7月\n", expected: ["a text: 2015-06 | 2015年7月"]),
    CorpusFile(name: "versions.csv", text: "a\n1.2.3\n", expected: ["a text: 1.2.3"]),
    CorpusFile(name: "days.ndjson", text: "{\"a\": \"2015/6/3\"}\n{\"a\": \"\"}\n", expected: ["a day: 2015-06-03 | –"]),
    // Yes and no.
    CorpusFile(name: "booleans.csv", text: "a,b,c,d,e\n是,√,Y,TRUE,true\n否,,N,FALSE,false\n",
               expected: ["a bool: true | false", "b bool: true | –", "c bool: true | false",
                          "d bool: true | false", "e bool: true | false"]),
    CorpusFile(name: "mixed booleans.csv", text: "a\n是\nY\n", expected: ["a text: 是 | Y"]),
    CorpusFile(name: "directions.csv", text: "a\nN\nS\n", expected: ["a text: N | S"]),
    CorpusFile(name: "quoted.json", text: "[{\"a\": \"Y\"}, {\"a\": \"N\"}]", expected: ["a text: Y | N"]),
    // Nothing.
    CorpusFile(name: "blanks.csv", text: "a,b,c\n1,-,-\n-,2015/6/3,x\nNA,—,无\n/,NULL,\n",
               expected: ["a integer: 1 | – | – | –", "b day: – | 2015-06-03 | – | –", "c text: - | x | 无 | –"]),
    CorpusFile(name: "only blanks.csv", text: "a\n无\n无\n", expected: ["a text: 无 | 无"]),
    // All but a few.
    CorpusFile(name: "odd.csv", text: "a,b\n" + (1...38).map { "\($0),\"x\ny\"\n" }.joined() + "约40,x\n未知,x\n",
               expected: ["a text: …", "b text: …"], told: ["a number: 2 of 40, 78 约40, 79 未知"]),
    CorpusFile(name: "odd day.ndjson", text: "\n" + (1...19).map { "{\"日期\": \"2015/6/\($0)\"}\n" }.joined()
                   + "{\"日期\": \"六月\"}\n",
               expected: ["日期 text: …"], told: ["日期 day: 1 of 20, 21 六月"]),
    CorpusFile(name: "many odd.csv", text: "a\n" + (1...18).map { "\($0)\n" }.joined() + "x\ny\n", expected: ["a text: …"]),
    // Of another kind altogether.
    CorpusFile(name: "page.xls", text: "<html><table><tr><td>姓名</td></tr></table></html>", expected: ["refused table.page"]),
]
