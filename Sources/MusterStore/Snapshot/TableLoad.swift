import CSimdjson
import Dispatch
import MusterDiagnostics

/// One column while it is loaded; texts and references are codes or rows of 32 bits.
enum LoadedColumn {
    case short([Int32])
    case long([Int64])
    case byte([UInt8])
}

/// Loads the rows of one table: blocks are read in turn, parsed by several workers straight into
/// the memory of the finished columns, and committed in turn.
final class TableLoad {
    let schema: TableSchema
    let input: TableInput
    /// The reader's own table: texts, the key's index, dead rows. Freed with this object.
    let handle: OpaquePointer
    private var columns: [LoadedColumn?]
    /// Lines read, blank and rejected ones included.
    private(set) var lineCount = 0
    private(set) var rejects: [Reject] = []
    private(set) var fingerprint = TableFingerprint()

    private let options: LoadOptions
    private let sensitive: Set<String>
    /// By the name of a key in a row turned away: whether what stands there is hidden.
    private var hidden: [String: Bool] = [:]
    private let resolvable: Set<String>
    private var capacity = 0

    private init(_ schema: TableSchema, _ input: TableInput, targets: [String: TableLoad],
                 capacity: Int, options: LoadOptions) {
        self.schema = schema
        self.input = input
        self.options = options
        self.capacity = max(1, capacity)
        handle = muster_table_new()
        columns = Array(repeating: nil, count: schema.fields.count)
        resolvable = Set(targets.filter { $0.value.keyIndex != nil }.keys)
        sensitive = Set(schema.fields.filter(\.isSensitive).map(\.name))
        muster_table_set_matching(handle, options.matchesRows)
        for field in schema.fields { declare(field, targets) }
    }

    deinit { muster_table_free(handle) }

    /// Loads a table. The room for its rows is guessed from the file's size and first block; a
    /// file with more rows than that is begun again with more room.
    /// - Parameter targets: the tables loaded before, to which its fields may refer.
    static func run(_ schema: TableSchema, _ input: TableInput, targets: [String: TableLoad] = [:],
                    options: LoadOptions) throws -> TableLoad {
        var capacity = try estimate(input, options: options)
        while true {
            let load = TableLoad(schema, input, targets: targets, capacity: capacity,
                                 options: options)
            if try load.attempt(input.open()) { return load }
            guard capacity < Int(Int32.max) else { throw Self.tooManyRows(input.path) }
            capacity = min(4 * capacity, Int(Int32.max))
        }
    }

    private static func estimate(_ input: TableInput, options: LoadOptions) throws -> Int {
        let sample = BlockBuffer(capacity: options.blockSize)
        guard let rows = try? input.open(), (try? rows.next(into: sample)) == true,
              sample.count > 0 else { return 1 }
        let lines = muster_count_lines(sample.memory, sample.count) + 1
        let blocks = input.size / sample.count + 1
        let (total, overflow) = blocks.multipliedReportingOverflow(by: lines)
        // A small sample of a huge file must not ask for more memory than there is.
        let most = 1 << 26
        return overflow || total > most ? most : total + total / 4 + 64
    }

    private static func tooManyRows(_ path: String) -> Diagnostic {
        Diagnostic("snapshot.too-large",
                   Message(zh: "\(path)：行数过多，最多可载入 \(Int32.max) 行",
                           en: "\(path): too many rows, at most \(Int32.max) can be loaded"),
                   hint: Message(zh: "请拆分后分别载入", en: "split it and load the parts"))
    }

    // MARK: Declaration

