#ifndef MUSTER_CSIMDJSON_H
#define MUSTER_CSIMDJSON_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xxhash.h>
#include <zlib.h>

// From blocks of NDJSON to typed columns. A table is declared field by field, the caller hands
// over the memory of the columns (slabs), and workers fill it: parse (in parallel, any order),
// then commit (one at a time, in the order of the blocks), which numbers new texts and finds
// duplicates, so that no result depends on the number of workers.
#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_table muster_table;
typedef struct muster_worker muster_worker;

/// What a declared field holds and how its slab is laid out.
typedef enum muster_kind {
    MUSTER_TEXT,       // int32_t codes, -1 none
    MUSTER_CHOICE,     // int32_t codes, -1 none
    MUSTER_DAY,        // int32_t days since 1970, INT32_MAX none
    MUSTER_INTEGER,    // int64_t, INT64_MIN none
    MUSTER_HUNDREDTHS, // int32_t, INT32_MIN none
    MUSTER_BOOLEAN,    // uint8_t 0, 1, 2 none
    MUSTER_REFERENCE   // int32_t row of the target, -1 none
} muster_kind;

typedef enum muster_reason {
    MUSTER_MISSING, MUSTER_WRONG_TYPE, MUSTER_INVALID_DAY, MUSTER_DUPLICATE,
    MUSTER_UNKNOWN_REFERENCE, MUSTER_CYCLE, MUSTER_OUT_OF_RANGE, MUSTER_NOT_ALLOWED,
    MUSTER_REPEATED_FIELD
} muster_reason;

typedef enum muster_fault_kind {
    MUSTER_FAULT_NONE, MUSTER_FAULT_UTF8, MUSTER_FAULT_CONTROL, MUSTER_FAULT_ESCAPE,
    MUSTER_FAULT_TRUNCATED, MUSTER_FAULT_NUMBER, MUSTER_FAULT_SYNTAX, MUSTER_FAULT_DEPTH,
    MUSTER_FAULT_NOT_OBJECT, MUSTER_FAULT_TRAILING, MUSTER_FAULT_QUOTE
} muster_fault_kind;

typedef enum muster_status {
    MUSTER_OK, MUSTER_MALFORMED, MUSTER_TOO_MANY_FIELDS, MUSTER_TOO_MUCH_TEXT
} muster_status;

/// Kind of a value that no field declares; the first byte of its text in an extra column.
typedef enum muster_token {
    MUSTER_TOKEN_TEXT = 's', MUSTER_TOKEN_INTEGER = 'i', MUSTER_TOKEN_DECIMAL = 'd',
    MUSTER_TOKEN_BOOLEAN = 'b', MUSTER_TOKEN_NESTED = 'n', MUSTER_TOKEN_NULL = '0'
} muster_token;

/// Where and why a text is no JSON: the row of the block from 0 and the byte of the block.
typedef struct muster_fault {
    muster_fault_kind kind;
    uint32_t row;
    size_t offset;
} muster_fault;

/// A row that was turned away. `field` is -1 for an undeclared one, which is then named, and for
/// a row that is no object, which has no name.
typedef struct muster_reject {
    uint32_t row;
    int32_t field;
    muster_reason reason;
    const uint8_t *name;
    size_t name_length;
    const uint8_t *raw;
    size_t raw_length;
} muster_reject;

/// Distinct texts in order of first appearance: text i is bytes[offsets[i] ..< offsets[i + 1]].
typedef struct muster_texts {
    const uint8_t *bytes;
    const uint32_t *offsets;
    size_t count;
} muster_texts;

/// An undeclared column: codes into `texts` (each behind its `muster_token`), -1 none.
typedef struct muster_extra {
    const uint8_t *name;
    size_t name_length;
    const int32_t *codes;
    size_t code_count;
    muster_texts texts;
} muster_extra;

/// Bytes that must be readable behind every block.
size_t muster_padding(void);

muster_table *muster_table_new(void);
void muster_table_free(muster_table *table);
/// Adds a field; returns its index. `low` and `high` are the inclusive bounds of an integer, or
/// (in hundredths) the exclusive lower and inclusive upper bound of a decimal.
int32_t muster_table_add_field(muster_table *table, const char *name, muster_kind kind,
                               int64_t low, int64_t high, bool is_required, bool is_unique,
                               bool takes_list);
void muster_field_set_default(muster_table *table, int32_t field, const char *text);
void muster_field_add_choice(muster_table *table, int32_t field, const char *text);
/// The table whose key (its field `key`) the field refers to; it must be complete.
void muster_field_set_target(muster_table *table, int32_t field, muster_table *target,
                             int32_t key);
/// The memory of a column, with room for every row that will be parsed.
void muster_field_set_slab(muster_table *table, int32_t field, void *values);

/// False to send every row through simdjson. The result is the same; workers look at it when they
/// are made.
void muster_table_set_matching(muster_table *table, bool is_matching);
/// Rows taken because they were written as those before them.
size_t muster_table_matched(const muster_table *table);

muster_worker *muster_worker_new(muster_table *table);
void muster_worker_free(muster_worker *worker);
/// Parses lines, one JSON value each, into the rows from `first_row` on. Values that are no object
/// are rejects, blank lines become dead rows, and a line that is not JSON is a fault.
muster_status muster_worker_parse(muster_worker *worker, const uint8_t *block, size_t length,
                                  size_t first_row, muster_fault *fault);
/// Finishes what `parse` began, while the block is still in place.
muster_status muster_worker_commit(muster_worker *worker);
/// The rejects of the block last committed, by row.
const muster_reject *muster_worker_rejects(const muster_worker *worker, size_t *count);

/// Positions of rows that hold nothing (blank or rejected), ascending.
const int32_t *muster_table_dead(const muster_table *table, size_t *count);
/// Positions of rows with a decimal that had to be rounded, ascending.
const int32_t *muster_table_rounded(const muster_table *table, size_t *count);
muster_texts muster_table_texts(const muster_table *table, int32_t field);
/// Releases the texts of a field. Not for the key of a table that is still referred to.
void muster_table_drop_texts(muster_table *table, int32_t field);
/// How many undeclared fields there may be.
size_t muster_most_extras(void);
size_t muster_table_extra_count(const muster_table *table);
muster_extra muster_table_extra(const muster_table *table, size_t index);
void muster_table_drop_extra(muster_table *table, size_t index);

/// The row of each code of the key, -1 for rows since rejected. Until then code and row agree.
void muster_table_set_rows(muster_table *table, const int32_t *rows, size_t count);
/// Another text under which a row is found; the first to take a text keeps it.
void muster_table_add_alias(muster_table *table, const uint8_t *text, size_t length, int32_t row);
/// The row with this key or alias, or -1.
int32_t muster_table_find(const muster_table *table, int32_t key, const uint8_t *text,
                          size_t length);

/// The first fault of a text that should be one JSON value, or kind NONE. `row` stays 0.
muster_fault muster_find_fault(const uint8_t *text, size_t length, bool wants_object);
/// The number in millionths, half away from zero. False: no JSON number, or over 64 bits.
bool muster_millionths(const uint8_t *text, size_t length, int64_t *value);
/// Day number of `YYYY-MM-DD` from 1900 to 2199, or INT32_MAX.
int32_t muster_day(const uint8_t *text, size_t length);
/// Line breaks in a text.
size_t muster_count_lines(const uint8_t *text, size_t length);

#ifdef __cplusplus
}
#endif
#endif
