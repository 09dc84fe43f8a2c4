#pragma once
#include "include/CSheets.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace sheets {

/// How a format of numbers shows them.
enum class Shown : uint8_t { number, day, clock, elapsed };

/// What a format's code, or its number where it is one that every program knows, shows.
Shown shown_by_code(std::string_view code);
Shown shown_by_number(unsigned number);

/// A reason to stop; thrown where no C code lies between, else noted.
struct Fault {
    muster_sheets_status status;
    std::string detail;
    uint32_t row = 0, column = 0;
    int code = 0;
};

/// All texts behind one another, each kept once.
class Texts {
public:
    std::string bytes;
    std::vector<uint32_t> offsets{0};

    size_t count() const { return offsets.size() - 1; }
    std::string_view at(uint32_t number) const {
        return std::string_view(bytes).substr(offsets[number],
                                              offsets[number + 1] - offsets[number]);
    }
    /// The same number for the same text.
    uint32_t intern(std::string_view text);

private:
    std::vector<uint32_t> table;
    void grow();
};

struct Sheet {
    std::string name;
    bool is_hidden = false;
    std::vector<uint32_t> numbers;
    std::vector<uint8_t> hidden_rows;
    std::vector<uint64_t> starts;
    std::vector<uint16_t> columns;
    std::vector<uint8_t> kinds;
    std::vector<uint64_t> payloads;
    std::vector<muster_merge> merges;
};

/// Told how far the reading has come, and whether to go on.
struct Watch {
    muster_sheets_watch ask;
    void *context;
    uint64_t done = 0, total = 0;

    bool go_on(uint64_t more) {
        done += more;
        return !ask || ask(context, done, total);
    }
};

/// Excel's highest row.
constexpr uint32_t last_row = 1048576;

} // namespace sheets

/// Every `add_…` is for the last sheet, in the order of rows and columns; false with a fault.
struct muster_book {
    muster_sheets_limits limits;
    std::vector<sheets::Sheet> all;
    sheets::Texts texts;
    bool counts_from_1904 = false;
    uint64_t cells = 0;
    uint64_t merges = 0;
    sheets::Fault fault{MUSTER_SHEETS_FINE, ""};

    explicit muster_book(const muster_sheets_limits &limits) : limits(limits) {}

    bool fail(muster_sheets_status status, std::string_view detail = {}, uint32_t row = 0,
              uint32_t column = 0) {
        if (fault.status == MUSTER_SHEETS_FINE) {
            fault = {status, std::string(detail), row, column};
        }
        return false;
    }
    /// Rows from 1, columns from 0.
    bool add(uint32_t row, bool is_hidden, uint32_t column, muster_cell_kind kind,
             uint64_t payload);
    bool add_text(uint32_t row, bool is_hidden, uint32_t column, muster_cell_kind kind,
                  std::string_view text);
    /// A number as its format shows it: a day, a time, or itself.
    bool add_number(uint32_t row, bool is_hidden, uint32_t column, double value,
                    sheets::Shown shown);
    /// A day written as ISO 8601 has it, with a time or without; a text where it is none.
    bool add_iso(uint32_t row, bool is_hidden, uint32_t column, std::string_view text);
    bool add_merge(muster_merge merge);
    /// Whether so much more text may be kept.
    bool has_room(std::string_view text, uint32_t row, uint32_t column);
};