    private func declare(_ field: FieldSchema, _ targets: [String: TableLoad]) {
        var low: Int64 = 0, high: Int64 = 0
        var kind = MUSTER_TEXT
        var target: TableLoad?
        switch field.type {
        case .text: break
        case .day: kind = MUSTER_DAY
        case .integer(let bounds): (kind, low, high) = (MUSTER_INTEGER, bounds.lowerBound,
                                                        bounds.upperBound)
        case .hundredths(let over, let upTo):
            (kind, low, high) = (MUSTER_HUNDREDTHS, Self.hundredfold(over), Self.hundredfold(upTo))
        case .bool: kind = MUSTER_BOOLEAN
        case .choice: kind = MUSTER_CHOICE
        case .reference(let table):
            // A reference to this same table waits as text until all its rows are there.
            target = table == schema.name ? nil : targets[table]
            if target?.keyIndex != nil { kind = MUSTER_REFERENCE }
        }
        let isKey = field.name == schema.key
        let index = muster_table_add_field(
            handle, field.name, kind, low, high, field.isRequired || isKey,
            field.isUnique || isKey, field.name == schema.aliases)
        if let text = field.defaultText { muster_field_set_default(handle, index, text) }
        if case .choice(let choices) = field.type {
            for choice in choices { muster_field_add_choice(handle, index, choice) }
        }
        if let target, let key = target.keyIndex {
            muster_field_set_target(handle, index, target.handle, key)
        }
    }

    private static func hundredfold(_ bound: Int64) -> Int64 {
        let (product, overflow) = bound.multipliedReportingOverflow(by: 100)
        return overflow ? (bound < 0 ? .min : .max) : product
    }

    /// False for a reference to a table without a key, which stays text.
    func isResolved(_ field: FieldSchema) -> Bool {
        guard case .reference(let table) = field.type else { return false }
        return table == schema.name ? keyIndex != nil : resolvable.contains(table)
    }

    /// Rows taken because they were written as those before them.
    var matchedRows: Int { muster_table_matched(handle) }

    /// The place of the key among the fields.
    var keyIndex: Int32? {
        schema.fields.firstIndex { $0.name == schema.key }.map(Int32.init)
    }

    // MARK: Running

    /// False where the rows did not fit.
    private func attempt(_ blocks: any RowBlocks) throws -> Bool {
        let flow = BlockFlow(blocks, options: options, capacity: capacity)
        try withSlabs(from: 0) {
            let shared = Shared(load: self, flow: flow)
            DispatchQueue.concurrentPerform(iterations: flow.workers) { _ in
                shared.load.work(shared.flow)
            }
            if let failure = flow.failure { throw failure }
            lineCount = flow.rowCount
        }
        fingerprint = blocks.fingerprint
        if flow.isFull { options.advance(-flow.advanced) }
        return !flow.isFull
    }

    /// Opens the memory of all columns from `index` on, one inside the other, and runs `body`
    /// while all of it is there.
    private func withSlabs(from index: Int, _ body: () throws -> Void) throws {
        guard index < schema.fields.count else { return try body() }
        switch schema.fields[index].type {
        case .integer: columns[index] = .long(try slab(index, body))
        case .bool: columns[index] = .byte(try slab(index, body))
        default: columns[index] = .short(try slab(index, body))
        }
    }

    private func slab<Value>(_ index: Int, _ body: () throws -> Void) throws -> [Value] {
        try [Value](unsafeUninitializedCapacity: capacity) { memory, count in
            muster_field_set_slab(handle, Int32(index), memory.baseAddress)
            try withSlabs(from: index + 1, body)
            // The dead rows among them are taken out before anybody reads them.
            count = lineCount
        }
    }

    /// What the workers share. Unchecked, because the compiler cannot see the rule that makes it
    /// sound: everything that changes does so under the flow's semaphores, and every row of the
    /// columns is written by the one worker that holds its block.
    private struct Shared: @unchecked Sendable {
        let load: TableLoad
        let flow: BlockFlow
    }

    private func work(_ flow: BlockFlow) {
        let worker = muster_worker_new(handle)
        defer { muster_worker_free(worker) }
        let block = BlockBuffer(capacity: options.blockSize)
        while let turn = flow.read(into: block) {
            var failure = turn.failure
            if failure == nil {
                var fault = muster_fault()
                let status = muster_worker_parse(worker, block.memory, block.count, turn.firstRow,
                                                 &fault)
                if status == MUSTER_MALFORMED { failure = malformed(fault, block, turn, flow) }
            }
            flow.inTurn(turn) {
                if let failure { throw failure }
                try check(muster_worker_commit(worker))
                try collectRejects(of: worker, firstRow: turn.firstRow)
                try checkBlankLines()
            }
        }
    }

