#include "RowTable.hpp"
#include "Values.hpp"

// Single values of a row: texts and their escapes, numbers and words, nested objects and arrays.
using namespace muster;

static bool is_space(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

uint8_t *Arena::take(size_t length) {
    if (pieces.empty() || pieces.back().room - pieces.back().used < length) {
        size_t room = length > (1 << 16) ? length : (1 << 16);
        pieces.push_back({std::unique_ptr<uint8_t[]>(new uint8_t[room]), room, 0});
    }
    uint8_t *place = pieces.back().bytes.get() + pieces.back().used;
    pieces.back().used += length;
    return place;
}

void Arena::clear() {
    if (pieces.size() > 1) pieces.clear();
    else if (pieces.size() == 1) pieces[0].used = 0;
}

bool muster_worker::read_string(size_t from, Slice &text) {
    size_t end = *at - 1;
    while (lines[end] != '"') --end;
    text = {lines + from + 1, end - from - 1};
    return !has_escapes || unescape(text.data, text.length, text);
}

/// The text behind an opening quote, with its escapes undone. False for an escape that is none.
bool muster_worker::unescape(const uint8_t *from, size_t length, Slice &text) {
    text = {from, length};
    if (!std::memchr(from, '\\', length)) return true;
    uint8_t *place = arena.take(length + 2 * simdjson::SIMDJSON_PADDING);
    uint8_t *end = stage->parse_string(from, place);
    if (!end) return false;
    text = {place, static_cast<size_t>(end - place)};
    return true;
}

bool muster_worker::read_scalar(size_t from, Slice &text, muster_token &token) {
    size_t end = *at;
    if (end > line_end) end = line_end;
    while (is_space(lines[end - 1])) --end;
    text = {lines + from, end - from};
    auto is = [&](const char *word, size_t length) {
        return text.length == length && std::memcmp(text.data, word, length) == 0;
    };
    switch (lines[from]) {
    case 'n': token = MUSTER_TOKEN_NULL; return is("null", 4);
    case 't': token = MUSTER_TOKEN_BOOLEAN; return is("true", 4);
    case 'f': token = MUSTER_TOKEN_BOOLEAN; return is("false", 5);
    default: break;
    }
    // The commonest numbers need no grammar: a few digits without a leading zero.
    bool is_plain = text.length < 18 && (lines[from] != '0' || text.length == 1);
    for (size_t i = 0; i < text.length && is_plain; ++i)
        is_plain = static_cast<uint8_t>(text.data[i] - '0') < 10;
    token = MUSTER_TOKEN_INTEGER;
    if (is_plain) return true;
    Decimal value;
    bool is_integer;
    if (!read_number(text.data, text.length, value, is_integer)) return false;
    if (!is_integer) token = MUSTER_TOKEN_DECIMAL;
    return true;
}

/// An object or array of any depth, by its grammar; `text` is it as it stands.
bool muster_worker::read_nested(size_t from, Slice &text) {
    std::string open(1, static_cast<char>(lines[from]));
    bool is_first = true;
    Slice inner;
    muster_token token;
    while (!open.empty()) {
        size_t here = *at++;
        if (here >= line_end || open.size() > 512) return false;
        bool in_object = open.back() == '{';
        if (lines[here] == (in_object ? '}' : ']') && is_first) {
            open.pop_back();
        } else {
            if (in_object) {
                if (lines[here] != '"' || *at >= line_end || lines[*at] != ':') return false;
                if (!read_string(here, inner)) return false;
                ++at;
                here = *at++;
                if (here >= line_end) return false;
            }
            if (lines[here] == '{' || lines[here] == '[') {
                open.push_back(static_cast<char>(lines[here]));
                is_first = true;
                continue;
            }
            if (!(lines[here] == '"' ? read_string(here, inner)
                                     : read_scalar(here, inner, token))) return false;
        }
        // Behind a value: a comma goes on, brackets close.
        for (;;) {
            if (open.empty()) {
                text = {lines + from, *(at - 1) + 1 - from};
                return true;
            }
            size_t next = *at++;
            if (next >= line_end) return false;
            if (lines[next] == ',') { is_first = false; break; }
            if (lines[next] != (open.back() == '{' ? '}' : ']')) return false;
            open.pop_back();
        }
    }
    return false;
}

/// An array already found sound, where all its elements are texts: joined by one space.
bool muster_worker::read_list(Slice &text, bool &is_list) {
    uint8_t *joined = arena.take(text.length);
    size_t length = 0;
    for (size_t here = *at++; lines[here] != ']'; here = *at++) {
        if (lines[here] == ',') continue;
        Slice element;
        if (lines[here] != '"') return true;
        if (!read_string(here, element)) return false;
        if (length) joined[length++] = ' ';
        std::memcpy(joined + length, element.data, element.length);
        length += element.length;
    }
    text = {joined, length};
    is_list = true;
    return true;
}
