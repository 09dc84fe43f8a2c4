// A workbook as it is kept, whatever file it came from.
#include "Book.hpp"
#include <cstdio>

using namespace sheets;

static uint64_t hash(std::string_view text) {
    uint64_t value = 0xcbf29ce484222325u;
    for (unsigned char byte : text) value = (value ^ byte) * 0x100000001b3u;
    return value ^ value >> 29;
}

void Texts::grow() {
    std::vector<uint32_t> old(std::max<size_t>(1024, table.size() * 2), UINT32_MAX);
    old.swap(table);
    for (uint32_t number : old) {
        if (number == UINT32_MAX) continue;
        size_t place = hash(at(number)) & (table.size() - 1);
        while (table[place] != UINT32_MAX) place = (place + 1) & (table.size() - 1);
        table[place] = number;
    }
}

uint32_t Texts::intern(std::string_view text) {
    if (count() * 2 >= table.size()) grow();
    size_t place = hash(text) & (table.size() - 1);
    while (table[place] != UINT32_MAX) {
        if (at(table[place]) == text) return table[place];
        place = (place + 1) & (table.size() - 1);
    }
    table[place] = static_cast<uint32_t>(count());
    bytes.append(text);
    offsets.push_back(static_cast<uint32_t>(bytes.size()));
    return table[place];
}

bool muster_book::has_room(std::string_view text, uint32_t row, uint32_t column) {
    if (text.size() > limits.long_text) return fail(MUSTER_SHEETS_LONG_TEXT, {}, row, column);
    if (texts.bytes.size() + text.size() > limits.text_bytes
        || texts.count() >= limits.text_bytes / 4) {
        return fail(MUSTER_SHEETS_TEXTS, {}, row, column);
    }
    return true;
}

bool muster_book::add(uint32_t row, bool is_hidden, uint32_t column, muster_cell_kind kind,
                      uint64_t payload) {
    Sheet &sheet = all.back();
    if (column >= limits.columns) return fail(MUSTER_SHEETS_COLUMNS, {}, row, column + 1);
    if (++cells > limits.cells) return fail(MUSTER_SHEETS_CELLS, {}, row, column + 1);
    if (sheet.numbers.empty() || sheet.numbers.back() != row) {
        sheet.numbers.push_back(row);
        sheet.hidden_rows.push_back(is_hidden);
        sheet.starts.push_back(sheet.columns.size());
    }
    sheet.columns.push_back(static_cast<uint16_t>(column));
    sheet.kinds.push_back(static_cast<uint8_t>(kind));
    sheet.payloads.push_back(payload);
    return true;
}

bool muster_book::add_text(uint32_t row, bool is_hidden, uint32_t column, muster_cell_kind kind,
                           std::string_view text) {
    if (text.empty()) return true;
    return has_room(text, row, column + 1)
        && add(row, is_hidden, column, kind, texts.intern(text));
}

/// `14:30:05`, with thousandths where there are any.
static std::string clock(uint64_t milliseconds) {
    char text[64];
    const auto seconds = milliseconds / 1000;
    int length = std::snprintf(text, sizeof text, "%02llu:%02llu:%02llu",
                               static_cast<unsigned long long>(seconds / 3600),
                               static_cast<unsigned long long>(seconds / 60 % 60),
                               static_cast<unsigned long long>(seconds % 60));
    if (milliseconds % 1000) {
        length += std::snprintf(text + length, sizeof text - static_cast<size_t>(length), ".%03llu",
                                static_cast<unsigned long long>(milliseconds % 1000));
    }
    return {text, static_cast<size_t>(length)};
}

/// Days from the first of January 1900, counted as Excel does, up to 9999-12-31.
constexpr double last_serial = 2958466;
constexpr double day_milliseconds = 86400000;

