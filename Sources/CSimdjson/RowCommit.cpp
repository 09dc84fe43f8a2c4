#include "RowTable.hpp"
#include <algorithm>

// What must happen in the order of the file: texts get their numbers, duplicates are found.
using namespace muster;

/// The line of a row of the block, without the spaces around it.
Slice muster_worker::raw_row(uint32_t wanted) const {
    const uint8_t *from = block + line_starts[wanted], *end = block + line_starts[wanted + 1];
    while (from < end && *from <= ' ') ++from;
    while (from < end && end[-1] <= ' ') --end;
    return {from, static_cast<size_t>(end - from)};
}

void muster_worker::kill(uint32_t dead_row, size_t field, muster_reason reason) {
    is_dead[dead_row] = 1;
    Slice raw = raw_row(dead_row);
    rejects.push_back({dead_row, static_cast<int32_t>(field), reason, nullptr, 0,
                       raw.data, raw.length});
}

muster_status muster_worker::commit() {
    muster_status status = commit_unique();
    if (status == MUSTER_OK) status = commit_extras();
    for (size_t i = 0; i < table.fields.size() && status == MUSTER_OK; ++i)
        if (table.fields[i].holds_text() && !table.fields[i].is_unique) status = commit_texts(i);
    for (uint32_t i = 0; i < row_count; ++i)
        if (is_dead[i]) table.dead.push(static_cast<int32_t>(first_row + i));
    table.matched += matched_count;
    for (uint32_t i : rounded)
        if (!is_dead[i]) table.rounded.push(static_cast<int32_t>(first_row + i));
    std::sort(rejects.begin(), rejects.end(),
              [](const muster_reject &a, const muster_reject &b) { return a.row < b.row; });
    return status;
}

bool muster_worker::is_taken(const Field &field, const Pending &text) const {
    return field.texts.find(text.data, text.length, text.hash) >= 0;
}

/// Unique fields first, all of a row before the next row: a row that repeats one of them must
/// leave no trace in the others.
muster_status muster_worker::commit_unique() {
    std::vector<size_t> unique, next;
    for (size_t i = 0; i < table.fields.size(); ++i)
        if (table.fields[i].holds_text() && table.fields[i].is_unique) unique.push_back(i);
    next.resize(unique.size());
    constexpr size_t ahead = 12;
    for (uint32_t i = 0; i < row_count && !unique.empty(); ++i) {
        for (size_t u = 0; u < unique.size(); ++u) {
            const auto &list = pending[unique[u]];
            if (next[u] == list.size() || list[next[u]].row != i) continue;
            Field &field = table.fields[unique[u]];
            if (next[u] + ahead < list.size()) field.texts.prefetch(list[next[u] + ahead].hash);
            if (!is_dead[i] && is_taken(field, list[next[u]]))
                kill(i, unique[u], MUSTER_DUPLICATE);
        }
        for (size_t u = 0; u < unique.size(); ++u) {
            const auto &list = pending[unique[u]];
            if (next[u] == list.size() || list[next[u]].row != i) continue;
            const Pending &text = list[next[u]++];
            if (is_dead[i]) continue;
            Field &field = table.fields[unique[u]];
            int32_t code = field.texts.insert(text.data, text.length, text.hash);
            if (code == TextTable::full) return MUSTER_TOO_MUCH_TEXT;
            static_cast<int32_t *>(field.slab)[first_row + i] = code;
        }
    }
    return MUSTER_OK;
}

muster_status muster_worker::commit_texts(size_t index) {
    Field &field = table.fields[index];
    int32_t *codes = static_cast<int32_t *>(field.slab) + first_row;
    const auto &list = pending[index];
    constexpr size_t ahead = 16;
    for (size_t i = 0; i < list.size(); ++i) {
        if (i + ahead < list.size()) field.texts.prefetch(list[i + ahead].hash);
        if (i + ahead / 2 < list.size()) field.texts.prefetch_text(list[i + ahead / 2].hash);
        const Pending &text = list[i];
        if (is_dead[text.row]) continue;
        int32_t code = field.texts.insert(text.data, text.length, text.hash);
        if (code == TextTable::full) return MUSTER_TOO_MUCH_TEXT;
        codes[text.row] = code;
        caches[index].keep(text, code);
    }
    return MUSTER_OK;
}

muster_status muster_worker::commit_extras() {
    Buffer<uint8_t> marked;
    for (const ExtraValue &value : extra_values) {
        if (is_dead[value.row]) continue;
        int32_t &column = name_columns[value.name];
        if (column < 0) {
            const uint8_t *name = names.text_bytes().data() + names.text_offsets()[value.name];
            size_t length = names.text_offsets()[value.name + 1]
                - names.text_offsets()[value.name];
            column = table.extra_names.insert(name, length, text_hash(name, length));
            if (static_cast<size_t>(column) == table.extras.size()) {
                if (table.extras.size() == most_extras) return MUSTER_TOO_MANY_FIELDS;
                table.extras.emplace_back();
                table.extras.back().name.assign(reinterpret_cast<const char *>(name), length);
            }
        }
        if (value.token == MUSTER_TOKEN_NULL) continue;
        Extra &extra = table.extras[column];
        marked.clear();
        marked.push(static_cast<uint8_t>(value.token));
        marked.append(value.text.data, value.text.length);
        int32_t code = extra.texts.insert(marked.data(), marked.size(),
                                          text_hash(marked.data(), marked.size()));
        if (code == TextTable::full) return MUSTER_TOO_MUCH_TEXT;
        extra.codes.resize(first_row + value.row, -1);
        extra.codes.push(code);
    }
    return MUSTER_OK;
}
