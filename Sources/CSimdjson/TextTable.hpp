#pragma once
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace muster {

/// A growing array over `realloc`, which moves large ones without a second copy in memory.
template <typename T> class Buffer {
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
        void *moved = std::realloc(static_cast<void *>(values), wanted * sizeof(T));
        if (!moved) throw std::bad_alloc();
        values = static_cast<T *>(moved);
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
    T *values = nullptr;
    size_t used = 0, room = 0;
};

inline uint32_t text_hash(const uint8_t *text, size_t length) {
    return static_cast<uint32_t>(XXH3_64bits(text, length));
}

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
    /// Second step, once the slot is near: bring the text's place near.
    void prefetch_offset(uint32_t hash) const {
        if (!slots.size()) return;
        const Slot &slot = slots[hash & mask];
        if (slot.code_plus_one) __builtin_prefetch(&offsets[slot.code_plus_one - 1]);
    }
    /// Third step: bring the text itself near.
    void prefetch_text(uint32_t hash) const {
        if (!slots.size()) return;
        const Slot &slot = slots[hash & mask];
        if (slot.code_plus_one) __builtin_prefetch(&bytes[offsets[slot.code_plus_one - 1]]);
    }

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
        bytes.release();
        offsets.release();
        offsets.push(0);
        mask = 0;
    }

private:
    struct Slot {
        uint32_t hash, code_plus_one;
    };
    Buffer<Slot> slots;
    size_t mask = 0;
    Buffer<uint8_t> bytes;
    Buffer<uint32_t> offsets;

    bool equals(uint32_t code, const uint8_t *text, size_t length) const {
        uint32_t from = offsets[code];
        return offsets[code + 1] - from == length
            && (length == 0 || std::memcmp(bytes.data() + from, text, length) == 0);
    }
    void grow() {
        Buffer<Slot> old(std::move(slots));
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
