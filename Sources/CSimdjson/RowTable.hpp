#pragma once
#include "TextTable.hpp"
#include "CSimdjson.h"
#include <memory>
#include <simdjson.h>
#include <string>
#include <vector>

namespace muster {

/// Undeclared fields that a table may have.
constexpr size_t most_extras = 1000;

struct Slice {
    const uint8_t *data;
    size_t length;
};

struct Field {
    std::string name;
    muster_kind kind;
    int64_t low, high;
    bool is_required, is_unique, takes_list;
    bool has_default = false;
    std::string default_text;
    std::vector<std::string> choices;
    const muster_table *target = nullptr;
    int32_t target_key = 0;
    void *slab = nullptr;
    TextTable texts;

    bool holds_text() const { return kind == MUSTER_TEXT || kind == MUSTER_CHOICE; }
};

/// What the inner loop needs of a field, close together.
struct FieldView {
    const uint8_t *name;
    uint32_t name_length;
    muster_kind kind;
    bool takes_list;
    /// Its texts are looked for among those lately numbered.
    bool is_cached;
    void *slab;
};

/// An undeclared column while it grows: one code a row up to the last row that had it.
struct Extra {
    std::string name;
    TextTable texts;
    Buffer<int32_t> codes;
};

/// A text that waits for its number (or for the row it refers to).
struct Pending {
    const uint8_t *data;
    uint32_t length, row, hash;
};

/// A value no field declares, of the column with this number among the worker's own names.
struct ExtraValue {
    uint32_t name, row;
    muster_token token;
    Slice text;
};

/// Texts lately numbered, so that the few texts of a narrow column need no turn in line.
class TextCache {
public:
    TextCache() : entries(size) {}
    int32_t find(const uint8_t *text, size_t length, uint32_t hash) const {
        const Entry &entry = entries[hash % size];
        return entry.hash == hash && entry.length == length
            && same_text(entry.text, text, length) ? entry.code : -1;
    }
    void keep(const Pending &text, int32_t code) {
        if (text.length > sizeof(Entry::text)) return;
        Entry &entry = entries[text.hash % size];
        entry.hash = text.hash;
        entry.length = static_cast<uint8_t>(text.length);
        entry.code = code;
        if (text.length) std::memcpy(entry.text, text.data, text.length);
    }

private:
    static constexpr size_t size = 256;
    struct Entry {
        uint32_t hash = 0;
        int32_t code = -1;
        uint8_t length = 255;
        uint8_t text[55];
    };
    std::vector<Entry> entries;
};

/// A key of a row as it was written, from its quote to where its value starts.
struct KeyRead {
    size_t field;
    const uint8_t *quote, *value;
};

/// A key as rows have it: comma, name and colon with the spaces between them.
struct SeenKey {
    std::string text;
    /// How much of it stands before the name: what the first key of a row does not have.
    size_t lead;
    size_t field;
};

/// Unescaped texts of one block; what was handed out stays where it is until `clear`.
class Arena {
public:
    uint8_t *take(size_t length);
    void clear();

private:
    struct Piece {
        std::unique_ptr<uint8_t[]> bytes;
        size_t room, used;
    };
    std::vector<Piece> pieces;
};

} // namespace muster

struct muster_table {
    std::vector<muster::Field> fields;
    std::vector<muster::Extra> extras;
    muster::TextTable extra_names;
    muster::Buffer<int32_t> dead, rounded;
    bool is_matching = true;
    size_t matched = 0;
    /// By code of the key; empty while code and row agree.
    muster::Buffer<int32_t> rows;
    muster::TextTable aliases;
    muster::Buffer<int32_t> alias_rows;

    int32_t find(int32_t key, const uint8_t *text, size_t length, uint32_t hash) const {
        const muster::TextTable &keys = fields[key].texts;
        int32_t code = length <= muster::PackedText::longest && keys.is_packed()
            ? keys.find_packed(muster::PackedText(text, length), hash)
            : keys.find(text, length, hash);
        if (code >= 0) return rows.size() ? rows[code] : code;
        code = aliases.count() ? aliases.find(text, length, hash) : -1;
        if (code < 0) return -1;
        return rows.size() ? rows[alias_rows[code]] : alias_rows[code];
    }
};

