#include "CText.h"

#include <re2/re2.h>
#include <utf8proc.h>

#include <cstring>
#include <new>

int muster_scalar_width(uint32_t scalar) {
    return utf8proc_charwidth((utf8proc_int32_t)scalar);
}

void *muster_pattern_compile(const char *pattern, size_t length, char *error, size_t capacity) {
    RE2::Options options;
    options.set_log_errors(false);
    RE2 *compiled = new (std::nothrow) RE2(re2::StringPiece(pattern, length), options);
    if (compiled && compiled->ok()) return compiled;
    if (capacity > 0) {
        strncpy(error, compiled ? compiled->error().c_str() : "out of memory", capacity - 1);
        error[capacity - 1] = 0;
    }
    delete compiled;
    return nullptr;
}

int muster_pattern_matches(const void *pattern, const char *text, size_t length) {
    return RE2::PartialMatch(re2::StringPiece(text, length),
                             *static_cast<const RE2 *>(pattern));
}

int muster_pattern_find(const void *pattern, const char *text, size_t length,
                        size_t *start, size_t *count) {
    const RE2 &compiled = *static_cast<const RE2 *>(pattern);
    const re2::StringPiece whole(text, length);
    re2::StringPiece found[2];
    const int groups = compiled.NumberOfCapturingGroups() > 0 ? 2 : 1;
    if (!compiled.Match(whole, 0, length, RE2::UNANCHORED, found, groups)) return 0;
    const re2::StringPiece &part = found[groups - 1];
    if (!part.data()) return 0;
    *start = static_cast<size_t>(part.data() - text);
    *count = part.size();
    return 1;
}

void muster_pattern_free(void *pattern) { delete static_cast<RE2 *>(pattern); }
