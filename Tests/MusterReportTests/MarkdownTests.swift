import MusterDiagnostics
import MusterStore
import Testing
@testable import MusterReport

@Suite("Markdown")
struct MarkdownTests {
    @Test func table() throws {
        #expect(try text(MarkdownFormat(), Report(registration), .zh) == """
            | 所在组织.区县局级 | 年度 | 总数 | 人数 | 注册率 | 差距（个百分点） | 时长 | 达标 |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
            | 和平区 | 2016 | 13,099 | 5895 | 45.0% | +3.2 | 59.5 | 是 |
            | 滨海新区 | 2017（截至10月31日） | 400 | 209 | 52.3% | −4.8 | 14.0 | 否 |
            | （空） | 2017（截至10月31日） | 0 | 0 | – | – | 0.0 | – |
            | **合计** | **2017（截至10月31日）** | **13,499** | **6104** | **45.2%** | **−0.1** \
            | **73.5** | **否** |

            """)
    }

    @Test("Marks of Markdown in a value stay what they are")
    func escaping() throws {
        let table = ResultTable(
            columns: [ResultColumn(name: Term("unit.general_branch"))],
            cells: [[.text("a|b"), .text("_x_ *y* `z`"), .text("<b>&amp;"), .text("1\n2"),
                     .text("# [1](2) #")]],
            rowCount: 5)
        #expect(try text(MarkdownFormat(), Report(table)) == """
            | unit.general_branch |
            | --- |
            | a\\|b |
            | \\_x\\_ \\*y\\* \\`z\\` |
            | \\<b\\>\\&amp; |
            | 1\\\\n2 |
            | \\# \\[1\\](2) # |

            """)
    }

    @Test func blocks() throws {
        let report = Report([
            .heading(Message(zh: "注册", en: "Registration"), level: 2),
            .text(Message(zh: "甲\n乙", en: "a\nb")), .table(empty),
            .notes([Message(zh: "注一", en: "one"), Message(zh: "注二", en: "two")]),
        ])
        #expect(try text(MarkdownFormat(), report) == """
            ## Registration

            a

            b

            **Table 1. Registration**

            (no rows)

            - one
            - two

            """)
    }
}
