#include "CSimdjson.h"
#include "Values.hpp"
#include <vector>

// A strict reader of one JSON value that keeps nothing and says exactly where a text stops being
// JSON. It runs only over what the fast reader refused.
namespace {

class FaultFinder {
public:
    FaultFinder(const uint8_t *text, size_t length) : text(text), length(length) {}

    muster_fault find(bool wants_object) {
        if (!check_encoding()) return result();
        skip();
        if (wants_object && at < length && text[at] != '{') return fail(MUSTER_FAULT_NOT_OBJECT);
        if (!value()) return result();
        skip();
        if (at < length) return fail(MUSTER_FAULT_TRAILING);
        return result();
    }

private:
    const uint8_t *text;
    size_t length, at = 0;
    muster_fault_kind kind = MUSTER_FAULT_NONE;

    muster_fault result() const { return {kind, 0, at}; }
    muster_fault fail(muster_fault_kind fault) {
        kind = fault;
        return result();
    }
    bool no(muster_fault_kind fault) {
        kind = at >= length && fault != MUSTER_FAULT_DEPTH ? MUSTER_FAULT_TRUNCATED : fault;
        return false;
    }
    void skip() {
        while (at < length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r'
                               || text[at] == '\n')) ++at;
    }

    bool check_encoding() {
        size_t fault = muster::utf8_fault(text, length);
        if (fault == length) return true;
        at = fault;
        kind = MUSTER_FAULT_UTF8;
        return false;
    }

    bool string() {
        if (at >= length || text[at] != '"') return no(MUSTER_FAULT_SYNTAX);
        for (++at; at < length; ++at) {
            if (text[at] == '"') {
                ++at;
                return true;
            }
            if (text[at] < 0x20) return no(MUSTER_FAULT_CONTROL);
            if (text[at] == '\\' && !escape()) return false;
        }
        return no(MUSTER_FAULT_TRUNCATED);
    }
    /// From the backslash to the escape's last character.
    bool escape() {
        size_t start = at++;
        if (at >= length) return no(MUSTER_FAULT_TRUNCATED);
        switch (text[at]) {
        case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't':
            return true;
        case 'u': break;
        default: at = start; return no(MUSTER_FAULT_ESCAPE);
        }
        unsigned unit = 0;
        if (!hexadecimal(start, unit)) return false;
        if (unit < 0xD800 || unit > 0xDFFF) return true;
        // A surrogate: the high one first, and never alone.
        bool has_second = unit < 0xDC00 && at + 2 < length && text[at + 1] == '\\'
            && text[at + 2] == 'u';
        if (has_second) {
            at += 2;
            if (!hexadecimal(start, unit)) return false;
            if (unit >= 0xDC00 && unit <= 0xDFFF) return true;
        }
        at = start;
        return no(MUSTER_FAULT_ESCAPE);
    }
    bool hexadecimal(size_t start, unsigned &unit) {
        unit = 0;
        for (int i = 0; i < 4; ++i) {
            if (++at >= length) return no(MUSTER_FAULT_TRUNCATED);
            uint8_t c = text[at], folded = c | 0x20;
            unsigned digit = static_cast<uint8_t>(c - '0') < 10 ? c - '0'
                : folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : 16;
            if (digit == 16) {
                at = start;
                return no(MUSTER_FAULT_ESCAPE);
            }
            unit = unit * 16 + digit;
        }
        return true;
    }

    bool scalar() {
        size_t end = at;
        while (end < length && text[end] > ' ' && text[end] != ',' && text[end] != '}'
               && text[end] != ']' && text[end] != ':' && text[end] != '"' && text[end] != '{'
               && text[end] != '[') ++end;
        size_t count = end - at;
        for (const char *word : {"null", "true", "false"}) {
            size_t size = __builtin_strlen(word);
            if (count == size && __builtin_memcmp(text + at, word, size) == 0) {
                at = end;
                return true;
            }
            // Cut off in the middle of a word at the end of the text.
            if (end == length && count && count < size
                && __builtin_memcmp(text + at, word, count) == 0) {
                at = end;
                return no(MUSTER_FAULT_TRUNCATED);
            }
        }
        muster::Decimal number;
        bool is_integer;
        if (muster::read_number(text + at, count, number, is_integer)) {
            at = end;
            return true;
        }
        bool is_number = count && (text[at] == '-' || static_cast<uint8_t>(text[at] - '0') < 10);
        return no(is_number ? MUSTER_FAULT_NUMBER : MUSTER_FAULT_SYNTAX);
    }

    bool member_name() {
        skip();
        if (!string()) return false;
        skip();
        if (at >= length || text[at] != ':') return no(MUSTER_FAULT_SYNTAX);
        ++at;
        return true;
    }

    bool value() {
        std::vector<uint8_t> open;
        for (;;) {
            skip();
            if (at >= length) return no(MUSTER_FAULT_TRUNCATED);
            if (text[at] == '{' || text[at] == '[') {
                if (open.size() >= 512) return no(MUSTER_FAULT_DEPTH);
                open.push_back(text[at++]);
                skip();
                uint8_t close = open.back() == '{' ? '}' : ']';
                if (at >= length || text[at] != close) {
                    if (open.back() == '{' && !member_name()) return false;
                    continue;
                }
            } else if (text[at] == '"') {
                if (!string()) return false;
            } else if (!scalar()) {
                return false;
            }
            for (;;) {
                if (open.empty()) return true;
                skip();
                uint8_t close = open.back() == '{' ? '}' : ']';
                if (at < length && text[at] == ',') break;
                if (at >= length || text[at] != close) return no(MUSTER_FAULT_SYNTAX);
                ++at;
                open.pop_back();
            }
            ++at;
            if (open.back() == '{' && !member_name()) return false;
        }
    }
};

} // namespace

extern "C" muster_fault muster_find_fault(const uint8_t *text, size_t length, bool wants_object) {
    return FaultFinder(text, length).find(wants_object);
}