/// One worker: its parser, what it keeps of the block in hand, and its caches.
struct muster_worker {
    explicit muster_worker(muster_table &table);

    muster_status parse(const uint8_t *block, size_t length, size_t first, muster_fault *fault);
    muster_status commit();

    std::vector<muster_reject> rejects;

private:
    muster_table &table;
    std::vector<muster::FieldView> fields;
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    size_t capacity = 0;

    // The block in hand.
    const uint8_t *block = nullptr;
    size_t first_row = 0;
    uint32_t row_count = 0, matched_count = 0;
    muster::Buffer<uint8_t> is_dead;
    std::vector<std::vector<muster::Pending>> pending;
    std::vector<muster::ExtraValue> extra_values;
    muster::Buffer<uint32_t> line_starts;
    std::vector<uint32_t> rounded;
    muster::Arena arena;
    std::vector<muster::TextCache> caches;

    // Names of undeclared columns, by order of arrival at this worker: the row that had each
    // last (counted over all blocks), and the column of the table, -1 while it has none.
    muster::TextTable names;
    std::vector<uint64_t> name_rows;
    std::vector<int32_t> name_columns;
    uint64_t rows_read = 0;
    uint32_t expected_name = 0;

    // Rows written as those before them.
    static constexpr size_t most_lessons = 1000, longest_run = 4096;
    bool is_matching = false;
    std::vector<muster::SeenKey> seen_keys;
    std::vector<muster::KeyRead> keys_read;
    /// How many more rows may be learned from.
    size_t lessons = 0;
    /// How many lines are read before one is again tried as written like those before.
    size_t run_length = 1;

    // The lines in hand and the row in hand.
    const uint8_t *lines = nullptr;
    bool has_escapes = false;
    uint32_t row = 0;
    const uint32_t *at = nullptr;
    size_t line_end = 0;
    std::vector<uint8_t> seen;
    int32_t fault_field = -1;
    muster_reason fault_reason = MUSTER_MISSING;
    muster::Slice fault_name{nullptr, 0};
    bool row_fails = false;

    size_t match_row(size_t start);
    const uint8_t *match_value(size_t field, const uint8_t *at);
    const uint8_t *match_text(size_t field, const uint8_t *from);
    const uint8_t *match_escaped(const uint8_t *from, const uint8_t *at, muster::Slice &text);
    bool fill_absent(uint64_t absent);
    void learn_keys();

    bool read_lines(size_t from, size_t length);
    bool read_structure(size_t length);
    bool read_row();
    bool read_members();
    bool read_member(size_t &expected);
    bool read_value(size_t from, bool takes_list, muster::Slice &text, muster_token &token);
    void store_extra(muster::Slice name, muster_token token, muster::Slice text);
    bool read_nested(size_t from, muster::Slice &text);
    bool read_list(muster::Slice &text, bool &is_list);
    bool read_string(size_t from, muster::Slice &text);
    bool unescape(const uint8_t *from, size_t length, muster::Slice &text);
    bool read_scalar(size_t from, muster::Slice &text, muster_token &token);
    size_t find_field(muster::Slice name, size_t expected) const;
    void finish_row();
    void reject_row(muster::Slice raw);
    void fail(size_t field, muster_reason reason);

    void store(size_t field, muster_token token, muster::Slice text);
    void store_text(size_t field, muster::Slice text);
    bool store_known(size_t field, muster::Slice text, uint32_t hash);
    void store_new(size_t field, muster::Slice text, uint32_t hash);
    void store_number(size_t field, muster::Slice text);
    void store_none(size_t field);
    template <typename T> T *place(size_t field) {
        return static_cast<T *>(fields[field].slab) + first_row + row;
    }
    void resolve(size_t field);
    void locate(size_t length, uint32_t from_row, size_t from, muster_fault *fault) const;

    void kill(uint32_t dead_row, size_t field, muster_reason reason);
    muster_status commit_unique();
    bool is_taken(const muster::Field &field, const muster::Pending &text) const;
    muster_status commit_extras();
    muster_status commit_texts(size_t field);
    muster::Slice raw_row(uint32_t wanted) const;
};
