#pragma once
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <sys/mman.h>
#include <utility>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace muster {

/// A growing array over `realloc`, which moves large ones without a second copy in memory. What
/// is looked up at random rather asks for huge pages, to miss the TLB less.
template <typename T, bool is_random = false> class Buffer {
public:
    Buffer() = default;
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;
    Buffer(Buffer &&other) noexcept : values(other.values), used(other.used), room(other.room) {
        other.values = nullptr;
        other.used = other.room = 0;
    }
    ~Buffer() { std::free(values); }

    T *data() { return values; }
    const T *data() const { return values; }
    size_t size() const { return used; }
    T &operator[](size_t i) { return values[i]; }
    const T &operator[](size_t i) const { return values[i]; }

    void reserve(size_t count) {
        if (count <= room) return;
        size_t wanted = room + room / 2 + 64;
        if (wanted < count) wanted = count;
        size_t size = wanted * sizeof(T);
        if (!is_random || size < huge_from) {
            void *moved = std::realloc(static_cast<void *>(values), size);
            if (!moved) throw std::bad_alloc();
            values = static_cast<T *>(moved);
        } else {
            size = (size + huge_page - 1) / huge_page * huge_page;
            void *moved = std::aligned_alloc(huge_page, size);
            if (!moved) throw std::bad_alloc();
            madvise(moved, size, MADV_HUGEPAGE);
            if (used) std::memcpy(moved, static_cast<void *>(values), used * sizeof(T));
            std::free(values);
            values = static_cast<T *>(moved);
        }
        room = wanted;
    }
    void push(T value) {
        reserve(used + 1);
        values[used++] = value;
    }
    void append(const T *from, size_t count) {
        reserve(used + count);
        if (count) std::memcpy(static_cast<void *>(values + used), from, count * sizeof(T));
        used += count;
    }
    /// Lengthens with `value` or shortens.
    void resize(size_t count, T value) {
        reserve(count);
        for (size_t i = used; i < count; ++i) values[i] = value;
        used = count;
    }
    void clear() { used = 0; }
    void release() {
        std::free(values);
        values = nullptr;
        used = room = 0;
    }

private:
    static constexpr size_t huge_page = 2 << 20, huge_from = 4 << 20;
    T *values = nullptr;
    size_t used = 0, room = 0;
};

/// Equality of short texts without a call: overlapping loads of the widest word that fits.
inline bool same_text(const uint8_t *a, const uint8_t *b, size_t length) {
    auto differ = [&](size_t at, auto word) {
        decltype(word) x, y;
        __builtin_memcpy(&x, a + at, sizeof x);
        __builtin_memcpy(&y, b + at, sizeof y);
        return x != y;
    };
    if (length >= 8) {
        for (size_t at = 0; at + 8 < length; at += 8)
            if (differ(at, uint64_t())) return false;
        return !differ(length - 8, uint64_t());
    }
    if (length >= 4) return !differ(0, uint32_t()) && !differ(length - 4, uint32_t());
    for (size_t at = 0; at < length; ++at)
        if (a[at] != b[at]) return false;
    return true;
}

inline uint32_t text_hash(const uint8_t *text, size_t length) {
    return static_cast<uint32_t>(XXH3_64bits(text, length));
}

/// A text of up to 16 bytes as two words, filled up with 0xFF, which no UTF-8 holds.
struct PackedText {
    static constexpr size_t longest = 16;
    uint64_t low, high;

    PackedText() = default;
    /// What no text packs to: nothing follows bytes that stand for the end.
    static PackedText no_text() {
        PackedText value;
        value.low = ~uint64_t(0);
        value.high = 0;
        return value;
    }
    PackedText(const uint8_t *text, size_t length) {
        uint8_t bytes[16];
        __builtin_memset(bytes, 0xFF, 16);
        if (length >= 8) {
            // Two overlapping loads; what the second brings twice is shifted away.
            uint64_t last;
            __builtin_memcpy(&low, text, 8);
            __builtin_memcpy(&last, text + length - 8, 8);
            unsigned shift = 8 * static_cast<unsigned>(16 - length);
            high = shift == 64 ? ~uint64_t(0)
                : (last >> shift) | (shift ? ~uint64_t(0) << (64 - shift) : 0);
            return;
        }
        for (size_t i = 0; i < length; ++i) bytes[i] = text[i];
        __builtin_memcpy(&low, bytes, 8);
        high = ~uint64_t(0);
    }
    bool operator==(const PackedText &other) const {
        return ((low ^ other.low) | (high ^ other.high)) == 0;
    }
};

