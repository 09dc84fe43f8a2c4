#pragma once
#include <cstddef>
#include <cstdint>

namespace muster {

/// A JSON number kept exactly: ±0.d₁d₂d₃… × 10^point, without leading or trailing zeros. Digits
/// beyond the room only say that the value is inexact.
struct Decimal {
    static constexpr size_t room = 40;
    uint8_t digits[room];
    size_t count = 0;
    int64_t point = 0;
    bool is_negative = false, has_more = false;
};

/// Reads a number by JSON's grammar; false where it is none. `is_integer` where it has neither
/// fraction nor exponent.
bool read_number(const uint8_t *text, size_t length, Decimal &value, bool &is_integer);

/// The number × 10^places as an integer: cut towards zero, what was cut, and whether that was
/// half or more. False where it passes 18 digits.
bool scale(const Decimal &value, int places, int64_t &cut, bool &has_rest, bool &rounds_away);

/// The offset of the first byte that is no UTF-8, or the length.
size_t utf8_fault(const uint8_t *text, size_t length);

/// Day number of `YYYY-MM-DD` from 1900 to 2199, or INT32_MAX.
int32_t read_day(const uint8_t *text, size_t length);

} // namespace muster
