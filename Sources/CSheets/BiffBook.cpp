// An .xls of Excel 97 and later (BIFF8), read sheet by sheet.
#include "Biff.hpp"

using namespace sheets;

namespace {

class BiffBook {
public:
    BiffBook(muster_book &book, Watch &watch, std::vector<uint8_t> bytes)
        : book(book), watch(watch), bytes(std::move(bytes)) {}

    void read() {
        read_globals();
        for (const auto &entry : entries) {
            book.all.emplace_back();
            book.all.back().name = entry.name;
            book.all.back().is_hidden = entry.is_hidden;
            if (book.limits.names_only) book.all.back().starts.push_back(0);
            else read_sheet(entry.place);
        }
    }

private:
    struct Entry { std::string name; size_t place; bool is_hidden; };
    struct Cell { uint32_t row, column; muster_cell_kind kind; Shown shown; uint64_t payload; };

    muster_book &book;
    Watch &watch;
    const std::vector<uint8_t> bytes;
    std::vector<Entry> entries;
    std::vector<std::pair<unsigned, Shown>> formats;
    std::vector<unsigned> styles;
    std::vector<Shown> shown;
    std::vector<uint32_t> texts;
    /// Of the sheet at hand.
    std::vector<Cell> cells;
    std::vector<bool> hidden;
    /// The formula's cell whose text comes in the next record.
    bool waits = false;

    [[noreturn]] void stop(muster_sheets_status status, std::string detail = {}, uint32_t row = 0,
                           uint32_t column = 0) {
        throw Fault{status, std::move(detail), row, column};
    }
    void check(bool is_fine) { if (!is_fine) throw book.fault; }

    void begin(RecordFlow &flow) {
        Record record;
        if (!flow.next(record) || record.id != BEGIN) stop(MUSTER_SHEETS_DAMAGED, "Workbook");
        RecordReader reader(record);
        if (reader.half() != 0x0600) stop(MUSTER_SHEETS_OLD);
    }

    void read_globals() {
        RecordFlow flow(bytes, 0);
        begin(flow);
        Record record;
        size_t before = 0;
        while (flow.next(record) && record.id != END) {
            if (!watch.go_on(flow.place() - before)) stop(MUSTER_SHEETS_CANCELLED);
            before = flow.place();
            RecordReader reader(record);
            switch (record.id) {
            case FILE_PASS: stop(MUSTER_SHEETS_ENCRYPTED);
            case DATE_MODE: book.counts_from_1904 = reader.half() == 1; break;
            case FORMAT: {
                const unsigned number = reader.half();
                const size_t units = reader.half();
                formats.emplace_back(number, shown_by_code(reader.text(units)));
                break;
            }
            case XF:
                reader.half();
                styles.push_back(reader.half());
                break;
            case BOUND_SHEET: read_entry(reader); break;
            case TEXTS: if (!book.limits.names_only) read_texts(reader); break;
            default: break;
            }
            if (formats.size() + styles.size() > book.limits.styles) stop(MUSTER_SHEETS_STYLES);
        }
        for (const unsigned style : styles) {
            Shown found = shown_by_number(style);
            for (const auto &format : formats) if (format.first == style) found = format.second;
            shown.push_back(found);
        }
    }

    void read_entry(RecordReader &reader) {
        const size_t place = reader.word();
        const uint8_t state = reader.byte(), kind = reader.byte();
        const size_t units = reader.byte();
        const std::string name = reader.characters(units, reader.byte() & 1);
        // Charts and sheets of macros have no cells.
        if (kind != 0) return;
        if (entries.size() >= book.limits.sheets) stop(MUSTER_SHEETS_SHEETS);
        entries.push_back({name, place, (state & 3) != 0});
    }

    void read_texts(RecordReader &reader) {
        reader.word();
        const size_t count = reader.word();
        for (size_t index = 0; index < count; ++index) {
            const std::string text = reader.text(reader.half());
            check(book.has_room(text, 0, 0));
            texts.push_back(book.texts.intern(text));
        }
    }

