#ifndef MUSTER_CTEXT_H
#define MUSTER_CTEXT_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Columns of one Unicode scalar: 0, 1 or 2 (utf8proc).
int muster_scalar_width(uint32_t scalar);

/// A compiled RE2 pattern, or NULL with a message in `error` (cut to `capacity`).
void *muster_pattern_compile(const char *pattern, size_t length, char *error, size_t capacity);
/// Whether the pattern matches anywhere in the text.
int muster_pattern_matches(const void *pattern, const char *text, size_t length);
/// Where the first group of a pattern, or all of one that has none, first matches: whether it
/// does, and the bytes that it takes.
int muster_pattern_find(const void *pattern, const char *text, size_t length,
                        size_t *start, size_t *count);
void muster_pattern_free(void *pattern);

#ifdef __cplusplus
}
#endif
#endif
