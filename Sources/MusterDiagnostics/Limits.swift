/// How much there may be of anything: so much that no honest work comes near it, and so little
/// that nothing typed or loaded takes all of the memory, the stack or the day.
///
/// What depends on the data is a property: a setting raises it. What depends on the text alone is
/// the same for everybody, and the message that names it says what to do instead.
package struct Limits: Sendable, Hashable {
    /// Groups that one grouping makes, empty ones of `every` and totals included.
    package var groups = 2_000_000
    /// Cells (rows × columns) of a result: some gigabytes of memory.
    package var cells = 50_000_000
    /// Rows of one table that a load turns away and keeps to be looked at.
    package var rejects = 200_000

    package init() {}

    // MARK: of files

    /// Blank lines of one file: a small one, unpacked, may hold billions.
    package static let blankLines = 1_000_000

    // MARK: of workbooks and other files with sheets

    /// Bytes that the parts of a workbook unpack to.
    package static let workbookBytes = 4 << 30
    /// Bytes unpacked for one packed, past which a workbook is none: honest ones stay below 100.
    package static let workbookRatio = 300
    /// Parts of a workbook: files in its archive.
    package static let workbookParts = 10_000
    /// Sheets of a workbook.
    package static let sheets = 500
    /// Cells with something in them, of all sheets of a file.
    package static let sheetCells = 50_000_000
    /// Bytes of all texts of a file with sheets, those that are the same counted once.
    package static let sheetTextBytes = 512 << 20
    /// Bytes of the text of one cell.
    package static let cellBytes = 1 << 20
    /// Merged areas of a workbook.
    package static let merges = 1_000_000

    // MARK: of texts

    /// Bytes of one script or of what is typed at once.
    package static let textBytes = 4 << 20
    /// Bytes of one name.
    package static let nameBytes = 1000
    /// Things inside one another as they are typed: brackets, conditions, calls.
    package static let nesting = 80
    /// Operators one above the other in what is typed: `a + b + c` are two.
    package static let height = 250
    /// Names of a path, `unit.parent.name` being three.
    package static let path = 50
    /// Stages of a query, those of the definitions that it begins with included.
    package static let stages = 1000
    /// Rows of a result that a chart is drawn of.
    package static let chartRows = 5000
    /// Columns of a table at any stage.
    package static let columns = 2000

    // MARK: of what a text comes to

    /// Definitions that lead to one another.
    package static let definitions = 100
    /// Expressions inside one another, those of definitions included.
    package static let depth = 500
    /// Expressions of one statement, those of definitions as often as they are used.
    package static let expressions = 100_000
    /// Scripts included inside one another.
    package static let includesDeep = 50
    /// Scripts included by one script, those that they include counted too.
    package static let includes = 1000

    // MARK: of messages

    /// Characters of a message or hint.
    package static let messageCharacters = 1000
    /// Faults that are shown of one text.
    package static let faults = 50
}

extension Limits {
    /// A text is more than may be read at once.
    package static func textTooLong(_ bytes: Int) -> Diagnostic {
        Diagnostic("limit.text", Message(
            zh: "文本有 \(bytes) 字节，最多 \(textBytes) 字节",
            en: "this text has \(bytes) bytes; at most \(textBytes) are read"),
            hint: Message(zh: "请分成几个脚本；成列的数据请存成文件后装载",
                          en: "make several scripts of it; keep lists in a file and load that"))
    }

    package static func tooManyBlankLines(_ path: String) -> Diagnostic {
        Diagnostic("limit.blank", Message(
            zh: "\(path)：空行过多，超过 \(blankLines) 行",
            en: "\(path): over \(blankLines) blank lines"),
            hint: Message(zh: "请检查文件是否损坏，去掉空行后再装载",
                          en: "see whether the file is damaged; take the blank lines out"))
    }

    /// What a load turned away is more than is kept.
    package func tooManyRejects(_ path: String) -> Diagnostic {
        Diagnostic("limit.rejects", Message(
            zh: "\(path)：不合格的行超过 \(rejects) 行，已停止装载",
            en: "\(path): over \(rejects) rows are faulty; loading was stopped"),
            hint: Message(zh: "请检查文件的格式和字段名；确需如此，用“设置 问题行 \(rejects * 2)”放宽",
                          en: "see the file's form and the names of its fields; where it must be, "
                              + "set rejects \(rejects * 2) allows it"))
    }

    package static let tooManyStages = Diagnostic("limit.stages", Message(
        zh: "查询的步骤过多，最多 \(stages) 步", en: "this query has too many stages: \(stages) at most"),
        hint: Message(zh: "请用“存为”保留中间结果，再接着查询",
                      en: "keep a result on the way with into and go on from that"))

    package static let tooManyColumns = Diagnostic("limit.columns", Message(
        zh: "列过多，最多 \(columns) 列", en: "there are too many columns: \(columns) at most"),
        hint: Message(zh: "请用“选取”只留需要的列，或改为每行一个值",
                      en: "keep those needed with select, or have a row for each value"))

    package static let chartTooLarge = Diagnostic("limit.chart", Message(
        zh: "行数过多，画不成图，最多 \(chartRows) 行",
        en: "too many rows for a chart: \(chartRows) at most"),
        hint: Message(zh: "先汇总，或用“取前”", en: "summarize first, or take fewer"))

    package static let tooManyDefinitions = Diagnostic("limit.definitions", Message(
        zh: "定义层层引用，超过 \(definitions) 层",
        en: "definitions lead to one another more than \(definitions) deep"),
        hint: Message(zh: "请用“存为”保留中间结果，或把几个定义合成一个",
                      en: "keep a result on the way with into, or make one definition of several"))

    package static let tooDeep = Diagnostic("limit.depth", Message(
        zh: "表达式层层嵌套，超过 \(depth) 层",
        en: "expressions lie more than \(depth) deep inside one another"),
        hint: Message(zh: "请用“派生”分步计算", en: "compute it in steps with derive"))

    package static let tooManyExpressions = Diagnostic("limit.expressions", Message(
        zh: "展开定义后，语句超过 \(expressions) 个表达式",
        en: "with its definitions put in place this statement has over \(expressions) expressions"),
        hint: Message(zh: "请用“派生”先算出重复使用的值；很多取值请放在表里，用“查表”",
                      en: "compute what is used again as a column with derive; keep long lists in "
                          + "a table and use lookup"))
}
