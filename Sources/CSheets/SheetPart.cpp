// The cells of a sheet of an .xlsx.
#include "Package.hpp"
#include <charconv>

using namespace sheets;

namespace {

class SheetPart : public Part {
public:
    SheetPart(muster_book &book, const std::string &name, const std::vector<Shown> &styles,
              const std::vector<uint32_t> &texts, bool counts_anew)
        : Part(book, name), styles(styles), texts(texts), counts_anew(counts_anew) {}

protected:
    enum : uint8_t { sheet = 1, data, row, cell, value, formula, rich, run, piece, merges };
    enum class Type : uint8_t { number, shared, text, boolean, error, day };

    uint8_t begin(uint8_t parent, const char *element, const char **attributes) override {
        switch (parent) {
        case outside:
            if (!std::strcmp(element, "worksheet")) return sheet;
            fail(MUSTER_SHEETS_NOT_XML, name);
            return other;
        case sheet:
            if (!std::strcmp(element, "sheetData")) return data;
            return !std::strcmp(element, "mergeCells") ? uint8_t{merges} : other;
        case data:
            if (std::strcmp(element, "row")) return other;
            begin_row(attributes);
            return row;
        case row:
            if (std::strcmp(element, "c")) return other;
            begin_cell(attributes);
            return cell;
        case cell:
            if (!std::strcmp(element, "v")) { keep(); return value; }
            if (!std::strcmp(element, "f")) { has_formula = true; return other; }
            if (!std::strcmp(element, "is")) { text.clear(); return rich; }
            return other;
        case rich:
            if (!std::strcmp(element, "r")) return run;
            [[fallthrough]];
        case run:
            if (std::strcmp(element, "t")) return other;
            keeps = true;
            return piece;
        case merges:
            if (!std::strcmp(element, "mergeCell")) add_merge(attribute(attributes, "ref"));
            return other;
        default: return other;
        }
    }

    void end(uint8_t element) override {
        switch (element) {
        case value:
            keeps = false;
            has_value = !text.empty();
            break;
        case piece: keeps = false; break;
        case rich: has_value = !text.empty(); break;
        case cell: end_cell(); break;
        default: break;
        }
    }

private:
    const std::vector<Shown> &styles;
    const std::vector<uint32_t> &texts;
    const bool counts_anew;
    bool is_hidden = false;
    Type type = Type::number;
    unsigned style_number = 0;
    bool has_formula = false, has_value = false;

