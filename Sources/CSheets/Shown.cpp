// What a format of numbers shows: a day, a time, a length of time, or a number.
#include "Book.hpp"
#include <cctype>

using namespace sheets;

/// Those that every program knows without their being written (ECMA-376 18.8.30, with those of
/// Chinese programs).
Shown sheets::shown_by_number(unsigned number) {
    if ((number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 31)
        || number == 36 || (number >= 50 && number <= 54) || number == 57 || number == 58) {
        return Shown::day;
    }
    if ((number >= 18 && number <= 21) || (number >= 32 && number <= 35) || number == 45
        || number == 47 || number == 55 || number == 56) {
        return Shown::clock;
    }
    return number == 46 ? Shown::elapsed : Shown::number;
}

/// What counts is the first section, without what is quoted, escaped, filled or in brackets.
Shown sheets::shown_by_code(std::string_view code) {
    std::string plain;
    for (size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
        switch (code[at]) {
        case '"':
            for (++at; at < code.size() && code[at] != '"';) ++at;
            break;
        case '\\': case '_': case '*': ++at; break;
        case '[': {
            const size_t end = std::min(code.find(']', at), code.size());
            std::string inside;
            for (++at; at < end; ++at) {
                inside += static_cast<char>(std::tolower(static_cast<unsigned char>(code[at])));
            }
            const bool is_length = !inside.empty()
                && (inside.find_first_not_of('h') == std::string::npos
                    || inside.find_first_not_of('m') == std::string::npos
                    || inside.find_first_not_of('s') == std::string::npos);
            if (is_length) return Shown::elapsed;
            break;
        }
        default:
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(code[at])));
        }
    }
    if (plain.find("general") != std::string::npos) return Shown::number;
    bool has_month = false, has_clock = false;
    for (size_t at = 0; at < plain.size(); ++at) {
        const char next = at + 1 < plain.size() ? plain[at + 1] : '\0';
        switch (plain[at]) {
        case 'd': case 'y': return Shown::day;
        case 'a':
            // am/pm belongs to a time; aaa is the day of the week
            if (next == 'm' || next == '/') { has_clock = true; at += next == 'm' ? 4 : 2; }
            else if (next == 'a') return Shown::day;
            break;
        case 'e':
            // the year of an era, but not the exponent of 0.00E+00
            if (next != '+' && next != '-') return Shown::day;
            break;
        case 'm': has_month = true; break;
        case 'h': case 's': has_clock = true; break;
        default: break;
        }
    }
    return has_clock ? Shown::clock : has_month ? Shown::day : Shown::number;
}
