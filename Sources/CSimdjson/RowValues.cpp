#include "RowTable.hpp"
#include "Values.hpp"
#include <algorithm>

using namespace muster;

void muster_worker::fail(size_t field, muster_reason reason) {
    if (row_fails) return;
    row_fails = true;
    fault_field = static_cast<int32_t>(field);
    fault_reason = reason;
    fault_name = {nullptr, 0};
}

void muster_worker::reject_row(Slice raw) {
    is_dead[row] = 1;
    rejects.push_back({row, fault_field, fault_reason, fault_name.data, fault_name.length,
                       raw.data, raw.length});
}

/// Fills what the row left out, and turns it away where that was required.
void muster_worker::finish_row() {
    for (size_t i = 0; i < fields.size(); ++i) {
        if (seen[i] == 1) continue;
        const Field &field = table.fields[i];
        if (field.has_default) {
            store_text(i, {reinterpret_cast<const uint8_t *>(field.default_text.data()),
                           field.default_text.size()});
        } else if (field.is_required) {
            fail(i, MUSTER_MISSING);
        } else {
            store_none(i);
        }
    }
}

void muster_worker::store_none(size_t field) {
    switch (fields[field].kind) {
    case MUSTER_TEXT: case MUSTER_CHOICE: case MUSTER_REFERENCE: *place<int32_t>(field) = -1; break;
    case MUSTER_DAY: *place<int32_t>(field) = INT32_MAX; break;
    case MUSTER_INTEGER: *place<int64_t>(field) = INT64_MIN; break;
    case MUSTER_HUNDREDTHS: *place<int32_t>(field) = INT32_MIN; break;
    case MUSTER_BOOLEAN: *place<uint8_t>(field) = 2; break;
    }
}

void muster_worker::store(size_t field, muster_token token, Slice text) {
    switch (fields[field].kind) {
    case MUSTER_TEXT: case MUSTER_CHOICE: case MUSTER_REFERENCE:
        if (token != MUSTER_TOKEN_TEXT) return fail(field, MUSTER_WRONG_TYPE);
        return store_text(field, text);
    case MUSTER_DAY: {
        if (token != MUSTER_TOKEN_TEXT) return fail(field, MUSTER_WRONG_TYPE);
        int32_t day = read_day(text.data, text.length);
        if (day == INT32_MAX) return fail(field, MUSTER_INVALID_DAY);
        *place<int32_t>(field) = day;
        return;
    }
    case MUSTER_BOOLEAN:
        if (token != MUSTER_TOKEN_BOOLEAN) return fail(field, MUSTER_WRONG_TYPE);
        *place<uint8_t>(field) = text.data[0] == 't';
        return;
    case MUSTER_INTEGER: case MUSTER_HUNDREDTHS:
        if (token != MUSTER_TOKEN_INTEGER && token != MUSTER_TOKEN_DECIMAL)
            return fail(field, MUSTER_WRONG_TYPE);
        return store_number(field, text);
    }
}

void muster_worker::store_extra(Slice name, muster_token token, Slice text) {
    uint32_t number = expected_name;
    if (number >= names.count() || !names.has(number, name.data, name.length))
        number = static_cast<uint32_t>(
            names.insert(name.data, name.length, text_hash(name.data, name.length)));
    if (number == name_rows.size()) {
        name_rows.push_back(0);
        name_columns.push_back(-1);
    }
    expected_name = number + 1;
    if (name_rows[number] == rows_read && !row_fails) {
        fail(0, MUSTER_REPEATED_FIELD);
        fault_field = -1;
        fault_name = name;
    }
    name_rows[number] = rows_read;
    if (!row_fails) extra_values.push_back({number, row, token, text});
}

void muster_worker::store_text(size_t index, Slice text) {
    if (row_fails) return;
    uint32_t hash = text_hash(text.data, text.length);
    if (!store_known(index, text, hash)) store_new(index, text, hash);
}

/// Stores a text that has its number already, where that can be told without waiting in line.
bool muster_worker::store_known(size_t index, Slice text, uint32_t hash) {
    if (!fields[index].is_cached) return false;
    int32_t code = caches[index].find(text.data, text.length, hash);
    if (code < 0) return false;
    *place<int32_t>(index) = code;
    return true;
}

