import MusterDiagnostics

extension Reference {
    /// Every limit with its figure; those of data with the setting that raises them.
    var limits: [String] {
        let usual = Limits()
        let figures: [(what: String, figure: Int, setting: String)] = [
            ("一次分组的组数 · groups of one grouping", usual.groups, "set groups"),
            ("结果的单元格（行数 × 列数） · cells of a result (rows × columns)", usual.cells, "set cells"),
            ("装载时一张表的问题行 · faulty rows of a table that is loaded", usual.rejects,
             "set rejects"),
            ("一个文件的空行 · blank lines of a file", Limits.blankLines, ""),
            ("工作簿解压后的字节 · bytes that a workbook unpacks to", Limits.workbookBytes, ""),
            ("解压后与文件之比 · bytes of a workbook unpacked for one packed", Limits.workbookRatio, ""),
            ("工作簿的部分 · parts of a workbook", Limits.workbookParts, ""),
            ("一个文件的工作表 · sheets of a workbook", Limits.sheets, ""),
            ("一个文件有内容的单元格 · cells of a workbook with something in them", Limits.sheetCells, ""),
            ("一个文件各单元格文字的字节 · bytes of all texts of a workbook", Limits.sheetTextBytes, ""),
            ("一个单元格的字节 · bytes of the text of one cell", Limits.cellBytes, ""),
            ("一个文件的合并区域 · merged areas of a workbook", Limits.merges, ""),
            ("画图的行数 · rows that a chart is drawn of", Limits.chartRows, ""),
            ("一张表的列数 · columns of a table", Limits.columns, ""),
            ("查询的步骤 · stages of a query", Limits.stages, ""),
            ("路径的名称 · names of a path", Limits.path, ""),
            ("层层引用的定义 · definitions that lead to one another", Limits.definitions, ""),
            ("展开定义后的表达式 · expressions of a statement with its definitions put in place",
             Limits.expressions, ""),
            ("表达式的层数，含定义 · expressions inside one another, those of definitions included",
             Limits.depth, ""),
            ("写下的括号、条件、函数的层数 · brackets, conditions and calls inside one another",
             Limits.nesting, ""),
            ("连写的运算 · operators in a row", Limits.height, ""),
            ("脚本引入的层数 · scripts included inside one another", Limits.includesDeep, ""),
            ("一个脚本引入的脚本 · scripts that one script includes", Limits.includes, ""),
            ("一个脚本的字节 · bytes of a script", Limits.textBytes, ""),
            ("一个名称的字节 · bytes of a name", Limits.nameBytes, ""),
            ("一条错误的字数 · characters of a message", Limits.messageCharacters, ""),
            ("一次列出的错误 · errors that are listed at once", Limits.faults, ""),
        ]
        return table(["限度 · limit", "数 · figure", "放宽 · raised by"], figures.map {
            [$0.what, "\($0.figure)", $0.setting.isEmpty ? "" : code($0.setting)]
        })
    }
}
