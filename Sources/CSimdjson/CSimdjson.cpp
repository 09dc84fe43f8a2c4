#include "RowTable.hpp"

// The C face of the row reader: see the header for the contract.
static muster_texts texts_of(const muster::TextTable &table) {
    return {table.text_bytes().data(), table.text_offsets().data(), table.count()};
}

extern "C" {

size_t muster_padding(void) { return 2 * simdjson::SIMDJSON_PADDING; }

muster_table *muster_table_new(void) { return new muster_table(); }

void muster_table_free(muster_table *table) { delete table; }

int32_t muster_table_add_field(muster_table *table, const char *name, muster_kind kind,
                               int64_t low, int64_t high, bool is_required, bool is_unique,
                               bool takes_list) {
    muster::Field field;
    field.name = name;
    field.kind = kind;
    field.low = low;
    field.high = high;
    field.is_required = is_required;
    field.is_unique = is_unique;
    field.takes_list = takes_list;
    table->fields.push_back(std::move(field));
    return static_cast<int32_t>(table->fields.size() - 1);
}

void muster_field_set_default(muster_table *table, int32_t field, const char *text) {
    table->fields[field].has_default = true;
    table->fields[field].default_text = text;
}

void muster_field_add_choice(muster_table *table, int32_t field, const char *text) {
    table->fields[field].choices.emplace_back(text);
}

void muster_field_set_target(muster_table *table, int32_t field, muster_table *target,
                             int32_t key) {
    target->fields[key].texts.pack();
    table->fields[field].target = target;
    table->fields[field].target_key = key;
}

void muster_field_set_slab(muster_table *table, int32_t field, void *values) {
    table->fields[field].slab = values;
}

void muster_table_set_matching(muster_table *table, bool is_matching) {
    table->is_matching = is_matching;
}

size_t muster_table_matched(const muster_table *table) { return table->matched; }

muster_worker *muster_worker_new(muster_table *table) { return new muster_worker(*table); }

void muster_worker_free(muster_worker *worker) { delete worker; }

muster_status muster_worker_parse(muster_worker *worker, const uint8_t *block, size_t length,
                                  size_t first_row, muster_fault *fault) {
    return worker->parse(block, length, first_row, fault);
}

muster_status muster_worker_commit(muster_worker *worker) { return worker->commit(); }

const muster_reject *muster_worker_rejects(const muster_worker *worker, size_t *count) {
    *count = worker->rejects.size();
    return worker->rejects.data();
}

const int32_t *muster_table_dead(const muster_table *table, size_t *count) {
    *count = table->dead.size();
    return table->dead.data();
}

const int32_t *muster_table_rounded(const muster_table *table, size_t *count) {
    *count = table->rounded.size();
    return table->rounded.data();
}

muster_texts muster_table_texts(const muster_table *table, int32_t field) {
    return texts_of(table->fields[field].texts);
}

void muster_table_drop_texts(muster_table *table, int32_t field) {
    table->fields[field].texts.release();
}

size_t muster_most_extras(void) { return muster::most_extras; }

size_t muster_table_extra_count(const muster_table *table) { return table->extras.size(); }

muster_extra muster_table_extra(const muster_table *table, size_t index) {
    const muster::Extra &extra = table->extras[index];
    return {reinterpret_cast<const uint8_t *>(extra.name.data()), extra.name.size(),
            extra.codes.data(), extra.codes.size(), texts_of(extra.texts)};
}

void muster_table_drop_extra(muster_table *table, size_t index) {
    table->extras[index].texts.release();
    table->extras[index].codes.release();
}

void muster_table_set_rows(muster_table *table, const int32_t *rows, size_t count) {
    table->rows.clear();
    table->rows.append(rows, count);
}

void muster_table_add_alias(muster_table *table, const uint8_t *text, size_t length, int32_t row) {
    int32_t code = table->aliases.insert(text, length, muster::text_hash(text, length));
    if (code >= 0 && static_cast<size_t>(code) == table->alias_rows.size())
        table->alias_rows.push(row);
}

int32_t muster_table_find(const muster_table *table, int32_t key, const uint8_t *text,
                          size_t length) {
    return table->find(key, text, length, muster::text_hash(text, length));
}

size_t muster_count_lines(const uint8_t *text, size_t length) {
    // Counts in lanes of a byte, which the compiler turns into vector code, and empties them
    // before one can overflow.
    constexpr size_t lanes = 64;
    size_t count = 0, at = 0;
    while (length - at >= lanes) {
        uint8_t sums[lanes] = {};
        for (int step = 0; step < 255 && length - at >= lanes; ++step, at += lanes)
            for (size_t lane = 0; lane < lanes; ++lane) sums[lane] += text[at + lane] == '\n';
        for (uint8_t sum : sums) count += sum;
    }
    for (; at < length; ++at) count += text[at] == '\n';
    return count;
}

} // extern "C"