void muster_worker::store_new(size_t index, Slice text, uint32_t hash) {
    const Field &field = table.fields[index];
    if (field.is_required && text.length == 0) return fail(index, MUSTER_MISSING);
    if (field.kind == MUSTER_CHOICE) {
        bool is_allowed = false;
        for (const std::string &choice : field.choices)
            is_allowed |= choice.size() == text.length
                && std::memcmp(choice.data(), text.data, text.length) == 0;
        if (!is_allowed) return fail(index, MUSTER_NOT_ALLOWED);
    }
    pending[index].push_back({text.data, static_cast<uint32_t>(text.length), row, hash});
}

/// A number as digits with at most two decimals (`3`, `2.5`, `0.25`), in hundredths.
static bool read_short_hundredths(Slice text, int64_t &hundredths) {
    if (text.length > 12) return false;
    size_t i = 0;
    int64_t value = 0;
    for (; i < text.length && text.data[i] != '.'; ++i) {
        if (static_cast<uint8_t>(text.data[i] - '0') > 9) return false;
        value = value * 10 + (text.data[i] - '0');
    }
    int64_t unit = 100;
    if (i < text.length) {
        for (++i; i < text.length; ++i) {
            if (static_cast<uint8_t>(text.data[i] - '0') > 9 || unit == 1) return false;
            value = value * 10 + (text.data[i] - '0');
            unit /= 10;
        }
    }
    hundredths = value * unit;
    return true;
}

void muster_worker::store_number(size_t index, Slice text) {
    const Field &field = table.fields[index];
    bool is_hundredths = field.kind == MUSTER_HUNDREDTHS;
    int64_t cut;
    bool has_rest = false, rounds_away = false, is_negative = false;
    if (!is_hundredths || !read_short_hundredths(text, cut)) {
        Decimal value;
        bool is_integer;
        read_number(text.data, text.length, value, is_integer);
        is_negative = value.is_negative;
        if (!scale(value, is_hundredths ? 2 : 0, cut, has_rest, rounds_away))
            return fail(index, MUSTER_OUT_OF_RANGE);
    }
    if (!is_hundredths) {
        if (has_rest) return fail(index, MUSTER_WRONG_TYPE);
        if (is_negative) cut = -cut;
        if (cut < field.low || cut > field.high) return fail(index, MUSTER_OUT_OF_RANGE);
        *place<int64_t>(index) = cut;
        return;
    }
    // The bounds hold for the number as written, not as rounded: 24.001 is over 24.
    bool is_over = is_negative ? -cut > field.low
                               : cut > field.low || (cut == field.low && has_rest);
    bool is_within = is_negative ? -cut <= field.high
                                 : cut < field.high || (cut == field.high && !has_rest);
    int64_t rounded_value = (cut + rounds_away) * (is_negative ? -1 : 1);
    if (!is_over || !is_within || rounded_value > INT32_MAX || rounded_value <= INT32_MIN)
        return fail(index, MUSTER_OUT_OF_RANGE);
    *place<int32_t>(index) = static_cast<int32_t>(rounded_value);
    if (has_rest && (rounded.empty() || rounded.back() != row)) rounded.push_back(row);
}

/// Looks up the block's references to one table, a few at a time so that the memory they touch
/// is on its way before it is needed.
void muster_worker::resolve(size_t index) {
    Field &field = table.fields[index];
    const auto &list = pending[index];
    const TextTable &keys = field.target->fields[field.target_key].texts;
    int32_t *rows = static_cast<int32_t *>(field.slab) + first_row;
    constexpr size_t stride = 32;
    for (size_t from = 0; from < list.size(); from += stride) {
        size_t to = std::min(from + stride, list.size());
        for (size_t i = from; i < to; ++i) keys.prefetch(list[i].hash);
        for (size_t i = from; i < to; ++i) keys.prefetch_text(list[i].hash);
        for (size_t i = from; i < to; ++i) {
            const Pending &wanted = list[i];
            if (is_dead[wanted.row]) continue;
            int32_t found = field.target->find(field.target_key, wanted.data, wanted.length,
                                               wanted.hash);
            rows[wanted.row] = found;
            if (found < 0) kill(wanted.row, index, MUSTER_UNKNOWN_REFERENCE);
        }
    }
}
