#include "RowTable.hpp"

// simdjson's first stage finds the structural characters of a run of lines at once (and checks
// its UTF-8 and its strings for control characters); this file walks them row by row. Rows that
// are written as the rows before them were do not come here: see RowMatcher.cpp.
// A row that is not JSON only makes it stop: `muster_find_fault` then says what and where.
using namespace muster;

static bool is_space(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

muster_worker::muster_worker(muster_table &table)
    : table(table), pending(table.fields.size()), caches(table.fields.size()),
      seen(table.fields.size()) {
    for (const Field &field : table.fields)
        fields.push_back({reinterpret_cast<const uint8_t *>(field.name.data()),
                          static_cast<uint32_t>(field.name.size()), field.kind, field.takes_list,
                          field.holds_text() && !field.is_unique, field.slab});
    // A bit a field: more of them than there are bits, and the matcher stays out of it.
    is_matching = table.is_matching && fields.size() <= 64;
    if (is_matching) lessons = most_lessons;
}

bool muster_worker::read_structure(size_t length) {
    if (!stage || capacity < length) {
        size_t wanted = length + length / 4 + 1024;
        stage.reset();
        if (simdjson::get_active_implementation()->create_dom_parser_implementation(
                wanted, 1, stage)) throw std::bad_alloc();
        capacity = wanted;
    }
    auto error = stage->stage1(lines, length, simdjson::stage1_mode::regular);
    if (error == simdjson::EMPTY) {
        stage->n_structural_indexes = 0;
        stage->structural_indexes[0] = static_cast<uint32_t>(length);
        return true;
    }
    return error == simdjson::SUCCESS;
}

/// The length of the text up to and with its first line break.
static size_t line_length(const uint8_t *text, size_t length) {
    auto newline = static_cast<const uint8_t *>(std::memchr(text, '\n', length));
    return newline ? static_cast<size_t>(newline - text) + 1 : length;
}

muster_status muster_worker::parse(const uint8_t *bytes, size_t length, size_t first,
                                   muster_fault *fault) {
    block = bytes;
    first_row = first;
    row = matched_count = 0;
    rejects.clear();
    is_dead.clear();
    line_starts.clear();
    for (auto &list : pending) list.clear();
    extra_values.clear();
    rounded.clear();
    arena.clear();
    // The matcher relies on a line break behind every row it is given.
    size_t matchable = is_matching ? length : 0;
    while (matchable && block[matchable - 1] != '\n') --matchable;
    for (size_t start = 0; start < length;) {
        if (start < matchable) {
            if (size_t next = match_row(start)) {
                line_starts.push(static_cast<uint32_t>(start));
                is_dead.push(0);
                ++row;
                start = next;
                run_length = 1;
                continue;
            }
        }
        // Longer and longer runs, so that a file it can make nothing of costs hardly more.
        size_t end = start;
        for (size_t i = 0; i < run_length && end < length; ++i)
            end += line_length(block + end, length - end);
        if (run_length < longest_run) run_length *= 2;
        if (!read_lines(start, end - start)) {
            locate(length, row, line_starts[row], fault);
            return MUSTER_MALFORMED;
        }
        start = end;
    }
    line_starts.push(static_cast<uint32_t>(length));
    row_count = row;
    for (size_t field = 0; field < fields.size(); ++field)
        if (fields[field].kind == MUSTER_REFERENCE) resolve(field);
    return MUSTER_OK;
}

/// Reads a run of lines of the block. False where one is not JSON: `row` and `line_starts` then
/// tell from where on to look for it.
bool muster_worker::read_lines(size_t from, size_t length) {
    lines = block + from;
    has_escapes = std::memchr(lines, '\\', length) != nullptr;
    line_starts.push(static_cast<uint32_t>(from));
    if (!read_structure(length)) return false;
    at = stage->structural_indexes.get();
    for (size_t start = 0; start < length; ++row) {
        if (start) line_starts.push(static_cast<uint32_t>(from + start));
        size_t next = start + line_length(lines + start, length - start);
        line_end = lines[next - 1] == '\n' ? next - 1 : next;
        bool is_blank = *at >= line_end;
        is_dead.push(is_blank);
        if (!is_blank && !read_row()) return false;
        start = next;
    }
    return true;
}

/// The fault in the first line, from `from` on, that has one.
void muster_worker::locate(size_t length, uint32_t from_row, size_t from,
                           muster_fault *fault) const {
    for (size_t start = from; start < length; ++from_row) {
        auto newline = static_cast<const uint8_t *>(
            std::memchr(block + start, '\n', length - start));
        size_t end = newline ? static_cast<size_t>(newline - block) : length;
        bool is_blank = true;
        for (size_t i = start; i < end && is_blank; ++i) is_blank = is_space(block[i]);
        if (!is_blank) {
            *fault = muster_find_fault(block + start, end - start, false);
            fault->row = from_row;
            fault->offset += start;
            if (fault->kind != MUSTER_FAULT_NONE) return;
        }
        start = end + 1;
    }
    *fault = {MUSTER_FAULT_SYNTAX, from_row, from};
}

/// The row that starts at `at`. False where it is not JSON.
bool muster_worker::read_row() {
    size_t start = *at++;
    row_fails = false;
    if (lines[start] == '{') {
        if (!read_members()) return false;
        if (*at < line_end) return false;
        finish_row();
    } else {
        Slice text;
        muster_token token;
        if (!read_value(start, false, text, token) || *at < line_end) return false;
        // Sound JSON, but no row: at fault as a whole.
        fail(0, MUSTER_WRONG_TYPE);
        fault_field = -1;
    }
    if (row_fails) {
        size_t end = line_end;
        while (is_space(lines[end - 1])) --end;
        reject_row({lines + start, end - start});
    } else if (lessons) {
        learn_keys();
    }
    return true;
}

/// What follows the opening bracket of an object, up to its closing one.
bool muster_worker::read_members() {
    if (!seen.empty()) std::memset(seen.data(), 0, seen.size());
    ++rows_read;
    expected_name = 0;
    keys_read.clear();
    if (*at < line_end && lines[*at] == '}') {
        ++at;
        return true;
    }
    for (size_t expected = 0;;) {
        if (!read_member(expected)) return false;
        size_t separator = *at;
        if (separator >= line_end) return false;
        ++at;
        if (lines[separator] == '}') return true;
        if (lines[separator] != ',') return false;
    }
}

/// One `"key": value`. Leaves `at` on what follows.
bool muster_worker::read_member(size_t &expected) {
    size_t quote = *at++;
    if (quote >= line_end || lines[quote] != '"') return false;
    size_t colon = *at++;
    if (colon >= line_end || lines[colon] != ':') return false;
    size_t key_end = colon - 1;
    while (lines[key_end] != '"') --key_end;
    Slice name{lines + quote + 1, key_end - quote - 1};
    size_t field = find_field(name, expected);
    if (field == fields.size() && has_escapes) {
        if (!unescape(name.data, name.length, name)) return false;
        field = find_field(name, expected);
    }
    size_t value = *at++;
    if (value >= line_end) return false;
    bool is_declared = field < fields.size();
    Slice text;
    muster_token token;
    if (!read_value(value, is_declared && fields[field].takes_list, text, token))
        return false;
    if (!is_declared) {
        store_extra(name, token, text);
        return true;
    }
    expected = field + 1;
    if (lessons) keys_read.push_back({field, lines + quote, lines + value});
    if (seen[field]) {
        fail(field, MUSTER_REPEATED_FIELD);
    } else if (token != MUSTER_TOKEN_NULL) {
        seen[field] = 1;
        store(field, token, text);
    } else {
        // Null is as absent, but a second value would still be a second one.
        seen[field] = 2;
    }
    return true;
}

/// The value whose first structural character is at `from`. A list of texts that a field takes
/// comes back as one text.
bool muster_worker::read_value(size_t from, bool takes_list, Slice &text, muster_token &token) {
    token = MUSTER_TOKEN_TEXT;
    if (lines[from] == '"') return read_string(from, text);
    if (lines[from] != '{' && lines[from] != '[') return read_scalar(from, text, token);
    token = MUSTER_TOKEN_NESTED;
    auto inside = at;
    if (!read_nested(from, text)) return false;
    if (!takes_list || lines[from] != '[') return true;
    auto behind = at;
    at = inside;
    bool is_list = false;
    bool is_sound = read_list(text, is_list);
    at = behind;
    if (is_list) token = MUSTER_TOKEN_TEXT;
    return is_sound;
}

size_t muster_worker::find_field(Slice name, size_t expected) const {
    size_t count = fields.size();
    for (size_t i = 0; i < count; ++i) {
        size_t field = expected + i < count ? expected + i : expected + i - count;
        const FieldView &candidate = fields[field];
        if (candidate.name_length == name.length
            && same_text(candidate.name, name.data, name.length)) return field;
    }
    return count;
}
