// Characters that a file writes otherwise.
#include "Package.hpp"
#include <charconv>

using namespace sheets;

std::string sheets::unescaped(const std::string &text) {
    if (text.find("_x") == std::string::npos) return text;
    std::string result;
    char16_t lead = 0;
    for (size_t at = 0; at < text.size();) {
        unsigned unit = 0;
        const char *digits = text.data() + at + 2;
        const bool is_escape = text.size() - at >= 7 && text[at] == '_' && text[at + 1] == 'x'
            && text[at + 6] == '_'
            && std::from_chars(digits, digits + 4, unit, 16).ptr == digits + 4;
        if (!is_escape) {
            result += text[at++];
            lead = 0;
            continue;
        }
        at += 7;
        append_unit(result, static_cast<char16_t>(unit), lead);
    }
    return result;
}

void sheets::append_unit(std::string &text, char16_t unit, char16_t &lead) {
    uint32_t scalar = unit;
    if (unit >= 0xDC00 && unit < 0xE000 && lead) {
        scalar = 0x10000 + ((static_cast<uint32_t>(lead) - 0xD800) << 10) + (unit - 0xDC00u);
        text.resize(text.size() - 3); // the mark that stands for half a character
        lead = 0;
    } else {
        lead = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
        if (unit >= 0xD800 && unit < 0xE000) scalar = 0xFFFD;
    }
    if (scalar < 0x80) {
        text += static_cast<char>(scalar);
    } else if (scalar < 0x800) {
        text += static_cast<char>(0xC0 | scalar >> 6);
        text += static_cast<char>(0x80 | (scalar & 0x3F));
    } else if (scalar < 0x10000) {
        text += static_cast<char>(0xE0 | scalar >> 12);
        text += static_cast<char>(0x80 | (scalar >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (scalar & 0x3F));
    } else {
        text += static_cast<char>(0xF0 | scalar >> 18);
        text += static_cast<char>(0x80 | (scalar >> 12 & 0x3F));
        text += static_cast<char>(0x80 | (scalar >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (scalar & 0x3F));
    }
}