bool muster_book::add_number(uint32_t row, bool is_hidden, uint32_t column, double value,
                             Shown shown) {
    uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const double serial = value + (counts_from_1904 && shown != Shown::elapsed ? 1462 : 0);
    if (shown == Shown::number || value < 0 || serial >= last_serial) {
        return add(row, is_hidden, column, MUSTER_CELL_NUMBER, bits);
    }
    if (shown == Shown::elapsed || (shown == Shown::clock && value < 1)) {
        return add_text(row, is_hidden, column, MUSTER_CELL_TEXT,
                        clock(static_cast<uint64_t>(std::llround(value * day_milliseconds))));
    }
    auto day = static_cast<int64_t>(serial);
    auto milliseconds = std::llround((serial - static_cast<double>(day)) * day_milliseconds);
    if (milliseconds >= static_cast<long long>(day_milliseconds)) {
        day += 1;
        milliseconds = 0;
    }
    // Excel shows a day that never was, since a program before it did.
    if (day == 0 || day == 60) {
        std::string text = day == 0 ? "1900-01-00" : "1900-02-29";
        if (milliseconds) text += " " + clock(static_cast<uint64_t>(milliseconds));
        return add_text(row, is_hidden, column, MUSTER_CELL_TEXT, text);
    }
    const auto number = static_cast<int32_t>(day < 60 ? day - 25568 : day - 25569);
    const uint64_t payload = static_cast<uint64_t>(static_cast<uint32_t>(number)) << 32
        | static_cast<uint32_t>(milliseconds);
    return add(row, is_hidden, column, MUSTER_CELL_DAY, payload);
}

/// Days since 1970-01-01 (Hinnant's days-from-civil).
static int32_t day_number(int year, int month, int day) {
    const int y = month <= 2 ? year - 1 : year;
    const int era = y / 400, year_of_era = y - era * 400;
    const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
        - 719468;
}

static bool is_day(int year, int month, int day) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || month < 1 || month > 12 || day < 1) return false;
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= lengths[month - 1] + (month == 2 && is_leap);
}

bool muster_book::add_iso(uint32_t row, bool is_hidden, uint32_t column, std::string_view text) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, length = 0;
    double second = 0;
    const std::string whole(text.substr(0, 64));
    const bool has_day = std::sscanf(whole.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &length)
        == 3 && is_day(year, month, day);
    if (has_day && static_cast<size_t>(length) < text.size()) {
        int more = 0;
        std::sscanf(whole.c_str() + length, "T%2d:%2d%n:%lf%n", &hour, &minute, &more, &second,
                    &more);
        length = more ? length + more : 0;
        if (length && static_cast<size_t>(length) < text.size() && text[length] == 'Z') ++length;
    }
    if (!has_day || static_cast<size_t>(length) != text.size() || hour < 0 || hour > 23
        || minute < 0 || minute > 59 || !(second >= 0 && second < 60)) {
        return add_text(row, is_hidden, column, MUSTER_CELL_TEXT, text);
    }
    const auto milliseconds = (hour * 60 + minute) * 60000 + static_cast<int>(second * 1000);
    return add(row, is_hidden, column, MUSTER_CELL_DAY,
               static_cast<uint64_t>(static_cast<uint32_t>(day_number(year, month, day))) << 32
               | static_cast<uint32_t>(milliseconds));
}

bool muster_book::add_merge(muster_merge merge) {
    if (++merges > limits.merges) return fail(MUSTER_SHEETS_MERGES);
    if (merge.top == merge.bottom && merge.left == merge.right) return true;
    all.back().merges.push_back(merge);
    return true;
}

void muster_book_free(muster_book *book) { delete book; }

size_t muster_book_sheet_count(const muster_book *book) { return book->all.size(); }

muster_sheet_view muster_book_sheet(const muster_book *book, size_t index) {
    const Sheet &sheet = book->all[index];
    muster_sheet_view view{};
    view.name = sheet.name.data();
    view.name_length = sheet.name.size();
    view.is_hidden = sheet.is_hidden;
    view.row_count = sheet.numbers.size();
    view.numbers = sheet.numbers.data();
    view.hidden_rows = sheet.hidden_rows.data();
    view.starts = sheet.starts.data();
    view.cell_count = sheet.columns.size();
    view.columns = sheet.columns.data();
    view.kinds = sheet.kinds.data();
    view.payloads = sheet.payloads.data();
    view.merge_count = sheet.merges.size();
    view.merges = sheet.merges.data();
    return view;
}

void muster_book_release_sheet(muster_book *book, size_t index) { book->all[index] = Sheet(); }

const char *muster_book_texts(const muster_book *book, const uint32_t **offsets, size_t *count) {
    *offsets = book->texts.offsets.data();
    *count = book->texts.count();
    return book->texts.bytes.data();
}
