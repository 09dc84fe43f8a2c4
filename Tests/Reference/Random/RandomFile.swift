/// Files whose headings and values are easily taken for something else.
package struct RandomFile {
    private var random: RandomSource
    private let books: [Book]

    /// Headings that read as a literal too: bare they are columns only where columns are named.
    static let literalHeadings = ["2015年", "2016", "2016年度", "2015-10", "是"]
    /// Names that may stand without backquotes.
    static let bareHeadings = ["人数", "n", "rate", "count", "year", "total", "rank", "单位", "达标",
                               "非达标", "是否团员", "code", "target", "时长", "of", "sum"]
    private static let quotedHeadings = ["a-b", "名称 (全)", "by", "where", "in", "US Gross", "不含",
                                         "按", "筛选", "1E2", "空", "years", "a,b"]

    private enum Content: CaseIterable {
        case unitIDs, unitNames, ages, years, wholes, decimals, cents, longDecimals, days, packed
        case truths, codes, digits, words, mixed, empty
    }

    init(seed: UInt64, books: [Book]) {
        random = RandomSource(seed: seed &* 7_919 &+ 13)
        self.books = books
    }

    /// Two files beside the books of a seed.
    static func files(seed: UInt64, books: [Book]) -> [PlainFile] {
        var source = RandomFile(seed: seed, books: books)
        return ["p1", "p2"].map { source.file($0) }
    }

    private mutating func file(_ name: String) -> PlainFile {
        let format = random.pick(PlainFile.Format.allCases) ?? .csv
        let isJSON = format == .json || format == .ndjson
        var contents = random.some(Content.allCases, random.from(4, to: 8))
        if !contents.contains(.wholes) { contents.append(.wholes) }
        if !contents.contains(.decimals) { contents.append(.decimals) }
        var free = random.shuffled(Self.bareHeadings + Self.literalHeadings + Self.quotedHeadings)
        var days = random.shuffled(["日期", "成立年月", "Date", "填报时间"])
        let headings = contents.map { content in
            content == .packed ? days.removeLast() : free.removeLast()
        }
        let count = random.chance(6) ? 1 : random.from(3, to: 14)
        let columns = contents.map { column($0, count, isJSON: isJSON) }
        return PlainFile(name: name, format: format, headings: headings.map { heading in
            random.chance(8) && !isJSON ? " \(heading) " : heading
        }, rows: (0..<count).map { row in columns.map { $0[row] } })
    }

    private mutating func column(_ content: Content, _ count: Int, isJSON: Bool)
        -> [PlainFile.Cell] {
        let blank = random.pick(["", "", "-", "—", "/", "无", "NA", "NULL"]) ?? ""
        let blanks = random.chance(45) ? random.from(5, to: 40) : 0
        let values = texts(content, count)
        let isBare: Bool = switch content {
        case .ages, .years, .wholes, .decimals, .cents, .longDecimals: random.chance(85)
        case .truths: values.allSatisfy { $0 == "true" || $0 == "false" }
        default: false
        }
        return values.map { value in
            if random.chance(blanks) { return blank.isEmpty ? .missing : .text(blank) }
            return isBare ? .bare(value) : .text(value)
        }
    }

    private mutating func many(_ count: Int, _ one: (inout RandomSource) -> String) -> [String] {
        (0..<count).map { _ in one(&random) }
    }

    private mutating func picked(_ count: Int, _ all: [String]) -> [String] {
        many(count) { $0.pick(all) ?? "" }
    }

    private mutating func texts(_ content: Content, _ count: Int) -> [String] {
        let units = books.flatMap(\.units)
        switch content {
        case .unitIDs:
            // Each once, mostly, so that look-ups find one row.
            let ids = random.shuffled(Array(Set(units.map(\.id))).sorted() + ["U999", "x"])
            let all = (0..<count).map { ids[$0 % ids.count] }
            return random.chance(25) ? all.map { random.chance(30) ? ids[0] : $0 } : all
        case .unitNames: return picked(count, units.map(\.name) + ["没有的"])
        case .ages:
            let first = random.from(12, to: 20)
            return (0..<count).map { String(first + $0) }
        case .years:
            let first = random.from(2010, to: 2016)
            return (0..<count).map { String(first + (random.chance(15) ? 0 : $0)) }
        case .wholes: return many(count) { String($0.from(-3, to: 12)) }
        case .decimals: return decimals(count, random.from(1, to: 6))
        case .cents: return decimals(count, 2)
        case .longDecimals:
            return picked(count, ["0.8333333333333334", "0.1234567", "0.5", "3", "1234.56789012"])
        case .days: return days(count)
        case .packed: return many(count) { source in
            let day = DayCount.parts(DayCount.day(2015, 1, 1) + source.below(900))
            return String(day.year * 10_000 + day.month * 100 + day.day)
        }
        case .truths:
            let pair = random.pick([["true", "false"], ["TRUE", "FALSE"], ["是", "否"],
                                    ["Y", "N"], ["√", "√"]]) ?? []
            return picked(count, pair)
        case .codes: return picked(count, random.pick([["1E2", "100"], ["007", "7", "12"],
                                                       ["1.10", "1.1", "2"], ["+5", "5"],
                                                       ["1", "1.0"], ["-0", "0"]]) ?? [])
        case .digits:
            return picked(count, ["12345678901234567890", "12345678901234567891", "１２", "12"])
        case .words:
            return picked(count, ["é", "e\u{301}", "2016", "是", "rate", "甲", "a b", "A B"])
        case .mixed: return picked(count, ["是", "Y", "2015/6/3", "3", "无", "-", "甲"])
        case .empty: return picked(count, random.chance(50) ? [""] : ["无", "-"])
        }
    }

    /// Exact decimals of up to so many places, and a whole number among them.
    private mutating func decimals(_ count: Int, _ places: Int) -> [String] {
        many(count) { source in
            if source.chance(15) { return String(source.from(0, to: 9)) }
            let own = source.from(1, to: places)
            let unit = (0..<own).reduce(1) { power, _ in power * 10 }
            var value = source.from(-2 * unit, to: 20 * unit)
            if value % 10 == 0 { value += value < 0 ? -1 : 1 }
            return PlainReading.printed(value, places: own)
        }
    }

    private mutating func days(_ count: Int) -> [String] {
        let isMixed = random.chance(50), form = random.below(6)
        return many(count) { source in
            let day = DayCount.parts(DayCount.day(2015, 1, 1) + source.below(1000))
            return switch isMixed ? source.below(6) : form {
            case 0: "\(day.year)-\(day.month)-\(day.day)"
            case 1: "\(day.year)/\(day.month)/\(day.day)"
            case 2: "\(day.year).\(day.month).\(day.day)"
            case 3: "\(day.year)年\(day.month)月\(day.day)日"
            case 4: "\(day.year)/\(day.month)/\(day.day) 0:00"
            default: DayCount.text(DayCount.day(day.year, day.month, day.day))
            }
        }
    }
}