    // MARK: a sheet

    void read_sheet(size_t place) {
        if (place >= bytes.size()) stop(MUSTER_SHEETS_DAMAGED, "Workbook");
        RecordFlow flow(bytes, place);
        begin(flow);
        cells.clear();
        hidden.assign(65536, false);
        waits = false;
        Record record;
        size_t depth = 1, before = flow.place();
        while (depth > 0 && flow.next(record)) {
            if (!watch.go_on(flow.place() - before)) stop(MUSTER_SHEETS_CANCELLED);
            before = flow.place();
            // Charts on a sheet are streams of their own inside it.
            if (record.id == BEGIN) depth += 1;
            else if (record.id == END) depth -= 1;
            else if (depth == 1) read(record);
        }
        if (depth > 0) stop(MUSTER_SHEETS_DAMAGED, "Workbook");
        finish();
    }

    void read(const Record &record) {
        RecordReader reader(record);
        switch (record.id) {
        case ROW: {
            const uint16_t row = reader.half();
            reader.skip(10);
            if (reader.byte() & 0x20) hidden[row] = true;
            break;
        }
        case NUMBER: case RK: case MUL_RK: case LABEL_TEXT: case LABEL: case RICH_LABEL:
        case BOOL_ERROR: case FORMULA:
            waits = false;
            read_cell(record.id, reader);
            break;
        case STRING:
            if (waits) {
                Cell cell = cells.back();
                cells.pop_back();
                const size_t units = reader.half();
                const std::string text = reader.text(units);
                check(book.has_room(text, cell.row, cell.column + 1));
                cell.kind = MUSTER_CELL_TEXT;
                cell.payload = book.texts.intern(text);
                if (!text.empty()) cells.push_back(cell);
                waits = false;
            }
            break;
        case MERGES: {
            const size_t count = reader.half();
            for (size_t index = 0; index < count; ++index) {
                const uint32_t top = reader.half(), bottom = reader.half();
                const uint32_t left = reader.half(), right = reader.half();
                if (bottom < top || right < left) stop(MUSTER_SHEETS_PLACE);
                check(book.add_merge({top + 1, bottom + 1, left, right}));
            }
            break;
        }
        default: break;
        }
    }

    void add(uint32_t row, uint32_t column, muster_cell_kind kind, uint64_t payload,
             Shown shown = Shown::number) {
        if (book.cells + cells.size() >= book.limits.cells) {
            stop(MUSTER_SHEETS_CELLS, {}, row, column + 1);
        }
        cells.push_back({row, column, kind, shown, payload});
    }

    void add_number(uint32_t row, uint32_t column, size_t style, double value) {
        if (style >= shown.size()) stop(MUSTER_SHEETS_INDEX, {}, row, column + 1);
        if (!std::isfinite(value)) stop(MUSTER_SHEETS_RANGE, {}, row, column + 1);
        uint64_t bits;
        std::memcpy(&bits, &value, sizeof bits);
        add(row, column, MUSTER_CELL_NUMBER, bits, shown[style]);
    }

    void add_text(uint32_t row, uint32_t column, muster_cell_kind kind, std::string_view text) {
        check(book.has_room(text, row, column + 1));
        if (!text.empty()) add(row, column, kind, book.texts.intern(text));
    }

    void read_cell(uint16_t id, RecordReader &reader) {
        const uint32_t row = reader.half() + 1u, column = reader.half();
        if (id == MUL_RK) {
            for (uint32_t next = column; reader.left() > 6 && next < 65536; ++next) {
                const size_t style = reader.half();
                add_number(row, next, style, unpacked(reader.word()));
            }
            return;
        }
        const size_t style = reader.half();
        switch (id) {
        case NUMBER: return add_number(row, column, style, reader.number());
        case RK: return add_number(row, column, style, unpacked(reader.word()));
        case LABEL_TEXT: {
            const uint32_t index = reader.word();
            if (index >= texts.size()) stop(MUSTER_SHEETS_INDEX, {}, row, column + 1);
            if (!book.texts.at(texts[index]).empty()) {
                add(row, column, MUSTER_CELL_TEXT, texts[index]);
            }
            return;
        }
        case LABEL: case RICH_LABEL: {
            const size_t units = reader.half();
            const bool is_wide = reader.byte() & 1;
            return add_text(row, column, MUSTER_CELL_TEXT, reader.characters(units, is_wide));
        }
        case BOOL_ERROR: {
            const uint8_t value = reader.byte();
            return reader.byte() ? add_text(row, column, MUSTER_CELL_ERROR, error_text(value))
                : add(row, column, MUSTER_CELL_BOOLEAN, value != 0);
        }
        default: return read_formula(row, column, style, reader);
        }
    }

