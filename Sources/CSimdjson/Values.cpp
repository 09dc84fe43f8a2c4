#include "Values.hpp"
#include "CSimdjson.h"

namespace muster {

static bool is_digit(uint8_t byte) { return static_cast<uint8_t>(byte - '0') < 10; }

static void add_digit(Decimal &value, uint8_t digit) {
    if (value.count == 0 && digit == 0) {
        --value.point;
    } else if (value.count < Decimal::room) {
        value.digits[value.count++] = digit;
    } else {
        value.has_more |= digit != 0;
    }
}

bool read_number(const uint8_t *text, size_t length, Decimal &value, bool &is_integer) {
    const uint8_t *at = text, *end = text + length;
    value = Decimal();
    is_integer = true;
    if (at < end && *at == '-') value.is_negative = true, ++at;
    if (at == end || !is_digit(*at)) return false;
    if (*at == '0' && at + 1 < end && is_digit(at[1])) return false;
    for (; at < end && is_digit(*at); ++at) ++value.point, add_digit(value, *at - '0');
    if (at < end && *at == '.') {
        is_integer = false;
        if (++at == end || !is_digit(*at)) return false;
        for (; at < end && is_digit(*at); ++at) add_digit(value, *at - '0');
    }
    if (at < end && (*at | 0x20) == 'e') {
        is_integer = false;
        bool falls = false;
        if (++at < end && (*at == '+' || *at == '-')) falls = *at++ == '-';
        if (at == end || !is_digit(*at)) return false;
        int64_t exponent = 0;
        for (; at < end && is_digit(*at); ++at)
            if (exponent < 1000000000) exponent = exponent * 10 + (*at - '0');
        value.point += falls ? -exponent : exponent;
    }
    while (value.count && value.digits[value.count - 1] == 0 && !value.has_more) --value.count;
    if (value.count == 0) value.point = 0, value.is_negative = false;
    return at == end;
}

bool scale(const Decimal &value, int places, int64_t &cut, bool &has_rest, bool &rounds_away) {
    cut = 0;
    has_rest = rounds_away = false;
    if (value.count == 0) return true;
    int64_t wanted = value.point + places;
    if (wanted > 18) return false;
    for (int64_t i = 0; i < wanted; ++i)
        cut = cut * 10 + (static_cast<size_t>(i) < value.count ? value.digits[i] : 0);
    has_rest = value.has_more || wanted < static_cast<int64_t>(value.count);
    rounds_away = wanted >= 0 && wanted < static_cast<int64_t>(value.count)
        && value.digits[wanted] >= 5;
    return true;
}

/// Days from 1970-01-01 to the first of each month from 1900-01 to 2200-01: a day is valid where
/// it does not reach the next entry.
struct MonthTable {
    int32_t first[300 * 12 + 1];
    constexpr MonthTable() : first() {
        int32_t day = -25567;
        for (int i = 0; i < 300 * 12; ++i) {
            int year = 1900 + i / 12, month = i % 12 + 1;
            bool leaps = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            first[i] = day;
            day += month == 2 ? 28 + leaps : 30 + ((month + month / 8) % 2);
        }
        first[300 * 12] = day;
    }
};
static constexpr MonthTable months;

int32_t read_day(const uint8_t *text, size_t length) {
    if (length != 10) return INT32_MAX;
    // Year, month and both dashes as eight bytes at once, each digit from 0 to 9 and each dash 0.
    // Adding to a byte what is missing to 128 shows in its high bit whether it is more than that.
    constexpr uint64_t form = 0x2D30302D30303030, margins = 0x7F76767F76767676,
                       high_bits = 0x8080808080808080;
    uint64_t word;
    __builtin_memcpy(&word, text, 8);
    word ^= form;
    unsigned tens = static_cast<unsigned>(text[8]) - '0';
    unsigned ones = static_cast<unsigned>(text[9]) - '0';
    bool is_bad = ((word + margins) | word) & high_bits || tens > 9 || ones > 9;
    auto digit = [word](int place) { return static_cast<unsigned>(word >> (8 * place)) & 0xFF; };
    unsigned year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
    unsigned month = digit(5) * 10 + digit(6), day = tens * 10 + ones;
    if (is_bad || year - 1900u >= 300 || month - 1u >= 12 || day == 0) return INT32_MAX;
    unsigned index = (year - 1900) * 12 + month - 1;
    int32_t number = months.first[index] + static_cast<int32_t>(day) - 1;
    return number < months.first[index + 1] ? number : INT32_MAX;
}

size_t utf8_fault(const uint8_t *text, size_t length) {
    for (size_t i = 0; i < length;) {
        size_t more = text[i] < 0x80 ? 0 : text[i] < 0xC2 ? 9 : text[i] < 0xE0 ? 1
            : text[i] < 0xF0 ? 2 : text[i] < 0xF5 ? 3 : 9;
        uint8_t low = text[i] == 0xE0 ? 0xA0 : text[i] == 0xF0 ? 0x90 : 0x80;
        uint8_t high = text[i] == 0xED ? 0x9F : text[i] == 0xF4 ? 0x8F : 0xBF;
        if (more == 9 || i + more >= length) return i;
        for (size_t j = 1; j <= more; ++j, low = 0x80, high = 0xBF)
            if (text[i + j] < low || text[i + j] > high) return i;
        i += more + 1;
    }
    return length;
}

} // namespace muster

extern "C" {

bool muster_millionths(const uint8_t *text, size_t length, int64_t *value) {
    muster::Decimal decimal;
    bool is_integer, has_rest, rounds_away;
    int64_t cut;
    if (!muster::read_number(text, length, decimal, is_integer)
        || !muster::scale(decimal, 6, cut, has_rest, rounds_away)) return false;
    *value = (cut + rounds_away) * (decimal.is_negative ? -1 : 1);
    return true;
}

int32_t muster_day(const uint8_t *text, size_t length) { return muster::read_day(text, length); }

} // extern "C"