    private func malformed(_ fault: muster_fault, _ block: BlockBuffer, _ turn: BlockFlow.Turn,
                           _ flow: BlockFlow) -> any Error {
        let row = Int(fault.row)
        let place = block.place(row: row, offset: fault.offset)
        let line = flow.blocks.countsElements ? 0 : turn.firstRow + row + 1
        return MalformedRow(path: input.path, line: line, place: place, kind: fault.kind)
    }

    static func tooManyFields(_ path: String) -> Diagnostic {
        let most = muster_most_extras()
        return Diagnostic("snapshot.too-many-fields",
                          Message(zh: "\(path)：未定义的字段超过 \(most) 个",
                                  en: "\(path): over \(most) different undeclared fields"),
                          hint: Message(zh: "字段名不应含有数据",
                                        en: "field names should not hold data"))
    }

    private func check(_ status: muster_status) throws {
        switch status {
        case MUSTER_TOO_MANY_FIELDS: throw Self.tooManyFields(input.path)
        case MUSTER_TOO_MUCH_TEXT:
            throw Diagnostic(
                "snapshot.too-large",
                Message(zh: "\(input.path)：某一字段的文本总量超过 4 GB",
                        en: "\(input.path): the texts of one field pass 4 GB"),
                hint: Message(zh: "请拆分后分别载入", en: "split it and load the parts"))
        default: break
        }
    }

    /// What is no row has its limits: a few bytes of a packed file may be millions of them.
    private func checkBlankLines() throws {
        var dead = 0
        _ = muster_table_dead(handle, &dead)
        if dead - rejects.count > Limits.blankLines { throw Limits.tooManyBlankLines(input.path) }
    }

    private func collectRejects(of worker: OpaquePointer?, firstRow: Int) throws {
        var count = 0
        guard let found = muster_worker_rejects(worker, &count) else { return }
        for (number, reject) in UnsafeBufferPointer(start: found, count: count).enumerated() {
            try checkRejects(more: 1)
            // To mask a row takes longer than to read it.
            if number & 0xFF == 0xFF { try checkCancelled() }
            let field = if reject.field >= 0 {
                schema.fields[Int(reject.field)].name
            } else {
                String(decoding: UnsafeBufferPointer(start: reject.name, count: reject.name_length),
                       as: UTF8.self)
            }
            let raw = UnsafeBufferPointer(start: reject.raw, count: reject.raw_length)
            add(RejectReason(reject.reason), field: field, row: firstRow + Int(reject.row), raw)
        }
    }

    /// Throws where with so many more there are more rows turned away than are kept.
    func checkRejects(more: Int) throws {
        if rejects.count + more > options.limits.rejects {
            throw options.limits.tooManyRejects(input.path)
        }
    }

    func checkCancelled() throws {
        if options.isCancelled() { throw BlockFlow.cancelled }
    }

    /// Notes a row turned away; `row` is its position in the file, from 0.
    func add(_ reason: RejectReason, field: String, row: Int, _ raw: UnsafeBufferPointer<UInt8>) {
        rejects.append(Reject(table: schema.name, file: input.file, line: row + 1, field: field,
                              reason: reason.term,
                              raw: RejectText.masked(raw, input.reading.discretion,
                                                     isHidden: isHidden)))
    }

    private func isHidden(_ name: String) -> Bool {
        if let known = hidden[name] { return known }
        let answer = sensitive.contains(name) || input.reading.discretion.isHidden(name)
        if hidden.count < 1000 { hidden[name] = answer }
        return answer
    }

    func sortRejects() { rejects.sort { $0.line < $1.line } }

    /// Takes a column out, so that it can be changed in place.
    func take(_ index: Int) -> LoadedColumn? {
        defer { columns[index] = nil }
        return columns[index]
    }

    func put(_ column: LoadedColumn, at index: Int) { columns[index] = column }
}
