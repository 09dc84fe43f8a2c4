// The digits of a number as a spreadsheet counts them.
#include "include/CSheets.h"
#include <charconv>
#include <cmath>

/// A decimal of at most fifteen digits is told from every other by its double, so that a quotient
/// that is the number has the digits that rounding would give.
static bool few_places(double number, int64_t *digits, int *places) {
    double power = 1;
    for (int count = 0; count <= 6; ++count, power *= 10) {
        const double whole = std::nearbyint(number * power);
        if (whole >= 1e15) return false;
        if (whole / power != number) continue;
        *digits = static_cast<int64_t>(whole);
        *places = count;
        return true;
    }
    return false;
}

void muster_fifteen_digits(double number, int64_t *digits, int *places) {
    if (few_places(number, digits, places)) return;
    char text[32];
    const auto written = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific,
                                       14);
    *digits = text[0] - '0';
    const char *at = text + 2;
    for (; at < written.ptr && *at != 'e'; ++at) *digits = *digits * 10 + (*at - '0');
    int power = 0;
    at += at[1] == '+' ? 2 : 1;
    std::from_chars(at, written.ptr, power);
    *places = 14 - power;
    for (; *digits % 10 == 0; *digits /= 10) --*places;
}