    /// Letters and digits of a place (`AB12`); false where it is none. Column and row from 1.
    static bool place(const char *&at, uint32_t &column, uint32_t &row) {
        if (*at == '$') ++at;
        column = row = 0;
        for (; (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z'); ++at) {
            column = column * 26 + static_cast<uint32_t>((*at & 0x1F));
            if (column > 16384) return false;
        }
        if (*at == '$') ++at;
        for (; *at >= '0' && *at <= '9'; ++at) {
            row = row * 10 + static_cast<uint32_t>(*at - '0');
            if (row > last_row) return false;
        }
        return true;
    }

    void begin_row(const char **attributes) {
        const char *said = attribute(attributes, "r");
        uint32_t number = at_row + 1;
        if (said) {
            const auto length = std::strlen(said);
            const auto parsed = std::from_chars(said, said + length, number);
            const bool is_number = parsed.ec == std::errc() && parsed.ptr == said + length;
            if (!is_number || number == 0) number = last_row + 1;
        }
        if (number > last_row) return fail(MUSTER_SHEETS_PLACE, said ? said : "");
        const uint32_t before = at_row;
        at_row = number;
        if (number <= before) return fail(MUSTER_SHEETS_ORDER);
        at_column = 0;
        const char *height = attribute(attributes, "ht");
        is_hidden = is_yes(attribute(attributes, "hidden"))
            || (height && (!std::strcmp(height, "0") || !std::strcmp(height, "0.0")));
    }

    void begin_cell(const char **attributes) {
        uint32_t next = at_column + 1;
        type = Type::number;
        style_number = 0;
        has_formula = has_value = false;
        text.clear();
        for (; *attributes; attributes += 2) {
            const char *key = attributes[0], *said = attributes[1];
            if (!std::strcmp(key, "r")) {
                uint32_t its_row = 0;
                const char *at = said;
                if (!place(at, next, its_row) || *at || !next || its_row != at_row) {
                    return fail(MUSTER_SHEETS_PLACE, said);
                }
            } else if (!std::strcmp(key, "s")) {
                style_number = static_cast<unsigned>(std::strtoul(said, nullptr, 10));
            } else if (!std::strcmp(key, "t")) {
                type = !std::strcmp(said, "s") ? Type::shared
                    : !std::strcmp(said, "str") || !std::strcmp(said, "inlineStr") ? Type::text
                    : !std::strcmp(said, "b") ? Type::boolean
                    : !std::strcmp(said, "e") ? Type::error
                    : !std::strcmp(said, "d") ? Type::day : Type::number;
            }
        }
        const uint32_t before = at_column;
        at_column = next;
        if (next <= before) fail(MUSTER_SHEETS_ORDER);
    }

    bool add(muster_cell_kind kind, uint64_t payload) {
        return book.add(at_row, is_hidden, at_column - 1, kind, payload);
    }
    bool add(muster_cell_kind kind, std::string_view shown) {
        return book.add_text(at_row, is_hidden, at_column - 1, kind, shown);
    }

    void end_cell() {
        if (!has_value) {
            // A formula's empty text is one; a formula without a value is not known.
            if (has_formula && type != Type::text && !add(MUSTER_CELL_UNVALUED, 0)) stop();
            return;
        }
        bool is_fine = true;
        switch (type) {
        case Type::text: is_fine = add(MUSTER_CELL_TEXT, unescaped(text)); break;
        case Type::error: is_fine = add(MUSTER_CELL_ERROR, trimmed()); break;
        case Type::day:
            is_fine = book.add_iso(at_row, is_hidden, at_column - 1, trimmed());
            break;
        case Type::boolean:
            is_fine = add(MUSTER_CELL_BOOLEAN, trimmed() == "1" || trimmed() == "true");
            break;
        case Type::shared: is_fine = add_shared(); break;
        case Type::number: is_fine = add_number(); break;
        }
        if (!is_fine) stop();
    }

    void stop() { fail(book.fault.status, book.fault.detail); }

    std::string_view trimmed() const {
        std::string_view rest = text;
        const size_t first = rest.find_first_not_of(" \n\r\t");
        if (first == std::string_view::npos) return {};
        return rest.substr(first, rest.find_last_not_of(" \n\r\t") - first + 1);
    }

    bool add_shared() {
        const auto digits = trimmed();
        uint32_t index = 0;
        const auto end = digits.data() + digits.size();
        const auto parsed = std::from_chars(digits.data(), end, index);
        if (parsed.ec != std::errc() || parsed.ptr != end || index >= texts.size()) {
            return book.fail(MUSTER_SHEETS_INDEX, digits, at_row, at_column);
        }
        const uint32_t number = texts[index];
        return book.texts.at(number).empty() || add(MUSTER_CELL_TEXT, uint64_t{number});
    }

    bool add_number() {
        const auto digits = trimmed();
        const auto whole = digits.substr(!digits.empty() && digits[0] == '-');
        double number = 0;
        const auto end = digits.data() + digits.size();
        const bool is_plain = whole.find_first_not_of("0123456789") == std::string_view::npos;
        const bool begins = !whole.empty() && std::strchr(".0123456789", whole[0]) && whole[0];
        const auto parsed = std::from_chars(digits.data(), end, number);
        if (!begins || parsed.ptr != end) {
            return book.fail(MUSTER_SHEETS_NUMBER, digits, at_row, at_column);
        }
        if (parsed.ec == std::errc::result_out_of_range) {
            const size_t power = digits.find_first_of("eE");
            const bool is_tiny = whole[0] == '0' || whole[0] == '.'
                || (power != std::string_view::npos && digits.substr(power + 1, 1) == "-");
            if (!is_tiny) return book.fail(MUSTER_SHEETS_RANGE, digits, at_row, at_column);
            number = 0;
        }
        if (is_plain && whole.size() > 15) return add(MUSTER_CELL_DIGITS, digits);
        if (has_formula && counts_anew && number == 0) return add(MUSTER_CELL_UNVALUED, 0);
        if (style_number != 0 && style_number >= styles.size()) {
            return book.fail(MUSTER_SHEETS_INDEX, {}, at_row, at_column);
        }
        const Shown shown = styles.empty() ? Shown::number : styles[style_number];
        return book.add_number(at_row, is_hidden, at_column - 1, number, shown);
    }

    void add_merge(const char *area) {
        muster_merge merge{};
        uint32_t left = 0, top = 0, right = 0, bottom = 0;
        const char *at = area ? area : "";
        bool is_fine = place(at, left, top) && left && top;
        if (is_fine && *at == ':') {
            is_fine = place(++at, right, bottom) && right && bottom;
        } else {
            right = left;
            bottom = top;
        }
        if (!is_fine || *at || right < left || bottom < top) {
            return fail(MUSTER_SHEETS_PLACE, area ? area : "");
        }
        merge = {top, bottom, left - 1, right - 1};
        if (!book.add_merge(merge)) stop();
    }
};

} // namespace

bool sheets::read_sheet(Archive &archive, muster_book &book, const std::string &part,
                        const std::vector<Shown> &styles, const std::vector<uint32_t> &texts,
                        bool counts_anew) {
    SheetPart sheet(book, part, styles, texts, counts_anew);
    if (!sheet.read(archive)) return false;
    book.all.back().starts.push_back(book.all.back().columns.size());
    return true;
}

void sheets::tell(const muster_book &book, muster_sheets_fault *fault) {
    *fault = muster_sheets_fault{};
    fault->status = book.fault.status;
    fault->code = book.fault.code;
    fault->row = book.fault.row;
    fault->column = book.fault.column;
    const auto copy = [](char *to, size_t room, std::string_view text) {
        size_t length = std::min(text.size(), room - 1);
        while (length < text.size() && length > 0 && (text[length] & 0xC0) == 0x80) --length;
        std::memcpy(to, text.data(), length);
    };
    copy(fault->detail, sizeof fault->detail, book.fault.detail);
    if (!book.all.empty()) {
        fault->has_sheet = true;
        copy(fault->sheet, sizeof fault->sheet, book.all.back().name);
    }
}