    void read_formula(uint32_t row, uint32_t column, size_t style, RecordReader &reader) {
        uint64_t bits = reader.word();
        bits |= static_cast<uint64_t>(reader.word()) << 32;
        const bool is_to_be_counted = reader.half() & 2;
        if (bits >> 48 == 0xFFFF) {
            const auto value = static_cast<uint8_t>(bits >> 16);
            switch (bits & 0xFF) {
            case 0:
                add(row, column, MUSTER_CELL_UNVALUED, 0);
                waits = true;
                return;
            case 1: return add(row, column, MUSTER_CELL_BOOLEAN, value != 0);
            case 2: return add_text(row, column, MUSTER_CELL_ERROR, error_text(value));
            default:
                if (is_to_be_counted) add(row, column, MUSTER_CELL_UNVALUED, 0);
                return;
            }
        }
        double value;
        std::memcpy(&value, &bits, sizeof value);
        // A zero that is still to be worked out is none that anybody saw.
        if (is_to_be_counted && value == 0) return add(row, column, MUSTER_CELL_UNVALUED, 0);
        add_number(row, column, style, value);
    }

    /// The cells in order: a file may have them in another, and one twice, the later of which
    /// holds.
    void finish() {
        std::stable_sort(cells.begin(), cells.end(), [](const Cell &a, const Cell &b) {
            return a.row != b.row ? a.row < b.row : a.column < b.column;
        });
        for (size_t index = 0; index < cells.size(); ++index) {
            const Cell &cell = cells[index];
            if (index + 1 < cells.size() && cells[index + 1].row == cell.row
                && cells[index + 1].column == cell.column) continue;
            const bool is_hidden = hidden[cell.row - 1];
            if (cell.kind == MUSTER_CELL_NUMBER) {
                double value;
                std::memcpy(&value, &cell.payload, sizeof value);
                check(book.add_number(cell.row, is_hidden, cell.column, value, cell.shown));
            } else {
                check(book.add(cell.row, is_hidden, cell.column, cell.kind, cell.payload));
            }
        }
        book.all.back().starts.push_back(book.all.back().columns.size());
    }
};

void read_compound(muster_book &book, Watch &watch, const uint8_t *bytes, size_t count) {
    const Compound file(bytes, count);
    if (file.has("Workbook")) {
        BiffBook(book, watch, file.stream("Workbook")).read();
    } else if (file.has("EncryptedPackage")) {
        throw Fault{MUSTER_SHEETS_ENCRYPTED, ""};
    } else if (file.has("Book")) {
        throw Fault{MUSTER_SHEETS_OLD, ""};
    } else {
        throw Fault{MUSTER_SHEETS_FOREIGN, file.has("WordDocument") ? "doc"
                    : file.has("PowerPoint Document") ? "ppt" : "ole"};
    }
}

} // namespace

muster_book *muster_book_read_xls(const uint8_t *bytes, size_t count,
                                  const muster_sheets_limits *limits, muster_sheets_watch ask,
                                  void *context, muster_sheets_fault *fault) {
    auto *book = new muster_book(*limits);
    Watch watch{ask, context};
    watch.total = count;
    try {
        read_compound(*book, watch, bytes, count);
        return book;
    } catch (const Fault &found) {
        book->fault = found;
    }
    tell(*book, fault);
    delete book;
    return nullptr;
}