/// Distinct texts numbered in order of arrival: open addressing over 8-byte slots (the hash and
/// the code), so that a look-up touches one cache line and can be prefetched.
class TextTable {
public:
    static constexpr int32_t absent = -1, full = -2;

    TextTable() { offsets.push(0); }
    size_t count() const { return offsets.size() - 1; }
    const Buffer<uint8_t> &text_bytes() const { return bytes; }
    const Buffer<uint32_t> &text_offsets() const { return offsets; }

    void prefetch(uint32_t hash) const {
        if (slots.size()) __builtin_prefetch(&slots[hash & mask]);
    }
    /// Second step, once the slot is near: bring near what it will be compared with.
    void prefetch_text(uint32_t hash) const {
        if (!slots.size()) return;
        const Slot &slot = slots[hash & mask];
        if (!slot.code_plus_one) return;
        if (packed.size()) __builtin_prefetch(&packed[slot.code_plus_one - 1]);
        else __builtin_prefetch(&offsets[slot.code_plus_one - 1]);
    }
    /// Lays short texts out for `find_packed`, once the table is complete.
    void pack() {
        if (packed.size() == count()) return;
        packed.resize(count(), PackedText());
        for (size_t i = 0; i < count(); ++i) {
            size_t length = offsets[i + 1] - offsets[i];
            if (length <= PackedText::longest)
                packed[i] = PackedText(bytes.data() + offsets[i], length);
            else
                packed[i] = PackedText::no_text();
        }
    }
    /// As `find`, for a packed table and a text of up to 16 bytes: two lines of memory.
    int32_t find_packed(PackedText text, uint32_t hash) const {
        if (!slots.size()) return absent;
        for (size_t at = hash & mask;; at = (at + 1) & mask) {
            const Slot &slot = slots[at];
            if (!slot.code_plus_one) return absent;
            if (slot.hash == hash && packed[slot.code_plus_one - 1] == text)
                return static_cast<int32_t>(slot.code_plus_one - 1);
        }
    }
    bool is_packed() const { return packed.size() == count(); }

    int32_t find(const uint8_t *text, size_t length, uint32_t hash) const {
        if (!slots.size()) return absent;
        for (size_t at = hash & mask;; at = (at + 1) & mask) {
            const Slot &slot = slots[at];
            if (!slot.code_plus_one) return absent;
            if (slot.hash == hash && equals(slot.code_plus_one - 1, text, length))
                return static_cast<int32_t>(slot.code_plus_one - 1);
        }
    }
    bool has(uint32_t code, const uint8_t *text, size_t length) const {
        return equals(code, text, length);
    }
    /// The code of the text, new or not; `full` where the texts would pass 4 GB.
    int32_t insert(const uint8_t *text, size_t length, uint32_t hash) {
        if (2 * (count() + 1) > slots.size()) grow();
        size_t at = hash & mask;
        for (; slots[at].code_plus_one; at = (at + 1) & mask)
            if (slots[at].hash == hash && equals(slots[at].code_plus_one - 1, text, length))
                return static_cast<int32_t>(slots[at].code_plus_one - 1);
        if (bytes.size() + length > UINT32_MAX || count() >= INT32_MAX) return full;
        bytes.append(text, length);
        offsets.push(static_cast<uint32_t>(bytes.size()));
        slots[at] = {hash, static_cast<uint32_t>(count())};
        return static_cast<int32_t>(count() - 1);
    }
    void release() {
        slots.release();
        packed.release();
        bytes.release();
        offsets.release();
        offsets.push(0);
        mask = 0;
    }

private:
    struct Slot {
        uint32_t hash, code_plus_one;
    };
    Buffer<Slot, true> slots;
    size_t mask = 0;
    Buffer<uint8_t> bytes;
    Buffer<uint32_t> offsets;
    Buffer<PackedText, true> packed;

    bool equals(uint32_t code, const uint8_t *text, size_t length) const {
        uint32_t from = offsets[code];
        return offsets[code + 1] - from == length
            && same_text(bytes.data() + from, text, length);
    }
    void grow() {
        Buffer<Slot, true> old(std::move(slots));
        size_t size = old.size() ? 2 * old.size() : 64;
        slots.resize(size, Slot{0, 0});
        mask = size - 1;
        for (size_t i = 0; i < old.size(); ++i) {
            if (!old[i].code_plus_one) continue;
            size_t at = old[i].hash & mask;
            while (slots[at].code_plus_one) at = (at + 1) & mask;
            slots[at] = old[i];
        }
    }
};

} // namespace muster
