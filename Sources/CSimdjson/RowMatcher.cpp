#include "RowTable.hpp"
#include "Values.hpp"
#include <algorithm>

// Rows written as the rows before them were: the same keys in the same order, any of them left
// out, with values that need no judgement. Such a row is compared with what was seen and goes
// straight into the columns, several times faster than through simdjson; the answer to any
// other is "not mine", and the row is read as if it had never been tried. Nothing here finds a
// fault or turns a row away.
using namespace muster;

namespace {

constexpr uint64_t every(uint8_t byte) { return ~uint64_t(0) / 255 * byte; }
constexpr uint64_t high_bits = every(0x80);

uint64_t eight_bytes(const uint8_t *at) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    return word;
}

bool begins_with(const uint8_t *at, const char (&word)[5]) {
    return std::memcmp(at, word, 4) == 0;
}

/// The high bit of the first byte below `limit` (up to 128); those behind it may be wrong.
uint64_t below(uint64_t word, uint8_t limit) { return (word - every(limit)) & ~word & high_bits; }

/// The first quote, backslash or control character from `at` on. Adds to `bits` what the bytes
/// before it have in their high bits.
const uint8_t *end_of_plain_text(const uint8_t *at, uint64_t &bits) {
    for (;; at += 8) {
        uint64_t word = eight_bytes(at);
        uint64_t stops = below(word, 0x20) | below(word ^ every('"'), 1)
            | below(word ^ every('\\'), 1);
        if (!stops) {
            bits |= word & high_bits;
            continue;
        }
        // The lowest of them is never wrong.
        unsigned shift = static_cast<unsigned>(__builtin_ctzll(stops)) / 8 * 8;
        bits |= word & high_bits & ~(~uint64_t(0) << shift);
        return at + shift / 8;
    }
}

/// A number of few digits, without sign, exponent or leading zero and with at most two decimals,
/// in hundredths. Null where it is none.
const uint8_t *match_number(const uint8_t *at, int64_t &hundredths, bool &is_integer) {
    auto digit = [](uint8_t byte) { return static_cast<unsigned>(byte) - '0'; };
    const uint8_t *start = at;
    int64_t value = 0;
    for (; digit(*at) < 10; ++at) {
        if (at - start == 9) return nullptr;
        value = value * 10 + digit(*at);
    }
    if (at == start || (*start == '0' && at - start > 1)) return nullptr;
    hundredths = value * 100;
    is_integer = *at != '.';
    if (is_integer) return at;
    if (digit(*++at) > 9) return nullptr;
    hundredths += 10 * digit(*at++);
    if (digit(*at) < 10) hundredths += digit(*at++);
    return at;
}

} // namespace

/// Takes the row at `start` and says where the next begins; 0 where it is not one for this. The
/// block must have a line break behind it: whatever is compared stops there at the latest.
size_t muster_worker::match_row(size_t start) {
    const uint8_t *at = block + start;
    if (*at != '{') return 0;
    ++at;
    row_fails = false;
    bool is_first = true, is_mine = true;
    uint64_t absent = fields.size() == 64 ? ~uint64_t(0) : (uint64_t(1) << fields.size()) - 1;
    for (const SeenKey &key : seen_keys) {
        size_t lead = is_first ? key.lead : 0, length = key.text.size() - lead;
        auto text = reinterpret_cast<const uint8_t *>(key.text.data()) + lead;
        if (!same_text(text, at, length)) continue;
        at += length;
        is_first = false;
        if (begins_with(at, "null")) {
            at += 4;
        } else {
            at = match_value(key.field, at);
            is_mine = at && !row_fails;
            if (!is_mine) break;
            absent &= ~(uint64_t(1) << key.field);
        }
        if (*at == '}') break;
    }
    is_mine = is_mine && *at == '}' && (at[1] == '\n' || (at[1] == '\r' && at[2] == '\n'));
    if (is_mine && fill_absent(absent)) {
        ++matched_count;
        return static_cast<size_t>(at - block) + (at[1] == '\n' ? 2 : 3);
    }
    for (auto &list : pending)
        while (!list.empty() && list.back().row == row) list.pop_back();
    return 0;
}

/// Fills what the row left out; false where that is a fault.
bool muster_worker::fill_absent(uint64_t absent) {
    for (; absent; absent &= absent - 1) {
        size_t index = static_cast<size_t>(__builtin_ctzll(absent));
        const Field &field = table.fields[index];
        if (field.has_default) {
            store_text(index, {reinterpret_cast<const uint8_t *>(field.default_text.data()),
                               field.default_text.size()});
        } else if (field.is_required) {
            return false;
        } else {
            store_none(index);
        }
    }
    return !row_fails;
}

/// Stores the value at `at`; the byte behind it, or null where it needs judgement.
const uint8_t *muster_worker::match_value(size_t index, const uint8_t *at) {
    switch (fields[index].kind) {
    case MUSTER_TEXT: case MUSTER_CHOICE: case MUSTER_REFERENCE:
        return *at == '"' ? match_text(index, at + 1) : nullptr;
    case MUSTER_DAY: {
        if (*at != '"' || at[11] != '"') return nullptr;
        int32_t day = read_day(at + 1, 10);
        *place<int32_t>(index) = day;
        return day == INT32_MAX ? nullptr : at + 12;
    }
    case MUSTER_BOOLEAN: {
        bool is_true = begins_with(at, "true");
        if (!is_true && !(*at == 'f' && begins_with(at + 1, "alse"))) return nullptr;
        *place<uint8_t>(index) = is_true;
        return at + (is_true ? 4 : 5);
    }
    case MUSTER_INTEGER: case MUSTER_HUNDREDTHS: break;
    }
    const Field &field = table.fields[index];
    int64_t value;
    bool is_integer;
    at = match_number(at, value, is_integer);
    if (!at) return nullptr;
    if (field.kind == MUSTER_INTEGER) {
        value /= 100;
        if (!is_integer || value < field.low || value > field.high) return nullptr;
        *place<int64_t>(index) = value;
    } else {
        if (value <= field.low || value > field.high || value > INT32_MAX) return nullptr;
        *place<int32_t>(index) = static_cast<int32_t>(value);
    }
    return at;
}

/// Stores the text that starts at `from`; what is behind its closing quote, or null.
const uint8_t *muster_worker::match_text(size_t index, const uint8_t *from) {
    uint64_t bits = 0;
    const uint8_t *end = end_of_plain_text(from, bits);
    Slice text{from, static_cast<size_t>(end - from)};
    if (*end == '\\') end = match_escaped(from, end, text);
    if (!end || *end != '"') return nullptr;
    uint32_t hash = text_hash(text.data, text.length);
    if (store_known(index, text, hash)) return end + 1;
    // A text known to the cache needs no second look; another may not even be UTF-8.
    if (bits && utf8_fault(text.data, text.length) < text.length) return nullptr;
    store_new(index, text, hash);
    return end + 1;
}

/// As `end_of_plain_text` for a text with its first backslash at `at`; `text` is it without
/// escapes. Null where it is none.
const uint8_t *muster_worker::match_escaped(const uint8_t *from, const uint8_t *at, Slice &text) {
    uint64_t bits = 0;
    while (*at == '\\') {
        // What an escape makes of the next character is looked at when it is undone.
        if (at[1] < 0x20) return nullptr;
        at = end_of_plain_text(at + 2, bits);
    }
    size_t length = static_cast<size_t>(at - from);
    if (*at != '"' || utf8_fault(from, length) < length) return nullptr;
    return stage && unescape(from, length, text) ? at : nullptr;
}

/// Notes how the keys of the row just read are written and puts them in its order. Keys that it
/// left out may come to stand wrongly among them; a later row that has both mends that.
void muster_worker::learn_keys() {
    --lessons;
    size_t place = 0;
    for (const KeyRead &key : keys_read) {
        const uint8_t *before = key.quote - 1;
        while (*before != ',' && *before != '{') --before;
        SeenKey seen_key{std::string(before, key.value), static_cast<size_t>(key.quote - before),
                         key.field};
        size_t known = 0;
        while (known < seen_keys.size() && seen_keys[known].field != key.field) ++known;
        if (*before == '{') {
            // What stands before it when it is not the first, another row must tell.
            if (known < seen_keys.size()) seen_key = seen_keys[known];
            else seen_key.text[0] = ',';
        }
        auto first = seen_keys.begin();
        if (known == seen_keys.size()) {
            seen_keys.insert(first + static_cast<ptrdiff_t>(place++), seen_key);
            continue;
        }
        seen_keys[known] = seen_key;
        if (known >= place) {
            place = known + 1;
        } else {
            auto from = first + static_cast<ptrdiff_t>(known);
            std::rotate(from, from + 1, first + static_cast<ptrdiff_t>(place));
        }
    }
}
